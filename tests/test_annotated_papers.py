"""The papers annotated for training: what they say is well formed, and none of them is measured on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.extraction.agreement import rows_of
from benchmarks.extraction.corpora import (
    ANNOTATED,
    ANNOTATED_TWICE,
    FAMILIES,
    GoldPaper,
    annotated_papers,
    gold_papers,
    is_aside,
    training_papers,
)
from kg_builder.extract.tokens import name_key

SHARED = Path(os.environ.get("KG_BUILDER_SHARED", Path(__file__).parents[2] / "shared"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "data").is_dir(),
    reason="needs the corpora in ../shared, or KG_BUILDER_SHARED naming their folder",
)

ROLES = {"introduces", "uses", "based_on", "evaluates", "compares_with", "evaluates_on", "mentions"}


@pytest.fixture(scope="module")
def annotated() -> list[GoldPaper]:
    return annotated_papers(ANNOTATED, SHARED)


def test_every_annotated_paper_has_its_text(annotated: list[GoldPaper]) -> None:
    lines = [(ANNOTATED / f"{name}.jsonl").read_text(encoding="utf-8").count("\n") for name, _, _ in FAMILIES]
    assert len(annotated) == sum(lines) > 3_000


def test_no_paper_annotated_for_training_is_in_the_gold_in_any_language(annotated: list[GoldPaper]) -> None:
    assert not {paper.id for paper in annotated} & {paper.id for paper in gold_papers(SHARED)}


def test_a_paper_kept_aside_is_not_learnt_from() -> None:
    gold = {paper.id for paper in gold_papers(SHARED)}
    learnt = {paper.id for paper in training_papers(SHARED, without_aside=True)}
    assert learnt & gold
    assert not any(is_aside(paper) for paper in learnt & gold)


def test_every_annotated_name_stands_in_the_text(annotated: list[GoldPaper]) -> None:
    lost = []
    for paper in annotated:
        text = name_key(" ".join(passage.text for passage in paper.document.passages))
        lost += [(paper.id, e["name"]) for e in paper.gold["entities"] if name_key(e["name"]) not in text]
    assert lost == []


def test_annotations_speak_the_guidelines_vocabulary(annotated: list[GoldPaper]) -> None:
    entities = [entity for paper in annotated for entity in paper.gold["entities"]]
    assert {entity["type"] for entity in entities} == {"Model", "Benchmark", "Method"}
    assert {part for e in entities for role in e["roles"] for part in role.split("|")} == ROLES
    results = [result for paper in annotated for result in paper.gold["results"]]
    assert {result["kind"] for result in results} == {"absolute", "delta", "ratio", "change"}
    assert {result["direction"] for result in results} == {"up", "down", None}


def test_a_second_annotation_is_of_a_paper_of_the_gold_and_scores_as_an_export() -> None:
    gold = {(paper.id, paper.language): paper for paper in gold_papers(SHARED)}
    second = annotated_papers(ANNOTATED_TWICE, SHARED)
    assert len(second) == 48
    rows = [row for paper in second for row in rows_of(paper, gold[paper.id, paper.language])]
    assert {row["labels"][0] for row in rows if row["type"] == "node"} >= {
        "Paper",
        "Model",
        "Benchmark",
        "Result",
    }
