"""Measure extraction against the annotated papers.

    python -m benchmarks.extraction [--shared ../shared] [--write-floor]

Lists alone and rules alone are not trained, so they are measured on all annotated papers. The full pipeline is measured
on the fifth of the papers that is kept aside, with weights that were trained without them
(``weights_without_aside``, made by ``python -m benchmarks.extraction.train --without-aside`` and
``python -m benchmarks.extraction.results_train --without-aside``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.extraction.corpora import GoldPaper, gold_papers, is_aside
from benchmarks.extraction.exports import exported
from benchmarks.extraction.results_confidence import agreeing
from kg_builder.evaluation import Report, evaluate
from kg_builder.evaluation.names import accepted
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.tokens import name_key
from kg_builder.facts import Facts

HERE = Path(__file__).parent
WITHOUT_ASIDE = HERE / "weights_without_aside"
FLOOR = HERE / "floor.json"
KINDS = ("models", "benchmarks", "introduces", "introduced_as", "relations", "results_value", "results")
SETTINGS = {
    "lists only": ExtractionSettings(rules=False, trained=False),
    "rules only": ExtractionSettings(trained=False),
    "full": ExtractionSettings(weights=str(WITHOUT_ASIDE)),
}
#: Languages, and for each its eras: name, first date, date before which it ends.
ERAS = {
    "ko": (
        ("plain bullets", "", "2024-06"),
        ("sections", "2024-06", "2024-10-18"),
        ("later", "2024-10-18", "9"),
    ),
    "en": (("to 2024", "", "2025"), ("2025", "2025", "2026"), ("2026", "2026", "9")),
}
FLOOR_MARGIN = 0.02

Pairs = list[tuple[GoldPaper, Facts]]


def extracted(papers: Sequence[GoldPaper], settings: ExtractionSettings) -> Pairs:
    """The papers with what is found in them."""
    return list(zip(papers, extract((paper.document for paper in papers), settings), strict=True))


def report_on(pairs: Pairs) -> Report:
    """How well what was found agrees with the gold."""
    return evaluate([paper.gold for paper, _ in pairs], exported(pairs))


def measured_on_aside(shared: Path) -> dict[str, dict[str, float]]:
    """F1 of the full pipeline on the papers kept aside, by language and kind."""
    aside = [paper for paper in gold_papers(shared) if is_aside(paper.id)]
    pairs = extracted(aside, SETTINGS["full"])
    scores = {}
    for language in ERAS:
        report = report_on([pair for pair in pairs if pair[0].language == language])
        scores[language] = {kind: round(report.row(kind).counts.f1, 4) for kind in KINDS}
    return scores


def _line(name: str, report: Report) -> str:
    cells = []
    for kind in KINDS:
        row = report.row(kind)
        low, high = row.interval
        cells.append(f"{row.counts.f1:.3f} [{low:.2f}, {high:.2f}]")
    return f"| {name} | {report.papers} | " + " | ".join(cells) + " |"


def _recall(pairs: Pairs, wanted: Callable[[frozenset[str]], bool]) -> str:
    found = total = 0
    for paper, facts in pairs:
        names = {name_key(n) for e in facts.entities for n in (e.name, *e.aliases)}
        for entity in paper.gold["entities"]:
            keys = accepted(entity)
            if not entity["optional"] and entity["type"] != "Method" and wanted(keys):
                total += 1
                found += bool(keys & names)
    return f"{found / total:.3f} of {total}" if total else "none"


def _calibration(pairs: Pairs) -> list[str]:
    """For each tenth of confidence, how many entities have it and how many of those are right."""
    bins: dict[int, list[bool]] = {}
    for paper, facts in pairs:
        right = {(e["type"], key) for e in paper.gold["entities"] for key in accepted(e)}
        confidence = {m.entity: m.confidence for m in facts.mentions}
        for index, entity in enumerate(facts.entities):
            if entity.label in ("Model", "Benchmark"):
                keys = {(entity.label, name_key(name)) for name in (entity.name, *entity.aliases)}
                bins.setdefault(min(9, int(confidence[index] * 10)), []).append(bool(keys & right))
    return [
        f"| {tenth / 10:.1f} | {len(hits)} | {sum(hits) / len(hits):.2f} |"
        for tenth, hits in sorted(bins.items())
    ]


def _calibration_of_results(pairs: Pairs) -> list[str]:
    """For each tenth of confidence, how many results have it and how many of those are right in all their parts."""
    bins: dict[int, list[bool]] = {}
    for paper, facts in pairs:
        for confidence, right in agreeing(paper.gold, facts):
            bins.setdefault(min(9, int(confidence * 10)), []).append(right)
    return [
        f"| {tenth / 10:.1f} | {len(hits)} | {sum(hits) / len(hits):.2f} |"
        for tenth, hits in sorted(bins.items())
    ]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--write-floor", action="store_true", help="record what the scores may not fall below"
    )
    options = parser.parse_args()
    if options.write_floor:
        floor = {
            language: {kind: round(score - FLOOR_MARGIN, 3) for kind, score in scores.items()}
            for language, scores in measured_on_aside(options.shared).items()
        }
        FLOOR.write_text(json.dumps(floor, indent=2) + "\n", encoding="utf-8")
        return
    papers = gold_papers(options.shared)
    listed = lexicon().models | lexicon().benchmarks
    print("F1 with its 95 % interval (bootstrap over papers)\n")
    print(f"| method | papers | {' | '.join(KINDS)} |\n|---|---|{'---|' * len(KINDS)}")
    for name, settings in SETTINGS.items():
        chosen = [paper for paper in papers if is_aside(paper.id)] if name == "full" else papers
        pairs = extracted(chosen, settings)
        for language, eras in ERAS.items():
            of_language = [pair for pair in pairs if pair[0].language == language]
            print(_line(f"{name}, {language}", report_on(of_language)))
            for era, first, end in eras:
                part = [pair for pair in of_language if first <= pair[0].gold["date"] < end]
                print(_line(f"{name}, {language}, {era}", report_on(part)))
        if name == "full":
            print("\nRecall of names in the lists:", _recall(pairs, lambda keys: bool(keys & listed)))
            print("Recall of names in no list:", _recall(pairs, lambda keys: not keys & listed))
            print("\n| confidence from | entities | right |\n|---|---|---|")
            print("\n".join(_calibration(pairs)))
            print("\n| confidence from | results | right as a whole |\n|---|---|---|")
            print("\n".join(_calibration_of_results(pairs)))


if __name__ == "__main__":
    main()
