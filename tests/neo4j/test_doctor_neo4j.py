"""What the doctor says of a real Neo4j."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import OTHER, digest

from kg_builder import build
from kg_builder.doctor import Finding, State, examine

pytestmark = pytest.mark.neo4j


def findings(graph: Path) -> dict[str, Finding]:
    return {f.subject: f for f in examine(graph) if f.subject.startswith("Neo4j")}


def test_an_empty_database_waits_for_its_first_load(graph, bare_driver):
    found = findings(graph)
    rules = found["Neo4j constraints and indexes"]
    assert (rules.remedy, rules.found.split("; ")[1]) == ("", "the first load sees to them")
    assert found["Neo4j graph"].remedy == f"kg-builder load --to neo4j -g {graph}"
    assert all(f.state is not State.BAD for f in found.values())


def test_a_loaded_database_is_in_order(loaded_graph):
    assert {f.state for f in findings(loaded_graph).values()} == {State.GOOD}


def test_a_loaded_database_that_lost_an_index_is_told_how_to_get_it_back(loaded_graph, driver):
    name = driver.execute_query("SHOW INDEXES YIELD name, type WHERE type = 'RANGE' RETURN name").records[0][
        "name"
    ]
    constraint = driver.execute_query(
        "SHOW CONSTRAINTS YIELD name WHERE name = $name RETURN name", name=name
    ).records
    driver.execute_query(f"DROP {'CONSTRAINT' if constraint else 'INDEX'} `{name}`")
    remedy = findings(loaded_graph)["Neo4j constraints and indexes"].remedy
    assert remedy == f"kg-builder schema apply -g {loaded_graph}"


def test_a_workspace_that_went_on_is_worth_another_load(loaded_graph):
    (loaded_graph.parent / "two.md").write_text(digest(OTHER), encoding="utf-8")
    build([str(loaded_graph.parent / "two.md")], loaded_graph)
    found = findings(loaded_graph)["Neo4j graph"]
    assert found.state is State.NOTE
    assert "another state" in found.found


def test_an_interrupted_load_is_to_be_run_again(loaded_graph, driver):
    driver.execute_query("MATCH (s:`_KgBuilder`) SET s.status = 'loading'")
    assert findings(loaded_graph)["Neo4j graph"].state is State.BAD


def test_looking_writes_nothing(loaded_graph, driver):
    before = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
    findings(loaded_graph)
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == before
