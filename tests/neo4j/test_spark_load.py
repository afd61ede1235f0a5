"""Loading by Spark: the database is as an ordinary load leaves it, and ordinary loads go on from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j
import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder.engines.spark import spark_session
from kg_builder.errors import DatabaseError, SparkError
from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.plan import plan
from kg_builder.stores.spark_connector import connector_jar
from kg_builder.stores.spark_load import spark_load

pytestmark = [pytest.mark.neo4j, pytest.mark.spark]


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[None]:
    settings = {
        "spark.master": "local[2]",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.jars": str(connector_jar()),
    }
    with spark_session(settings):
        yield


def graph(papers: int = 200) -> MemoryGraph:
    """Papers of one hub, with values of every type, unknown ones, and text from elsewhere."""
    nodes = [
        node("Paper", f"p{n:03}", title=f"논문 {n} \"'`", votes=n or None, authors_complete=n % 2 == 0)
        for n in range(papers)
    ]
    hub = node("Model", "hub", name="Hub", aliases=["HUB", "h u b"])
    uses = [
        relationship(f"Paper/{paper.id}", "USES", "Model/hub", confidence=0.5, sources=["s1", "s2"], start=0)
        for paper in nodes
    ]
    bare = relationship("Paper/p000", "MENTIONS", "Model/hub", count=3)
    return MemoryGraph([*nodes, hub, node("Model", "tail", name="Tail")], [*uses, bare])


def contents(driver: neo4j.Driver) -> list[Any]:
    nodes = driver.execute_query(
        "MATCH (n) WHERE NOT n:_KgBuilder RETURN labels(n), properties(n) AS p ORDER BY n.id"
    )
    relationships = driver.execute_query(
        "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r) AS p ORDER BY a.id, type(r), b.id"
    )
    return [record.values() for record in (*nodes.records, *relationships.records)]


def test_the_database_is_as_an_ordinary_load_leaves_it(driver, settings: ConnectionSettings, tmp_path: Path):
    spark_load(graph(), settings, owner="g", scratch=tmp_path)
    by_spark = contents(driver)
    assert plan(graph(), driver, database="neo4j", owner="g", verify=True).is_empty
    again = load(graph(), driver, database="neo4j", owner="g")
    assert (again.changes.total("add", "change", "remove"), dict(again.counters)) == (0, {})
    driver.execute_query("MATCH (n) DETACH DELETE n")
    load(graph(), driver, database="neo4j", owner="g")
    assert contents(driver) == by_spark
    assert list(tmp_path.iterdir()) == []


def test_what_a_broken_run_left_is_finished_by_an_ordinary_load(
    driver, settings: ConnectionSettings, tmp_path
):
    class Breaking(MemoryGraph):
        def relationships(self, kind, rows=10_000):
            if kind == "MENTIONS":
                raise OSError("the disk is full")
            return super().relationships(kind, rows)

    whole = graph(20)
    broken = Breaking.__new__(Breaking)
    broken.__dict__.update(whole.__dict__)
    with pytest.raises(OSError, match="disk"):
        spark_load(broken, settings, owner="g", scratch=tmp_path)
    report = load(whole, driver, database="neo4j", owner="g")
    assert report.changes.total("add") > 0
    assert plan(whole, driver, database="neo4j", owner="g", verify=True).is_empty


def test_a_database_that_holds_a_graph_is_refused(driver, settings: ConnectionSettings, tmp_path: Path):
    load(graph(3), driver, database="neo4j", owner="g")
    with pytest.raises(DatabaseError, match="for an empty one"):
        spark_load(graph(3), settings, owner="g", scratch=tmp_path)


def test_a_wrong_password_is_told_without_it(settings: ConnectionSettings, tmp_path: Path):
    with pytest.raises(DatabaseError) as error:
        spark_load(graph(3), replace(settings, password="hush-hush"), owner="g", scratch=tmp_path)
    assert "hush-hush" not in str(error.value)


def test_a_connector_that_is_not_the_tested_one_is_refused(tmp_path: Path):
    (tmp_path / connector_jar().name).write_bytes(b"something else")
    with pytest.raises(SparkError, match="is not the jar that was tested"):
        connector_jar(tmp_path)
