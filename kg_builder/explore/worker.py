"""The process that answers queries and draws views, so that what goes wrong in them takes nothing else down.

It is started as ``python -m kg_builder.explore.worker``, reads one job after the other from standard input and
writes each answer to standard output, both as a frame: eight bytes that tell the length, then JSON. It ends with
its standard input.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg_builder.errors import KgBuilderError
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.stores.asked_names import Ask, ask_as_meant
from kg_builder.stores.query_library import library_query
from kg_builder.stores.rows import Rows

if TYPE_CHECKING:
    from kg_builder.stores.embedded import EmbeddedGraph

FRAME = struct.Struct(">Q")

#: Bytes beyond what the worker holds when a job begins that the job may take.
MEMORY = 2 * 1024**3

#: Bytes of the rows that an answer may hold.
ANSWER_BYTES = 8 * 1024**2


def main() -> None:
    """Answer jobs until there are no more."""
    source, sink = _own_streams()
    engine = _Engine(_read(source))
    for job in iter(lambda: _read(source), None):
        _write(sink, _answer(engine, job))


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for frames alone; whatever else prints, prints to nowhere."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return source, sink


def _read(source: BinaryIO) -> Any:
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    return json.loads(source.read(FRAME.unpack(head)[0]))


def _write(sink: BinaryIO, answer: dict[str, Any]) -> None:
    frame = json.dumps(answer, ensure_ascii=True, default=str).encode()
    sink.write(FRAME.pack(len(frame)) + frame)
    sink.flush()


def _answer(engine: _Engine, job: dict[str, Any]) -> dict[str, Any]:
    try:
        if job["kind"] in ("warm", "query"):
            # Before the limits: however large the graph is, it counts against no query.
            engine.load()
        with_limits(job["seconds"])
        if job["kind"] == "warm":
            return {}
        if job["kind"] == "query":
            return engine.query(job)
        return engine.draw(job)
    except KgBuilderError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": "it took more memory than it may; ask for less"}


class _Engine:
    """What answers: the snapshot, and the embedded engine or Neo4j, each opened when first needed."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._folder = Path(settings["folder"])
        self._file = SnapshotFile(Path(settings["file"]), settings["state"])
        self._neo4j = settings.get("neo4j")
        self._embedded: EmbeddedGraph | None = None

    def load(self) -> None:
        """Have the engine ready for the first query."""
        if self._neo4j is None and self._embedded is None:
            from kg_builder.stores.embedded import EmbeddedGraph

            self._embedded = EmbeddedGraph.from_graph(self._file.graph, self._folder)

    def query(self, job: dict[str, Any]) -> dict[str, Any]:
        """Rows, as many as may be."""
        found = self._rows(job)
        rows = list(_bounded(found.rows, ANSWER_BYTES))
        return {
            "columns": found.columns,
            "rows": rows,
            "truncated": found.truncated or len(rows) < len(found.rows),
            "warnings": found.warnings,
            "notes": found.notes,
        }

    def _rows(self, job: dict[str, Any]) -> Rows:
        limits: Mapping[str, Any] = {"limit": job["rows"], "timeout": job["seconds"]}
        with self._asking() as ask:
            if job["name"] is not None:
                return ask_as_meant(library_query(job["name"]), job["parameters"], ask, **limits)
            return ask(job["cypher"], job["parameters"], **limits)

    @contextmanager
    def _asking(self) -> Iterator[Ask]:
        """The engine that runs a query."""
        if self._neo4j is None:
            assert self._embedded is not None
            yield self._embedded.run
            return
        from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
        from kg_builder.stores.neo4j_query import run_on_neo4j

        settings = ConnectionSettings(**self._neo4j)
        with connect(settings) as driver:
            yield partial(run_on_neo4j, driver, database=settings.database)

    def draw(self, job: dict[str, Any]) -> dict[str, Any]:
        """The page of a view, or of the graph in an answer."""
        # Late: what draws is slow to import, and a worker for queries alone does without.
        from kg_builder.explore import drawing
        from kg_builder.views.picture import Answer, Wish

        if job["kind"] == "answer":
            rows = Rows(tuple(job["columns"]), job["rows"], job["truncated"])
            return {"html": drawing.answer_page(self._file, Answer(rows, job["title"], job["description"]))}
        return {"html": drawing.view_page(self._file, job["view"], Wish(**job["wish"]))}


def _bounded(rows: list[list[Any]], most: int) -> Iterator[list[Any]]:
    """As many rows as together stay below a number of bytes."""
    used = 0
    for row in rows:
        used += len(json.dumps(row, ensure_ascii=True, default=str))
        if used > most:
            return
        yield row


def with_limits(seconds: float) -> None:
    """Bound what the next job may take of memory and processor time; above it the system ends the process."""
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the application alone watches the time.
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_least(_size() + MEMORY, hard), hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    processors = os.cpu_count() or 1
    spent = int(used.ru_utime + used.ru_stime + (seconds + 2) * processors) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_least(spent, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _least(wanted: int, hard: int) -> int:
    return wanted if hard < 0 else min(wanted, hard)


def _size() -> int:
    """Bytes of address space that this process has."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        # No Linux: what is held already does not count against the limit.
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
