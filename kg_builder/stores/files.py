"""The graph as one file: JSON lines in the form of APOC's export, and GraphML; folders are written elsewhere."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from json.encoder import encode_basestring
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from kg_builder.errors import ExportError
from kg_builder.graph import Graph, iterate_nodes, iterate_relationships
from kg_builder.schema import Property

_GRAPHML_TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}

#: What XML 1.0 cannot hold, whatever the escape (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF], "\ufffd")


def write_jsonl(graph: Graph, stream: IO[str]) -> None:
    """Write one JSON object a line, nodes first, each kind sorted: what APOC's JSON export writes.

    Args:
        graph: what to write.
        stream: where to.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    # The frame of a line is always the same; only what stands in it is worth the encoder's time.
    for node in iterate_nodes(graph):
        reference = _reference(node.label, node.id)
        stream.write(f'{{"type":"node",{reference},"properties":{encode(node.properties)}}}\n')
    for r in iterate_relationships(graph):
        start, end = _reference(r.start_label, r.start), _reference(r.end_label, r.end)
        stream.write(
            f'{{"type":"relationship","id":{encode_basestring(r.id)},"label":{encode_basestring(r.type)},'
            f'"start":{{{start}}},"end":{{{end}}},"properties":{encode(r.properties)}}}\n'
        )


def _reference(label: str, identity: str) -> str:
    return f'"id":{encode_basestring(f"{label}/{identity}")},"labels":[{encode_basestring(label)}]'


def write_graphml(graph: Graph, stream: IO[str]) -> None:
    """Write GraphML that networkx, Gephi and yEd open; labels and types stand in the key ``label``.

    Lists are written as JSON, since GraphML has none.

    Args:
        graph: what to write.
        stream: where to.
    """
    nodes = {p.name: p for label in graph.schema.labels.values() for p in label.properties.values()}
    edges = {p.name: p for kind in graph.schema.relationships.values() for p in kind.properties.values()}
    stream.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    stream.writelines(_graphml_keys("node", nodes))
    stream.writelines(_graphml_keys("edge", edges))
    stream.write('<graph edgedefault="directed">\n')
    for node in iterate_nodes(graph):
        stream.write(f"<node id={_attribute(f'{node.label}/{node.id}')}>")
        stream.writelines(_graphml_values("node", node.label, node.properties))
        stream.write("</node>\n")
    for r in iterate_relationships(graph):
        start, end = _attribute(f"{r.start_label}/{r.start}"), _attribute(f"{r.end_label}/{r.end}")
        stream.write(f"<edge id={_attribute(r.id)} source={start} target={end}>")
        stream.writelines(_graphml_values("edge", r.type, r.properties))
        stream.write("</edge>\n")
    stream.write("</graph>\n</graphml>\n")


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_NOT_XML))


def _graphml_keys(owner: str, properties: Mapping[str, Property]) -> Iterator[str]:
    yield f'<key id="{owner}.label" for="{owner}" attr.name="label" attr.type="string"/>\n'
    for p in properties.values():
        kind = _GRAPHML_TYPES.get(p.type, "string")
        yield f'<key id="{owner}.{p.name}" for="{owner}" attr.name="{p.name}" attr.type="{kind}"/>\n'


def _graphml_values(owner: str, label: str, properties: Mapping[str, Any]) -> Iterator[str]:
    yield f'<data key="{owner}.label">{label}</data>'
    for name, value in properties.items():
        if isinstance(value, bool):
            text = str(value).lower()
        elif isinstance(value, list):
            text = json.dumps(value, ensure_ascii=False)
        else:
            text = str(value)
        yield f'<data key="{owner}.{name}">{escape(text.translate(_NOT_XML))}</data>'


#: The writers of one file by format name.
WRITERS: Mapping[str, Callable[[Graph, IO[str]], None]] = {"jsonl": write_jsonl, "graphml": write_graphml}


def export(
    graph: Path, format: str = "jsonl", output: Path | None = None, *, owner: str | None = None
) -> None:
    """Write the graph of a workspace to a file or a folder.

    Args:
        graph: the workspace file.
        format: ``jsonl`` or ``graphml`` for a file; ``csv``, ``parquet`` or ``neo4j-admin`` for a folder.
        output: the file, replaced only once all is written (standard output where ``None``); or the folder,
            which must be new.
        owner: for ``neo4j-admin``, the name under which a database shall keep this graph; the workspace's
            where not given.

    Raises:
        ExportError: there is no such format, or the output cannot be written.
        WorkspaceError: the workspace cannot be opened.
    """
    from kg_builder.stores.bounded_reading import bound_memory
    from kg_builder.stores.folders import FOLDER_WRITERS, new_folder
    from kg_builder.workspace import Workspace

    if format in FOLDER_WRITERS:
        if output is None:
            raise ExportError(f"the format {format} is a folder of files; name it with -o")
        with Workspace(graph) as workspace, new_folder(output) as folder:
            bound_memory(workspace)
            FOLDER_WRITERS[format](workspace.graph(), folder, owner or graph.stem)
        return
    if format not in WRITERS:
        formats = ", ".join([*WRITERS, *FOLDER_WRITERS])
        raise ExportError(f"there is no export format {format!r}; the formats are {formats}")
    with Workspace(graph) as workspace, _replacing(output) as stream:
        bound_memory(workspace)
        WRITERS[format](workspace.graph(), stream)


@contextmanager
def _replacing(output: Path | None) -> Iterator[IO[str]]:
    """A stream to a file that takes the place of the old one when all is written, or to standard output."""
    if output is None:
        # The same bytes on every platform and under every locale.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror})") from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        partial.chmod(0o666 & ~_umask())
        partial.replace(output)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
