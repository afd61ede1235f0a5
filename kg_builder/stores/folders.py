"""The graph as a folder of files, one for each label and type: CSV, Parquet, and what neo4j-admin imports."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from kg_builder.errors import ExportError
from kg_builder.graph import Graph, node_fields, relationship_fields
from kg_builder.stores.flat_tables import with_lists_as_json

if TYPE_CHECKING:
    from types import TracebackType

#: Rows of a batch, and so of a row group in Parquet.
_ROWS = 50_000

#: The arguments of neo4j-admin, a line each, in the folder that it is to be run in.
ARGUMENT_FILE = "import.args"


class _TableWriter(Protocol):
    def __enter__(self) -> _TableWriter: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None: ...

    def write_batch(self, batch: pa.RecordBatch) -> None: ...


def write_csv(graph: Graph, folder: Path, owner: str) -> None:  # noqa: ARG001 - the writers are called alike
    """Write ``nodes/LABEL.csv`` and ``relationships/TYPE.csv``; lists are JSON, what is unknown is empty."""
    import pyarrow.csv

    def opened(path: Path, fields: pa.Schema) -> _TableWriter:
        flat = [pa.field(f.name, pa.string()) if pa.types.is_list(f.type) else f for f in fields]
        writer: _TableWriter = pyarrow.csv.CSVWriter(path.with_suffix(".csv"), pa.schema(flat))
        return writer

    _write_tables(graph, folder, opened, with_lists_as_json)


def write_parquet(graph: Graph, folder: Path, owner: str) -> None:  # noqa: ARG001 - the writers are called alike
    """Write ``nodes/LABEL.parquet`` and ``relationships/TYPE.parquet``, with the types of the schema."""
    import pyarrow.parquet

    def opened(path: Path, fields: pa.Schema) -> _TableWriter:
        writer: _TableWriter = pyarrow.parquet.ParquetWriter(path.with_suffix(".parquet"), fields)
        return writer

    _write_tables(graph, folder, opened, lambda batch: batch)


def write_for_neo4j_admin(graph: Graph, folder: Path, owner: str) -> None:
    """Write CSV with typed headers, and the arguments to import them by; a later load finds its own work.

    Args:
        graph: what to write.
        folder: an existing folder.
        owner: the name under which the database shall keep this graph.
    """
    from kg_builder.stores.neo4j.import_files import write_import_files

    # `./`, as the importer of the calendar versions asks for a folder in every path.
    arguments = [
        argument.replace(f"{folder}{os.sep}", "./")
        for argument in write_import_files(graph, folder, owner=owner)
    ]
    (folder / ARGUMENT_FILE).write_text("".join(f"{line}\n" for line in arguments), encoding="utf-8")


#: The writers by format name; each is given the graph, an empty folder, and whose graph it is.
FOLDER_WRITERS: Mapping[str, Callable[[Graph, Path, str], None]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "neo4j-admin": write_for_neo4j_admin,
}


@contextmanager
def new_folder(output: Path) -> Iterator[Path]:
    """A folder to write in, which becomes ``output`` when all is written.

    Raises:
        ExportError: there is something at ``output`` already, or it cannot be written.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise ExportError(f"{output}: is there already; name a new folder with -o, or remove it first")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}."))
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror})") from error
    try:
        yield draft
        draft.chmod(0o755)
        draft.replace(output)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_tables(
    graph: Graph,
    folder: Path,
    opened: Callable[[Path, pa.Schema], _TableWriter],
    converted: Callable[[pa.RecordBatch], pa.RecordBatch],
) -> None:
    """Write every table of the schema, the empty ones too, so that the files are the same for any graph."""
    for part in ("nodes", "relationships"):
        (folder / part).mkdir()
    for label in graph.schema.labels.values():
        with opened(folder / "nodes" / label.name, node_fields(label)) as writer:
            for batch in graph.nodes(label.name, _ROWS):
                writer.write_batch(converted(batch))
    for kind in graph.schema.relationships.values():
        with opened(folder / "relationships" / kind.name, relationship_fields(kind)) as writer:
            for batch in graph.relationships(kind.name, _ROWS):
                writer.write_batch(converted(batch))
