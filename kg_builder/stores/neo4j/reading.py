"""What of this project a database holds: nodes and relationships in the order of their ids, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j import cypher
from kg_builder.stores.neo4j.marks import Layout, Mark, Marker

if TYPE_CHECKING:
    from neo4j import Driver, Record

#: A page is one transaction; with all properties it holds a tenth as much.
_PAGE_NODES = 10_000
_PAGE_STARTS = 1_000

#: Start label, start id, end label, end id.
Ends = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A node or relationship as the database has it.

    Args:
        mark: its mark; ``None`` where it is somebody else's.
        fits: the mark that fits the values that are there (the same as `mark` unless values were read).
        times: how often it is there.
        properties: its values, where they were asked for.
    """

    mark: Mark | None
    fits: Mark | None
    times: int = 1
    properties: dict[str, Any] | None = None


class StoredGraph:
    """The part of a database that this project knows of.

    Args:
        driver: a connected driver.
        database: the database's name; ``None`` for the user's home database.
        layout: what the marks in this database mean.
        values: whether to read all values, rather than to trust the marks.
    """

    def __init__(self, driver: Driver, database: str | None, layout: Layout, *, values: bool = False) -> None:
        self._driver = driver
        self._database = database
        self._layout = layout
        self._values = values
        self.node_counts, self._from_counts = self._count()

    @property
    def is_empty(self) -> bool:
        """Whether there is no node under any of the labels."""
        return not any(self.node_counts.values())

    @property
    def relationship_counts(self) -> dict[str, int]:
        """How many relationships of each type start at a label of the project, whoever made them."""
        counts = dict.fromkeys(self._layout.types, 0)
        for (kind, _), count in self._from_counts.items():
            counts[kind] += count
        return counts

    def nodes(self, label: str) -> Iterator[tuple[str, Stored]]:
        """The nodes of a label by id, those of others included."""
        if not self.node_counts[label]:
            return
        marker = Marker.of_label(self._layout, label)
        rows = _PAGE_NODES // (10 if self._values else 1)
        query = cypher.page_of_nodes(label, with_properties=self._values)
        for record in self._pages(query, rows, "id"):
            yield record["id"], self._stored(marker, record["mark"], record["properties"])

    def relationships(self, kind: str) -> Iterator[tuple[Ends, Stored]]:
        """This project's relationships of a type, by their ends."""
        marker = Marker.of_type(self._layout, kind)
        rows = _PAGE_STARTS // (10 if self._values else 1)
        for start_label in sorted(self._layout.starts[kind]):
            if not self._from_counts[kind, start_label]:
                continue
            query = cypher.page_of_relationships(kind, start_label, with_properties=self._values)
            for record in self._pages(query, rows, "start"):
                if self._labelled(record["mark"], start_label):
                    yield from self._of_start(marker, start_label, record)

    def _of_start(self, marker: Marker, start_label: str, record: Record) -> Iterator[tuple[Ends, Stored]]:
        found = [
            (self._end_label(end_label), end, mark, properties)
            for end_label, end, mark, properties in record["relationships"]
        ]
        found.sort(key=lambda row: row[:3])
        for (end_label, end), group in groupby(found, key=lambda row: row[:2]):
            same = list(group)
            stored = self._stored(marker, *same[0][2:])
            if len(same) > 1:
                stored = Stored(stored.mark, stored.fits, len(same), stored.properties)
            yield (start_label, record["start"], end_label, end), stored

    def _stored(self, marker: Marker, text: object, properties: dict[str, Any] | None) -> Stored:
        mark = Mark.parse(text)
        if mark is None or properties is None:
            return Stored(mark, mark)
        return Stored(mark, marker.of_stored(mark, properties), properties=properties)

    def _labelled(self, text: object, label: str) -> bool:
        """Whether a node is of this label by its mark: others may have given it one more."""
        return self._layout.label_of(Mark.parse(text)) in (None, label)

    def _end_label(self, found: object) -> str:
        """The label of an end: by its mark, else the first of the node's that the project knows."""
        if isinstance(found, list):
            known = sorted(label for label in found if label in self._layout.labels)
            return known[0] if known else ""
        return self._layout.label_of(Mark.parse(found)) or ""

    def _pages(self, query: str, rows: int, key: str) -> Iterator[Record]:
        after = ""
        while True:
            records = self._driver.execute_query(
                query, after=after, rows=rows, database_=self._database, routing_="r"
            ).records
            for record in records:
                if record[key] <= after:
                    raise DatabaseError(f"Neo4j gave {record[key]!r} after {after!r}: ids out of order")
                after = record[key]
                yield record
            if len(records) < rows:
                return

    def _count(self) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        labels = list(self._layout.labels)
        types = [(kind, start) for kind, starts in self._layout.starts.items() for start in starts]
        record = self._driver.execute_query(
            cypher.counts(labels, types), database_=self._database, routing_="r"
        ).records[0]
        nodes = dict(zip(labels, record["nodes"], strict=True))
        return nodes, dict(zip(types, record["relationships"], strict=True))
