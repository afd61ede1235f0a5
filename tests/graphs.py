"""Graphs in memory, for tests of stores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from kg_builder.graph import (
    BATCH_ROWS,
    ENDPOINTS,
    Graph,
    Node,
    Relationship,
    iterate_nodes,
    iterate_relationships,
    node_fields,
    relationship_fields,
)
from kg_builder.schema import Schema, graph_schema


class MemoryGraph:
    """A graph of values, read as `kg_builder.graph.Graph` reads one.

    Args:
        nodes: in any order.
        relationships: in any order.
        schema: what it may hold; the shipped schema where not given.
    """

    def __init__(
        self,
        nodes: Iterable[Node] = (),
        relationships: Iterable[Relationship] = (),
        schema: Schema | None = None,
    ) -> None:
        self.schema = schema or graph_schema()
        self._nodes: dict[str, dict[str, Node]] = {}
        for node in nodes:
            self._nodes.setdefault(node.label, {})[node.id] = node
        self._relationships: dict[str, dict[tuple[str, ...], Relationship]] = {}
        for r in relationships:
            ends = (r.start_label, r.start, r.end_label, r.end)
            self._relationships.setdefault(r.type, {})[ends] = r

    @property
    def state(self) -> str:
        return hashlib.sha256(json.dumps(content(self), sort_keys=True).encode()).hexdigest()

    def nodes(self, label: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        found = self._nodes.get(label, {})
        fields = node_fields(self.schema.labels[label])
        return _batches([{"id": id_} | found[id_].properties for id_ in sorted(found)], fields, rows)

    def relationships(self, kind: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        found = self._relationships.get(kind, {})
        fields = relationship_fields(self.schema.relationships[kind])
        table = [dict(zip(ENDPOINTS, ends, strict=True)) | found[ends].properties for ends in sorted(found)]
        return _batches(table, fields, rows)


def _batches(table: list[dict[str, Any]], fields: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(table), rows):
        yield pa.RecordBatch.from_pylist(table[start : start + rows], schema=fields)


def content(graph: Graph) -> list[list[Any]]:
    """All that a graph holds, to be compared."""
    nodes = [[n.label, n.id, n.properties] for n in iterate_nodes(graph)]
    return nodes + [[r.id, r.properties] for r in iterate_relationships(graph)]


def node(label: str, id_: str, /, **properties: Any) -> Node:
    """A node; its id is one of its properties."""
    return Node(label, id_, {"id": id_} | properties)


def relationship(start: str, kind: str, end: str, /, **properties: Any) -> Relationship:
    """A relationship between ``Label/id`` and ``Label/id``."""
    start_label, _, start_id = start.partition("/")
    end_label, _, end_id = end.partition("/")
    return Relationship(kind, start_label, start_id, end_label, end_id, properties)
