"""The graph as the CSV files that neo4j-admin imports: typed headers, a file for each label and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from kg_builder.errors import ExportError
from kg_builder.graph import Graph
from kg_builder.schema import Property
from kg_builder.stores.neo4j.cypher import MARK, STATE_LABEL
from kg_builder.stores.neo4j.marks import Layout, Marker, without_empty_lists
from kg_builder.stores.neo4j.state import complete_state

#: Between the elements of a list: the unit separator, which no text of a paper holds.
ARRAY_DELIMITER = "\x1f"

#: How neo4j-admin must read the files.
IMPORT_OPTIONS = ("--array-delimiter=U+001F", "--multiline-fields=true", "--id-type=string")

_TYPES = {
    "string": "string",
    "date": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "strings": "string[]",
}

#: How the writer is given what is no text.
_CELLS = {"integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_()}


def write_import_files(graph: Graph, folder: Path, *, owner: str) -> list[str]:
    """Write a graph, with marks and state, so that later loads find it as if they had loaded it.

    Args:
        graph: the graph to be held.
        folder: where to; made where missing.
        owner: the name under which this graph is kept.

    Returns:
        The arguments of ``neo4j-admin database import full`` that name the files and how to read them.

    Raises:
        ExportError: a value in a list holds the character that separates the elements.
    """
    folder.mkdir(parents=True, exist_ok=True)
    layout = Layout.empty().extended(graph.schema)
    nodes = [(label, _write_label(graph, layout, label, folder)) for label in graph.schema.labels]
    relationships = [(kind, _write_type(graph, layout, kind, folder)) for kind in graph.schema.relationships]
    node_count = sum(count for _, count in nodes)
    relationship_count = sum(count for _, files in relationships for _, count in files)
    state = complete_state(owner, graph.state, layout, node_count, relationship_count)
    _write_state(state, folder / f"{STATE_LABEL}.csv")
    arguments = [f"--nodes={label}={folder / label}.csv" for label, _ in nodes]
    arguments.append(f"--nodes={STATE_LABEL}={folder / STATE_LABEL}.csv")
    arguments += [f"--relationships={kind}={path}" for kind, files in relationships for path, _ in files]
    return [*IMPORT_OPTIONS, *arguments]


def _write_label(graph: Graph, layout: Layout, label: str, folder: Path) -> int:
    marker = Marker.of_label(layout, label)
    properties = {name: p for name, p in graph.schema.labels[label].properties.items() if name != "id"}
    fields = _fields([f"id:ID({label})"], properties)
    count = 0
    with pyarrow.csv.CSVWriter(folder / f"{label}.csv", fields) as file:
        for batch in graph.nodes(label):
            file.write_batch(_cells(batch, [], ["id", *properties], marker, fields))
            count += batch.num_rows
    return count


def _write_type(graph: Graph, layout: Layout, kind: str, folder: Path) -> list[tuple[Path, int]]:
    """One file for each pair of labels at the ends: a header names the groups of ids."""
    marker = Marker.of_type(layout, kind)
    properties = graph.schema.relationships[kind].properties
    files: dict[tuple[str, str], tuple[pyarrow.csv.CSVWriter, pa.Schema]] = {}
    counts: Counter[Path] = Counter()
    with ExitStack() as stack:
        for pair, part in _by_labels(graph.relationships(kind)):
            path = folder / f"{pair[0]}_{kind}_{pair[1]}.csv"
            if pair not in files:
                fields = _fields([f":START_ID({pair[0]})", f":END_ID({pair[1]})"], properties)
                files[pair] = stack.enter_context(pyarrow.csv.CSVWriter(path, fields)), fields
            file, fields = files[pair]
            file.write_batch(_cells(part, ["start_id", "end_id"], list(properties), marker, fields))
            counts[path] += part.num_rows
    return list(counts.items())


def _by_labels(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    for batch in batches:
        for start in sorted(batch.column("start_label").unique().to_pylist()):
            leaving = batch.filter(pc.equal(batch.column("start_label"), start))
            for end in sorted(leaving.column("end_label").unique().to_pylist()):
                yield (start, end), leaving.filter(pc.equal(leaving.column("end_label"), end))


def _write_state(state: dict[str, Any], path: Path) -> None:
    kinds = {bool: "boolean", int: "long", str: "string"}
    names = [f"{name}:{kinds[type(value)]}" for name, value in state.items()]
    row = pa.RecordBatch.from_arrays([pa.array([value]) for value in state.values()], names)
    with pyarrow.csv.CSVWriter(path, row.schema) as file:
        file.write_batch(row)


def _fields(ends: list[str], properties: Mapping[str, Property]) -> pa.Schema:
    """The columns of a file, named as neo4j-admin wants them; lists are written as texts."""
    typed = [
        pa.field(f"{name}:{_TYPES[p.type]}", _CELLS.get(p.type, pa.string()))
        for name, p in properties.items()
    ]
    return pa.schema([*(pa.field(name, pa.string()) for name in ends), *typed, pa.field(MARK, pa.string())])


def _cells(
    batch: pa.RecordBatch, ends: list[str], properties: list[str], marker: Marker, fields: pa.Schema
) -> pa.RecordBatch:
    """The rows of a batch as they are written: its ends, its properties, its mark.

    The writer quotes every text, so that an empty one is told from none.
    """
    columns = {name: without_empty_lists(batch.column(name)) for name in properties}
    cells = [batch.column(name) for name in ends]
    cells += [_joined(column) if pa.types.is_list(column.type) else column for column in columns.values()]
    cells.append(marker.marks(columns, batch.num_rows))
    return pa.RecordBatch.from_arrays(cells, schema=fields)


def _joined(lists: pa.ListArray) -> pa.Array:
    elements = lists.flatten()
    holding = elements.filter(pc.match_substring(elements, ARRAY_DELIMITER))
    if len(holding):
        raise ExportError(
            f"{holding[0].as_py()!r}: holds U+001F, which separates the elements in the import files"
        )
    return pc.binary_join(lists, ARRAY_DELIMITER)
