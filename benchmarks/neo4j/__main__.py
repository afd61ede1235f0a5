"""Measure loading into Neo4j beside its peers, in one run: ``python -m benchmarks.neo4j [WORKSPACE]``.

WORKSPACE is a graph that was built; without one a made-up graph is loaded. The peers are installed into an environment
of their own (``python -m venv peers && peers/bin/pip install -r benchmarks/neo4j/peers.txt``), whose Python is named by
--peers. neo4j-graphrag's writer calls APOC: --apoc names a folder with the jars apoc-core and apoc-common, as
``mvn dependency:copy -Dartifact=org.neo4j.procedure:apoc-core:5.26.19 -DoutputDirectory=FOLDER`` fetches them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.neo4j import by_importer, over_bolt
from benchmarks.neo4j.made_workspace import make_workspace
from benchmarks.neo4j.rows import Row
from kg_builder.stores.files import export
from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.workspace import Workspace
from kg_builder.workspace.tables import graph_tables


def server_with_apoc(home: Path, apoc: Path | None) -> LocalServer:
    """A server of the benchmark's own, with APOC where it is given."""
    server = LocalServer(home, heap="1g", configuration={"dbms.security.procedures.unrestricted": "apoc.*"})
    if apoc is not None:
        (home / "plugins").mkdir(parents=True)
        for jar in apoc.glob("apoc-*.jar"):
            shutil.copy(jar, home / "plugins")
    return server


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("workspace", nargs="?", type=Path, help="a graph that was built")
    parser.add_argument(
        "--papers", type=int, default=10_000, help="of the made-up graph, with six relationships each"
    )
    parser.add_argument("--rounds", type=int, default=1, help="how often each is run; the best counts")
    parser.add_argument("--peers", metavar="PYTHON", help="the Python of the peers' environment")
    parser.add_argument("--apoc", metavar="FOLDER", type=Path, help="the folder with the jars of APOC")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-builder-") as temporary:
        folder = Path(temporary)
        path = wanted.workspace
        if path is None:
            path = folder / "made.kg"
            make_workspace(path, wanted.papers)
        exported = folder / "graph.jsonl"
        export(path, "jsonl", exported)
        with Workspace(path) as workspace:
            graph = workspace.graph()
            tables = list(graph_tables(graph.schema))
            nodes = sum(graph.count(table) for table in tables if table.startswith("nodes."))
            relationships = sum(map(graph.count, tables)) - nodes
            size = f"{nodes:,} nodes, {relationships:,} relationships"
            print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {size}")
            print("\n| | seconds | |\n|---|---|---|")
            _show(by_importer.measure(graph, exported, folder / "importer", wanted.peers, wanted.rounds))
            server = server_with_apoc(folder / "server", wanted.apoc)
            uri = server.start().uri
            assert uri is not None
            try:
                settings = ConnectionSettings(uri, USERNAME, server.password(), "neo4j")
                graphrag = wanted.peers if wanted.apoc is not None else None
                _show(over_bolt.measure(graph, exported, settings, graphrag, wanted.rounds))
            finally:
                server.stop()


def _show(rows: list[Row]) -> None:
    for row in rows:
        print(f"| {row.name} | {row.seconds:.1f} | {row.compared} |", flush=True)


if __name__ == "__main__":
    main()
