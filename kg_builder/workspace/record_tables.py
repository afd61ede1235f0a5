"""The tables of records: their columns as Arrow has them, and rows going in and out by source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from kg_builder.document_batches import DOCUMENT_COLUMNS, FOUND_LISTS, PROBLEM_COLUMNS, READ_LISTS

#: Every table that holds rows of a source, in the order in which they are written.
RECORD_TABLES: Final = ("source", "problem", "document", *READ_LISTS, *FOUND_LISTS)

_TEXT = pa.string()
#: Arrow types by column, for every table of records; each begins with the column ``source``, not listed here.
COLUMNS: Final[Mapping[str, Mapping[str, pa.DataType]]] = {
    "source": {
        **dict.fromkeys(("location", "format", "sha256", "date", "reader", "extractor"), _TEXT),
        "documents": pa.int32(),
        "refused": pa.int32(),
    },
    "problem": {"location": _TEXT, **PROBLEM_COLUMNS, "unread": pa.bool_(), "extraction": pa.bool_()},
    "document": DOCUMENT_COLUMNS,
    **{name: {"document": pa.int32(), **columns} for name, columns in {**READ_LISTS, **FOUND_LISTS}.items()},
}


def record_table(table: str, source: str | None, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of records as an Arrow table.

    Args:
        table: one of `RECORD_TABLES`.
        source: the id of the source that all rows belong to; where ``None``, each row has its own.
        rows: values by column name.
    """
    fields = pa.schema({"source": _TEXT, **COLUMNS[table]})
    return pa.Table.from_pylist([{"source": source} | dict(row) for row in rows], schema=fields)


def insert_records(connection: duckdb.DuckDBPyConnection, table: str, records: pa.Table) -> None:
    """Insert records into a table of the workspace.

    Args:
        connection: a connection with an open transaction.
        table: one of `RECORD_TABLES`.
        records: with the columns of `record_table`.
    """
    connection.register("incoming", records)
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
    finally:
        connection.unregister("incoming")


def forget_sources(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> None:
    """Delete every row of some sources, by their ids."""
    _forget(connection, sources, RECORD_TABLES)


def forget_found(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> None:
    """Delete what extraction found in some sources, and the sources themselves, but not what was read."""
    _forget(connection, sources, ("source", *FOUND_LISTS))
    if sources:
        connection.execute(
            "DELETE FROM problem WHERE extraction AND list_contains($1, source)", [list(sources)]
        )


def _forget(connection: duckdb.DuckDBPyConnection, sources: Sequence[str], tables: Iterable[str]) -> None:
    for table in tables if sources else ():
        connection.execute(f"DELETE FROM {table} WHERE list_contains($1, source)", [list(sources)])  # noqa: S608
