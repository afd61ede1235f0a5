"""The tables of resolution on Spark: records in, nodes and relationships out, as Parquet files.

The statements are those of a workspace, read by Spark SQL. What stands before a query is not SQL of both (``CREATE OR
REPLACE TEMP TABLE``, ``INSERT INTO … BY NAME``): here it says where the rows go, into a view that is kept for the time
of the computation or into files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg_builder.engines.spark.record_files import OUTCOME, OUTCOME_COLUMNS, spark_schema
from kg_builder.graph import node_fields, relationship_fields
from kg_builder.resolve.tables import arrow_table, mapped_batches
from kg_builder.schema import Schema
from kg_builder.workspace.record_tables import COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Where tables go that belong to a graph and are not in it.
BESIDE = "beside"

_COMMENTS = re.compile(r"\A(?:\s+|--[^\n]*\n)+")
_TEMPORARY = re.compile(r"CREATE OR REPLACE TEMP TABLE (\w+) AS\s", re.DOTALL)
_KEPT = re.compile(r"CREATE OR REPLACE TABLE (\w+) AS\s", re.DOTALL)
_INSERT = re.compile(r'INSERT INTO (nodes|relationships)\."(\w+)" BY NAME\s', re.DOTALL)
_DROP = re.compile(r"DROP TABLE \w+")
_GRAPH_TABLE = re.compile(r'\b(nodes|relationships)\."(\w+)"')
_PARAMETER = re.compile(r"\$(\w+)")

#: How Spark is to read the SQL, whatever the cluster is set to.
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "10000",
}
#: Functions that Spark knows by other names; ``explode`` and ``array_join`` it has.
_FUNCTIONS = (
    "sha256(text STRING) RETURNS STRING RETURN sha2(text, 256)",
    "facts_text(a STRING, b STRING, c STRING, d STRING) RETURNS STRING RETURN to_json(array(a, b, c, d))",
)


class SparkTables:
    """Tables of records and of the graph on Spark; satisfies `kg_builder.resolve.tables.Tables`.

    Args:
        session: an open session; its names, functions and settings stay untouched.
        records: where the record tables lie.
        folder: where the graph's tables go; must not exist yet.
        schema: what the graph may hold.
    """

    def __init__(self, session: SparkSession, records: str, folder: str, schema: Schema) -> None:
        self._users = session
        self._session = session.newSession()
        self._folder = folder
        self._fields = {("nodes", name): node_fields(label) for name, label in schema.labels.items()}
        for name, kind in schema.relationships.items():
            self._fields["relationships", name] = relationship_fields(kind)
        self._held: list[DataFrame] = []
        #: Rows by the name of each table that was written, such as ``nodes/Paper``.
        self.written: dict[str, int] = {}
        for name, value in _SETTINGS.items():
            self._session.conf.set(name, value)
        for function in _FUNCTIONS:
            self._session.sql(f"CREATE OR REPLACE TEMPORARY FUNCTION {function}")
        self._session.udf.register("number_text", _number_text, "string")
        reader = self._session.read.schema(spark_schema()).option("basePath", records)
        wide = reader.parquet(f"{records}/table=*")
        for table, columns in {**COLUMNS, OUTCOME: OUTCOME_COLUMNS}.items():
            rows = wide.where(wide["table"] == table).select("source", *columns)
            rows.createOrReplaceTempView(table)

    def execute(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """Run one statement of resolution's SQL, with values for the ``$names`` in it."""
        text = _COMMENTS.sub("", statement)
        if _DROP.match(text):
            return  # Tables made of it are computed late, and would compute it again.
        if found := _TEMPORARY.match(text):
            self._hold(found[1], self._query(text[found.end() :], parameters))
        elif found := _KEPT.match(text):
            self._write(f"{BESIDE}/{found[1]}", self._query(text[found.end() :], parameters))
        elif found := _INSERT.match(text):
            rows = self._query(text[found.end() :], parameters)
            self._insert(found[1], found[2], rows)
        else:
            raise AssertionError(f"no statement that Spark is told how to run: {text}")

    def rows(self, query: str) -> Iterator[dict[str, Any]]:
        """The rows of a query in its order, one dictionary each; they come a partition at a time."""
        for row in self._query(query, {}).mapInArrow(_packed, "rows binary").toLocalIterator():
            for batch in pa.ipc.open_stream(row[0]):
                yield from batch.to_pylist()

    def make(self, name: str, columns: Mapping[str, pa.DataType], rows: Iterable[Sequence[Any]]) -> None:
        """Make a temporary table; see `Tables.make`."""
        frame = self._session.createDataFrame(arrow_table(columns, rows))
        frame.createOrReplaceTempView(name)

    def make_mapped(
        self,
        name: str,
        columns: Mapping[str, pa.DataType],
        function: Callable[[Mapping[str, Any]], Sequence[Any]],
        query: str,
    ) -> None:
        """Make a temporary table of what a function makes of each row, on the workers; see `Tables.make_mapped`."""
        from pyspark.sql.pandas.types import from_arrow_schema

        mapped = partial(mapped_batches, columns=dict(columns), function=function)
        schema: Any = from_arrow_schema(pa.schema(list(columns.items())))
        self._hold(name, self._query(query, {}).mapInArrow(mapped, schema))

    def finish(self) -> None:
        """Write the tables that nothing went into, so that all are there."""
        for group, name in self._fields:
            if f"{group}/{name}" not in self.written:
                self._insert(group, name, self._session.range(0).select())

    def write_text(self, name: str, text: str) -> None:
        """Write a text beside the tables, in a folder of its own that is complete when it holds ``_SUCCESS``."""
        self._session.createDataFrame([(text,)], "text string").coalesce(1).write.text(
            f"{self._folder}/{name}"
        )

    def close(self) -> None:
        """Let go of all that was held, and leave the user's session the active one."""
        while self._held:
            self._held.pop().unpersist()
        # Whichever session makes a frame of rows becomes the active one, and this is the only public way to do so.
        self._users.createDataFrame([], "nothing string")

    def _query(self, query: str, parameters: Mapping[str, Any]) -> DataFrame:
        text = _PARAMETER.sub(r":\1", _GRAPH_TABLE.sub(r'"\1_\2"', query))
        return self._session.sql(text, dict(parameters))

    def _hold(self, name: str, frame: DataFrame) -> None:
        from pyspark import StorageLevel

        self._held.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        frame.createOrReplaceTempView(name)

    def _insert(self, group: str, name: str, rows: DataFrame) -> None:
        """Write a table of the graph: the columns that the schema names, empty where the rows have none."""
        from pyspark.sql import functions
        from pyspark.sql.pandas.types import from_arrow_type

        columns = [
            (rows[field.name] if field.name in rows.columns else functions.lit(None))
            .cast(from_arrow_type(field.type))
            .alias(field.name)
            for field in self._fields[group, name]
        ]
        chosen = rows.select(*columns)
        path = self._write(f"{group}/{name}", chosen)
        self._session.read.schema(chosen.schema).parquet(path).createOrReplaceTempView(f"{group}_{name}")

    def _write(self, table: str, rows: DataFrame) -> str:
        """Write a table, count its rows on the way, and say where it lies."""
        from pyspark.sql import Observation, functions

        path = f"{self._folder}/{table}"
        counted = Observation()
        rows.observe(counted, functions.count(functions.lit(1)).alias("rows")).write.parquet(path)
        self.written[table] = int(counted.get["rows"])
        return path


def _number_text(number: float | None) -> str | None:
    # As DuckDB writes a DOUBLE: the shortest digits that read back as the same number.
    return None if number is None else repr(number)


def _packed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each batch as one value, so that the driver gets Arrow and not a row at a time; this runs on the workers."""
    for batch in batches:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        yield pa.record_batch([pa.array([sink.getvalue().to_pybytes()], pa.binary())], ["rows"])
