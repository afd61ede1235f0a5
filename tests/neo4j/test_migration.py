"""Constraints and indexes follow the schema, and those of others stay as they are."""

from __future__ import annotations

from dataclasses import replace

import neo4j
import pytest
from graphs import MemoryGraph, node

from kg_builder.errors import DatabaseError
from kg_builder.schema import graph_schema
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.migration import apply_schema, schema_difference, schema_rules

pytestmark = pytest.mark.neo4j


def names(driver: neo4j.Driver) -> set[str]:
    found = driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").records
    return {record["name"] for record in found}


def test_every_key_is_unique_and_every_marked_property_indexed(bare_driver: neo4j.Driver) -> None:
    apply_schema(bare_driver, "neo4j", graph_schema())
    assert names(bare_driver) == {rule.name for rule in schema_rules(graph_schema())}
    assert {"kg_paper_id", "kg_paper_title", "kg_model_family"} <= names(bare_driver)
    again = apply_schema(bare_driver, "neo4j", graph_schema())
    assert (again.missing, again.surplus) == ((), ())


def test_an_index_that_the_schema_asks_for_no_more_is_dropped_and_a_new_one_made(
    driver: neo4j.Driver,
) -> None:
    schema = graph_schema()
    apply_schema(driver, "neo4j", schema)
    paper = schema.labels["Paper"]
    properties = dict(paper.properties)
    properties["title"] = replace(properties["title"], index=False)
    properties["venue"] = replace(properties["venue"], index=True)
    newer = replace(schema, labels=dict(schema.labels) | {"Paper": replace(paper, properties=properties)})
    done = apply_schema(driver, "neo4j", newer)
    assert [rule.name for rule in done.missing] == ["kg_paper_venue"]
    assert [rule.name for rule in done.surplus] == ["kg_paper_title"]
    assert "kg_paper_venue" in names(driver)
    assert "kg_paper_title" not in names(driver)


def test_indexes_and_constraints_of_others_stay_and_count_where_they_do_the_same(
    bare_driver: neo4j.Driver,
) -> None:
    bare_driver.execute_query("CREATE INDEX theirs FOR (n:Paper) ON (n.title)")
    bare_driver.execute_query("CREATE CONSTRAINT theirs_too FOR (n:Person) REQUIRE n.email IS UNIQUE")
    done = apply_schema(bare_driver, "neo4j", graph_schema())
    assert "kg_paper_title" in {rule.name for rule in done.present}
    assert {"theirs", "theirs_too"} <= names(bare_driver)
    assert "kg_paper_title" not in names(bare_driver)


def test_nodes_that_share_a_key_are_named_and_nothing_is_made(bare_driver: neo4j.Driver) -> None:
    bare_driver.execute_query("UNWIND ['a', 'a', 'b', 'c', 'c', 'c'] AS id CREATE (:Model {id: id})")
    with pytest.raises(
        DatabaseError, match=r"Model nodes that share their id: 'a' \(2 nodes\), 'c' \(3 nodes\);"
    ):
        load(MemoryGraph([node("Model", "m", name="M")]), bare_driver, database="neo4j", owner="tests")
    assert names(bare_driver) == set()
    assert bare_driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 6


def test_looking_at_the_difference_makes_nothing(bare_driver: neo4j.Driver) -> None:
    difference = schema_difference(bare_driver, "neo4j", graph_schema())
    assert len(difference.missing) == len(schema_rules(graph_schema()))
    assert names(bare_driver) == set()
