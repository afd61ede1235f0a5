"""Whether a workspace holds together: its graph, its evidence, its records and its snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg_builder.analysis.report.wording import counted
from kg_builder.doctor.finding import Finding, State, command
from kg_builder.graph import ENDPOINTS
from kg_builder.schema import RelationshipType
from kg_builder.stores.embedded import has_snapshot
from kg_builder.stores.querying import snapshot_folder
from kg_builder.workspace import Workspace
from kg_builder.workspace.tables import graph_fingerprint, node_table, relationship_table

_REBUILD = "build it anew from its sources, or put a copy back"


def examine_workspace(path: Path) -> Iterator[Finding]:
    """Look at a workspace.

    Args:
        path: the file.

    Raises:
        WorkspaceError: it cannot be opened.
    """
    with Workspace(path) as workspace:
        yield _contents(workspace)
        yield _freshness(workspace)
        yield _ends(workspace)
        yield _evidence(workspace)
        yield _records(workspace)
        yield from _problems(workspace)
        graph = workspace.graph()
        kept = has_snapshot(snapshot_folder(path), graph.state)
    if kept:
        yield Finding("snapshot", State.GOOD, "up to date")
    else:
        yield Finding("snapshot", State.NOTE, "out of date; the first query makes it anew")


def _count(workspace: Workspace, query: str) -> int:
    row = workspace.connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _contents(workspace: Workspace) -> Finding:
    sources = _count(workspace, "SELECT count(*) FROM source")
    papers = _count(workspace, f"SELECT count(*) FROM {node_table('Paper')}")  # noqa: S608 - a name of ours
    if papers and not sources:
        return Finding(
            "workspace", State.NOTE, f"{counted(papers, 'paper')} pulled from a database, no sources"
        )
    told = f"{counted(sources, 'source')}, {counted(papers, 'paper')}"
    if not sources:
        build = command("kg-builder build SOURCE", workspace.path)
        return Finding("workspace", State.NOTE, told, build)
    return Finding("workspace", State.GOOD, told)


def _freshness(workspace: Workspace) -> Finding:
    if workspace.graph_is_stale:
        return Finding("graph", State.BAD, "a build was interrupted", "run the build again")
    if graph_fingerprint(workspace.connection, workspace.schema) != workspace.graph().state:
        return Finding("graph", State.BAD, "its tables are not as the last build left them", _REBUILD)
    return Finding("graph", State.GOOD, "as the last build left it")


def _ends(workspace: Workspace) -> Finding:
    """Relationships of which an end is no node."""
    loose = sum(_loose(workspace, kind) for kind in workspace.schema.relationships.values())
    if loose:
        return Finding("relationships", State.BAD, f"{loose:,} lead to no node", _REBUILD)
    return Finding("relationships", State.GOOD, "each leads from a node to a node")


def _loose(workspace: Workspace, kind: RelationshipType) -> int:
    start_label, start, end_label, end = ENDPOINTS
    starts = " OR ".join(_leads_to(start_label, start, label) for label in kind.starts)
    ends = " OR ".join(_leads_to(end_label, end, label) for label in kind.ends)
    table = relationship_table(kind.name)
    return _count(workspace, f"SELECT count(*) FROM {table} r WHERE NOT (({starts}) AND ({ends}))")  # noqa: S608


def _leads_to(label_column: str, id_column: str, label: str) -> str:
    return f"({label_column} = '{label}' AND {id_column} IN (SELECT id FROM {node_table(label)}))"  # noqa: S608


def _evidence(workspace: Workspace) -> Finding:
    """Facts whose passage does not say, at the place named, what they claim."""
    checked = wrong = 0
    for kind in workspace.schema.relationships.values():
        if kind.has_evidence:
            row = workspace.connection.execute(
                f"""
                SELECT count(*), count(*) FILTER (WHERE p.text IS NULL
                    OR substring(p.text, r.start + 1, r."end" - r.start) IS DISTINCT FROM r.evidence
                    OR substring(p.text, r.mention_start + 1, r.mention_end - r.mention_start)
                       IS DISTINCT FROM r.mention)
                FROM {relationship_table(kind.name)} r LEFT JOIN {node_table("Passage")} p ON p.id = r.passage
                """  # noqa: S608
            ).fetchone()
            assert row is not None
            checked, wrong = checked + row[0], wrong + row[1]
    if wrong:
        told = f"{wrong:,} of {checked:,} facts do not stand where they say"
        return Finding("evidence", State.BAD, told, _REBUILD)
    return Finding("evidence", State.GOOD, f"{checked:,} facts stand, to the letter, where they say")


#: Tables of records that belong to a source.
_OF_SOURCES = ("document", "signature", "passage", "entity", "mention", "relation", "result")


def _records(workspace: Workspace) -> Finding:
    """Records of sources that are gone."""
    orphans = sum(
        _count(workspace, f"SELECT count(*) FROM {t} WHERE source NOT IN (SELECT source FROM source)")  # noqa: S608
        for t in _OF_SOURCES
    )
    if orphans:
        return Finding("records", State.BAD, f"{orphans:,} rows belong to no source", _REBUILD)
    return Finding("records", State.GOOD, "each belongs to a source")


def _problems(workspace: Workspace) -> Iterator[Finding]:
    lost = _count(workspace, "SELECT count(*) FROM problem WHERE lost OR unread")
    refused = _count(workspace, "SELECT coalesce(sum(refused), 0) FROM source")
    if lost:
        remedy = "build again to see them with file and line, and mend them there"
        yield Finding(
            "sources", State.NOTE, f"{lost:,} {'entry' if lost == 1 else 'entries'} could not be read", remedy
        )
    if refused:
        yield Finding("facts", State.NOTE, f"{refused:,} were refused, as their evidence does not reproduce")
