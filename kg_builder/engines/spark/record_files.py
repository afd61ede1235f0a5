"""Record tables as Parquet files, written by Spark: a folder for every table, all rows in one wide form.

Spark's ``mapInArrow`` gives one table, the workspace keeps nine. So every row has the columns of all of them, empty
but for its own, and the column ``table`` that says whose it is, by which the rows part into folders as they
are written. One pass does it, and Spark's commit protocol sees to it that a task that ran twice is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg_builder.engines.source_records import SourceEnd, source_records
from kg_builder.errors import SparkError
from kg_builder.extract import ExtractionSettings, fingerprint
from kg_builder.readers import SourceFile
from kg_builder.readers.discovery import ENDINGS
from kg_builder.workspace.record_tables import COLUMNS, record_table
from kg_builder.workspace.records import Records, SourceRecord, problem_row

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: The table beside those of records that says what became of each source.
OUTCOME = "outcome"
OUTCOME_COLUMNS: Mapping[str, pa.DataType] = {
    "location": pa.string(),
    "outcome": pa.string(),
    "papers": pa.int32(),
    "refused": pa.int32(),
}

#: Sources that are known: hash, reader and extractor by id.
Known = Mapping[str, tuple[str, str, str]]

#: Columns of the table of sources that Spark works on.
_INPUT = "location string, path string, content binary, named boolean"

#: Documents whose rows are held in a worker at once.
_BATCH_DOCUMENTS = 500

#: Rows of all tables that are held before they leave a worker: small sources travel together.
_HELD_ROWS = 10_000

#: Tasks for each core: enough to even out sources of different size.
_TASKS_PER_CORE = 8


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What lies where only Spark can read it.

    Args:
        uri: files below an address that Spark knows (``s3a://…``, ``hdfs://…``), or a Parquet table with the columns
            ``location`` (text) and ``content`` (text or bytes), each row a source; its name ends in ``.parquet``.
    """

    uri: str


def write_record_files(
    session: SparkSession,
    sources: Sequence[SourceFile | SourceTable],
    folder: str,
    *,
    format: str | None = None,
    settings: ExtractionSettings | None = None,
    known: Known | None = None,
) -> None:
    """Read and extract sources on Spark, and write their records as Parquet files.

    Args:
        session: an open session.
        sources: files (their paths must be the same on every worker), and tables.
        folder: where to write; a folder or an address that Spark knows, which must not exist yet.
        format: the format of all sources; found from their content where ``None``.
        settings: how to extract.
        known: sources that need not be read again if they are as they were.
    """
    files = [source for source in sources if isinstance(source, SourceFile)]
    frames = [_file_frame(session, files)] if files else []
    frames += [_table_frame(session, source) for source in sources if isinstance(source, SourceTable)]
    incoming = frames[0]
    for frame in frames[1:]:
        incoming = incoming.unionByName(frame)
    settings = settings or ExtractionSettings()
    work = partial(
        wide_batches,
        format=format,
        settings=settings,
        known=dict(known or {}),
        extractor=fingerprint(settings),
    )
    incoming.mapInArrow(work, spark_schema()).write.partitionBy("table").parquet(folder)


def wide_batches(
    batches: Iterable[pa.RecordBatch],
    format: str | None,
    settings: ExtractionSettings,
    known: Known,
    extractor: str,
) -> Iterator[pa.RecordBatch]:
    """Sources in, rows of records out, in the wide form; this runs on the workers.

    Args:
        batches: rows of location, path, content and named.
        format: the format of all sources.
        settings: how to extract.
        known: sources that need not be read again if they are as they were.
        extractor: fingerprint of the extraction that the driver has.

    Raises:
        SparkError: this worker has another version of the extraction.
    """
    if fingerprint(settings) != extractor:
        raise SparkError(
            "the workers extract by another version of kg-builder than the driver; ship the same to both"
        )
    is_unchanged = _same_as(known)
    held: dict[str, list[pa.Table]] = {}
    for source in _sources(batches):
        for item in source_records(source, format, settings, is_unchanged, _BATCH_DOCUMENTS):
            for table, rows in _end_records(item) if isinstance(item, SourceEnd) else (item,):
                held.setdefault(table, []).append(rows)
            if sum(rows.num_rows for tables in held.values() for rows in tables) >= _HELD_ROWS:
                yield from _wide(held)
                held = {}
    yield from _wide(held)


def _sources(batches: Iterable[pa.RecordBatch]) -> Iterator[SourceFile]:
    for batch in batches:
        columns = [batch.column(name) for name in ("location", "path", "content", "named")]
        for values in zip(*columns, strict=True):
            location, path, content, named = (value.as_py() for value in values)
            yield SourceFile(location, Path(path) if content is None else content, named)


def _same_as(known: Known) -> Callable[[SourceRecord], bool]:
    return lambda record: known.get(record.source) == (record.sha256, record.reader, record.extractor)


def _end_records(end: SourceEnd) -> Iterator[Records]:
    """What became of a source as rows, and for one that failed its problems."""
    if end.outcome == "failed":
        rows = [problem_row(end.location, problem, unread=True) for problem in end.problems]
        yield "problem", record_table("problem", end.source, rows)
    row = {"source": end.source} | {name: getattr(end, name) for name in OUTCOME_COLUMNS}
    yield OUTCOME, pa.Table.from_pylist([row], schema=pa.schema({"source": pa.string(), **OUTCOME_COLUMNS}))


@cache
def wide_schema() -> pa.Schema:
    """The columns of all tables; those of one name have one type."""
    columns: dict[str, pa.DataType] = {"table": pa.string(), "source": pa.string()}
    for table in (*COLUMNS.values(), OUTCOME_COLUMNS):
        for name, kind in table.items():
            assert columns.setdefault(name, kind) == kind, name
    return pa.schema(list(columns.items()))


def spark_schema() -> Any:
    """The same as Spark has it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(wide_schema())


def _wide(held: Mapping[str, Sequence[pa.Table]]) -> Iterator[pa.RecordBatch]:
    for table, pieces in held.items():
        rows = pa.concat_tables(pieces, promote_options="default")
        count = rows.num_rows
        own = rows.append_column("table", pa.array([table] * count, pa.string()))
        columns = [
            own[field.name].cast(field.type)
            if field.name in own.column_names
            else pa.nulls(count, field.type)
            for field in wide_schema()
        ]
        yield from pa.table(columns, schema=wide_schema()).combine_chunks().to_batches()


def _file_frame(session: SparkSession, files: Sequence[SourceFile]) -> DataFrame:
    """A row a file, the large ones dealt out first, so that tasks end together."""
    context = session.sparkContext
    rows = sorted((_file_row(file) for file in files), key=lambda row: (-row[0], row[1][0]))
    tasks = min(len(rows), context.defaultParallelism * _TASKS_PER_CORE)
    dealt = [row for start in range(tasks) for _, row in rows[start::tasks]]
    return session.createDataFrame(context.parallelize(dealt, tasks), _INPUT)


def _file_row(file: SourceFile) -> tuple[int, tuple[str, str | None, bytes | None, bool]]:
    """The size of a file in bytes, and its row."""
    if isinstance(file.content, bytes):
        return len(file.content), (file.location, None, file.content, file.named)
    try:
        size = file.content.stat().st_size
    except OSError:  # the worker that is to read it tells
        size = 0
    return size, (file.location, str(file.content.absolute()), None, file.named)


def _table_frame(session: SparkSession, table: SourceTable) -> DataFrame:
    if table.uri.rstrip("/").endswith(".parquet"):
        rows = session.read.parquet(table.uri)
        return rows.selectExpr(
            "location", "CAST(NULL AS STRING) AS path", "CAST(content AS BINARY) AS content", "true AS named"
        )
    endings = ",".join(f"*{ending},*{ending}.gz" for ending in ENDINGS)
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    rows = files.option("pathGlobFilter", f"{{{endings}}}").load(table.uri)
    return rows.selectExpr("path AS location", "CAST(NULL AS STRING) AS path", "content", "false AS named")
