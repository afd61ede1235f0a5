"""Loading over Bolt: kg-builder's load beside a plain UNWIND load of the same rows by the same driver.

Each loads an empty database of one local server, in turn; then kg-builder loads the same state again, and once
more with every value compared. Run from the repository: python benchmarks/neo4j/bolt_load.py --papers 20000
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pyarrow as pa

from kg_builder.graph import (
    BATCH_ROWS,
    Graph,
    known,
    node_fields,
    relationship_fields,
)
from kg_builder.ids import content_hash
from kg_builder.schema import Schema, graph_schema
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.migration import apply_schema

UNWIND_ROWS = 5_000
MODELS = 2_000
USES_A_PAPER = 6


class MadeGraph:
    """A graph made while it is read, so that the client's memory shows the loader alone."""

    def __init__(self, papers: int) -> None:
        self.schema: Schema = graph_schema()
        self.state = content_hash("made", papers)
        self._papers = papers

    def nodes(self, label: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """Papers and models."""
        made: Callable[[], Iterator[dict[str, Any]]]
        made = {"Paper": self._paper_rows, "Model": _model_rows}.get(label, lambda: iter(()))
        return _batches(made(), node_fields(self.schema.labels[label]), rows)

    def relationships(self, kind: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """What each paper uses, with evidence."""
        made = self._use_rows() if kind == "USES" else iter(())
        return _batches(made, relationship_fields(self.schema.relationships[kind]), rows)

    def _paper_rows(self) -> Iterator[dict[str, Any]]:
        for n in range(self._papers):
            yield {
                "id": f"p{n:09}",
                "title": f"A study of the number {n}",
                "date": "2025-01-01",
                "votes": n % 97,
            }

    def _use_rows(self) -> Iterator[dict[str, Any]]:
        chance = random.Random(1)
        for n in range(self._papers):
            for model in sorted(chance.sample(range(MODELS), USES_A_PAPER)):
                mention = f"M{model}"
                evidence = f"We build upon {mention} for the study of the number {n}."
                yield {
                    "start_label": "Paper",
                    "start_id": f"p{n:09}",
                    "end_label": "Model",
                    "end_id": f"m{model:06}",
                    "passage": f"p{n:09}/abstract/0123456789abcdef",
                    "start": 0,
                    "end": len(evidence),
                    "evidence": evidence,
                    "mention": mention,
                    "mention_start": 14,
                    "mention_end": 14 + len(mention),
                    "confidence": 0.9,
                    "extractor": "relations@1",
                    "count": 1,
                    "sources": ["source:0123456789abcdef"],
                }


def _model_rows() -> Iterator[dict[str, Any]]:
    return ({"id": f"m{n:06}", "name": f"M{n}"} for n in range(MODELS))


def _batches(made: Iterator[dict[str, Any]], fields: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
    batch: list[dict[str, Any]] = []
    for row in made:
        batch.append(row)
        if len(batch) == rows:
            yield pa.RecordBatch.from_pylist(batch, schema=fields)
            batch = []
    if batch:
        yield pa.RecordBatch.from_pylist(batch, schema=fields)


def plain_unwind(graph: Graph, driver: neo4j.Driver) -> None:
    """What a script would do: one UNWIND a batch, endpoints matched by their indexed ids."""
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
                rows = []
                for row in batch.to_pylist():
                    ends = {"start": row.pop("start_id"), "end": row.pop("end_id")}
                    labels = row.pop("start_label"), row.pop("end_label")
                    rows.append({**ends, "properties": known(row)})
                match = f"MATCH (a:{labels[0]} {{id: row.start}}) MATCH (b:{labels[1]} {{id: row.end}})"
                write(f"UNWIND $rows AS row {match} CREATE (a)-[r:{kind}]->(b) SET r = row.properties", rows)


def _empty(driver: neo4j.Driver) -> None:
    with driver.session(database="neo4j") as session:
        for what in ("()-[x]->()", "(x)"):
            session.run(f"MATCH {what} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 20000 ROWS").consume()


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def measure(papers: int, rounds: int) -> dict[str, Any]:
    """Seconds of each way, the best of some rounds in turn."""
    graph = MadeGraph(papers)
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        server = LocalServer(Path(folder) / "bench.kg.neo4j")
        uri = server.start().uri
        assert uri is not None
        try:
            with connect(ConnectionSettings(uri, USERNAME, server.password(), "neo4j")) as driver:
                ways: dict[str, Callable[[], object]] = {
                    "plain UNWIND": lambda: plain_unwind(graph, driver),
                    "first load": lambda: load(graph, driver, database="neo4j", owner="bench"),
                    "second load": lambda: load(graph, driver, database="neo4j", owner="bench"),
                    "load --verify": lambda: load(
                        graph, driver, database="neo4j", owner="bench", verify=True
                    ),
                }
                for _ in range(rounds):
                    for name, way in ways.items():
                        if name in ("plain UNWIND", "first load"):
                            _empty(driver)
                        best[name] = min(best.get(name, float("inf")), _timed(way))
        finally:
            server.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "nodes": papers + MODELS,
        "relationships": papers * USES_A_PAPER,
        "seconds": {name: round(seconds, 2) for name, seconds in best.items()},
        "of plain UNWIND": round(best["plain UNWIND"] / best["first load"], 2),
        "client's peak memory, MB": round(peak),
    }


def main() -> None:
    """Measure and print as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    json.dump(measure(arguments.papers, arguments.rounds), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
