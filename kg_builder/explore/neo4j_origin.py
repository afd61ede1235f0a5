"""A graph in Neo4j as the origin of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg_builder.explore.snapshot import WorkspaceOrigin
from kg_builder.schema import Schema
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect

if TYPE_CHECKING:
    import duckdb


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

    def state(self) -> str:
        """Nothing: a database is asked by copying it."""
        return ""

    def copy_into(self, connection: duckdb.DuckDBPyConnection, schema: Schema) -> str:
        """Copy every node and relationship.

        Raises:
            DatabaseError: nothing answers there, or the database holds no graph of kg-builder.
        """
        from kg_builder.stores.neo4j.pull import pull

        with TemporaryDirectory(prefix="kg-builder-") as folder, connect(self.settings) as driver:
            pulled = Path(folder) / "pulled.kg"
            pull(driver, pulled, database=self.settings.database)
            return WorkspaceOrigin(pulled).copy_into(connection, schema)
