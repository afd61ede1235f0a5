"""The views of queries and of differences: what of an answer or a change becomes a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner
from view_graphs import HeldGraph, small_graph

from kg_builder.cli import app
from kg_builder.errors import UsageError, ViewError
from kg_builder.graph import Node
from kg_builder.stores.files import write_jsonl
from kg_builder.stores.neo4j.changes import Change
from kg_builder.stores.rows import Rows
from kg_builder.views.comparing import changes_since
from kg_builder.views.picture import Answer, Changes, Picture, Wish
from kg_builder.views.question import Question
from kg_builder.views.viewing import picture, view

GRAPH = small_graph()


def asked(cypher: str, limit: int | None = None) -> Picture:
    answer = Question(cypher=cypher).answer(GRAPH)
    return picture(GRAPH, "query", Wish(answer=answer, limit=limit))


def shown(columns: tuple[str, ...], *rows: list[object]) -> Picture:
    return picture(GRAPH, "query", Wish(answer=Answer(Rows(columns, list(rows)), "Asked")))


def edges(of: Picture) -> set[tuple[str, str, str]]:
    return {(e.type, e.start, e.end) for e in of.edges}


def test_relationships_of_an_answer_are_drawn_with_their_ends_and_evidence() -> None:
    found = asked("MATCH (p:Paper)-[r:COMPARES_WITH]->(m) RETURN r")
    assert edges(found) == {("COMPARES_WITH", "Paper/arxiv:2401.00001", "Model/heron-7b")}
    assert found.edges[0].properties["mention"] == "Heron-7B"
    assert {n.name for n in found.nodes} == {"SwiftNet: Small Models Read Faster", "Heron-7B"}


def test_a_path_is_drawn_as_it_goes() -> None:
    found = asked("MATCH p=(:Paper)-[:INTRODUCES]->(:Model)-[:BASED_ON]->(:Model) RETURN p")
    assert {kind for kind, _, _ in edges(found)} == {"INTRODUCES", "BASED_ON"}
    assert found.papers["arxiv:2401.00001"][1] == "https://arxiv.org/abs/2401.00001"


def test_the_paper_of_the_evidence_is_told_though_it_is_not_in_the_answer() -> None:
    found = asked("MATCH (:Model)-[r:BASED_ON]->(:Model) RETURN r")
    assert [n.label for n in found.nodes] == ["Model", "Model"]
    assert found.papers["arxiv:2401.00001"][0] == "SwiftNet: Small Models Read Faster"


def test_nodes_alone_bring_the_relationships_among_them() -> None:
    found = asked("MATCH (m:Model) RETURN m")
    assert {kind for kind, _, _ in edges(found)} == {"BASED_ON", "VARIANT_OF"}


def test_a_column_of_names_or_ids_becomes_nodes() -> None:
    found = shown(("model", "paper", "share"), ["Heron-7B", "arxiv:2401.00002", 0.5])
    assert {n.key for n in found.nodes} == {"Model/heron-7b", "Paper/arxiv:2401.00002"}
    assert edges(found) == {("USES", "Paper/arxiv:2401.00002", "Model/heron-7b")}


def test_nodes_of_one_row_that_nothing_joins_are_joined_by_the_row() -> None:
    found = shown(("method", "benchmark", "share"), ["Page Turning", "ReadBench", 0.5])
    (edge,) = found.edges
    assert (edge.type, edge.properties) == ("SAME_ROW", {"share": 0.5})


def test_a_column_that_names_nodes_only_by_chance_stays_text() -> None:
    found = shown(("word",), ["Heron"], ["sparrow"], ["finch"])
    assert found.nodes == ()
    assert "Nothing in the answer is a node" in found.left_out[0]


def test_a_name_that_two_nodes_share_is_clear_where_the_column_says_the_label() -> None:
    graph = small_graph()
    method = Node("Method", "heron", {"id": "heron", "name": "Heron"})
    twin = HeldGraph([*graph.all_nodes, method], graph.all_relationships)
    for columns, expected in ((("name",), set()), (("method",), {"Method/heron"})):
        found = picture(twin, "query", Wish(answer=Answer(Rows(columns, [["Heron"]]), "Asked")))
        assert {n.key for n in found.nodes} == expected


def test_the_answer_stands_beside_the_picture_as_a_table() -> None:
    found = shown(("model", "score"), ["SwiftNet", 80.25], ["Heron-7B", None])
    assert found.table is not None
    assert [[c.text for c in row] for row in found.table.rows] == [["SwiftNet", "80.25"], ["Heron-7B", ""]]
    assert found.table.rows[0][0].key == "Model/swiftnet"


def test_what_a_limit_leaves_out_of_an_answer_is_told() -> None:
    found = asked("MATCH (n:Model) RETURN n", limit=1)
    assert len(found.nodes) == 1
    assert "Not shown: 2 nodes" in found.left_out[0]


def test_a_query_of_the_library_names_the_page() -> None:
    answer = Question("leaderboard", parameters={"benchmark": "readbench"}).answer(GRAPH)
    assert answer.title == "Leaderboard of a benchmark"
    assert "benchmark: readbench" in answer.description


def test_a_graph_in_memory_cannot_be_asked_on_neo4j() -> None:
    with pytest.raises(ViewError, match="name a workspace file"):
        Question(cypher="RETURN 1", on="neo4j").answer(GRAPH)


def test_the_view_of_a_query_wants_one() -> None:
    with pytest.raises(ViewError, match="say which query"):
        picture(GRAPH, "query")


def changed(*changes: Change) -> Picture:
    return picture(GRAPH, "diff", Wish(changes=Changes(list(changes), "Diff")))


def test_changes_are_told_apart_by_group_and_sign() -> None:
    found = changed(
        Change("add", "Model", ("swiftnet",)),
        Change("change", "Model", ("heron-7b",), {"size": "7B"}, {"size": "8B"}),
        Change("remove", "Model", ("old",), {}, {"name": "Old One"}),
    )
    assert {(n.group, n.caption) for n in found.nodes} == {
        ("Added", "+ SwiftNet"),
        ("Changed", "~ Heron-7B"),
        ("Removed", "− Old One"),
    }
    (node,) = [n for n in found.nodes if n.group == "Changed"]
    assert node.properties["size"] == "8B → 7B"


def test_the_table_of_changes_names_what_is_not_drawn() -> None:
    changes = [Change("add", "Model", (name,)) for name in ("heron-7b", "swiftnet")]
    found = picture(GRAPH, "diff", Wish(changes=Changes(changes, "Diff"), limit=1))
    assert len(found.nodes) == 1
    assert found.table is not None
    assert [row[1].text for row in found.table.rows] == ["Heron-7B", "SwiftNet"]


def test_a_changed_relationship_joins_nodes_that_stay() -> None:
    found = changed(Change("remove", "BASED_ON", ("Model", "swiftnet", "Model", "heron-7b")))
    assert {n.group for n in found.nodes} == {"Unchanged"}
    assert [(e.type, e.caption) for e in found.edges] == [("REMOVED", "− based on")]


def test_passages_and_co_authorships_are_counted_rather_than_drawn() -> None:
    found = changed(
        Change("add", "Passage", ("p/abstract/1",)),
        Change("add", "CO_AUTHORED", ("Author", "name:ada", "Author", "name:cy")),
    )
    assert found.nodes == ()
    assert found.left_out == ("Not drawn: co-authorships (1 added).", "Not drawn: passages (1 added).")


def test_nothing_that_differs_is_said() -> None:
    assert changed().left_out == ("Nothing differs.",)


def test_a_graph_is_compared_with_an_export(tmp_path: Path) -> None:
    export = tmp_path / "before.jsonl"
    with export.open("w", encoding="utf-8") as stream:
        write_jsonl(GRAPH, stream)
    assert list(changes_since(GRAPH, export).changes) == []
    lines = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["id"] != "Model/heron"]
    lines[0]["properties"]["name"] = "Ada L."
    export.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = {(c.action, c.identity) for c in changes_since(GRAPH, export).changes}
    assert ("add", "Model/heron") in found
    assert ("change", lines[0]["id"]) in found
    assert view(GRAPH, "diff", against=export, output=tmp_path / "d.html").exists()


def test_a_file_that_is_no_export_is_told_by_its_line(tmp_path: Path) -> None:
    export = tmp_path / "other.jsonl"
    export.write_text('{"type":"node","id":"Model/a","properties":{}}\n[1]\n', encoding="utf-8")
    with pytest.raises(ViewError, match=r"other\.jsonl, line 2: this is no node or relationship"):
        changes_since(GRAPH, export)


def test_an_export_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ViewError, match="cannot be read"):
        changes_since(GRAPH, tmp_path / "none.jsonl")


def test_a_graph_in_memory_is_compared_with_an_earlier_state_only() -> None:
    with pytest.raises(ViewError, match="name a workspace file"):
        view(GRAPH, "diff")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["overview", "leaderboard"], "only the view query asks one"),
        (["overview", "--against", "x.kg"], "only the view diff compares"),
        (["query", "leaderboard", "--on", "mysql"], "the engines are embedded and neo4j"),
    ],
)
def test_an_option_of_another_view_is_refused(arguments: list[str], told: str) -> None:
    found = CliRunner().invoke(app, ["view", *arguments])
    assert found.exit_code != 0
    assert isinstance(found.exception, UsageError)
    assert told in str(found.exception)
