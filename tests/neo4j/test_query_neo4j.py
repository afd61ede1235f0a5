"""Queries on Neo4j: the guard before them, and values and limits as on the embedded engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import neo4j
import pytest
from attacks import READS_OF_FILES, WRITES, attacks
from emptying import empty_database
from graphs import MemoryGraph, node, relationship

from kg_builder.errors import QueryError, ReadOnlyError
from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j_query import run_on_neo4j
from kg_builder.stores.rows import Rows

pytestmark = pytest.mark.neo4j

GRAPH = MemoryGraph(
    [
        node("Paper", "arxiv:1", title="𝒳 and 😀", votes=3, authors_complete=True),
        node("Model", "gpt-4o", name="GPT-4o", aliases=["gpt4o"]),
        node("Model", "gpt", name="GPT"),
    ],
    [
        relationship("Paper/arxiv:1", "USES", "Model/gpt-4o", start=2, end=7, confidence=0.5, sources=["s"]),
        relationship("Model/gpt-4o", "VARIANT_OF", "Model/gpt"),
    ],
)


class Both:
    """The graph on both engines."""

    def __init__(self, driver: neo4j.Driver) -> None:
        self.driver = driver
        self.embedded = EmbeddedGraph.from_graph(GRAPH)

    def on_neo4j(self, cypher: str, parameters: dict[str, object] | None = None, **options: float) -> Rows:
        return run_on_neo4j(self.driver, cypher, parameters, database="neo4j", **options)


@pytest.fixture(scope="module")
def both(neo4j_server: LocalServer) -> Iterator[Both]:
    uri = neo4j_server.status().uri
    assert uri is not None
    with connect(ConnectionSettings(uri, USERNAME, neo4j_server.password(), "neo4j")) as driver:
        empty_database(driver)
        load(GRAPH, driver, database="neo4j", owner="tests")
        yield Both(driver)
        empty_database(driver)


VALUES = [
    "MATCH (n:Paper) RETURN n, [n] AS list, {inner: n} AS map",
    "MATCH p = (:Paper)-[:USES]->()-[:VARIANT_OF]->() RETURN p, relationships(p) AS rs, nodes(p) AS ns",
    "MATCH ()-[r]->() RETURN r ORDER BY type(r)",
    "MATCH (n:Model) RETURN properties(n) AS p, labels(n) AS l ORDER BY n.id",
    "MATCH ()-[r:USES]->() RETURN r.start, r.`end`, r.sources, r.passage",
    "MATCH (p:Paper) RETURN size(p.title), substring(p.title, 6, 1), left(p.title, 1), toUpper(p.title)",
    "MATCH (p:Paper) RETURN p.nonsense, p.votes / 2, 7.0 / 2, p.votes % 2, p.authors_complete",
    "RETURN date('2024-12-24') AS d, datetime('2024-12-24T10:00:00Z') AS t, localtime('10:30:00') AS l",
    "RETURN duration('P1M2DT3S') AS d",
    "RETURN null AS a, [1, null, 'x', true, 1.5] AS b, {a: null, b: {c: [1]}} AS c",
    "UNWIND ['b', 'a', null, '😀', '\uffff', 'Z'] AS x RETURN x ORDER BY x",
    "UNWIND [3, 1, 2] AS x RETURN sum(x), avg(x), min(x), max(x), collect(x)",
    "MATCH (p:Paper {id: $id}) RETURN p.id AS id, $map AS map, $list AS list",
]


@pytest.mark.parametrize("cypher", VALUES)
def test_values_are_the_same_from_both_engines(both, cypher):
    parameters = {"id": "arxiv:1", "map": {"a": [1, "b"]}, "list": ["x", 1.5, None]}
    here, there = both.embedded.run(cypher, parameters), both.on_neo4j(cypher, parameters)
    assert (there.columns, there.rows) == (here.columns, here.rows)


def test_marks_of_ownership_are_never_shown(both):
    rows = both.on_neo4j(
        "MATCH (n) OPTIONAL MATCH p = (n)-[r]->() RETURN n, p, properties(n), keys(n), labels(n)"
    )
    assert rows.rows
    assert "_kg" not in repr(rows.rows).lower()


def test_rows_beyond_the_limit_are_cut_and_said_to_be(both):
    query = "UNWIND range(1, 100000) AS n RETURN n"
    cut = both.on_neo4j(query, limit=2)
    assert (cut.rows, cut.truncated) == ([[1], [2]], True)
    whole = both.on_neo4j("UNWIND [1, 2] AS n RETURN n", limit=2)
    assert (whole.rows, whole.truncated) == ([[1], [2]], False)


def test_a_query_that_takes_too_long_is_ended(both):
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(a + b % 7)"
    with pytest.raises(QueryError, match=r"longer than 0\.3 s.*--timeout"):
        both.on_neo4j(slow, timeout=0.3)


def test_a_wrong_query_is_told_in_one_line(both):
    with pytest.raises(QueryError) as error:
        both.on_neo4j("MATCH (n RETURN n")
    assert "\n" not in str(error.value)


def test_a_missing_parameter_is_told_before_it_travels(both):
    with pytest.raises(QueryError, match=r"needs \$x"):
        both.on_neo4j("RETURN $x")


@pytest.mark.parametrize("cypher", attacks())
def test_an_attack_is_refused(both, cypher):
    with pytest.raises(ReadOnlyError):
        both.on_neo4j(cypher, {"p": 1})


@pytest.mark.parametrize("cypher", WRITES[:10])
def test_even_past_the_guard_a_session_for_reading_does_not_write(both, cypher, monkeypatch):
    monkeypatch.setattr("kg_builder.stores.neo4j_query.check_query", lambda *_: None)
    with pytest.raises((QueryError, neo4j.exceptions.Neo4jError)):
        both.on_neo4j(cypher)
    counted = "MATCH (n) RETURN count(n.evil) + COUNT { (:Evil) } AS evil LIMIT 1"
    assert both.on_neo4j(counted).rows == [[0]]


class _Asked(BaseHTTPRequestHandler):
    """Remembers what it is asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"secret\n")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Asked", (_Asked,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.csv", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_the_guard_a_session_for_reading_would_fetch_an_address(both, web, monkeypatch):
    """What the guard is for; where this fails, Neo4j has become stricter and the guard's reason has gone."""
    address, asked = web
    monkeypatch.setattr("kg_builder.stores.neo4j_query.check_query", lambda *_: None)
    assert both.on_neo4j(f"LOAD CSV FROM '{address}' AS row RETURN row").rows == [[["secret"]]]
    assert asked == ["/x.csv"]


@pytest.mark.parametrize("cypher", READS_OF_FILES)
def test_no_address_is_fetched(both, web, cypher):
    address, asked = web
    with pytest.raises(ReadOnlyError):
        both.on_neo4j(cypher.format(file=address))
    assert asked == []
