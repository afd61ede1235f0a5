"""The snapshot that explore serves: the graph as it was at one moment, with what search and pages need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import duckdb

from kg_builder.errors import WorkspaceError
from kg_builder.explore.kept import keep, kept_snapshot, take_over
from kg_builder.schema import Label, Schema, graph_schema
from kg_builder.workspace import Workspace
from kg_builder.workspace.tables import TableGraph, create_graph_tables, node_table, relationship_table

_FILE = "graph.duckdb"
#: What DuckDB may take of memory and processors for pages; views and queries have processes of their own.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "2GB",
    "threads": min(4, os.cpu_count() or 1),
}
#: Properties that hold further names of a thing, by which it is found too.
_FURTHER_NAMES = ("aliases", "variants", "external_ids", "arxiv_id", "doi")


class Origin(Protocol):
    """Where a graph comes from: a workspace, or Neo4j."""

    @property
    def name(self) -> str:
        """What the pages call it."""
        ...

    def mark(self) -> object:
        """What differs once the graph has changed, and is quickly found out."""
        ...

    def state(self) -> str:
        """The fingerprint of the graph, where it can be had without copying; else nothing."""
        ...

    def copy_into(self, connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
        """Fill the graph tables of a new file, and return the fingerprint of the graph."""
        ...


@dataclass(frozen=True, slots=True)
class WorkspaceOrigin:
    """The graph of a workspace file; it is open only while it is copied."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def mark(self) -> object:
        """Time and size of the file; ``None`` where it is not there."""
        try:
            about = self.path.stat()
        except OSError:
            return None
        return (about.st_mtime_ns, about.st_size, about.st_ino)

    def state(self) -> str:
        """The fingerprint that the last build left."""
        with Workspace(self.path) as workspace:
            return workspace.graph().state

    def copy_into(self, connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
        """Copy every graph table, by id."""
        # What can be wrong with a workspace is found, and said, by opening it as one.
        Workspace(self.path).close()
        try:
            connection.execute(f"ATTACH {_quoted(self.path)} AS origin (READ_ONLY)")
        except duckdb.IOException as error:
            raise WorkspaceError(
                f"{self.path}: another process has it open; wait until that has ended"
            ) from error
        try:
            for label in schema.labels:
                self._copy(connection, node_table(label), "id")
            for kind in schema.relationships:
                self._copy(connection, relationship_table(kind), "start_label, start_id, end_label, end_id")
            row = connection.execute("SELECT value FROM origin.meta WHERE key = 'graph_state'").fetchone()
        finally:
            connection.execute("DETACH origin")
        return str(row[0]) if row else ""

    @staticmethod
    def _copy(connection: duckdb.DuckDBPyConnection, table: str, order: str) -> None:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM origin.{table} ORDER BY {order}")  # noqa: S608


class SnapshotFile:
    """The file of a snapshot: the graph tables and the index beside them; any thread may read it.

    Args:
        path: the file.
        state: the fingerprint of the graph.
    """

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self.state = state
        self.connection = duckdb.connect(str(path), read_only=True, config=_SETTINGS)

    @cached_property
    def graph(self) -> TableGraph:
        """The whole graph."""
        return TableGraph(self.connection, graph_schema(), self.state)

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        """The rows of a query as maps, by a cursor of its own."""
        found = self.connection.cursor().execute(sql, dict(parameters or {}))
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph at one moment, and where it was taken from.

    Args:
        file: what can be read.
        origin: what it was taken from.
        mark: the origin's mark when it was taken.
    """

    file: SnapshotFile
    origin: Origin
    mark: object

    @property
    def is_outdated(self) -> bool:
        """Whether the origin has changed since."""
        return self.origin.mark() != self.mark


def take_snapshot(origin: Origin, folder: Path) -> Snapshot:
    """Copy a graph and index it, or take over the snapshot that was kept of the same state.

    Args:
        origin: where the graph is.
        folder: an empty folder for the file.

    Raises:
        WorkspaceError: the workspace is missing, damaged, or in use by a build.
        DatabaseError: Neo4j does not answer, or holds no graph.
    """
    path = folder / _FILE
    mark = origin.mark()
    state = origin.state()
    if not (
        state and isinstance(origin, WorkspaceOrigin) and take_over(kept_snapshot(origin.path, state), path)
    ):
        state = _made(origin, folder, path)
        if state and isinstance(origin, WorkspaceOrigin):
            keep(path, kept_snapshot(origin.path, state))
    _keep_engine_snapshot(origin, state, folder)
    return Snapshot(SnapshotFile(path, state), origin, mark)


def _made(origin: Origin, folder: Path, path: Path) -> str:
    """Copy the graph into a file and index it; its fingerprint."""
    schema = graph_schema()
    try:
        with duckdb.connect(str(path), config=_SETTINGS) as connection:
            # What is sorted may be larger than the memory allowed.
            connection.execute(f"SET temp_directory = {_quoted(folder / 'spill')}")
            create_graph_tables(connection, schema)
            state = origin.copy_into(connection, schema)
            _index(connection, schema)
            return state
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise WorkspaceError(
            f"{folder}: the snapshot cannot be written ({str(error).splitlines()[0]}); "
            "free some space, or name another folder by TMPDIR"
        ) from error


def _index(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    nodes = " UNION ALL ".join(_nodes(label) for label in schema.labels.values())
    links = " UNION ALL ".join(
        f"SELECT '{kind}' AS type, start_label, start_id, end_label, end_id, rowid AS place "  # noqa: S608
        f"FROM {relationship_table(kind)}"
        for kind in schema.relationships
    )
    connection.execute(f"CREATE TEMP VIEW all_nodes AS {nodes}")
    connection.execute(f"CREATE TEMP VIEW all_relationships AS {links}")
    connection.execute(Path(__file__).with_name("index.sql").read_text(encoding="utf-8"))


def _nodes(label: Label) -> str:
    """A label's nodes as the index needs them: id, name, votes, further names and place in its table."""
    name = f'coalesce("{label.caption}", id)'
    votes = "coalesce(votes, 0)" if "votes" in label.properties else "0"
    others = " || ".join(["[]::VARCHAR[]", *_further_names(label)])
    return (
        f"SELECT '{label.name}' AS label, id, {name} AS name, {votes} AS votes, {others} AS others, "  # noqa: S608
        f"rowid AS place FROM {node_table(label.name)}"
    )


def _further_names(label: Label) -> Iterator[str]:
    for name in _FURTHER_NAMES:
        if name in label.properties:
            one = label.properties[name].type == "string"
            yield f'[coalesce("{name}", id)]' if one else f'coalesce("{name}", [])'


def _keep_engine_snapshot(origin: Origin, state: str, folder: Path) -> None:
    """Take along the embedded engine's own snapshot of this state, where a query has left one."""
    if not isinstance(origin, WorkspaceOrigin) or not state:
        return
    from kg_builder.stores.querying import snapshot_folder

    for kept in snapshot_folder(origin.path).glob(f"{state}-*.kgl"):
        try:
            shutil.copyfile(kept, folder / kept.name)
        except OSError:
            # A query of a newer state has just dropped it; the engine is filled from the tables instead.
            continue


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"
