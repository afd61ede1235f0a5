"""Every query of the library gives the same rows on the embedded engine and on Neo4j."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import neo4j
import pytest
from graphs import MemoryGraph
from made_graphs import made_graph

from kg_builder import Workspace, build
from kg_builder.graph import Graph
from kg_builder.resources import shipped
from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j_query import run_on_neo4j
from kg_builder.stores.query_library import library_queries

pytestmark = pytest.mark.neo4j

#: What is given for a required parameter: the first rows of its query, mostly the best connected of its kind.
EXAMPLES = {
    "model": "MATCH ()--(e:Model) RETURN e.name, count(*) AS c, e.id ORDER BY c DESC, e.id LIMIT 3",
    "benchmark": "MATCH (:Result)-->(e:Benchmark) RETURN e.name, count(*) AS c, e.id ORDER BY c DESC, e.id LIMIT 3",
    "organization": "MATCH (e:Organization) RETURN e.name ORDER BY e.id LIMIT 3",
    "person": "MATCH (a:Author)-[:CO_AUTHORED]-() RETURN a.name, count(*) AS c, a.id ORDER BY c DESC, a.id LIMIT 3",
    "other": "MATCH (a:Author)-[:CO_AUTHORED]-() RETURN a.name, count(*) AS c, a.id ORDER BY c, a.id LIMIT 3",
    "paper": "MATCH (p:Paper)-[:INTRODUCES]->() RETURN p.id, count(*) AS c ORDER BY c DESC, p.id LIMIT 3",
    "name": "MATCH (p:Paper)-[:INTRODUCES]->(e) WITH p, count(*) AS c, min(e.name) AS n RETURN n ORDER BY c DESC, p.id",
    "text": "MATCH (p:Paper)-[:HAS_PASSAGE]->() RETURN left(p.title, 3) ORDER BY p.id LIMIT 3",
}


def rows_on_both(graph: Graph, driver: neo4j.Driver, choices: int = 1) -> Counter[str]:
    """How many rows each query of the library gives, after making sure that both engines give the same."""
    load(graph, driver, database="neo4j", owner="tests")
    engine = EmbeddedGraph.from_graph(graph)
    counted: Counter[str] = Counter()
    for examples in _examples(engine, choices):
        for name, query in library_queries().items():
            values = query.values({p.name: examples[p.name] for p in query.parameters.values() if p.required})
            here = engine.run(query.cypher, values)
            there = run_on_neo4j(driver, query.cypher, values, database="neo4j")
            assert (name, there.columns) == (name, here.columns)
            assert (name, there.rows) == (name, here.rows)
            counted[name] += len(here.rows)
    return counted


def _examples(engine: EmbeddedGraph, choices: int) -> list[dict[str, object]]:
    found = {name: [row[0] for row in engine.run(query).rows] for name, query in EXAMPLES.items()}
    return [{name: (values[i:] or ["none"])[0] for name, values in found.items()} for i in range(choices)]


def unanswered(counted: Counter[str]) -> set[str]:
    return {name for name, rows in counted.items() if not rows}


def built(sources: list[Path], folder: Path) -> Workspace:
    build([str(source) for source in sources], folder / "graph.kg")
    return Workspace(folder / "graph.kg")


def test_every_query_agrees_on_a_graph_with_everything_in_it(driver):
    counted = rows_on_both(MemoryGraph(*made_graph(40)), driver, choices=3)
    assert unanswered(counted) == {"evidence-check"}


def test_every_query_agrees_on_the_examples(driver, tmp_path):
    with built(sorted(shipped("examples").glob("*.md")), tmp_path) as workspace:
        counted = rows_on_both(workspace.graph(), driver)
    assert counted["evidence-check"] == 0
    assert counted["top-papers"] > 0


def test_every_query_agrees_on_a_real_digest(driver, shared, tmp_path):
    digest = shared / "data" / "daily-papers-ko" / "2024" / "12" / "24.md"
    with built([digest], tmp_path) as workspace:
        counted = rows_on_both(workspace.graph(), driver)
    assert counted["evidence-check"] == 0
    assert counted["top-papers"] == 18


@pytest.mark.soak
def test_every_query_agrees_on_the_whole_corpus(driver, shared, tmp_path):
    with built([shared / "data" / "daily-papers-ko"], tmp_path) as workspace:
        counted = rows_on_both(workspace.graph(), driver)
    assert counted["evidence-check"] == 0
    assert counted["papers-by-month"] > 12
