"""Pulling gives back the graph that was loaded."""

from __future__ import annotations

from pathlib import Path

import neo4j
import pytest
from graphs import MemoryGraph, content, node
from made_graphs import made_graph

from kg_builder.errors import DatabaseError, WorkspaceError
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.pull import pull
from kg_builder.workspace import Workspace

pytestmark = pytest.mark.neo4j


def test_a_pulled_workspace_holds_the_graph_that_was_loaded(driver: neo4j.Driver, tmp_path: Path) -> None:
    graph = MemoryGraph(*made_graph(5))
    load(graph, driver, database="neo4j", owner="tests")
    driver.execute_query(
        "MATCH (m:Model) SET m.note = 'guest' WITH collect(m) AS models "
        "CREATE (g:Model {id: 'guest'}) FOREACH (m IN models | CREATE (g)-[:USES]->(m))"
    )
    counts = pull(driver, tmp_path / "pulled.kg", database="neo4j")
    with Workspace(tmp_path / "pulled.kg") as workspace:
        assert content(workspace.graph()) == content(graph)
    assert counts["Paper"] == 5
    assert sum(counts.values()) == len(content(graph))
    assert [path.name for path in tmp_path.iterdir()] == ["pulled.kg"]


def test_loading_what_was_pulled_writes_no_value(driver: neo4j.Driver, tmp_path: Path) -> None:
    load(MemoryGraph(*made_graph(3)), driver, database="neo4j", owner="tests")
    pull(driver, tmp_path / "pulled.kg", database="neo4j")
    with Workspace(tmp_path / "pulled.kg") as workspace:
        assert not load(workspace.graph(), driver, database="neo4j", owner="tests").counters


def test_an_existing_workspace_is_left_alone(driver: neo4j.Driver, tmp_path: Path) -> None:
    (tmp_path / "graph.kg").write_bytes(b"precious")
    with pytest.raises(WorkspaceError, match="exists already"):
        pull(driver, tmp_path / "graph.kg", database="neo4j")
    assert (tmp_path / "graph.kg").read_bytes() == b"precious"


def test_a_database_without_a_graph_gives_none(driver: neo4j.Driver, tmp_path: Path) -> None:
    driver.execute_query("CREATE (:Paper {id: 'p', title: 'somebody else’s'})")
    with pytest.raises(DatabaseError, match="holds no graph of kg-builder"):
        pull(driver, tmp_path / "graph.kg", database="neo4j")
    assert list(tmp_path.iterdir()) == []


def test_a_load_that_was_cut_off_is_not_pulled(driver: neo4j.Driver, tmp_path: Path) -> None:
    load(MemoryGraph([node("Topic", "nlp", name="NLP")]), driver, database="neo4j", owner="tests")
    driver.execute_query("MATCH (s:_KgBuilder) SET s.status = 'loading'")
    with pytest.raises(DatabaseError, match="cut off"):
        pull(driver, tmp_path / "graph.kg", database="neo4j")


def test_a_value_of_a_type_that_no_graph_holds_is_named(driver: neo4j.Driver, tmp_path: Path) -> None:
    load(MemoryGraph([node("Topic", "nlp", name="NLP")]), driver, database="neo4j", owner="tests")
    driver.execute_query("MATCH (t:Topic) SET t.name = date('2024-01-02')")
    with pytest.raises(DatabaseError, match=r"nlp: somebody else set name to .*Date.*--verify"):
        pull(driver, tmp_path / "graph.kg", database="neo4j")
    assert list(tmp_path.iterdir()) == []
