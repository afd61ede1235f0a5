"""Decisions on names, kept in the workspace: shown, added, undone, explained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg_builder.errors import UsageError
from kg_builder.ids import slug
from kg_builder.ingest.refresh import refresh_graph, refuse_pulled
from kg_builder.ingest.report import BuildReport
from kg_builder.workspace import Workspace

#: Labels whose names are decided on here; people have rules of their own.
LABELS = ("Model", "Benchmark", "Method", "Metric", "Organization")

_REASONS = {
    "spelling": "differs only in case, spaces, hyphens or underscores",
    "document": "a paper's own text uses both: {example}",
    "full name": "a paper's text gives it as the full name, and none gives it to another: {example}",
    "alias file": "stands in the alias file that ships with kg-builder",
    "decision": "was decided here",
}


@dataclass(frozen=True, slots=True)
class Alias:
    """That a name is taken for another name of something, and why."""

    label: str
    name: str
    alias: str
    why: str


def aliases(graph: Path, name: str | None = None) -> list[Alias]:
    """The names that are taken for one thing, with the reason of each.

    Args:
        graph: the workspace file.
        name: only those of things that have this name, or this alias; all where ``None``.

    Returns:
        One row for each alias, by label, name and alias.
    """
    with Workspace(graph) as workspace:
        rows = workspace.connection.execute(
            "SELECT label, name, alias, reason, example, id FROM merge ORDER BY label, name, alias"
        ).fetchall()
    wanted = None if name is None else slug(name)
    things = {(label, id) for label, n, a, _, _, id in rows if wanted in (None, slug(n), slug(a), id)}
    return [
        Alias(label, n, a, _REASONS[reason].format(example=example))
        for label, n, a, reason, example, id in rows
        if (label, id) in things
    ]


def add_alias(graph: Path, alias: str, name: str, label: str | None = None) -> BuildReport:
    """Decide that a name is another name for something, and compute the graph anew.

    Args:
        graph: the workspace file.
        alias: the other name.
        name: the name that the thing shall be called by.
        label: what kind of thing it is; found from the names where only one kind has either of them.

    Raises:
        UsageError: the names are one already, no such thing is known, or the label must be given.
    """
    if slug(alias) == slug(name):
        raise UsageError(f"{alias!r} and {name!r} are one name already")
    return _decide(graph, alias, name, label, same=True)


def remove_alias(graph: Path, alias: str, name: str, label: str | None = None) -> BuildReport:
    """Decide that a name is no other name for something, and compute the graph anew.

    Args:
        graph: the workspace file.
        alias: the name to be taken out.
        name: the thing that it was taken for.
        label: what kind of thing it is; found from the names where only one kind has either of them.

    Raises:
        UsageError: no such thing is known, or the label must be given.
        WorkspaceError: the graph was pulled from a database.
    """
    return _decide(graph, alias, name, label, same=False)


def _decide(graph: Path, alias: str, name: str, label: str | None, *, same: bool) -> BuildReport:
    with Workspace(graph, writable=True, make=False) as workspace:
        refuse_pulled(workspace)
        kind = label or _label_of(workspace, alias, name)
        if kind not in LABELS:
            raise UsageError(
                f"{kind!r} is no label whose names are decided on; these are: {', '.join(LABELS)}"
            )
        report = BuildReport()
        with workspace.transaction() as connection:
            connection.execute(
                "INSERT INTO decision SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM decision",
                [kind, alias, name, same],
            )
            workspace.mark_graph_stale()
        refresh_graph(workspace, report)
        return report


def _label_of(workspace: Workspace, *names: str) -> str:
    rows = workspace.connection.execute(
        "SELECT label, name FROM entity UNION SELECT label, name FROM merge UNION SELECT label, alias FROM merge"
    ).fetchall()
    wanted = {slug(name) for name in names}
    labels: list[str] = sorted({label for label, name in rows if slug(name) in wanted})
    if not labels:
        raise UsageError(f"nothing in this graph is called {' or '.join(map(repr, names))}")
    if len(labels) > 1:
        raise UsageError(f"{' and '.join(labels)} have such a name; say which is meant with --label")
    return labels[0]
