"""Read the graph back from a database: as it was loaded, by whomever, without what others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg_builder.errors import DatabaseError
from kg_builder.graph import BATCH_ROWS, ENDPOINTS, node_fields, relationship_fields
from kg_builder.schema import Schema, graph_schema
from kg_builder.stores.neo4j.marks import Mark, Marker
from kg_builder.stores.neo4j.reading import Stored, StoredGraph
from kg_builder.stores.neo4j.state import DatabaseState, read_state

if TYPE_CHECKING:
    from neo4j import Driver


class DatabaseGraph:
    """The graph that a database holds; satisfies `kg_builder.graph.Graph`.

    Args:
        schema: what a graph may hold; what a database has beyond it is not read.
        state: what the load left written.
        stored: the database.
    """

    def __init__(self, schema: Schema, state: DatabaseState, stored: StoredGraph) -> None:
        self.schema = schema
        self.state = state.state
        self._layout = state.layout
        self._stored = stored

    def nodes(self, label: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The nodes of a label in Arrow batches, by id."""
        fields = node_fields(self.schema.labels[label])
        if label not in self._layout.labels:
            return iter(())
        marker = Marker.of_label(self._layout, label)
        found = (
            _values(marker, stored.mark, stored)
            for _, stored in self._stored.nodes(label)
            if stored.mark is not None
            and not stored.mark.left
            and self._layout.label_of(stored.mark) == label
        )
        return _batches(found, fields, rows)

    def relationships(self, kind: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The relationships of a type in Arrow batches, by their ends."""
        fields = relationship_fields(self.schema.relationships[kind])
        if kind not in self._layout.types:
            return iter(())
        marker = Marker.of_type(self._layout, kind)
        found = (
            dict(zip(ENDPOINTS, ends, strict=True)) | _values(marker, stored.mark, stored)
            for ends, stored in self._stored.relationships(kind)
            if stored.mark is not None and not stored.mark.left
        )
        return _batches(found, fields, rows)


def read_graph(driver: Driver, *, database: str | None = None) -> DatabaseGraph:
    """The graph that a database holds.

    Args:
        driver: a connected driver; it must stay open while the graph is read.
        database: the database's name; ``None`` for the user's home database.

    Raises:
        DatabaseError: the database holds no graph of kg-builder, or one whose load was cut off.
    """
    state = read_state(driver, database)
    if state is None:
        raise DatabaseError("this database holds no graph of kg-builder; load one with `kg-builder load`")
    if not state.complete:
        raise DatabaseError(
            f"the load of {state.owner!r} into this database was cut off; load it again first"
        )
    return DatabaseGraph(graph_schema(), state, StoredGraph(driver, database, state.layout, values=True))


def _values(marker: Marker, mark: Mark, stored: Stored) -> dict[str, Any]:
    properties = stored.properties or {}
    return {name: properties[name] for name in marker.names(mark.known) if name in properties}


def _batches(found: Iterator[dict[str, Any]], fields: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
    while batch := list(islice(found, rows)):
        try:
            yield pa.RecordBatch.from_pylist(batch, schema=fields)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise _edited(batch, fields) from error


def _edited(batch: list[dict[str, Any]], fields: pa.Schema) -> DatabaseError:
    """What to say of the first value that is of another type than the graph's."""
    row, name = next(
        (row, name) for row in batch for name in row if not _fits(row[name], fields.field(name).type)
    )
    whose = row.get("id") or " → ".join(str(row[end]) for end in ENDPOINTS if end in row)
    return DatabaseError(
        f"{whose}: somebody else set {name} to {row[name]!r}, which no graph can hold; bring back what was "
        "loaded (kg-builder load --verify, from its workspace), then pull again"
    )


def _fits(value: object, kind: pa.DataType) -> bool:
    try:
        pa.array([value], kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return False
    return True
