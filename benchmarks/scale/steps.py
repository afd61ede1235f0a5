"""Measure a step in a process of its own: ``python steps.py extract FOLDER FILE | grow SEED COPIES FILE``."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import kg_builder.resolve.graph as computing
from kg_builder.ingest import build
from kg_builder.ingest.refresh import refresh_graph
from kg_builder.ingest.report import BuildReport
from kg_builder.stores.files import export
from kg_builder.workspace import Workspace

_MULTIPLY = Path(__file__).with_name("multiply.sql")

#: The parts of computing a graph that are told apart, by the function that does each.
_PARTS = {"_resolve_papers": "papers", "_resolve_names": "names", "resolve_people": "people"}


def _cpu() -> float:
    """Processor seconds of this process and of those that it waited for."""
    return sum(os.times()[:4])


@contextmanager
def timed(step: str, clock: Callable[[], float] = _cpu) -> Iterator[None]:
    """Print the seconds and the peak of memory so far, as one line of JSON."""
    cpu, wall = clock(), time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"cpu": clock() - cpu, "wall": time.perf_counter() - wall, "peak_mb": peak}
    print(json.dumps({"step": step} | row), flush=True)


def extract(folder: str, file: str) -> None:
    """Read and extract a folder into a workspace."""
    with timed("all"):
        report = build([folder], Path(file))
    size = sum(path.stat().st_size for path in Path(folder).rglob("*.json"))
    print(json.dumps({"step": "papers", "papers": report.papers, "source_mb": size / 1e6}))


def grow(seed: str, copies: str, file: str) -> None:
    """Multiply the records of a workspace, compute the graph of them, and export it."""
    path = Path(file)
    for name in _PARTS:
        setattr(computing, name, _timed_part(name))
    with Workspace(path, writable=True) as workspace:
        workspace.connection.execute(f"ATTACH '{seed}' AS seed (READ_ONLY)")
        with timed("multiply"), workspace.transaction() as connection:
            for statement in _MULTIPLY.read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    connection.execute(statement, {"copies": int(copies)} if "$copies" in statement else None)
            workspace.mark_graph_stale()
        workspace.connection.execute("DETACH seed")
        report = BuildReport()
        with timed("graph"):
            refresh_graph(workspace, report)
    output = path.with_suffix(".jsonl")
    with timed("export"):
        export(path, "jsonl", output)
    counts = {"nodes": sum(report.nodes.values()), "relationships": sum(report.relationships.values())}
    sizes = {"workspace_mb": path.stat().st_size / 1e6, "export_mb": output.stat().st_size / 1e6}
    print(json.dumps({"step": "counts", "papers": report.nodes["Paper"]} | counts | sizes))


def _timed_part(name: str):  # type: ignore[no-untyped-def]
    compute = getattr(computing, name)

    # People are told apart beside the database's work, which shall not be counted with it.
    clock: Callable[[], float] = time.thread_time if name == "resolve_people" else _cpu

    def run(*arguments: object) -> object:
        with timed(_PARTS[name], clock):
            return compute(*arguments)

    return run


if __name__ == "__main__":
    {"extract": extract, "grow": grow}[sys.argv[1]](*sys.argv[2:])
