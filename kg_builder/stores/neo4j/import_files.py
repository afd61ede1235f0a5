"""The graph as the CSV files that neo4j-admin imports: typed headers, a file for each label and type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.errors import ExportError
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.cypher import MARK, STATE_LABEL
from kg_builder.stores.neo4j.marks import Layout, Marker, each
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
    properties = graph.schema.labels[label].properties
    header = [
        f"id:ID({label})",
        *(f"{p.name}:{_TYPES[p.type]}" for p in properties.values() if p.name != "id"),
    ]
    count = 0
    with (folder / f"{label}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(_line([*header, MARK]))
        for batch in graph.nodes(label):
            file.writelines(_lines(batch, [], ["id", *(name for name in properties if name != "id")], marker))
            count += batch.num_rows
    return count


def _write_type(graph: Graph, layout: Layout, kind: str, folder: Path) -> list[tuple[Path, int]]:
    """One file for each pair of labels at the ends: a header names the groups of ids."""
    marker = Marker.of_type(layout, kind)
    properties = graph.schema.relationships[kind].properties
    names = [f"{name}:{_TYPES[p.type]}" for name, p in properties.items()]
    files: dict[tuple[str, str], TextIO] = {}
    paths: dict[tuple[str, str], Path] = {}
    counts: dict[tuple[str, str], int] = {}
    with ExitStack() as stack:
        for pair, part in _by_labels(graph.relationships(kind)):
            if pair not in files:
                start_label, end_label = pair
                paths[pair] = folder / f"{start_label}_{kind}_{end_label}.csv"
                file = stack.enter_context(paths[pair].open("w", encoding="utf-8", newline=""))
                file.write(_line([f":START_ID({start_label})", f":END_ID({end_label})", *names, MARK]))
                files[pair], counts[pair] = file, 0
            files[pair].writelines(_lines(part, ["start_id", "end_id"], list(properties), marker))
            counts[pair] += part.num_rows
    return [(paths[pair], counts[pair]) for pair in files]


def _by_labels(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    for batch in batches:
        starts, ends = batch.column("start_label"), batch.column("end_label")
        pairs = zip(starts.to_pylist(), ends.to_pylist(), strict=True)
        for start, end in sorted(set(pairs)):
            yield (start, end), batch.filter(pc.and_(pc.equal(starts, start), pc.equal(ends, end)))


def _write_state(state: dict[str, Any], path: Path) -> None:
    kinds = {bool: "boolean", int: "long", str: "string"}
    header = [f"{name}:{kinds[type(value)]}" for name, value in state.items()]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines([_line(header), _line(state.values())])


def _lines(batch: pa.RecordBatch, ends: list[str], properties: list[str], marker: Marker) -> Iterator[str]:
    """The rows of a batch as lines of CSV: its ends, its properties, its mark."""
    columns = {name: [None if v == [] else v for v in batch.column(name).to_pylist()] for name in properties}
    cells = [each(batch.column(name).to_pylist(), _quoted) for name in ends]
    cells += [each(values, _cell) for values in columns.values()]
    cells.append(list(map(_quoted, marker.marks(columns, batch.num_rows))))
    return (",".join(row) + "\n" for row in zip(*cells, strict=True))


def _line(values: Iterable[Any]) -> str:
    return ",".join(map(_cell, values)) + "\n"


def _cell(value: Any) -> str:
    """A value as it stands in a cell; text always quoted, so that an empty one is told from none."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if any(ARRAY_DELIMITER in element for element in value):
        raise ExportError(f"{value!r}: holds U+001F, which separates the elements in the import files")
    return _quoted(ARRAY_DELIMITER.join(value))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
