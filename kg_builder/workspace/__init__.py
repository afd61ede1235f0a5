"""The workspace: one DuckDB file that holds sources, documents, facts, and the graph computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from kg_builder.errors import WorkspaceError
from kg_builder.schema import graph_schema
from kg_builder.workspace.migrating import migrate
from kg_builder.workspace.tables import TableGraph, create_graph_tables, graph_fingerprint

#: Raised whenever the tables change their form (see `kg_builder.workspace.migrating`).
FORMAT_VERSION = 2

_STATE = "graph_state"
_STALE = "graph_stale"


class Workspace:
    """A workspace file, open for reading or for writing.

    One process may write at a time, and none may read meanwhile; several may read together.

    Args:
        path: the file.
        writable: open for writing.
        make: whether a file that is to be written is made where there is none; else that is an error.

    Raises:
        WorkspaceError: the file is missing, in use by another process, no workspace, or of another version.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Workspace(Path(folder) / "graph.kg", writable=True) as workspace:
        ...         workspace.graph().count('nodes."Paper"')
        0
    """

    def __init__(self, path: str | Path, *, writable: bool = False, make: bool = True) -> None:
        self.path = Path(path)
        self.schema = graph_schema()
        if not (writable and make) and not self.path.is_file():
            raise WorkspaceError(
                f"{path}: there is no such workspace; make one with: kg-builder build SOURCE -g {path}"
            )
        self.connection = _connect(self.path, writable)
        try:
            self._prepare(writable, writable and make)
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; it may not be used afterwards."""
        self.connection.close()

    def graph(self) -> TableGraph:
        """The graph as last computed; readable while this workspace is open."""
        return TableGraph(self.connection, self.schema, self.meta(_STATE) or "")

    def meta(self, key: str) -> str | None:
        """A value kept about the workspace itself."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value about the workspace itself."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    @property
    def graph_is_stale(self) -> bool:
        """Whether sources changed after the graph was computed (a build was interrupted)."""
        return self.meta(_STALE) == "yes"

    def mark_graph_stale(self) -> None:
        """Remember, in the transaction that changes a source, that the graph must be computed anew."""
        self.set_meta(_STALE, "yes")

    def mark_graph_fresh(self) -> None:
        """Remember the fingerprint of the graph, in the transaction that computed it."""
        self.set_meta(_STATE, graph_fingerprint(self.connection, self.schema))
        self.set_meta(_STALE, "no")

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All or nothing: commits at the end, rolls back when anything is raised."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def commit(self) -> None:
        """Make durable what the open transaction holds, and go on in another."""
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")

    def _prepare(self, writable: bool, may_make: bool) -> None:
        known = self.connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'meta'"
        ).fetchone()
        if known == (0,):
            if not may_make or self._holds_tables():
                raise WorkspaceError(
                    f"{self.path}: this DuckDB file is no kg-builder workspace; name another with -g"
                )
            with self.transaction() as connection:
                connection.execute(Path(__file__).with_name("records.sql").read_text(encoding="utf-8"))
                create_graph_tables(connection, self.schema)
                self.set_meta("format", str(FORMAT_VERSION))
                self.mark_graph_fresh()
            return
        found = int(self.meta("format") or 0)
        if found > FORMAT_VERSION:
            raise WorkspaceError(
                f"{self.path}: this workspace has format {found}, this kg-builder reads {FORMAT_VERSION}; "
                "upgrade kg-builder, or build the workspace anew from its sources"
            )
        if found < FORMAT_VERSION:
            self.connection.close()
            migrate(self.path, found, FORMAT_VERSION, partial(_connect, writable=True))
            self.connection = _connect(self.path, writable)

    def _holds_tables(self) -> bool:
        row = self.connection.execute("SELECT count(*) FROM information_schema.tables").fetchone()
        return row != (0,)


def _connect(path: Path, writable: bool) -> duckdb.DuckDBPyConnection:
    # A workspace reads nothing but itself: no extension is fetched, no other file or address opened by SQL.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        connection = duckdb.connect(str(path), read_only=not writable, config=settings)
        # Commands show their own progress, and none in a pipe. In a notebook the setting wants a package of Jupyter's.
        with suppress(duckdb.InvalidInputException):
            connection.execute("SET enable_progress_bar = false")
        return connection
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            reason = "another process has it open; wait until that has ended"
        else:
            reason = f"cannot be opened as a workspace ({str(error).splitlines()[0]})"
        raise WorkspaceError(f"{path}: {reason}") from error
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise WorkspaceError(f"{path}: cannot be opened as a workspace ({first})") from error
