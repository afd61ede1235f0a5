"""The graph as the CSV files that neo4j-admin imports: typed headers, a file for each label and type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from kg_builder.errors import ExportError
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.cypher import MARK, STATE_LABEL
from kg_builder.stores.neo4j.difference import graph_nodes, graph_relationships
from kg_builder.stores.neo4j.marks import Layout, Marker
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
    others = [name for name in properties if name != "id"]
    header = [f"id:ID({label})", *(f"{name}:{_TYPES[properties[name].type]}" for name in others), MARK]
    with (folder / f"{label}.csv").open("w", encoding="utf-8", newline="") as file:
        _write_row(file, header)
        count = 0
        for id_, row in graph_nodes(graph, label):
            _write_row(file, [id_, *(row.get(name) for name in others), str(marker.mark(row))])
            count += 1
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
        for (start_label, start, end_label, end), row in graph_relationships(graph, kind):
            pair = (start_label, end_label)
            if pair not in files:
                paths[pair] = folder / f"{start_label}_{kind}_{end_label}.csv"
                file = stack.enter_context(paths[pair].open("w", encoding="utf-8", newline=""))
                _write_row(file, [f":START_ID({start_label})", f":END_ID({end_label})", *names, MARK])
                files[pair], counts[pair] = file, 0
            _write_row(
                files[pair], [start, end, *(row.get(name) for name in properties), str(marker.mark(row))]
            )
            counts[pair] += 1
    return [(paths[pair], counts[pair]) for pair in files]


def _write_state(state: dict[str, Any], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        kinds = {bool: "boolean", int: "long", str: "string"}
        _write_row(file, [f"{name}:{kinds[type(value)]}" for name, value in state.items()])
        _write_row(file, state.values())


def _write_row(file: TextIO, values: Iterable[Any]) -> None:
    file.write(",".join(_fields(values)) + "\n")


def _fields(values: Iterable[Any]) -> Iterator[str]:
    """Text always quoted, so that an empty one is told from none."""
    for value in values:
        if value is None:
            yield ""
        elif isinstance(value, bool):
            yield "true" if value else "false"
        elif isinstance(value, int | float):
            yield repr(value)
        elif isinstance(value, list):
            if any(ARRAY_DELIMITER in element for element in value):
                raise ExportError(
                    f"{value!r}: holds U+001F, which separates the elements in the import files"
                )
            yield _quoted(ARRAY_DELIMITER.join(value))
        else:
            yield _quoted(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
