"""Explore over a graph in Neo4j."""

from __future__ import annotations

from pathlib import Path

import neo4j
import pytest
from explore_server import serving
from view_graphs import small_graph

from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.load import load

pytestmark = pytest.mark.neo4j


def test_pages_and_queries_come_from_the_database(
    driver: neo4j.Driver, settings: ConnectionSettings, tmp_path: Path
) -> None:
    load(small_graph(), driver, database="neo4j", owner="tests")
    environment = {
        "NEO4J_URI": settings.uri,
        "NEO4J_USERNAME": settings.username,
        "NEO4J_PASSWORD": settings.password,
    }
    graph = tmp_path / "none.kg"
    with serving(graph, "--from", "neo4j", "--timeout", "5", environment=environment) as server:
        assert "Neo4j at " in server.get("/").text
        assert "It outruns " in server.get("/paper", id="arxiv:2401.00001").text
        assert '<td class="number">2</td>' in server.ask("MATCH (p:Paper) RETURN count(p) AS papers").text
        assert server.ask("CREATE (n:Evil)").status == 400
        endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS s"
        assert "longer than 5 s" in server.ask(endless).text
        driver.execute_query("MATCH (m:Model {id: 'heron'}) SET m.name = 'Grey Heron'")
        assert "Grey Heron" in server.ask("MATCH (m:Model {id: 'heron'}) RETURN m.name AS name").text
        assert "Grey Heron" not in server.get("/model", id="heron").text
        server.post("/renew")
        assert "Grey Heron" in server.get("/model", id="heron").text
        assert settings.password not in server.errors.read_text()
        command = Path(f"/proc/{server.process.pid}/cmdline")
        assert not command.exists() or settings.password.encode() not in command.read_bytes()
    assert not graph.exists()
