"""The graph's tables in the workspace: one a label, one a relationship type, columns from the schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import duckdb
import pyarrow as pa

from kg_builder.graph import BATCH_ROWS, ENDPOINTS, node_fields, relationship_fields
from kg_builder.schema import Schema

_SQL_TYPES = {
    "string": "VARCHAR",
    "date": "VARCHAR",
    "integer": "BIGINT",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "VARCHAR[]",
}


def node_table(label: str) -> str:
    """The SQL name of a label's table."""
    return f'nodes."{label}"'


def relationship_table(kind: str) -> str:
    """The SQL name of a relationship type's table."""
    return f'relationships."{kind}"'


def create_graph_tables(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    """Make every graph table anew, empty."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS nodes")
    connection.execute("CREATE SCHEMA IF NOT EXISTS relationships")
    for label in schema.labels.values():
        columns = ", ".join(f'"{p.name}" {_SQL_TYPES[p.type]}' for p in label.properties.values())
        connection.execute(f"CREATE OR REPLACE TABLE {node_table(label.name)} ({columns})")
    for kind in schema.relationships.values():
        ends = ", ".join(f"{name} VARCHAR" for name in ENDPOINTS)
        columns = "".join(f', "{p.name}" {_SQL_TYPES[p.type]}' for p in kind.properties.values())
        connection.execute(f"CREATE OR REPLACE TABLE {relationship_table(kind.name)} ({ends}{columns})")


def graph_tables(schema: Schema) -> Iterator[str]:
    """The SQL names of all graph tables, labels first, in the order of the schema."""
    yield from (node_table(label) for label in schema.labels)
    yield from (relationship_table(kind) for kind in schema.relationships)


def graph_fingerprint(connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
    """A fingerprint of all rows of all graph tables, whatever their order.

    Rows are unique by their ids, so that the exclusive or of their hashes loses nothing.
    """
    digest = hashlib.sha256(str(schema.version).encode())
    for table in graph_tables(schema):
        query = f"SELECT count(*), bit_xor(md5_number(t::VARCHAR)) FROM {table} t"  # noqa: S608
        digest.update(repr((table, connection.execute(query).fetchone())).encode())
    return digest.hexdigest()[:32]


class TableGraph:
    """The graph of a workspace, read from its tables; satisfies `kg_builder.graph.Graph`.

    Args:
        connection: an open connection; it is used by one reader at a time.
        schema: what the graph may hold.
        state: the fingerprint that the tables were stored with.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, schema: Schema, state: str) -> None:
        self._connection = connection
        self.schema = schema
        self.state = state

    def nodes(self, label: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The nodes of a label in Arrow batches, by id."""
        query = f"SELECT * FROM {node_table(label)} ORDER BY id"  # noqa: S608
        return self._batches(query, node_fields(self.schema.labels[label]), rows)

    def relationships(self, kind: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The relationships of a type in Arrow batches, by their ends."""
        query = f"SELECT * FROM {relationship_table(kind)} ORDER BY {', '.join(ENDPOINTS)}"  # noqa: S608
        return self._batches(query, relationship_fields(self.schema.relationships[kind]), rows)

    def count(self, table: str) -> int:
        """How many rows a graph table holds (see `node_table` and `relationship_table`)."""
        row = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return int(row[0]) if row else 0

    def _batches(self, query: str, fields: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
        # A cursor of its own, so that two tables can be read side by side.
        reader = self._connection.cursor().sql(query).to_arrow_reader(rows)
        for batch in reader:
            yield batch.cast(fields)
