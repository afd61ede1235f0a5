"""The embedded engine: it holds what the tables hold, answers in plain values, and keeps a snapshot."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from attacks import WRITES, attacks
from graphs import MemoryGraph, node, relationship
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_graphs import made_graph

from kg_builder.errors import QueryError, ReadOnlyError, WorkspaceError
from kg_builder.graph import iterate_nodes, iterate_relationships
from kg_builder.stores.embedded import EmbeddedGraph

PAPER = node("Paper", "arxiv:2501.00001", title="A paper", votes=3, authors_complete=True)
MODEL = node("Model", "gpt-4o", name="GPT-4o", aliases=["gpt4o", "a;b"])
PASSAGE = node("Passage", "arxiv:2501.00001/title/1", text="A paper")
USES = relationship("Paper/arxiv:2501.00001", "USES", "Model/gpt-4o", start=2, end=7, confidence=0.5)


def embedded(*things: object) -> EmbeddedGraph:
    return EmbeddedGraph.from_graph(graph(*things))


def graph(*things: object) -> MemoryGraph:
    nodes = [thing for thing in things if hasattr(thing, "label")]
    return MemoryGraph(nodes, [thing for thing in things if thing not in nodes])


def test_every_node_and_relationship_comes_back_with_its_properties():
    nodes, relationships = made_graph(30)
    held = MemoryGraph(nodes, relationships)
    engine = EmbeddedGraph.from_graph(held)
    found = engine.run("MATCH (n) RETURN n").rows
    expected = {f"{n.label}/{n.id}": n.properties for n in iterate_nodes(held)}
    assert {row[0]["id"]: row[0]["properties"] for row in found} == expected
    found = engine.run("MATCH ()-[r]->() RETURN r").rows
    expected = {r.id: r.properties for r in iterate_relationships(held)}
    assert {row[0]["id"]: row[0]["properties"] for row in found} == expected


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.floats(allow_nan=False, allow_infinity=False),
)
@example("NULL", 1e-300)
@example(" 007 ", 0.1 + 0.2)
@example('["one"]', 1e22)
@example("\r\n\x00\ufeff", -0.0)
def test_any_text_and_any_number_comes_back_as_it_was(text, number):
    engine = embedded(
        node("Model", text, name=text, aliases=[text, "x"]),
        node("Result", text, text=text, value=number),
        relationship(
            f"Model/{text}", "BASED_ON", f"Model/{text}", evidence=text, confidence=number, count=2**53 + 1
        ),
    )
    found = engine.run(
        "MATCH (m:Model)-[r]->(m) RETURN m.id, m.name, m.aliases, r.evidence, r.confidence, r.count"
    )
    assert found.rows == [[text, text, [text, "x"], text, number, 2**53 + 1]]
    assert engine.run("MATCH (x:Result {id: $id}) RETURN x.value, x.text", {"id": text}).rows == [
        [number, text]
    ]


def test_a_node_is_a_map_in_the_form_of_the_export():
    assert embedded(PAPER).run("MATCH (n) RETURN n, {inner: [n]} AS m").rows == [[NODE, {"inner": [NODE]}]]


NODE = {
    "type": "node",
    "id": "Paper/arxiv:2501.00001",
    "labels": ["Paper"],
    "properties": {"authors_complete": True, "id": "arxiv:2501.00001", "title": "A paper", "votes": 3},
}


def test_a_path_and_its_relationships_name_their_ends():
    ((path, lone),) = embedded(PAPER, MODEL, USES).run("MATCH p = (:Paper)-[r]->(:Model) RETURN p, r").rows
    assert path["type"] == "path"
    assert [n["id"] for n in path["nodes"]] == ["Paper/arxiv:2501.00001", "Model/gpt-4o"]
    assert path["relationships"] == [lone]
    assert lone == {
        "type": "relationship",
        "id": "Paper/arxiv:2501.00001|USES|Model/gpt-4o",
        "label": "USES",
        "start": {"id": "Paper/arxiv:2501.00001", "labels": ["Paper"]},
        "end": {"id": "Model/gpt-4o", "labels": ["Model"]},
        "properties": {"confidence": 0.5, "end": 7, "start": 2},
    }


@pytest.mark.parametrize(
    "map_",
    [
        {"id": 1, "labels": ["X"], "properties": {}},
        {"id": 1, "labels": [], "properties": {"id": 1, "type": "X"}},
        {"id": 1, "labels": ["X"], "properties": {"id": 1, "type": "X"}},
        {"id": 1, "start": 999, "end": 998, "type": "USES", "properties": {}},
        {"id": 1, "start": "a", "end": None, "type": "USES", "properties": []},
        {"nodes": [], "relationships": []},
        {"nodes": 1, "relationships": [1]},
    ],
)
def test_a_map_that_only_looks_like_a_part_of_the_graph_stays_a_map(map_):
    assert embedded(PAPER).run("RETURN $map AS m", {"map": map_}).rows == [[map_]]


def test_keys_and_properties_show_what_the_schema_knows_and_no_more():
    rows = embedded(MODEL, PASSAGE).run("MATCH (n) RETURN keys(n), properties(n) ORDER BY n.id").rows
    assert rows[0] == [["id", "text"], {"id": PASSAGE.id, "text": "A paper"}]
    assert rows[1] == [["aliases", "id", "name"], MODEL.properties]


def test_an_unknown_property_is_null():
    assert embedded(PAPER).run("MATCH (p:Paper) RETURN p.venue, p.nonsense").rows == [[None, None]]


def test_dates_are_dates_of_python():
    assert embedded(PAPER).run("RETURN date('2024-12-24') AS d").rows == [[datetime.date(2024, 12, 24)]]


def test_an_empty_graph_answers():
    assert EmbeddedGraph.from_graph(MemoryGraph()).run("MATCH (n) RETURN n").rows == []


def test_labels_and_types_that_the_graph_lacks_match_nothing_and_are_told():
    found = embedded(PAPER).run("MATCH (m:Modell)-[:USES]->() RETURN m")
    assert found.rows == []
    assert any("Modell" in warning for warning in found.warnings)


def test_rows_beyond_the_limit_are_cut_and_said_to_be():
    engine = embedded(*(node("Model", f"m{i}", name=f"M{i}") for i in range(5)))
    query = "MATCH (m:Model) RETURN m.id ORDER BY m.id DESC"
    cut = engine.run(query, limit=2)
    assert (cut.rows, cut.truncated) == ([["m4"], ["m3"]], True)
    assert cut.warnings == ()
    assert not engine.run(query, limit=5).truncated


def test_a_query_that_takes_too_long_is_ended():
    engine = embedded(PAPER)
    with pytest.raises(QueryError, match=r"longer than 0\.2 s.*--timeout"):
        engine.run(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a + b % 7)", timeout=0.2
        )


def test_a_wrong_query_is_told_in_one_line():
    with pytest.raises(QueryError) as error:
        embedded(PAPER).run("MATCH (n RETURN n")
    assert "\n" not in str(error.value)


def test_parameters_are_values_never_text():
    hostile = "x'}) DETACH DELETE n //"
    assert embedded(PAPER).run("MATCH (p:Paper {id: $id}) RETURN p", {"id": hostile}).rows == []


@pytest.mark.parametrize("cypher", attacks())
def test_an_attack_is_refused_and_changes_nothing(cypher, attacked):
    with pytest.raises(ReadOnlyError):
        attacked.run(cypher, {"p": 1})
    assert attacked.run("MATCH (n) RETURN count(n), count(n.evil)").rows == [[2, 0]]


@pytest.fixture(scope="module")
def attacked() -> EmbeddedGraph:
    return embedded(PAPER, MODEL, USES)


@pytest.mark.parametrize("cypher", WRITES[:10])
def test_even_past_the_guard_the_engine_does_not_write(cypher, attacked, monkeypatch):
    monkeypatch.setattr("kg_builder.stores.embedded.check_query", lambda *_: None)
    with pytest.raises(QueryError):
        attacked.run(cypher)


def test_a_relationship_without_its_end_is_refused():
    with pytest.raises(WorkspaceError, match="gpt-4o"):
        embedded(PAPER, node("Model", "other", name="Other"), USES)


def test_the_second_opening_reads_the_snapshot_alone(tmp_path, monkeypatch):
    held = graph(PAPER, MODEL, USES)
    first = EmbeddedGraph.from_graph(held, tmp_path / "snapshot").run("MATCH p = ()-[]->() RETURN p").rows
    monkeypatch.setattr("kg_builder.stores.kglite_tables.fill_kglite", lambda _: pytest.fail("filled again"))
    assert (
        EmbeddedGraph.from_graph(held, tmp_path / "snapshot").run("MATCH p = ()-[]->() RETURN p").rows
        == first
    )


def test_a_changed_graph_replaces_the_snapshot(tmp_path):
    EmbeddedGraph.from_graph(graph(PAPER), tmp_path / "snapshot")
    engine = EmbeddedGraph.from_graph(graph(PAPER, MODEL), tmp_path / "snapshot")
    assert engine.run("MATCH (n) RETURN count(n)").rows == [[2]]
    assert len(list((tmp_path / "snapshot").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"not a graph", "cut"])
def test_a_damaged_snapshot_is_made_anew(tmp_path, damage):
    held = graph(PAPER, MODEL, USES)
    EmbeddedGraph.from_graph(held, tmp_path / "snapshot")
    (file,) = (tmp_path / "snapshot").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else damage)
    engine = EmbeddedGraph.from_graph(held, tmp_path / "snapshot")
    assert engine.run("MATCH (n) RETURN count(n)").rows == [[2]]
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_only_the_snapshot(tmp_path: Path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    engine = EmbeddedGraph.from_graph(graph(PAPER), tmp_path / "file")
    assert engine.run("MATCH (n) RETURN count(n)").rows == [[1]]
