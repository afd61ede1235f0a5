"""Loading writes the difference and nothing else."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder.errors import DatabaseError
from kg_builder.schema import graph_schema
from kg_builder.stores.neo4j.load import LoadReport, load
from kg_builder.stores.neo4j.plan import plan

pytestmark = pytest.mark.neo4j

PAPER = "arxiv:2501.00001"
OTHER = "arxiv:2501.00002"


def small_graph(**changed: Any) -> MemoryGraph:
    """Two papers, a model that both name, an author; with hostile and foreign text in values."""
    evidence = {
        "evidence": "We use GPT-4o.",
        "start": 0,
        "end": 14,
        "confidence": 0.9,
        "sources": ["s1", "s2"],
    }
    nodes = [
        node("Paper", PAPER, title=changed.get("title", "A `title`'); DROP"), votes=3, authors_complete=True),
        node("Paper", OTHER, title="둘째 논문", date="2025-01-01"),
        node("Model", "gpt-4o", name="GPT-4o", aliases=["gpt4o"]),
        node("Model", "\uffff-😀", name="ids beyond the first plane sort after those at its end"),
        node("Model", "😀", name="a smile"),
        node("Author", "name:ada", name="Ada", confidence=1.0),
    ]
    relationships = [
        relationship(f"Paper/{PAPER}", "USES", "Model/gpt-4o", **evidence),
        relationship(f"Paper/{OTHER}", "USES", "Model/gpt-4o", confidence=0.5),
        relationship("Author/name:ada", "AUTHORED", f"Paper/{PAPER}", position=1),
    ]
    return MemoryGraph(
        nodes + changed.get("more_nodes", []), relationships + changed.get("more_relationships", [])
    )


def without(graph: MemoryGraph, *ids: str) -> MemoryGraph:
    """The graph without these nodes and what is tied to them."""
    nodes = [n for by_id in graph._nodes.values() for n in by_id.values() if n.id not in ids]
    relationships = [
        r
        for by_ends in graph._relationships.values()
        for r in by_ends.values()
        if not {r.start, r.end} & {*ids}
    ]
    return MemoryGraph(nodes, relationships)


def held(driver: neo4j.Driver) -> list[Any]:
    """All that the database holds, but the state node, in the form of `tests.graphs.content`."""
    nodes = driver.execute_query(
        "MATCH (n) WHERE NOT n:_KgBuilder RETURN labels(n) AS labels, properties(n) AS p ORDER BY labels, p.id"
    ).records
    relationships = driver.execute_query(
        "MATCH (a)-[r]->(b) RETURN labels(a)[0] + '/' + a.id + '|' + type(r) + '|' + labels(b)[0] + '/' + b.id "
        "AS id, properties(r) AS p ORDER BY id"
    ).records
    unmarked = [[r["labels"], {k: v for k, v in r["p"].items() if k != "_kg"}] for r in nodes]
    return unmarked + [[r["id"], {k: v for k, v in r["p"].items() if k != "_kg"}] for r in relationships]


def expected(graph: MemoryGraph) -> list[Any]:
    nodes = [[[n.label], n.properties] for by_id in graph._nodes.values() for n in by_id.values()]
    nodes.sort(key=lambda row: (row[0], row[1]["id"]))
    relationships = [[r.id, r.properties] for by in graph._relationships.values() for r in by.values()]
    return nodes + sorted(relationships, key=lambda row: row[0])


def loaded(graph: MemoryGraph, driver: neo4j.Driver, **options: Any) -> LoadReport:
    return load(graph, driver, database="neo4j", **({"owner": "tests"} | options))


def test_a_load_brings_every_value(driver: neo4j.Driver) -> None:
    graph = small_graph()
    report = loaded(graph, driver)
    assert held(driver) == expected(graph)
    assert report.counters["nodes_created"] == 6
    assert report.counters["relationships_created"] == 3
    assert report.changes.nodes["Model", "add"] == 3


@pytest.mark.parametrize("verify", [False, True])
def test_a_second_load_of_the_same_state_writes_nothing(driver: neo4j.Driver, verify: bool) -> None:
    loaded(small_graph(), driver)
    before = driver.execute_query("MATCH (s:_KgBuilder) RETURN properties(s) AS p").records[0]["p"]
    report = loaded(small_graph(), driver, verify=verify)
    assert not report.counters
    assert report.changes.total("add", "change", "remove", "release", "leave") == 0
    assert driver.execute_query("MATCH (s:_KgBuilder) RETURN properties(s) AS p").records[0]["p"] == before


def test_a_change_writes_only_what_changed(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    changed = small_graph(title="Another title", more_nodes=[node("Method", "lora", name="LoRA")])
    report = loaded(changed, driver)
    assert held(driver) == expected(changed)
    assert report.counters == {"nodes_created": 1, "labels_added": 1, "properties_set": 5}


def test_a_value_that_is_gone_is_removed(driver: neo4j.Driver) -> None:
    with_topic = [node("Topic", "nlp", name="NLP")]
    loaded(MemoryGraph([node("Paper", PAPER, title="A", venue="ACL"), *with_topic]), driver)
    graph = MemoryGraph([node("Paper", PAPER, title="A"), *with_topic])
    report = loaded(graph, driver)
    assert held(driver) == expected(graph)
    assert report.changes.nodes["Paper", "change"] == 1


def test_what_the_graph_has_no_more_is_taken_back(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    graph = without(small_graph(), PAPER)
    report = loaded(graph, driver, yes=True)
    assert held(driver) == expected(graph)
    assert report.counters == {"nodes_deleted": 1, "relationships_deleted": 2}


def test_taking_back_more_than_a_fifth_wants_a_word(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    with pytest.raises(DatabaseError, match=r"take back 3 of the 9 .* --yes"):
        loaded(without(small_graph(), PAPER), driver)
    assert held(driver) == expected(small_graph())


def test_a_plan_says_what_the_load_does_and_writes_nothing(bare_driver: neo4j.Driver) -> None:
    driver = bare_driver
    first = plan(small_graph(), driver, database="neo4j", owner="tests")
    assert first.changes.total("add") == 9
    assert len(first.schema.missing) > 11
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0
    loaded(small_graph(), driver)
    assert plan(small_graph(), driver, database="neo4j", owner="tests").is_empty
    changed = without(small_graph(title="New"), OTHER)
    planned = plan(changed, driver, database="neo4j", owner="tests")
    assert held(driver) == expected(small_graph())
    report = loaded(changed, driver, yes=True)
    assert planned.changes.rows() == report.changes.rows()
    examples = {change.identity: change for change in planned.examples}
    title = examples[f"Paper/{PAPER}"]
    assert (title.before["title"], title.properties["title"]) == ("A `title`'); DROP", "New")
    assert examples[f"Paper/{OTHER}|USES|Model/gpt-4o"].action == "remove"


def test_another_owner_is_refused_with_a_remedy(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    with pytest.raises(DatabaseError, match=r"graph of 'tests'.*--database.*--owner tests"):
        loaded(small_graph(), driver, owner="others")


def test_verify_finds_and_mends_what_others_edited(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    driver.execute_query("MATCH (m:Model {id: 'gpt-4o'}) SET m.name = 'edited' REMOVE m.aliases")
    driver.execute_query("MATCH ()-[r:USES {confidence: 0.9}]->() SET r.confidence = 0.1")
    assert not loaded(small_graph(), driver).counters, "fingerprints alone do not see it"
    planned = plan(small_graph(), driver, database="neo4j", owner="tests", verify=True)
    assert planned.changes.total("change") == 2
    report = loaded(small_graph(), driver, verify=True)
    assert report.counters == {"properties_set": 3}
    assert held(driver) == expected(small_graph())


def test_edits_of_a_type_that_no_graph_holds_are_found_and_mended(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    driver.execute_query("MATCH (m:Model {id: 'gpt-4o'}) SET m.name = date('2024-01-02'), m.aliases = [1, 2]")
    driver.execute_query("MATCH ()-[r:USES {confidence: 0.9}]->() SET r.confidence = point({x: 1, y: 2})")
    planned = plan(small_graph(), driver, database="neo4j", owner="tests", verify=True)
    assert planned.changes.total("change") == 2
    loaded(small_graph(), driver, verify=True)
    assert held(driver) == expected(small_graph())


def test_what_others_deleted_is_loaded_again(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    driver.execute_query("MATCH (m:Model {id: 'gpt-4o'}) DETACH DELETE m")
    report = loaded(small_graph(), driver)
    assert held(driver) == expected(small_graph())
    assert report.counters["nodes_created"] == 1
    assert report.counters["relationships_created"] == 2


def test_relationships_doubled_by_others_become_one(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    driver.execute_query("MATCH (a)-[r:USES]->(b) CREATE (a)-[s:USES]->(b) SET s = properties(r)")
    loaded(small_graph(), driver, verify=True)
    assert held(driver) == expected(small_graph())


def test_a_relationship_without_its_end_is_an_error_and_not_a_loss(driver: neo4j.Driver) -> None:
    dangling = [relationship(f"Paper/{PAPER}", "USES", "Model/nowhere")]
    with pytest.raises(DatabaseError, match="only 2 of 3 came out as relationships created"):
        loaded(small_graph(more_relationships=dangling), driver)


def test_a_hostile_label_in_the_data_changes_nothing(driver: neo4j.Driver) -> None:
    hostile = "x`) DETACH DELETE n //"
    graph = small_graph(more_nodes=[node("Topic", hostile, name=hostile)])
    loaded(graph, driver)
    assert held(driver) == expected(graph)


def test_batches_of_any_size_give_the_same(driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("writing.BATCH_ROWS", "reading._PAGE_NODES", "reading._PAGE_STARTS"):
        monkeypatch.setattr(f"kg_builder.stores.neo4j.{module}", 20 if "PAGE" in module else 2)
    monkeypatch.setattr("kg_builder.stores.neo4j.difference._LOOKED_AT_ONCE", 2)
    papers = [node("Paper", f"arxiv:2501.{n:05}", title=str(n)) for n in range(50)]
    authored = [relationship("Author/name:ada", "AUTHORED", f"Paper/{p.id}", position=1) for p in papers]
    graph = small_graph(more_nodes=papers, more_relationships=authored)
    loaded(graph, driver)
    assert held(driver) == expected(graph)
    fewer = without(graph, *(p.id for p in papers[::2]))
    loaded(fewer, driver, yes=True, verify=True)
    assert held(driver) == expected(fewer)
    assert plan(fewer, driver, database="neo4j", owner="tests", verify=True).is_empty


def test_what_an_older_schema_knew_is_taken_back(driver: neo4j.Driver) -> None:
    loaded(small_graph(), driver)
    old = graph_schema()
    labels = {name: label for name, label in old.labels.items() if name != "Author"}
    types = {n: t for n, t in old.relationships.items() if "Author" not in (*t.starts, *t.ends)}
    newer = type(old)(old.version + 1, labels, types)
    smaller = without(small_graph(), "name:ada")
    graph = MemoryGraph((), (), newer)
    graph._nodes, graph._relationships = smaller._nodes, smaller._relationships
    report = loaded(graph, driver, yes=True)
    assert held(driver) == expected(smaller)
    assert {rule.label for rule in report.schema.surplus} == {"Author"}


def test_two_loads_at_once_do_not_mix(driver: neo4j.Driver) -> None:
    def interrupt(written: int, total: int | None) -> None:
        monkey = MemoryGraph([node("Topic", "nlp", name="NLP")])
        loaded(monkey, driver, yes=True)

    with pytest.raises(DatabaseError, match="another load into this database has begun"):
        loaded(small_graph(), driver, progress=interrupt)
    loaded(small_graph(), driver, yes=True)
    assert held(driver) == expected(small_graph())
