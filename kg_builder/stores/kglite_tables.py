"""Filling kglite from a graph: through CSV files that its own bulk loader reads, a million rows in two seconds."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from kg_builder.errors import WorkspaceError
from kg_builder.graph import Graph
from kg_builder.schema import Label, Property, RelationshipType
from kg_builder.stores.flat_tables import with_lists_as_json

if TYPE_CHECKING:
    from kglite import KnowledgeGraph

_TYPES = {
    "string": "string",
    "date": "string",
    "integer": "int",
    "float": "float",
    "boolean": "bool",
    "strings": "list",
}


def fill_kglite(graph: Graph) -> KnowledgeGraph:
    """A kglite graph that holds what `graph` holds.

    Args:
        graph: any graph; every relationship must start and end at nodes of its own.

    Returns:
        The graph in memory.

    Raises:
        WorkspaceError: a relationship has an end that is no node, or the engine did not take every row.
    """
    import kglite

    with TemporaryDirectory(prefix="kg-builder-") as folder:
        tables = _CsvTables(graph, Path(folder))
        blueprint = Path(folder) / "blueprint.json"
        blueprint.write_text(json.dumps(tables.blueprint()), encoding="utf-8")
        if not tables.labels:
            return kglite.KnowledgeGraph()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                filled: KnowledgeGraph = kglite.from_blueprint(str(blueprint), save=False)
            except ValueError as error:
                raise _broken(str(error)) from error
    for warning in told:
        raise _broken(str(warning.message))
    held = filled.graph_info()
    if (held["node_count"], held["edge_count"]) != (tables.node_rows, tables.relationship_rows):
        raise _broken(
            f"of {tables.node_rows} nodes and {tables.relationship_rows} relationships the engine took "
            f"{held['node_count']} and {held['edge_count']}"
        )
    return filled


def _broken(reason: str) -> WorkspaceError:
    said = " ".join(reason.split())
    return WorkspaceError(f"the graph does not hold together and cannot be queried: {said}; build it anew")


class _CsvTables:
    """The CSV files of a graph: one a label, one a relationship type and label of the start."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.folder = folder
        self.labels: dict[str, dict[str, Any]] = {}
        self.node_rows = 0
        self.relationship_rows = 0
        for label in graph.schema.labels.values():
            self._write_nodes(graph, label)
        for kind in graph.schema.relationships.values():
            self._write_relationships(graph, kind)

    def blueprint(self) -> dict[str, Any]:
        """What tells kglite's loader how to read the files."""
        return {"settings": {"root": str(self.folder)}, "nodes": self.labels}

    def _write_nodes(self, graph: Graph, label: Label) -> None:
        name = f"nodes-{label.name}.csv"
        rows = _write(self.folder / name, graph.nodes(label.name))
        self.node_rows += rows
        if rows:
            # kglite calls one property of a label its title; `name` and `title` are that one.
            shown = label.caption if label.caption in ("name", "title") else label.key
            self.labels[label.name] = {
                "csv": name,
                "pk": label.key,
                "title": shown,
                "properties": _types(label.properties),
                "connections": {"junction_edges": {}},
            }

    def _write_relationships(self, graph: Graph, kind: RelationshipType) -> None:
        for start in kind.starts:
            name = f"relationships-{kind.name}-{start}.csv"
            parts = (_starting_at(batch, start) for batch in graph.relationships(kind.name))
            rows = _write(self.folder / name, parts)
            self.relationship_rows += rows
            if not rows:
                continue
            if start not in self.labels:
                raise _broken(f"there is {kind.name} from {start}, but no {start}")
            self.labels[start]["connections"]["junction_edges"][kind.name] = {
                "csv": name,
                "source_fk": "start_id",
                "target": [end for end in kind.ends if end in self.labels],
                "target_type_column": "end_label",
                "target_fk": "end_id",
                "properties": list(kind.properties),
                "property_types": _types(kind.properties),
                "on_missing_endpoint": "error",
            }


def _types(properties: Mapping[str, Property]) -> dict[str, str]:
    return {p.name: _TYPES[p.type] for p in properties.values()}


def _starting_at(batch: pa.RecordBatch, label: str) -> pa.RecordBatch:
    return batch.filter(pc.equal(batch.column("start_label"), label))


def _write(path: Path, batches: Iterator[pa.RecordBatch]) -> int:
    rows, writer = 0, None
    try:
        for batch in batches:
            flat = with_lists_as_json(batch)
            if writer is None:
                writer = pyarrow.csv.CSVWriter(path, flat.schema)
            writer.write_batch(flat)
            rows += flat.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows
