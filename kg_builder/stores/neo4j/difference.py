"""The difference between a graph and what a database holds of it: both read in order, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from kg_builder.errors import DatabaseError
from kg_builder.graph import ENDPOINTS, Graph, known
from kg_builder.stores.neo4j import cypher
from kg_builder.stores.neo4j.changes import Change
from kg_builder.stores.neo4j.cypher import MARK
from kg_builder.stores.neo4j.fingerprints import canonical
from kg_builder.stores.neo4j.marks import Layout, Marker, without_mark
from kg_builder.stores.neo4j.reading import Ends, Stored, StoredGraph

if TYPE_CHECKING:
    from neo4j import Driver, Record

Key = TypeVar("Key", str, Ends)
Row = dict[str, Any]

#: Rows whose current values are asked for at once.
_LOOKED_AT_ONCE = 1_000

_GUEST_RELATIONSHIP = "somebody else's relationship is tied to it"
_GUEST_LABEL = "it carries somebody else's label"
_GUEST_PROPERTY = "it carries somebody else's property"
_HELD = "a relationship is left at it"
_GUEST_VALUE = "somebody else wrote another value first"


def side_by_side(
    graph: Iterator[tuple[Key, Row]], stored: Iterator[tuple[Key, Stored]]
) -> Iterator[tuple[Key, Row | None, Stored | None]]:
    """Pair two sequences in the order of their keys; ``None`` where one side lacks the key."""
    one, other = next(graph, None), next(stored, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], one[1], None
            one = next(graph, None)
        elif one is None or other[0] < one[0]:
            yield other[0], None, other[1]
            other = next(stored, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(graph, None), next(stored, None)


def graph_nodes(graph: Graph, label: str) -> Iterator[tuple[str, Row]]:
    """The nodes of a label by id, with the properties that are known; none of a label it does not know."""
    if label in graph.schema.labels:
        for batch in graph.nodes(label):
            for row in batch.to_pylist():
                yield row["id"], known(row)


def graph_relationships(graph: Graph, kind: str) -> Iterator[tuple[Ends, Row]]:
    """The relationships of a type by their ends, with the properties that are known."""
    if kind in graph.schema.relationships:
        for batch in graph.relationships(kind):
            for row in batch.to_pylist():
                start_label, start, end_label, end = (row.pop(name) for name in ENDPOINTS)
                yield (start_label, start, end_label, end), known(row)


class Difference:
    """What must be done to a database so that it holds a graph.

    Args:
        graph: the graph to be held.
        stored: the database as it is.
        layout: what the marks in the database mean.
        driver: to look closer at what differs.
        database: the database's name.
    """

    def __init__(
        self, graph: Graph, stored: StoredGraph, layout: Layout, driver: Driver, database: str | None
    ) -> None:
        self._graph = graph
        self._stored = stored
        self._layout = layout
        self._driver = driver
        self._database = database
        self._held: set[tuple[str, str]] = set()
        self.owned_nodes = 0
        self.owned_relationships = 0

    @property
    def owned(self) -> int:
        """How many nodes and relationships of this project were seen in the database."""
        return self.owned_nodes + self.owned_relationships

    def __iter__(self) -> Iterator[Change]:
        """All changes: relationships first, as what is left of them keeps its ends."""
        for kind in self._layout.types:
            yield from self.of_type(kind)
        for label in self._layout.labels:
            yield from self.of_label(label)

    def of_label(self, label: str) -> Iterator[Change]:
        """The changes to the nodes of a label."""
        marker = Marker.of_label(self._layout, label)
        pending: list[tuple[str, Row | None, Stored]] = []
        for node, row, stored in side_by_side(graph_nodes(self._graph, label), self._stored.nodes(label)):
            if stored is None:
                assert row is not None
                yield Change("add", label, (node,), row | {MARK: str(marker.mark(row))})
            elif self._is_of_another_label(stored, label):
                if row is not None:
                    raise DatabaseError(
                        f"{label}/{node} cannot be loaded: another node of that id was given the label {label} "
                        "by somebody else; remove the label there, then load again"
                    )
            else:
                self.owned_nodes += stored.mark is not None
                if self._differs(row, stored, marker):
                    pending.append((node, row, stored))
            if len(pending) == _LOOKED_AT_ONCE:
                yield from self._node_changes(label, marker, pending)
                pending.clear()
        yield from self._node_changes(label, marker, pending)

    def of_type(self, kind: str) -> Iterator[Change]:
        """The changes to the relationships of a type."""
        marker = Marker.of_type(self._layout, kind)
        pending: list[tuple[Ends, Row | None, Stored]] = []
        sides = side_by_side(graph_relationships(self._graph, kind), self._stored.relationships(kind))
        for ends, row, stored in sides:
            if stored is None:
                assert row is not None
                yield Change("add", kind, ends, row | {MARK: str(marker.mark(row))})
            else:
                self.owned_relationships += 1
                if stored.times > 1 or self._differs(row, stored, marker):
                    pending.append((ends, row, stored))
            if len(pending) == _LOOKED_AT_ONCE:
                yield from self._relationship_changes(kind, marker, pending)
                pending.clear()
        yield from self._relationship_changes(kind, marker, pending)

    def _is_of_another_label(self, stored: Stored, label: str) -> bool:
        return self._layout.label_of(stored.mark) not in (None, label)

    def _differs(self, row: Row | None, stored: Stored, marker: Marker) -> bool:
        if row is None:
            return stored.mark is not None
        if stored.mark is None or stored.fits is None or stored.mark.left:
            return True
        return marker.mark(row).fingerprint != stored.fits.fingerprint

    def _node_changes(
        self, label: str, marker: Marker, pending: list[tuple[str, Row | None, Stored]]
    ) -> Iterator[Change]:
        current = self._look(cypher.current_nodes(label), [{"id": node} for node, _, _ in pending])
        for node, row, stored in pending:
            record = current.get((node,))
            if record is None:  # gone since the page was read
                if row is not None:
                    yield Change("add", label, (node,), row | {MARK: str(marker.mark(row))})
            elif row is None:
                yield self._removal(label, node, stored, marker, record)
            else:
                yield from _changed(label, (node,), row, stored, marker, record["properties"])

    def _relationship_changes(
        self, kind: str, marker: Marker, pending: list[tuple[Ends, Row | None, Stored]]
    ) -> Iterator[Change]:
        for (start_label, end_label), group in _by_labels(pending).items():
            query = cypher.current_relationships(kind, start_label, end_label)
            rows = [{"start": ends[1], "end": ends[3]} for ends, _, _ in group]
            current = self._look(query, rows, start_label=start_label, end_label=end_label)
            for ends, row, stored in group:
                properties = current[ends]["properties"] if ends in current else {}
                if row is not None:
                    # Of several, any may be the one that stays: it is given all values.
                    seen = properties if stored.times == 1 else {}
                    yield from _changed(kind, ends, row, stored, marker, seen)
                elif _foreign(properties, stored, marker):
                    self._held.update([(ends[0], ends[1]), (ends[2], ends[3])])
                    yield _left(kind, ends, stored, _GUEST_PROPERTY)
                else:
                    yield Change("remove", kind, ends)

    def _removal(self, label: str, node: str, stored: Stored, marker: Marker, record: Record) -> Change:
        assert stored.mark is not None
        written = marker.names(stored.mark.written)
        if "id" not in written:
            properties = dict.fromkeys([*written, MARK])
            return Change("release", label, (node,), properties, without_mark(record["properties"]))
        if record["tied"]:
            return _left(label, (node,), stored, _GUEST_RELATIONSHIP)
        if (label, node) in self._held:
            return _left(label, (node,), stored, _HELD)
        if record["labels"] != [label]:
            return _left(label, (node,), stored, _GUEST_LABEL)
        if _foreign(record["properties"], stored, marker):
            return _left(label, (node,), stored, _GUEST_PROPERTY)
        return Change("remove", label, (node,))

    def _look(self, query: str, rows: list[Row], **parameters: str) -> dict[tuple[str, ...], Record]:
        if not rows:
            return {}
        records = self._driver.execute_query(
            query, {"rows": rows, **parameters}, database_=self._database, routing_="r"
        ).records
        return {tuple(record["key"]): record for record in records}


def _by_labels(
    pending: list[tuple[Ends, Row | None, Stored]],
) -> dict[tuple[str, str], list[tuple[Ends, Row | None, Stored]]]:
    groups: dict[tuple[str, str], list[tuple[Ends, Row | None, Stored]]] = {}
    for entry in pending:
        groups.setdefault((entry[0][0], entry[0][2]), []).append(entry)
    return groups


def _foreign(properties: Row, stored: Stored, marker: Marker) -> list[str]:
    """The properties that this project did not write."""
    written = marker.names(stored.mark.written) if stored.mark is not None else []
    return [name for name in without_mark(properties) if name not in written]


def _left(name: str, key: tuple[str, ...], stored: Stored, reason: str) -> Change:
    assert stored.mark is not None
    mark = {} if stored.mark.left else {MARK: str(stored.mark.as_left())}
    return Change("leave", name, key, mark, reason=reason)


def _changed(
    name: str, key: tuple[str, ...], row: Row, stored: Stored, marker: Marker, current: Row
) -> Iterator[Change]:
    """What to set so that the database has the row, without touching what others wrote."""
    written = set(marker.names(stored.mark.written)) if stored.mark is not None else set()
    kept = [p for p in row if p in current and p not in written]
    conflicts = [p for p in kept if not _same(current[p], row[p])]
    properties = {p: value for p, value in row.items() if p not in kept and not _same(current.get(p), value)}
    properties |= {p: None for p in sorted(written) if p not in row and p in current}
    before = {p: current[p] for p in properties if p in current}
    mark = str(marker.mark(row, kept))
    if current.get(MARK) != mark:
        properties[MARK] = mark
    reason = f"{_GUEST_VALUE} ({', '.join(conflicts)})" if conflicts else ""
    if conflicts and not set(properties) - {MARK}:
        yield Change("leave", name, key, properties, {p: current[p] for p in conflicts}, reason)
    elif properties:
        yield Change("change", name, key, properties, before, reason)


def _same(one: Any, other: Any) -> bool:
    """Equal in value and type: 1 is not 1.0."""
    return canonical(one) == canonical(other)
