"""What would change or has changed: a plan for Neo4j, or the difference of two graphs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg_builder.errors import ViewError
from kg_builder.graph import Graph, iterate_nodes, iterate_relationships
from kg_builder.stores.neo4j.changes import Change
from kg_builder.views.picture import Changes

#: A node's label and id; a relationship's type and both ends.
_Key = tuple[str, tuple[str, ...]]
_Things = dict[_Key, dict[str, Any]]


def changes_since(graph: Graph, earlier: str | Path) -> Changes:
    """What a graph has more, less and other than an earlier one.

    Args:
        graph: the graph as it is now.
        earlier: a workspace, or an export in JSON lines.

    Raises:
        ViewError: the export cannot be read.
        WorkspaceError: the workspace cannot be read.
    """
    path = Path(earlier)
    with _things_of(path) as before:
        changes = list(_between(before, _graph_things(graph)))
    return Changes(
        changes, f"Since {path.name}", f"What has been added, changed and removed since {path.name}."
    )


def planned_changes(graph: Graph, workspace: Path, database: str | None = None) -> Changes:
    """What loading a graph into its Neo4j would do, as ``kg-builder plan`` says it.

    Args:
        graph: the graph of the workspace.
        workspace: the file; its name is that under which Neo4j keeps the graph.
        database: the name of the Neo4j database.

    Raises:
        DatabaseError: Neo4j cannot be reached, or holds the graph of another owner.
    """
    from kg_builder.stores.neo4j.connection import connect, connection_settings
    from kg_builder.stores.neo4j.plan import Comparison

    settings = connection_settings(workspace, database)
    with connect(settings) as driver:
        compared = Comparison.of(
            graph, driver, database=settings.database, owner=workspace.stem, verify=False
        )
        changes = [] if compared.is_held else list(compared.difference)
    return Changes(changes, "Plan", "What a load would add to Neo4j, change and remove there.")


def _between(before: _Things, after: Iterator[tuple[_Key, dict[str, Any]]]) -> Iterator[Change]:
    left = dict(before)
    for (name, key), properties in after:
        old = left.pop((name, key), None)
        if old is None:
            yield Change("add", name, key, properties)
        elif old != properties:
            changed = {p: v for p, v in properties.items() if old.get(p) != v}
            gone: dict[str, Any] = {p: None for p in old if p not in properties}
            yield Change(
                "change", name, key, changed | gone, {p: old[p] for p in [*changed, *gone] if p in old}
            )
    for (name, key), properties in left.items():
        yield Change("remove", name, key, {}, properties)


@contextmanager
def _things_of(path: Path) -> Iterator[_Things]:
    if path.suffix == ".jsonl":
        yield dict(_exported_things(path))
        return
    from kg_builder.workspace import Workspace

    with Workspace(path) as workspace:
        yield dict(_graph_things(workspace.graph()))


def _graph_things(graph: Graph) -> Iterator[tuple[_Key, dict[str, Any]]]:
    for node in iterate_nodes(graph):
        yield (node.label, (node.id,)), node.properties
    for r in iterate_relationships(graph):
        yield (r.type, (r.start_label, r.start, r.end_label, r.end)), r.properties


def _exported_things(path: Path) -> Iterator[tuple[_Key, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield _exported_thing(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise ViewError(
                        f"{path}, line {number}: this is no node or relationship of an export; "
                        "make one with kg-builder export -f jsonl"
                    ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ViewError(
            f"{path}: the export cannot be read ({error}); give a workspace or an export"
        ) from error


def _exported_thing(row: dict[str, Any]) -> tuple[_Key, dict[str, Any]]:
    if row["type"] == "node":
        label, _, identity = row["id"].partition("/")
        return (label, (identity,)), row["properties"]
    start, _, start_id = row["start"]["id"].partition("/")
    end, _, end_id = row["end"]["id"].partition("/")
    return (row["label"], (start, start_id, end, end_id)), row.get("properties", {})
