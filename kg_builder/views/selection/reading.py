"""Single nodes out of a graph, found while its batches go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.graph import Graph, Node, known
from kg_builder.views.picture import key_of


def read_nodes(graph: Graph, keys: Iterable[str]) -> dict[str, Node]:
    """The nodes of these keys that the graph has, by key."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for reference in sorted(keys):
        label, _, identity = reference.partition("/")
        wanted[label].append(identity)
    found: dict[str, Node] = {}
    for label in graph.schema.labels:
        if wanted[label]:
            ids = pa.array(wanted[label], pa.string())
            found |= {key_of(node): node for node in matching(graph, label, "id", ids)}
    return found


def matching(graph: Graph, label: str, column: str, values: pa.Array) -> Iterator[Node]:
    """The nodes of a label that have one of some values in a column."""
    for batch in graph.nodes(label):
        for row in batch.filter(pc.is_in(batch.column(column), values)).to_pylist():
            yield Node(label, row["id"], known(row))
