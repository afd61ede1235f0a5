"""Loads over Bolt into one running server: plain UNWIND, kg-builder, neo4j-graphrag."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.neo4j.rows import Row
from kg_builder.graph import Graph, known
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.migration import apply_schema

UNWIND_ROWS = 5_000


def plain_unwind(graph: Graph, driver: neo4j.Driver) -> None:
    """What a script would do: one UNWIND a batch, ends matched by their indexed ids."""
    apply_schema(driver, "neo4j", graph.schema)
    with driver.session(database="neo4j") as session:

        def write(statement: str, rows: list[dict[str, Any]]) -> None:
            session.execute_write(lambda transaction: transaction.run(statement, rows=rows).consume())

        for label in graph.schema.labels:
            for batch in graph.nodes(label, UNWIND_ROWS):
                rows = [known(row) for row in batch.to_pylist()]
                write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows)
        for kind in graph.schema.relationships:
            for batch in graph.relationships(kind, UNWIND_ROWS):
                for labels, rows in _by_labels(batch.to_pylist()).items():
                    match = f"MATCH (a:{labels[0]} {{id: row.start}}) MATCH (b:{labels[1]} {{id: row.end}})"
                    write(
                        f"UNWIND $rows AS row {match} CREATE (a)-[r:{kind}]->(b) SET r = row.properties", rows
                    )


def _by_labels(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        labels = row.pop("start_label"), row.pop("end_label")
        ends = {"start": row.pop("start_id"), "end": row.pop("end_id")}
        groups.setdefault(labels, []).append({**ends, "properties": known(row)})
    return groups


def measure(
    graph: Graph, exported: Path, settings: ConnectionSettings, peers: str | None, rounds: int
) -> list[Row]:
    """Seconds of each way, the best of some rounds; all ways in turn, each into an empty database.

    Args:
        graph: what to load.
        exported: the same as JSON lines, for the peer.
        settings: the server.
        peers: the Python of the peers' environment; ``None`` leaves them out.
        rounds: how often each is run.
    """
    best: dict[str, float] = {}
    with connect(settings) as driver:
        ours = {"database": "neo4j", "owner": "bench"}
        ways: dict[str, Callable[[], float]] = {
            "plain UNWIND by the same driver": lambda: _timed(lambda: plain_unwind(graph, driver)),
            "kg-builder load": lambda: _timed(lambda: load(graph, driver, **ours)),
            "kg-builder load, the same again": lambda: _timed(lambda: load(graph, driver, **ours)),
            "kg-builder load --verify": lambda: _timed(lambda: load(graph, driver, **ours, verify=True)),
        }
        if peers is not None:
            ways["neo4j-graphrag Neo4jWriter"] = lambda: _graphrag(peers, exported, settings)
        for _ in range(rounds):
            for name, way in ways.items():
                if name not in ("kg-builder load, the same again", "kg-builder load --verify"):
                    _empty(driver)
                best[name] = min(best.get(name, float("inf")), way())
    plain = best["plain UNWIND by the same driver"]
    return [Row(name, seconds, f"{plain / seconds:.2f} of UNWIND's rate") for name, seconds in best.items()]


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _empty(driver: neo4j.Driver) -> None:
    with driver.session(database="neo4j") as session:
        for what in ("()-[x]->()", "(x)"):
            session.run(f"MATCH {what} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 20000 ROWS").consume()


def _graphrag(python: str, exported: Path, settings: ConnectionSettings) -> float:
    environment = os.environ | {"NEO4J_URI": settings.uri, "NEO4J_PASSWORD": settings.password}
    script = Path(__file__).with_name("graphrag_peer.py")
    done = subprocess.run(
        [python, str(script), str(exported)], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])
