"""What others wrote into the database is theirs: never touched, never counted, and told where it stands in the way."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder.stores.neo4j.load import LoadReport, load
from kg_builder.stores.neo4j.plan import plan

pytestmark = pytest.mark.neo4j

FILLER = [node("Topic", f"topic-{n}", name=str(n)) for n in range(20)]


def graph(*models: str, used: bool = False, **properties: Any) -> MemoryGraph:
    nodes = [node("Model", id_, name=id_.upper(), **properties) for id_ in models]
    uses = [relationship("Paper/p", "USES", f"Model/{id_}", confidence=0.5) for id_ in models if used]
    return MemoryGraph([*nodes, node("Paper", "p", title="P"), *FILLER], uses)


def loaded(graph: MemoryGraph, driver: neo4j.Driver, **options: Any) -> LoadReport:
    return load(graph, driver, database="neo4j", owner="tests", **options)


def properties_of(driver: neo4j.Driver, id_: str) -> dict[str, Any]:
    found = driver.execute_query("MATCH (n {id: $id}) RETURN properties(n) AS p", id=id_).records
    return {k: v for k, v in found[0]["p"].items() if k != "_kg"} if found else {}


def test_nodes_labels_and_properties_of_others_survive_loads(driver: neo4j.Driver) -> None:
    loaded(graph("a", "b"), driver)
    driver.execute_query(
        "MATCH (m:Model {id: 'a'}) SET m:Chosen, m.note = 'ours' CREATE (:Person {name: 'x'})-[:LIKES]->(m)"
    )
    driver.execute_query("CREATE (:Model {id: 'theirs', name: 'T'}), (:Model {name: 'without id'})")
    report = loaded(graph("a", "b", family="F"), driver, verify=True)
    assert report.changes.rows() == [
        ("node", "Model", {"add": 0, "change": 2, "remove": 0, "release": 0, "leave": 0})
    ]
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "family": "F", "note": "ours"}
    assert properties_of(driver, "theirs") == {"id": "theirs", "name": "T"}
    assert driver.execute_query("MATCH (:Person)-[r:LIKES]->(:Chosen) RETURN r").records
    assert driver.execute_query("MATCH (m:Model) RETURN count(m) AS n").records[0]["n"] == 4


def test_a_property_of_the_schema_that_another_wrote_is_not_taken_away(driver: neo4j.Driver) -> None:
    loaded(graph("a"), driver)
    driver.execute_query("MATCH (m:Model {id: 'a'}) SET m.version = 'set by hand'")
    loaded(graph("a", family="F"), driver)
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "family": "F", "version": "set by hand"}


def test_a_value_that_another_wrote_first_is_left_and_told(driver: neo4j.Driver) -> None:
    loaded(graph("a"), driver)
    driver.execute_query("MATCH (m:Model {id: 'a'}) SET m.family = 'by hand'")
    report = loaded(graph("a", family="F", size="7B"), driver)
    assert [(c.identity, c.reason) for c in report.left] == [
        ("Model/a", "somebody else wrote another value first (family)")
    ]
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "family": "by hand", "size": "7B"}
    assert not loaded(graph("a", family="F", size="7B"), driver).counters


def test_a_node_that_another_made_first_is_shared_and_handed_back(driver: neo4j.Driver) -> None:
    driver.execute_query("CREATE (:Model {id: 'a', name: 'A', note: 'mine'})")
    loaded(graph("a", family="F", used=True), driver)
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "note": "mine", "family": "F"}
    assert not loaded(graph("a", family="F", used=True), driver, verify=True).counters
    report = loaded(graph(), driver)
    assert report.changes.nodes["Model", "release"] == 1
    assert "nodes_deleted" not in report.counters
    found = driver.execute_query("MATCH (m:Model) RETURN properties(m) AS p").records
    assert [r["p"] for r in found] == [{"id": "a", "name": "A", "note": "mine"}]


@pytest.mark.parametrize(
    ("guest", "reason"),
    [
        ("CREATE (:Person)-[:LIKES]->(m)", "relationship"),
        ("CREATE (:Person)<-[:USES]-(m)", "relationship"),
        ("SET m:Chosen", "label"),
        ("SET m.note = 'keep'", "property"),
    ],
)
def test_a_node_that_others_need_is_left_and_told_until_they_need_it_no_more(
    driver: neo4j.Driver, guest: str, reason: str
) -> None:
    loaded(graph("a", "b", used=True), driver)
    driver.execute_query(f"MATCH (m:Model {{id: 'a'}}) {guest}")
    planned = plan(graph("b", used=True), driver, database="neo4j", owner="tests")
    assert planned.changes.nodes["Model", "leave"] == 1
    report = loaded(graph("b", used=True), driver)
    assert [c.identity for c in report.left] == ["Model/a"]
    assert reason in report.left[0].reason
    assert properties_of(driver, "a")["name"] == "A"
    again = loaded(graph("b", used=True), driver)
    assert not again.counters
    assert again.left, "it is told again as long as it stands"
    driver.execute_query(
        "MATCH (m:Model {id: 'a'}) REMOVE m:Chosen, m.note WITH m OPTIONAL MATCH (x:Person) DETACH DELETE x"
    )
    assert loaded(graph("b", used=True), driver).counters == {"nodes_deleted": 1}


def test_a_node_left_for_others_becomes_ours_again_with_the_graph(driver: neo4j.Driver) -> None:
    loaded(graph("a", "b"), driver)
    driver.execute_query("MATCH (m:Model {id: 'a'}) SET m.note = 'keep'")
    loaded(graph("b"), driver)
    loaded(graph("a", "b", family="F"), driver)
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "family": "F", "note": "keep"}


def test_a_relationship_that_carries_others_properties_is_left_with_its_ends(driver: neo4j.Driver) -> None:
    loaded(graph("a", "b", used=True), driver)
    driver.execute_query("MATCH ()-[r:USES]->(:Model {id: 'a'}) SET r.note = 'keep'")
    report = loaded(graph("b", used=True), driver)
    assert sorted(c.identity for c in report.left) == ["Model/a", "Paper/p|USES|Model/a"]
    assert driver.execute_query("MATCH ()-[r:USES {note: 'keep'}]->() RETURN r").records
    assert not loaded(graph("b", used=True), driver).counters


def test_a_relationship_of_others_beside_ours_stays(driver: neo4j.Driver) -> None:
    loaded(graph("a", used=True), driver)
    driver.execute_query("MATCH (p:Paper), (m:Model) CREATE (p)-[:USES {note: 'theirs'}]->(m)")
    loaded(graph("a"), driver)
    found = driver.execute_query("MATCH ()-[r:USES]->() RETURN properties(r) AS p").records
    assert [r["p"] for r in found] == [{"note": "theirs"}]


def test_a_label_of_the_schema_given_by_others_does_not_remove_the_node(driver: neo4j.Driver) -> None:
    loaded(graph("a"), driver)
    driver.execute_query("MATCH (m:Model {id: 'a'}) SET m:Method")
    report = loaded(graph("a", family="F"), driver)
    assert report.changes.total("remove") == 0
    assert properties_of(driver, "a") == {"id": "a", "name": "A", "family": "F"}
