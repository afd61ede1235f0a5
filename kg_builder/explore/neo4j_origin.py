"""A graph in Neo4j as the origin of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg_builder.schema import Schema
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.workspace.tables import node_table, relationship_table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Neo4jOrigin:
    """The graph that a load has put into a database."""

    settings: ConnectionSettings

    @property
    def name(self) -> str:
        """Address and database."""
        database = f" ({self.settings.database})" if self.settings.database else ""
        return f"Neo4j at {self.settings.uri}{database}"

    def mark(self) -> object:
        """Nothing: what is asked of the server at every page would slow it down, so renewing is always offered."""
        return object()

    def copy_into(self, connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
        """Copy every node and relationship.

        Raises:
            DatabaseError: nothing answers there, or the database holds no graph of kg-builder.
        """
        from kg_builder.stores.neo4j.reading_back import read_graph

        with connect(self.settings) as driver:
            graph = read_graph(driver, database=self.settings.database)
            for label in schema.labels:
                for batch in graph.nodes(label):
                    _insert(connection, node_table(label), batch)
            for kind in schema.relationships:
                for batch in graph.relationships(kind):
                    _insert(connection, relationship_table(kind), batch)
            return graph.state


def _insert(connection: duckdb.DuckDBPyConnection, table: str, batch: pa.RecordBatch) -> None:
    import pyarrow as pa

    connection.register("incoming", pa.Table.from_batches([batch]))
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
    finally:
        connection.unregister("incoming")
