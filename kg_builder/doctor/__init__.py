"""The doctor: examines a workspace, the Neo4j it is loaded into and the environment, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg_builder.doctor.finding import Finding, State
from kg_builder.errors import KgBuilderError

__all__ = ["Finding", "State", "examine"]


def examine(graph: Path, *, neo4j: bool = True, database: str | None = None) -> Iterator[Finding]:
    """Examine everything that a graph needs; nothing is written.

    Args:
        graph: the workspace file; where there is none, that is one of the findings.
        neo4j: whether to examine the Neo4j that the environment names, or the workspace's local one.
        database: the name of the Neo4j database.

    Yields:
        What was found, the environment first.
    """
    from kg_builder.doctor.environment import examine_environment
    from kg_builder.doctor.workspace import examine_workspace

    yield from examine_environment(graph)
    try:
        yield from examine_workspace(graph)
    except KgBuilderError as error:
        yield Finding("workspace", State.BAD, str(error))
    if neo4j:
        from kg_builder.doctor.database import examine_database

        yield from examine_database(graph, database)
