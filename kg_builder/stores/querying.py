"""Asking the graph: a query of the library or any Cypher, on the embedded engine or on Neo4j."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from kg_builder.errors import UsageError
from kg_builder.stores.asked_names import Ask, ask_as_meant
from kg_builder.stores.query_library import library_query
from kg_builder.stores.rows import Rows

Engine = Literal["embedded", "neo4j"]

#: The most rows that are returned where the caller does not say.
ROW_LIMIT = 1000

#: Seconds after which a query is ended where the caller does not say.
TIMEOUT = 60.0


def query(
    graph: str | Path,
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

    Where a query of the library finds nothing since the graph has no such name, the name that comes nearest is
    asked for in its place, if there is one alone, and the answer's notes say so.

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
    from kg_builder.stores.read_only import check_query

    given: Mapping[str, Any] = parameters or {}
    known = None if name is None else library_query(name)
    if known is not None:
        cypher, given = known.cypher, known.values(given)
    assert cypher is not None
    # Before the graph is loaded, so that a refusal comes at once.
    check_query(cypher, given)
    path = Path(graph)
    with _on_neo4j(path, database) if on == "neo4j" else _embedded(path) as ask:
        if known is not None:
            return ask_as_meant(known, given, ask, limit=limit, timeout=timeout)
        return ask(cypher, given, limit=limit, timeout=timeout)


def snapshot_folder(graph: Path) -> Path:
    """Where the embedded engine keeps its snapshot of a workspace; it may be deleted at any time."""
    return graph.with_name(graph.name + ".snapshot")


@contextmanager
def _embedded(graph: Path) -> Iterator[Ask]:
    from kg_builder.stores.embedded import EmbeddedGraph
    from kg_builder.workspace import Workspace

    with Workspace(graph) as workspace:
        embedded = EmbeddedGraph.from_graph(workspace.graph(), snapshot_folder(graph))
    yield embedded.run


@contextmanager
def _on_neo4j(graph: Path, database: str | None) -> Iterator[Ask]:
    from kg_builder.stores.neo4j.connection import connect, connection_settings
    from kg_builder.stores.neo4j_query import run_on_neo4j

    settings = connection_settings(graph, database)
    with connect(settings) as driver:
        yield partial(run_on_neo4j, driver, database=settings.database)
