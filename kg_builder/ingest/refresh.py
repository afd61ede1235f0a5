"""The graph tables, brought up to date with what the workspace holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.errors import WorkspaceError
from kg_builder.extract.metrics import metric_directions
from kg_builder.fingerprint import code_fingerprint
from kg_builder.ids import content_hash
from kg_builder.ingest.report import BuildReport
from kg_builder.resolve.people_file import read_people_file
from kg_builder.workspace import Workspace
from kg_builder.workspace.tables import create_graph_tables, node_table, relationship_table

if TYPE_CHECKING:
    from kg_builder.resolve.graph import Resolution

#: By what the graph was computed: code, settings and schema.
_RESOLVER = "resolver"
_LARGEST_TEAM = "largest_team"
#: Where the decisions on people stand, relative to the workspace's folder.
PEOPLE_FILE = "people_file"


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


def refresh_graph(workspace: Workspace, report: BuildReport, largest_team: int | None = None) -> None:
    """Compute the graph where anything that it follows from changed, and count it.

    Args:
        workspace: open for writing.
        report: gets the notices and counts.
        largest_team: papers of more persons leave no CO_AUTHORED relationships; as last time where ``None``.

    Raises:
        WorkspaceError: the graph was pulled from a database (see `refuse_pulled`).
    """
    refuse_pulled(workspace)
    limit = largest_team or _limit_before(workspace)
    directions = metric_directions()
    people = read_people_file(people_file(workspace))
    resolver = (
        f"{code_fingerprint('resolve')};{limit};{workspace.schema.version};{sorted(directions.items())};"
        f"{content_hash(repr(people))}"
    )
    before = workspace.graph().state
    if workspace.graph_is_stale or workspace.meta(_RESOLVER) != resolver:
        # Late: where nothing changed, which is often, there is nothing to resolve.
        from kg_builder.resolve.graph import resolve
        from kg_builder.resolve.tables import WorkspaceTables

        with workspace.transaction() as connection:
            create_graph_tables(connection, workspace.schema)
            resolution = resolve(
                WorkspaceTables(connection),
                workspace.schema,
                largest_team=limit,
                metric_directions=directions,
                people=people,
            )
            workspace.set_meta(_RESOLVER, resolver)
            workspace.set_meta(_LARGEST_TEAM, str(limit))
            workspace.mark_graph_fresh()
        report.notices += _notices(resolution, limit)
    graph = workspace.graph()
    report.changed = graph.state != before
    report.nodes = {label: graph.count(node_table(label)) for label in workspace.schema.labels}
    report.relationships = {
        kind: graph.count(relationship_table(kind)) for kind in workspace.schema.relationships
    }


def _limit_before(workspace: Workspace) -> int:
    known = workspace.meta(_LARGEST_TEAM)
    if known is not None:
        return int(known)
    from kg_builder.resolve.graph import LARGEST_TEAM

    return LARGEST_TEAM


def _notices(resolution: Resolution, largest_team: int) -> list[str]:
    notices = [
        f"{paper} has {size} authors, more than {largest_team}: it leaves no CO_AUTHORED relationships"
        for paper, size in resolution.large_teams
    ]
    notices += [
        f"{count} extracted relationships {misfit} were dropped: the schema does not allow them"
        for misfit, count in resolution.misfits.items()
    ]
    return [*notices, *resolution.people]


def people_file(workspace: Workspace) -> Path:
    """The file of decisions on people: beside the workspace, unless another was named."""
    named = workspace.meta(PEOPLE_FILE)
    return workspace.path.parent / (named or "people.yaml")


def use_people_file(workspace: Workspace, people: Path) -> None:
    """Take decisions on people from a file from now on.

    Args:
        workspace: open for writing.
        people: the file; kept relative to the workspace's folder.
    """
    folder = workspace.path.resolve().parent
    workspace.set_meta(PEOPLE_FILE, Path(os.path.relpath(people.resolve(), folder)).as_posix())
