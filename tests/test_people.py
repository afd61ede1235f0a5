"""Decisions on who is who: suggested, written, undone, explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import WEI_ZHANGS, built, entry

from kg_builder import KgBuilderError, Workspace, build
from kg_builder.errors import UsageError
from kg_builder.graph import iterate_nodes
from kg_builder.people import (
    explain_people,
    keep_people_apart,
    merge_people,
    name_person,
    split_person,
    suggest_decisions,
    undo_decision,
)
from kg_builder.resolve.identity.decisions import PeopleFileError
from kg_builder.resolve.people_file import read_people_file


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return built(tmp_path, *WEI_ZHANGS)


def authors(graph: Path) -> dict[str, dict]:
    with Workspace(graph) as workspace:
        return {n.id: n.properties for n in iterate_nodes(workspace.graph()) if n.label == "Author"}


def test_a_common_name_without_shared_company_is_not_taken_for_one_person(graph):
    of_wei = [id for id in authors(graph) if id.startswith("name:wei-zhang")]
    assert len(of_wei) == 2
    assert all("#" in id for id in of_wei)


def test_two_people_of_one_name_that_were_not_joined_are_suggested(graph):
    suggested = [s for s in suggest_decisions(graph) if s.first.startswith("name:wei-zhang")]
    assert len(suggested) == 1
    assert 0 < suggested[0].probability < 1


def test_a_merge_is_written_kept_over_builds_and_undone(graph):
    before = authors(graph)
    merge_people(graph, "Mina Seo", "Minah Seo", name="Mina Seo")
    build([str(graph.parent / "one.md")], graph)
    merged = authors(graph)["name:mina-seo"]
    assert (merged["variants"], merged["identity"], merged["confidence"]) == (["Minah Seo"], "curated", 1.0)
    undo_decision(graph)
    assert authors(graph) == before


def test_a_split_takes_the_papers_named_from_a_person(graph):
    split_person(graph, "Jonas Falkenrath", ["arxiv:2501.00003"])
    assert len([id for id in authors(graph) if id.startswith("name:jonas-falkenrath")]) == 2


#: Three spellings of one person, joined by one company.
SPELLINGS = tuple(
    entry(title=title, arxiv=arxiv, authors=f"{name}, Ada Brunwald, Pia Holmqvist, Ruben Osterveld")
    for title, arxiv, name in (
        ("First", "2501.00001", "Tobias Quellmann"),
        ("Second", "2501.00002", "T. Quellmann"),
        ("Third", "2501.00003", "Tobias Quellmann"),
        ("Fourth", "2501.00004", "T. P. Quellmann"),
    )
)


@pytest.fixture
def one_author(tmp_path: Path) -> Path:
    """A graph in which the spellings are one Author."""
    graph = built(tmp_path, *SPELLINGS)
    assert len(explain_people(graph, "Tobias Quellmann")[0].signatures) == 4
    return graph


def together(graph: Path, *signatures: str) -> bool:
    """Whether signatures are one Author's."""
    return len({explain_people(graph, s)[0].id for s in signatures}) == 1


def test_two_spellings_of_one_author_are_kept_apart_and_together_again_when_undone(one_author):
    before = authors(one_author)
    keep_people_apart(one_author, "Tobias Quellmann", "T. Quellmann")
    assert not together(one_author, "Tobias Quellmann @ arxiv:2501.00001", "T. Quellmann @ arxiv:2501.00002")
    assert not together(one_author, "Tobias Quellmann @ arxiv:2501.00003", "T. Quellmann @ arxiv:2501.00002")
    undo_decision(one_author)
    assert authors(one_author) == before


def test_a_signature_is_kept_apart_from_the_rest_of_its_spelling(one_author):
    keep_people_apart(one_author, "Tobias Quellmann", "Tobias Quellmann @ arxiv:2501.00003")
    assert not together(
        one_author, "Tobias Quellmann @ arxiv:2501.00001", "Tobias Quellmann @ arxiv:2501.00003"
    )


def test_a_spelling_is_kept_apart_from_the_rest_of_the_author(one_author):
    (whole,) = explain_people(one_author, "T. P. Quellmann")
    keep_people_apart(one_author, whole.id, "T. P. Quellmann")
    assert [s for e in explain_people(one_author, "T. P. Quellmann") for s in e.signatures] == [
        "T. P. Quellmann @ arxiv:2501.00004"
    ]


def test_the_same_signatures_cannot_be_kept_apart_and_the_way_out_is_told(one_author):
    with pytest.raises(UsageError, match=r"people split 'T\. Quellmann' PAPER"):
        keep_people_apart(one_author, "T. Quellmann", "t. quellmann")
    assert not (one_author.parent / "people.yaml").exists()


def test_a_split_takes_papers_of_several_spellings_in_one_decision(one_author):
    before = authors(one_author)
    split_person(one_author, "Tobias Quellmann", ["arxiv:2501.00002", "arxiv:2501.00003"])
    taken = ("T. Quellmann @ arxiv:2501.00002", "Tobias Quellmann @ arxiv:2501.00003")
    rest = ("Tobias Quellmann @ arxiv:2501.00001", "T. P. Quellmann @ arxiv:2501.00004")
    assert not any(together(one_author, one, other) for one in taken for other in rest)
    undo_decision(one_author)
    assert authors(one_author) == before


def test_people_of_several_spellings_are_kept_apart_with_all_of_them(one_author):
    keep_people_apart(one_author, "Tobias Quellmann", "Ada Brunwald")
    (decision,) = read_people_file(one_author.parent / "people.yaml").apart
    assert [len(side) for side in decision.people] == [4, 1]


def test_people_who_are_kept_apart_cannot_be_merged(graph):
    keep_people_apart(graph, "Mina Seo", "Minah Seo")
    text = (graph.parent / "people.yaml").read_text(encoding="utf-8")
    with pytest.raises(PeopleFileError, match=r"people\.yaml:\d+: .*told apart"):
        merge_people(graph, "Mina Seo", "Minah Seo")
    assert (graph.parent / "people.yaml").read_text(encoding="utf-8") == text


def test_a_preferred_name_is_what_the_author_is_called(graph):
    name_person(graph, "Ada Brunwald", "Ada Brünwald")
    assert authors(graph)["name:ada-brünwald"]["variants"] == ["Ada Brunwald"]


def test_an_author_explains_itself(graph):
    (jonas,) = explain_people(graph, "jonas falkenrath")
    assert jonas.identity == "name"
    assert any("same name" in reason for reason in jonas.reasons)
    assert jonas.signatures == (
        "Jonas Falkenrath @ arxiv:2501.00001",
        "Jonas Falkenrath @ arxiv:2501.00003",
    )


def test_an_ambiguous_or_unknown_name_is_refused(graph):
    with pytest.raises(UsageError, match="2 people are called 'Wei Zhang'"):
        merge_people(graph, "Wei Zhang", "Mina Seo")
    with pytest.raises(UsageError, match="nobody in this graph"):
        merge_people(graph, "No One", "Mina Seo")


def test_a_decision_on_somebody_who_is_not_there_is_told_and_changes_nothing(graph):
    before = authors(graph)
    (graph.parent / "people.yaml").write_text("- merge: [No One, Nobody Else]\n", encoding="utf-8")
    report = build([str(graph.parent / "one.md")], graph)
    assert any("people.yaml:1: nobody here is 'No One'" in notice for notice in report.notices)
    assert authors(graph) == before


def test_a_decision_on_people_who_are_not_there_is_one_note(graph):
    text = "- split: No One\n  into: [[p1, p2], [p3, p4, p5]]\n- apart: [Mina Seo, Nobody Else]\n"
    (graph.parent / "people.yaml").write_text(text, encoding="utf-8")
    notices = build([str(graph.parent / "one.md")], graph).notices
    assert [notice.partition("people.yaml:")[2] for notice in notices] == [
        "1: nobody here is 'No One @ p1', 'No One @ p2', 'No One @ p3' and 2 more; "
        "this decision does nothing for them",
        "3: nobody here is 'Nobody Else'; this decision does nothing for them",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("merge: [A, B]\n", "1: a people file is a list"),
        ("- merge: [A]\n", "1: this is a list of 2"),
        ("- merge: [A, B]\n- merge: [B, C]\n", "2: 'B' stands in the decision of line 1 too"),
        ("- merge: [A, B]\n- merge: [B, A]\n", "2: 'B' stands in the decision of line 1 too"),
        ("- merge: [A, A]\n", "1: the same person stands here twice"),
        ("- apart: [A]\n", "1: this is a list of 2"),
        ("- apart: [[A, B], [C, A]]\n", "1: the same person stands here twice"),
        ("- apart: [[], B]\n", "1: this is a list of 1"),
        ("- join: [A, B]\n", "1: a decision begins with one of: merge"),
        ("- merge: [A, B]\n  into: C\n", "1: 'into' is no part"),
        ("\n- split: A\n  into: [[p1], [p1]]\n", "3: p1 stands in two"),
        ("- merge: [A, B\n", "this is no YAML"),
    ],
)
def test_a_wrong_people_file_is_told_with_its_line(tmp_path, text, message):
    (tmp_path / "people.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KgBuilderError) as caught:
        read_people_file(tmp_path / "people.yaml")
    assert message in str(caught.value)


def test_a_contradiction_stops_the_build_and_leaves_the_graph(graph):
    before = authors(graph)
    text = "- merge: [Mina Seo, Minah Seo]\n- apart: [Minah Seo @ arxiv:2501.00002, name:mina-seo]\n"
    (graph.parent / "people.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PeopleFileError, match=r"people\.yaml:2: .*merged in line 1"):
        build([str(graph.parent / "one.md")], graph)
    assert authors(graph) == before
