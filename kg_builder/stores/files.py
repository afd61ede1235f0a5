"""The graph as one file: JSON lines in the form of APOC's export, GraphML, GEXF; folders are written elsewhere."""

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
from typing import IO

from kg_builder.errors import ExportError
from kg_builder.graph import Graph, iterate_nodes, iterate_relationships
from kg_builder.stores.xml_files import write_gexf, write_graphml


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


#: The writers of one file by format name.
WRITERS: Mapping[str, Callable[[Graph, IO[str]], None]] = {
    "jsonl": write_jsonl,
    "graphml": write_graphml,
    "gexf": write_gexf,
}


def export(
    graph: str | Path, format: str = "jsonl", output: str | Path | None = None, *, owner: str | None = None
) -> None:
    """Write the graph of a workspace to a file or a folder.

    Args:
        graph: the workspace file.
        format: ``jsonl``, ``graphml`` or ``gexf`` for a file; ``csv``, ``parquet`` or ``neo4j-admin`` for a folder.
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
        with Workspace(graph) as workspace, new_folder(Path(output)) as folder:
            bound_memory(workspace)
            FOLDER_WRITERS[format](workspace.graph(), folder, owner or Path(graph).stem)
        return
    if format not in WRITERS:
        formats = ", ".join([*WRITERS, *FOLDER_WRITERS])
        raise ExportError(f"there is no export format {format!r}; the formats are {formats}")
    with Workspace(graph) as workspace, _replacing(None if output is None else Path(output)) as stream:
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
