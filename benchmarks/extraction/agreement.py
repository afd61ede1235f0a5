"""How far a second annotator agrees with the gold: the ceiling for whatever is measured on it.

    python -m benchmarks.extraction.agreement [--shared ../shared]

Some papers of the gold were annotated once more, unseen among others, by those who annotated the papers for training.
What they say is scored as if it had been extracted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.extraction.corpora import ANNOTATED_TWICE, GoldPaper, annotated_papers, gold_papers
from benchmarks.extraction.exports import node_row, relationship_row
from kg_builder.evaluation import evaluate
from kg_builder.evaluation.exported import graph_of, name_key
from kg_builder.evaluation.names import RELATION_OF_ROLE, accepted

KINDS = ("models", "benchmarks", "introduces", "introduced_as", "relations", "results_value", "results")
_TYPES = RELATION_OF_ROLE | {"introduces": "INTRODUCES", "mentions": "MENTIONS"}
_ENDS = (("OF", "subject"), ("ON", "benchmark"), ("AGAINST", "baseline"))


def rows_of(second: GoldPaper, gold: GoldPaper) -> Iterator[dict[str, Any]]:
    """An annotation as the rows of an export; what it calls optional and the gold does not have is left out.

    Args:
        second: the annotation.
        gold: the same paper in the gold.
    """
    paper = f"Paper/{gold.id}"
    yield node_row(paper, "Paper", {"id": gold.id, "arxiv_id": gold.id, "title": gold.document.title})
    known = {key for entity in gold.gold["entities"] for key in accepted(entity)}
    nodes: dict[str, str] = {}
    for i, entity in enumerate(second.gold["entities"]):
        if entity["optional"] and not accepted(entity) & known:
            continue
        ident = f"{entity['type']}/{gold.id}/{i}"
        nodes |= {key: ident for key in accepted(entity) if key not in nodes}
        yield node_row(ident, entity["type"], {"name": entity["name"], "aliases": entity["aliases"]})
        # Of "a|b", by which an annotator means that either is right, the first is taken.
        for role in sorted({"mentions", *(role.split("|")[0] for role in entity["roles"])}):
            yield relationship_row(_TYPES[role], paper, ident, {})
    values = {abs(result["value"]) for result in gold.gold["results"]}
    for i, result in enumerate(second.gold["results"]):
        if not result["optional"] or abs(result["value"]) in values:
            yield from _result_rows(paper, f"Result/{gold.id}/{i}", result, nodes)


def _result_rows(
    paper: str, ident: str, result: dict[str, Any], nodes: dict[str, str]
) -> Iterator[dict[str, Any]]:
    stated = {name: result[name] for name in ("value", "unit", "kind", "direction")}
    yield node_row(ident, "Result", {"id": ident, "from_value": result.get("from"), **stated})
    yield relationship_row("REPORTS", paper, ident, {})
    for end, part in _ENDS:
        if result[part]:
            target = nodes.get(name_key(result[part]))
            if target is None:
                target = f"{ident}/{part}"
                yield node_row(target, "Method", {"name": result[part]})
            yield relationship_row(end, ident, target, {})
    if result["metric"]:
        yield node_row(f"{ident}/metric", "Metric", {"name": result["metric"]})
        yield relationship_row("MEASURES", ident, f"{ident}/metric", {})


def main() -> None:
    """Print F1 and its interval by language and kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    gold = {(paper.id, paper.language): paper for paper in gold_papers(shared)}
    pairs = [
        (second, gold[second.id, second.language]) for second in annotated_papers(ANNOTATED_TWICE, shared)
    ]
    print(f"| language | papers | {' | '.join(KINDS)} |\n|---|---|{'---|' * len(KINDS)}")
    for language in ("ko", "en"):
        chosen = [pair for pair in pairs if pair[0].language == language]
        lines = (json.dumps(row) for second, first in chosen for row in rows_of(second, first))
        report = evaluate([first.gold for _, first in chosen], graph_of(lines))
        found = [report.row(kind) for kind in KINDS]
        cells = [f"{row.counts.f1:.3f} [{row.interval[0]:.2f}, {row.interval[1]:.2f}]" for row in found]
        print(f"| {language} | {len(chosen)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
