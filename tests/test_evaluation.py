"""What evaluation counts as found, missed and extra."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg_builder.errors import EvaluationError
from kg_builder.evaluation import evaluate
from kg_builder.evaluation.exported import ExportedGraph, graph_of
from kg_builder.evaluation.tally import Tally

TEXT = "We present Foo and compare it with GPT-4 on GSM8K."
GOLD: dict[str, Any] = {
    "id": "2501.00001",
    "title": "Foo",
    "authors": ["Ann Lee", "Bo Kim"],
    "organizations": [],
    "entities": [
        {"name": "Foo", "type": "Method", "roles": ["introduces"], "aliases": [], "optional": False},
        {
            "name": "GPT-4",
            "type": "Model",
            "roles": ["compares_with"],
            "aliases": ["GPT4"],
            "optional": False,
        },
        {
            "name": "GSM8K",
            "type": "Benchmark",
            "roles": ["evaluates_on|uses"],
            "aliases": [],
            "optional": False,
        },
        {"name": "LoRA", "type": "Method", "roles": ["uses"], "aliases": [], "optional": True},
    ],
    "results": [],
}


def _node(label: str, ident: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "node",
        "id": f"{label}/{ident}",
        "labels": [label],
        "properties": {"id": ident, **properties},
    }


def _to(kind: str, target: str, origin: str = "Paper/p", /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "relationship",
        "label": kind,
        "start": {"id": origin},
        "end": {"id": target},
        "properties": properties,
    }


QUOTE = {"passage": "t", "start": 0, "end": len(TEXT), "evidence": TEXT}
ROWS = [
    _node("Paper", "p", arxiv_id="2501.00001", title="Foo"),
    _node("Passage", "t", text=TEXT),
    _node("Author", "a", name="Ann Lee"),
    _node("Method", "foo", name="Foo"),
    _node("Model", "gpt4", name="GPT 4"),
    _node("Benchmark", "gsm8k", name="GSM-8K"),
    _to("HAS_PASSAGE", "Passage/t"),
    _to("AUTHORED", "Paper/p", "Author/a", position=1),
    _to("INTRODUCES", "Method/foo", **QUOTE),
    _to("COMPARES_WITH", "Model/gpt4", **QUOTE),
    _to("USES", "Benchmark/gsm8k", **QUOTE),
]


def graph(rows: list[dict[str, Any]]) -> ExportedGraph:
    return graph_of(json.dumps(row) for row in rows)


def test_names_are_compared_without_case_spaces_and_hyphens() -> None:
    report = evaluate([GOLD], graph(ROWS))
    assert [report.row(kind).counts.f1 for kind in ("models", "benchmarks", "introduces")] == [1.0, 1.0, 1.0]


def test_any_of_the_alternatives_of_a_role_is_right() -> None:
    counts = evaluate([GOLD], graph(ROWS)).row("relations").counts
    assert (counts.found, counts.extra, counts.missed) == (2, 0, 0)


def test_a_missing_author_is_counted_and_told() -> None:
    row = evaluate([GOLD], graph(ROWS)).row("authors")
    assert (row.counts.found, row.counts.missed) == (1, 1)
    assert row.errors == ("missed  2501.00001: Bo Kim",)


def test_a_model_that_the_gold_lacks_is_extra() -> None:
    rows = [*ROWS, _node("Model", "x", name="X-9"), _to("MENTIONS", "Model/x", **QUOTE)]
    counts = evaluate([GOLD], graph(rows)).row("models").counts
    assert (counts.found, counts.extra) == (1, 1)


def test_what_is_optional_costs_nothing() -> None:
    rows = [*ROWS, _node("Model", "lora", name="LoRA"), _to("USES", "Model/lora", **QUOTE)]
    assert evaluate([GOLD], graph(rows)).row("models").counts.extra == 0


def test_evidence_that_does_not_reproduce_is_no_evidence() -> None:
    moved = _to("INTRODUCES", "Method/foo", **(QUOTE | {"start": 3}))
    good, total = evaluate([GOLD], graph([*ROWS[:8], moved, *ROWS[9:]])).evidence
    assert (good, total) == (2, 3)


def test_a_paper_that_the_graph_lacks_is_told_and_counted_as_missed() -> None:
    report = evaluate([GOLD], graph([]))
    assert report.missing == ("2501.00001",)
    assert report.row("models").counts.missed == 1


def test_an_interval_holds_the_score() -> None:
    tally = Tally()
    for i in range(50):
        tally.compare(str(i), {frozenset(("a",)): "a"}, (), {"a": "a"} if i % 3 else {})
    low, high = tally.interval([str(i) for i in range(50)])
    assert low < tally.total().f1 < high


def test_a_broken_export_is_told_with_its_line() -> None:
    with pytest.raises(EvaluationError, match="the export:1: neither a node"):
        graph_of(["[]"])


def test_it_agrees_with_the_reference_scorer(tmp_path: Path) -> None:
    scorer = Path(__file__).parents[2] / "shared" / "tools" / "score.py"
    if not scorer.is_file():
        pytest.skip("needs ../shared/tools/score.py")
    export, gold = tmp_path / "export.jsonl", tmp_path / "gold.jsonl"
    export.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    gold.write_text(json.dumps(GOLD), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, str(scorer), str(export), str(gold), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = json.loads(answer.stdout)
    report = evaluate(gold, export)
    for row in report.rows:
        counts = {"tp": row.counts.found, "fp": row.counts.extra, "fn": row.counts.missed}
        # The reference prints no row for a kind of which there is nothing.
        assert counts == {key: expected.get(row.kind, {}).get(key, 0) for key in counts}, row.kind
    assert report.evidence == (expected["evidence"]["good"], expected["evidence"]["total"])
