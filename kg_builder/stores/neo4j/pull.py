"""Pull: a new workspace with the graph that a database holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg_builder.errors import WorkspaceError
from kg_builder.stores.neo4j.reading_back import read_graph

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from neo4j import Driver


def pull(driver: Driver, workspace: Path, *, database: str | None = None) -> Counter[str]:
    """Make a workspace with the node and relationship tables of the graph in a database.

    It holds no sources: it is for queries, analysis and views. The file appears when it is complete.

    Args:
        driver: a connected driver.
        workspace: the file to be made.
        database: the database's name; ``None`` for the user's home database.

    Returns:
        How many nodes of each label and relationships of each type were read.

    Raises:
        WorkspaceError: the file exists.
        DatabaseError: the database holds no graph of kg-builder, or a load into it was cut off.
    """
    from kg_builder.workspace import Workspace
    from kg_builder.workspace.tables import node_table, relationship_table

    if workspace.exists():
        raise WorkspaceError(
            f"{workspace}: exists already, and a pull makes a new workspace; name another by -g"
        )
    graph = read_graph(driver, database=database)
    counts: Counter[str] = Counter()
    with TemporaryDirectory(dir=workspace.absolute().parent, prefix=f"{workspace.name}-") as folder:
        draft = Path(folder) / "graph.kg"
        with Workspace(draft, writable=True) as made, made.transaction() as connection:
            for label in graph.schema.labels:
                for batch in graph.nodes(label):
                    counts[label] += _insert(connection, node_table(label), batch)
            for kind in graph.schema.relationships:
                for batch in graph.relationships(kind):
                    counts[kind] += _insert(connection, relationship_table(kind), batch)
            made.mark_graph_fresh()
        draft.rename(workspace)
    return counts


def _insert(connection: duckdb.DuckDBPyConnection, table: str, batch: pa.RecordBatch) -> int:
    import pyarrow as pa

    connection.register("incoming", pa.Table.from_batches([batch]))
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608
    finally:
        connection.unregister("incoming")
    return int(batch.num_rows)
