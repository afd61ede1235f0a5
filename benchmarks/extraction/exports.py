"""An export straight from documents and facts, without a workspace, for measuring extraction by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.extraction.corpora import GoldPaper
from kg_builder.evaluation.exported import ExportedGraph, graph_of
from kg_builder.facts import Evidence, Facts, Result


def exported(papers: Iterable[tuple[GoldPaper, Facts]]) -> ExportedGraph:
    """The graph that an export of these papers would give; names are joined within a paper only."""
    return graph_of(json.dumps(row) for paper, facts in papers for row in _rows(paper, facts))


def _rows(paper: GoldPaper, facts: Facts) -> Iterator[dict[str, Any]]:
    node = f"Paper/{paper.id}"
    yield node_row(node, "Paper", {"id": paper.id, "arxiv_id": paper.id, "title": paper.document.title})
    for i, passage in enumerate(paper.document.passages):
        ident = f"{node}/{i}"
        yield node_row(ident, "Passage", {"id": ident, "text": passage.text})
        yield relationship_row("HAS_PASSAGE", node, ident, {})
    names = [f"{entity.label}/{paper.id}/{i}" for i, entity in enumerate(facts.entities)]
    for ident, entity in zip(names, facts.entities, strict=True):
        yield node_row(ident, entity.label, {"name": entity.name, "aliases": list(entity.aliases)})
    for mention in facts.mentions:
        yield relationship_row("MENTIONS", node, names[mention.entity], _evidence(paper, mention.evidence))
    for relation in facts.relations:
        start = node if relation.subject is None else names[relation.subject]
        yield relationship_row(
            relation.type, start, names[relation.target], _evidence(paper, relation.evidence)
        )
    for i, result in enumerate(facts.results):
        yield from _result_rows(f"Result/{paper.id}/{i}", result, names)
        yield relationship_row("REPORTS", node, f"Result/{paper.id}/{i}", _evidence(paper, result.evidence))


def _result_rows(ident: str, result: Result, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    stated = {
        "value": result.value,
        "from_value": result.from_value,
        "unit": result.unit,
        "kind": result.kind,
    }
    yield node_row(ident, "Result", {"id": ident, **stated, "direction": result.direction})
    ends = {
        "OF": result.subjects,
        "ON": result.benchmarks,
        "AGAINST": result.baselines,
        "MEASURES": result.metrics,
    }
    for label, indices in ends.items():
        for index in indices:
            yield relationship_row(label, ident, names[index], {})


def _evidence(paper: GoldPaper, evidence: Evidence) -> dict[str, Any]:
    return {
        "passage": f"Paper/{paper.id}/{evidence.passage}",
        "start": evidence.start,
        "end": evidence.end,
        "evidence": evidence.text(paper.document),
    }


def node_row(ident: str, label: str, properties: dict[str, Any]) -> dict[str, Any]:
    """A node as an export tells it."""
    return {"type": "node", "id": ident, "labels": [label], "properties": properties}


def relationship_row(label: str, start: str, end: str, properties: dict[str, Any]) -> dict[str, Any]:
    """A relationship as an export tells it."""
    return {
        "type": "relationship",
        "label": label,
        "start": {"id": start},
        "end": {"id": end},
        "properties": properties,
    }
