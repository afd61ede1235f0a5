"""The tables that resolution works on, wherever they are: in a workspace, or on a cluster.

The SQL of resolution is read by DuckDB and by Spark alike. What it uses beyond what both know are five functions that
each of them is given: ``explode`` (a row for each element of a list), ``array_join``, ``sha256``, ``number_text`` (the
shortest digits that read back as the same number) and ``facts_text`` (four texts as JSON).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

TEXT = pa.string()
TEXTS = pa.list_(pa.string())
NUMBER = pa.int32()

_SQL = Path(__file__).parent / "sql"
#: Rows that are Python objects at once.
_BATCH_ROWS = 50_000
_STATEMENT_END = re.compile(r";[ \t]*(?:\n|\Z)")

#: What DuckDB knows by other names.
_MACROS = (
    "explode(list) AS unnest(list)",
    "array_join(list, mark) AS array_to_string(list, mark)",
    "number_text(number) AS CAST(number AS STRING)",
    "facts_text(a, b, c, d) AS CAST(to_json([a, b, c, d]) AS STRING)",
)


class Tables(Protocol):
    """Tables by name that SQL of resolution reads and makes."""

    def execute(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """Run one statement of resolution's SQL, with values for the ``$names`` in it."""

    def rows(self, query: str) -> Iterator[dict[str, Any]]:
        """The rows of a query in its order, one dictionary each, read in batches."""

    def make(self, name: str, columns: Mapping[str, pa.DataType], rows: Iterable[Sequence[Any]]) -> None:
        """Make a temporary table.

        Args:
            name: the table's name; one of that name is replaced.
            columns: Arrow types by column name.
            rows: values in the order of the columns.
        """

    def make_mapped(
        self,
        name: str,
        columns: Mapping[str, pa.DataType],
        function: Callable[[Mapping[str, Any]], Sequence[Any]],
        query: str,
    ) -> None:
        """Make a temporary table of what a function makes of each row of a query.

        Args:
            name: the table's name.
            columns: Arrow types by column name.
            function: of a module, since it may run on other machines; gives values in the order of the columns.
            query: SQL.
        """


def sql_text(name: str) -> str:
    """The SQL of ``sql/NAME.sql``."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def run_statements(tables: Tables, name: str, **parameters: Any) -> None:
    """Run the statements of ``sql/NAME.sql`` in order.

    Args:
        tables: what they read and make.
        name: the file's name without ending.
        parameters: values for the ``$names`` in it.
    """
    for statement in filter(str.strip, _STATEMENT_END.split(sql_text(name))):
        tables.execute(statement, {key: value for key, value in parameters.items() if f"${key}" in statement})


class WorkspaceTables:
    """The tables of a workspace; satisfies `Tables`.

    Args:
        connection: with an open transaction; the graph's tables are there, empty.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        for macro in _MACROS:
            connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")

    def execute(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """Run one statement of resolution's SQL, with values for the ``$names`` in it."""
        self._connection.execute(statement, parameters or None)

    def rows(self, query: str) -> Iterator[dict[str, Any]]:
        """The rows of a query in its order, one dictionary each, read in batches."""
        for batch in self._connection.sql(query).to_arrow_reader(_BATCH_ROWS):
            yield from batch.to_pylist()

    def make(self, name: str, columns: Mapping[str, pa.DataType], rows: Iterable[Sequence[Any]]) -> None:
        """Make a temporary table; see `Tables.make`."""
        self._make(name, arrow_table(columns, rows))

    def make_mapped(
        self,
        name: str,
        columns: Mapping[str, pa.DataType],
        function: Callable[[Mapping[str, Any]], Sequence[Any]],
        query: str,
    ) -> None:
        """Make a temporary table of what a function makes of each row of a query; see `Tables.make_mapped`."""
        batches = mapped_batches(self._connection.sql(query).to_arrow_reader(_BATCH_ROWS), columns, function)
        self._make(name, pa.Table.from_batches(batches, pa.schema(list(columns.items()))))

    def _make(self, name: str, rows: pa.Table) -> None:
        self._connection.register("incoming", rows)
        try:
            self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608
        finally:
            self._connection.unregister("incoming")


def arrow_table(columns: Mapping[str, pa.DataType], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as an Arrow table.

    Args:
        columns: Arrow types by column name.
        rows: values in the order of the columns.
    """
    listed = list(rows)
    arrays = [pa.array([row[i] for row in listed], kind) for i, kind in enumerate(columns.values())]
    return pa.table(arrays, names=list(columns))


def mapped_batches(
    batches: Iterable[pa.RecordBatch],
    columns: Mapping[str, pa.DataType],
    function: Callable[[Mapping[str, Any]], Sequence[Any]],
) -> Iterator[pa.RecordBatch]:
    """What a function makes of each row, a batch at a time.

    Args:
        batches: rows.
        columns: Arrow types by column name, of what it makes.
        function: gives values in the order of the columns.
    """
    for batch in batches:
        yield from arrow_table(columns, map(function, batch.to_pylist())).to_batches()
