"""What the doctor says of a real Neo4j."""

from __future__ import annotations

from pathlib import Path

import neo4j
import pytest
from digests import OTHER, digest

from kg_builder import build
from kg_builder.doctor import Finding, State, examine
from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.load import load
from kg_builder.workspace import Workspace

pytestmark = pytest.mark.neo4j


@pytest.fixture
def graph(tmp_path: Path, settings: ConnectionSettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and an environment that names the database of the tests."""
    monkeypatch.setenv("NEO4J_URI", settings.uri)
    monkeypatch.setenv("NEO4J_USERNAME", settings.username)
    monkeypatch.setenv("NEO4J_PASSWORD", settings.password)
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    build([str(tmp_path / "one.md")], tmp_path / "g.kg")
    return tmp_path / "g.kg"


def findings(graph: Path) -> dict[str, Finding]:
    return {f.subject: f for f in examine(graph) if f.subject.startswith("Neo4j")}


def loaded(graph: Path, driver: neo4j.Driver) -> None:
    with Workspace(graph) as workspace:
        load(workspace.graph(), driver, owner="g")


def test_an_empty_database_waits_for_its_first_load(graph, bare_driver):
    found = findings(graph)
    assert found["Neo4j constraints and indexes"].remedy == "kg-builder schema apply"
    assert found["Neo4j graph"].remedy == "kg-builder load --to neo4j"
    assert all(f.state is not State.BAD for f in found.values())


def test_a_loaded_database_is_in_order(graph, driver):
    loaded(graph, driver)
    assert {f.state for f in findings(graph).values()} == {State.GOOD}


def test_a_workspace_that_went_on_is_worth_another_load(graph, driver):
    loaded(graph, driver)
    (graph.parent / "two.md").write_text(digest(OTHER), encoding="utf-8")
    build([str(graph.parent / "two.md")], graph)
    found = findings(graph)["Neo4j graph"]
    assert found.state is State.NOTE
    assert "another state" in found.found


def test_an_interrupted_load_is_to_be_run_again(graph, driver):
    loaded(graph, driver)
    driver.execute_query("MATCH (s:`_KgBuilder`) SET s.status = 'loading'")
    assert findings(graph)["Neo4j graph"].state is State.BAD


def test_looking_writes_nothing(graph, driver):
    loaded(graph, driver)
    before = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
    findings(graph)
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == before
