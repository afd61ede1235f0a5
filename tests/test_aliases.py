"""Decisions on names: shown, added, undone, explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import digest, entry

from kg_builder import KgBuilderError, Workspace, build
from kg_builder.curation import add_alias, aliases, remove_alias
from kg_builder.graph import iterate_nodes


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    text = digest(
        entry(highlights="TinyWalk는 GSM8K와 MMLU에서 정확도를 3.5% 높였습니다."),
        entry(
            title="Other", arxiv="2501.00009", highlights="이 방법은 GSM-8K와 ImageNet에서 평가되었습니다."
        ),
    )
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    build([str(tmp_path / "one.md")], tmp_path / "g.kg")
    return tmp_path / "g.kg"


def benchmarks(graph: Path) -> set[str]:
    with Workspace(graph) as workspace:
        return {n.properties["name"] for n in iterate_nodes(workspace.graph()) if n.label == "Benchmark"}


def test_a_merge_by_spelling_is_shown_with_its_reason(graph):
    (alias,) = [a for a in aliases(graph, "gsm8k") if a.label == "Benchmark"]
    assert {alias.name, alias.alias} == {"GSM8K", "GSM-8K"}
    assert "hyphens" in alias.why


def test_a_merge_that_is_undone_stays_undone_over_builds_and_can_be_redone(graph):
    assert len(benchmarks(graph) & {"GSM8K", "GSM-8K"}) == 1
    remove_alias(graph, "GSM-8K", "GSM8K")
    build([str(graph.parent / "one.md")], graph)
    assert {"GSM8K", "GSM-8K"} <= benchmarks(graph)
    add_alias(graph, "GSM-8K", "GSM8K", "Benchmark")
    assert benchmarks(graph) & {"GSM8K", "GSM-8K"} == {"GSM8K"}


def test_an_added_alias_joins_two_things_under_the_name_given(graph):
    add_alias(graph, "MMLU", "Massive Test", "Benchmark")
    assert "Massive Test" in benchmarks(graph)
    assert "MMLU" not in benchmarks(graph)
    assert [a.why for a in aliases(graph, "MMLU")] == ["was decided here"]


def test_an_alias_of_something_unknown_is_refused(graph):
    with pytest.raises(KgBuilderError, match="nothing in this graph"):
        add_alias(graph, "Nowhere-1", "Nowhere-2")


def test_a_name_is_no_alias_of_itself(graph):
    with pytest.raises(KgBuilderError, match="one name already"):
        add_alias(graph, "gsm8k", "GSM8K")
