"""First loads by neo4j-admin's importer: alone, by kg-builder --bulk, and after BioCypher's writer."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks.neo4j.rows import Row
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.bulk import bulk_load
from kg_builder.stores.neo4j.import_files import write_import_files
from kg_builder.stores.neo4j.local_server import LocalServer


def measure(graph: Graph, exported: Path, folder: Path, peers: str | None, rounds: int) -> list[Row]:
    """Seconds of each way, the best of some rounds.

    Args:
        graph: what to load.
        exported: the same as JSON lines, for the peer.
        folder: where to work.
        peers: the Python of the peers' environment; ``None`` leaves them out.
        rounds: how often each is run.
    """
    best: dict[str, float] = {}

    def note(name: str, seconds: float) -> None:
        best[name] = min(best.get(name, float("inf")), seconds)

    for number in range(rounds):
        here = folder / f"round-{number}"
        started = time.monotonic()
        arguments = write_import_files(graph, here / "csv", owner="bench")
        note("kg-builder's CSV, written", time.monotonic() - started)
        note("the bare importer on that CSV", _imported(here / "bare", ["neo4j", *arguments]))
        note("kg-builder load --bulk, all of it", _bulk(graph, here / "bulk"))
        if peers is not None:
            writing, arguments = _biocypher(peers, exported, here / "biocypher")
            note("BioCypher's files, written", writing)
            note("BioCypher's files, imported", _imported(here / "biocypher" / "server", arguments))
        shutil.rmtree(here)
    if peers is not None:
        best["BioCypher, both"] = best["BioCypher's files, written"] + best["BioCypher's files, imported"]
    bare = best["the bare importer on that CSV"]
    return [Row(name, seconds, f"{seconds / bare:.2f} × the bare importer") for name, seconds in best.items()]


def _imported(home: Path, arguments: list[str]) -> float:
    started = time.monotonic()
    LocalServer(home).admin("database", "import", "full", *arguments)
    return time.monotonic() - started


def _bulk(graph: Graph, home: Path) -> float:
    server = LocalServer(home)
    server.start()
    try:
        return bulk_load(graph, server, owner="bench")
    finally:
        server.stop()


def _biocypher(python: str, exported: Path, folder: Path) -> tuple[float, list[str]]:
    folder.mkdir(parents=True)
    script = Path(__file__).with_name("biocypher_peer.py")
    done = subprocess.run(
        [python, str(script), str(exported), str(folder)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return float(told["seconds"]), list(told["arguments"])
