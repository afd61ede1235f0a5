"""The tables of records: their columns as Arrow has them, and rows going in and out by source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import duckdb
import pyarrow as pa

#: Every table that holds rows of a source, in the order in which they are written.
RECORD_TABLES: Final = (
    "source",
    "problem",
    "document",
    "signature",
    "passage",
    "entity",
    "mention",
    "relation",
    "result",
)

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_NUMBERS = pa.list_(pa.int32())
_EVIDENCE = {
    "passage": pa.int32(),
    "start": pa.int64(),
    "end": pa.int64(),
    "mention_start": pa.int64(),
    "mention_end": pa.int64(),
    "confidence": pa.float64(),
    "extractor": _TEXT,
}
#: Arrow types by column, for every table of records; each begins with the column ``source``, not listed here.
COLUMNS: Final[Mapping[str, Mapping[str, pa.DataType]]] = {
    "source": {
        "location": _TEXT,
        "format": _TEXT,
        "sha256": _TEXT,
        "date": _TEXT,
        "reader": _TEXT,
        "extractor": _TEXT,
        "documents": pa.int32(),
        "refused": pa.int32(),
    },
    "problem": {
        "location": _TEXT,
        "line": pa.int32(),
        "paper": _TEXT,
        "reason": _TEXT,
        "lost": pa.bool_(),
        "unread": pa.bool_(),
    },
    "document": {
        "document": pa.int32(),
        "title": _TEXT,
        "arxiv_id": _TEXT,
        "doi": _TEXT,
        "external_ids": _TEXTS,
        "url": _TEXT,
        "votes": pa.int64(),
        "date": _TEXT,
        "published": _TEXT,
        "venue": _TEXT,
        "authors_complete": pa.bool_(),
        "topics": _TEXTS,
        "organizations": _TEXTS,
        "cites": _TEXTS,
    },
    "signature": {
        "document": pa.int32(),
        "position": pa.int32(),
        "name": _TEXT,
        "kind": _TEXT,
        "ids": _TEXTS,
        "affiliations": _TEXTS,
    },
    "passage": {
        "document": pa.int32(),
        "passage": pa.int32(),
        "section": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "text_hash": _TEXT,
    },
    "entity": {
        "document": pa.int32(),
        "entity": pa.int32(),
        "label": _TEXT,
        "name": _TEXT,
        "aliases": _TEXTS,
        "kind": _TEXT,
    },
    "mention": {"document": pa.int32(), "entity": pa.int32()} | _EVIDENCE,
    "relation": {"document": pa.int32(), "type": _TEXT, "subject": pa.int32(), "target": pa.int32()}
    | _EVIDENCE,
    "result": {
        "document": pa.int32(),
        "result": pa.int32(),
        "value": pa.float64(),
        "from_value": pa.float64(),
        "unit": _TEXT,
        "kind": _TEXT,
        "direction": _TEXT,
        "subjects": _NUMBERS,
        "benchmarks": _NUMBERS,
        "baselines": _NUMBERS,
        "metrics": _NUMBERS,
    }
    | _EVIDENCE,
}


def record_table(table: str, source: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of one source as an Arrow table.

    Args:
        table: one of `RECORD_TABLES`.
        source: the id of the source that the rows belong to.
        rows: values by column name.
    """
    listed = list(rows)
    columns = COLUMNS[table]
    arrays = [pa.array([row[name] for row in listed], kind) for name, kind in columns.items()]
    return pa.table([pa.array([source] * len(listed), _TEXT), *arrays], names=["source", *columns])


def insert_records(connection: duckdb.DuckDBPyConnection, table: str, records: pa.Table) -> None:
    """Insert records into a table of the workspace.

    Args:
        connection: a connection with an open transaction.
        table: one of `RECORD_TABLES`.
        records: what `record_table` makes.
    """
    connection.register("incoming", records)
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
    finally:
        connection.unregister("incoming")


def forget_source(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Delete every row of a source."""
    for table in RECORD_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE source = ?", [source])  # noqa: S608
