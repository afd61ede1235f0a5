"""Moving rows between Python and a workspace's connection, and running the SQL of resolution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

TEXT = pa.string()
TEXTS = pa.list_(pa.string())
NUMBER = pa.int32()

#: The SQL of resolution.
SQL = Path(__file__).parent / "sql"
_STATEMENT_END = re.compile(r";[ \t]*(?:\n|\Z)")


def run_statements(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> None:
    """Run the statements of ``sql/NAME.sql`` in order.

    Args:
        connection: with an open transaction.
        name: the file's name without ending.
        parameters: values for the ``$names`` in it.
    """
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    for statement in filter(str.strip, _STATEMENT_END.split(text)):
        used = {key: value for key, value in parameters.items() if f"${key}" in statement}
        connection.execute(statement, used or None)


def make_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, pa.DataType],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Make a temporary table.

    Args:
        connection: with an open transaction.
        name: the table's name; one of that name is replaced.
        columns: Arrow types by column name.
        rows: values in the order of the columns.
    """
    listed = list(rows)
    arrays = [pa.array([row[i] for row in listed], kind) for i, kind in enumerate(columns.values())]
    connection.register("incoming", pa.table(arrays, names=list(columns)))
    try:
        connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608
    finally:
        connection.unregister("incoming")


def read_rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """The rows of a query, one dictionary each, read in batches."""
    for batch in connection.sql(query).to_arrow_reader(50_000):
        yield from batch.to_pylist()
