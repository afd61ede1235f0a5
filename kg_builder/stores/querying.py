"""Asking the graph: a query of the library or any Cypher, on the embedded engine or on Neo4j."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from kg_builder.errors import UsageError
from kg_builder.stores.query_library import library_query
from kg_builder.stores.rows import Rows

Engine = Literal["embedded", "neo4j"]

#: The most rows that are returned where the caller does not say.
ROW_LIMIT = 1000

#: Seconds after which a query is ended where the caller does not say.
TIMEOUT = 60.0


def query(
    graph: Path,
    name: str | None = None,
    *,
    cypher: str | None = None,
    parameters: Mapping[str, object] | None = None,
    on: Engine = "embedded",
    database: str | None = None,
    limit: int | None = ROW_LIMIT,
    timeout: float | None = TIMEOUT,
) -> Rows:
    """Answer a question to the graph; whatever is asked, nothing is written.

    Args:
        graph: the workspace file. Its Neo4j is the one that the environment names, else its local server.
        name: the name of a query of the library.
        cypher: any Cypher that only reads, in place of a name.
        parameters: the query's parameters; for a query of the library they may be text.
        on: ``embedded`` (no server) or ``neo4j``.
        database: the name of the Neo4j database.
        limit: the greatest number of rows; ``None`` for all.
        timeout: seconds after which the query is ended; ``None`` for the engine's own.

    Returns:
        The rows, in the same plain values from both engines.

    Raises:
        UsageError: neither or both of `name` and `cypher` are given.
        QueryError: there is no such query, a parameter is missing or wrong, or the query fails.
        ReadOnlyError: the query would do more than read.
        WorkspaceError: the workspace cannot be read.
        DatabaseError: Neo4j cannot be reached.
    """
    if (name is None) == (cypher is None):
        raise UsageError("give the name of a query or a text with --cypher, one of the two")
    given: Mapping[str, Any] = parameters or {}
    if name is not None:
        known = library_query(name)
        cypher, given = known.cypher, known.values(given)
    assert cypher is not None
    if on == "neo4j":
        return _on_neo4j(graph, cypher, given, database, limit, timeout)
    return _embedded(graph, cypher, given, limit, timeout)


def snapshot_folder(graph: Path) -> Path:
    """Where the embedded engine keeps its snapshot of a workspace; it may be deleted at any time."""
    return graph.with_name(graph.name + ".snapshot")


def _embedded(
    graph: Path, cypher: str, parameters: Mapping[str, Any], limit: int | None, timeout: float | None
) -> Rows:
    from kg_builder.stores.embedded import EmbeddedGraph
    from kg_builder.stores.read_only import check_query
    from kg_builder.workspace import Workspace

    # Before the graph is loaded, so that a refusal comes at once.
    check_query(cypher, parameters)
    with Workspace(graph) as workspace:
        embedded = EmbeddedGraph.from_graph(workspace.graph(), snapshot_folder(graph))
    return embedded.run(cypher, parameters, limit=limit, timeout=timeout)


def _on_neo4j(
    graph: Path,
    cypher: str,
    parameters: Mapping[str, Any],
    database: str | None,
    limit: int | None,
    timeout: float | None,
) -> Rows:
    from kg_builder.stores.neo4j.connection import connect, connection_settings
    from kg_builder.stores.neo4j_query import run_on_neo4j
    from kg_builder.stores.read_only import check_query

    check_query(cypher, parameters)
    settings = connection_settings(graph, database)
    with connect(settings) as driver:
        return run_on_neo4j(
            driver, cypher, parameters, database=settings.database, limit=limit, timeout=timeout
        )
