"""The graph tables, brought up to date with what the workspace holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from kg_builder.errors import WorkspaceError
from kg_builder.ingest.premises import GraphPremises, knows_largest_team
from kg_builder.ingest.report import BuildReport
from kg_builder.workspace import Workspace
from kg_builder.workspace.memory import in_little_memory
from kg_builder.workspace.tables import create_graph_tables, node_table, relationship_table

if TYPE_CHECKING:
    from kg_builder.ingest.graph_files import GraphFiles
    from kg_builder.resolve.tables import Tables

#: By what the graph was computed: code, settings and schema.
_RESOLVER = "resolver"


def refuse_pulled(workspace: Workspace) -> None:
    """Refuse to compute anew a graph that was pulled from a database: its sources are not here, so it would be lost.

    Raises:
        WorkspaceError: the workspace holds such a graph.
    """
    computed = workspace.meta(_RESOLVER) is not None or workspace.graph_is_stale
    if not computed and any(workspace.graph().count(node_table(label)) for label in workspace.schema.labels):
        raise WorkspaceError(
            f"{workspace.path}: holds a graph that was pulled from a database, without its sources; "
            "build into another workspace (-g), so that it is not lost"
        )


def refresh_graph(
    workspace: Workspace,
    report: BuildReport,
    largest_team: int | None = None,
    files: GraphFiles | None = None,
) -> None:
    """Compute the graph where anything that it follows from changed, and count it.

    Args:
        workspace: open for writing.
        report: gets the notices and counts.
        largest_team: papers of more persons leave no CO_AUTHORED relationships; as last time where ``None``.
        files: the graph of the records that were just taken over, where it was computed with them.

    Raises:
        SourceError: rows are missing in the files.
        WorkspaceError: the graph was pulled from a database (see `refuse_pulled`), or memory does not do.
    """
    refuse_pulled(workspace)
    if files is not None and not knows_largest_team(workspace):
        largest_team = largest_team or files.largest_team
    premises = GraphPremises.of(workspace, largest_team)
    before = workspace.graph().state
    if workspace.graph_is_stale or workspace.meta(_RESOLVER) != premises.fingerprint:

        def compute(connection: duckdb.DuckDBPyConnection) -> list[str]:
            create_graph_tables(connection, workspace.schema)
            notices = _filled(connection, premises, files)
            workspace.set_meta(_RESOLVER, premises.fingerprint)
            premises.remember(workspace)
            workspace.mark_graph_fresh()
            return notices

        report.notices += in_little_memory(workspace, compute)
    graph = workspace.graph()
    report.changed = graph.state != before
    report.nodes = {label: graph.count(node_table(label)) for label in workspace.schema.labels}
    report.relationships = {
        kind: graph.count(relationship_table(kind)) for kind in workspace.schema.relationships
    }


def _filled(
    connection: duckdb.DuckDBPyConnection, premises: GraphPremises, files: GraphFiles | None
) -> list[str]:
    """Fill the tables of the graph, from files that fit or by computing; what there is to tell of it."""
    from kg_builder.resolve.tables import WorkspaceTables

    reason = None
    if files is not None:
        reason = files.misfit(connection, premises)
        if reason is None:
            return files.take(connection)
    told = [f"the graph was computed here and not taken from the tables: {reason}"] if reason else []
    return told + compute_graph(WorkspaceTables(connection), premises)


def compute_graph(tables: Tables, premises: GraphPremises) -> list[str]:
    """Compute the graph from records, and say what is to be told of it.

    Args:
        tables: those of the records, where the graph's are to be too.
        premises: what it follows from beside them.
    """
    # Late: where nothing changed, which is often, there is nothing to resolve.
    from kg_builder.extract.metrics import metric_directions
    from kg_builder.resolve.graph import resolve

    limit = premises.largest_team
    resolution = resolve(
        tables,
        premises.schema,
        largest_team=limit,
        metric_directions=metric_directions(),
        people=premises.people,
    )
    notices = [
        f"{paper} has {size} authors, more than {limit}: it leaves no CO_AUTHORED relationships"
        for paper, size in resolution.large_teams
    ]
    notices += [
        f"{count} extracted relationships {misfit} were dropped: the schema does not allow them"
        for misfit, count in resolution.misfits.items()
    ]
    return [*notices, *resolution.people]
