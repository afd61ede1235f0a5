"""Sources into the workspace: read, extract, keep, and compute the graph that follows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from kg_builder.engines import EngineName, engine_named
from kg_builder.errors import SourceError
from kg_builder.extract import ExtractionSettings
from kg_builder.garbage import rarely_collected
from kg_builder.ids import source_id
from kg_builder.ingest.premises import use_people_file
from kg_builder.ingest.reading import SourceReading
from kg_builder.ingest.refresh import refresh_graph, refuse_pulled
from kg_builder.ingest.report import BuildReport, Progress, ToldProblem
from kg_builder.readers import SourceFile, find_sources
from kg_builder.readers.discovery import location_of
from kg_builder.resolve.people_file import read_people_file
from kg_builder.workspace import Workspace
from kg_builder.workspace.record_tables import forget_sources

__all__ = ["BuildReport", "Progress", "ToldProblem", "build", "remove"]


def build(
    sources: Sequence[str],
    graph: str | Path = "graph.kg",
    *,
    format: str | None = None,
    name: str | None = None,
    stdin: bytes | None = None,
    sync: bool = False,
    engine: EngineName = "auto",
    settings: ExtractionSettings | None = None,
    largest_team: int | None = None,
    people: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the workspace up to date with its sources.

    A source that is as it was is not read again. One that changed replaces what it said before. One that can
    no longer be read keeps what it said before, with the reason.

    Args:
        sources: files, folders, globs, or ``-`` for standard input.
        graph: the workspace file; made where there is none.
        format: the format of all sources; found from their content where not given.
        name: the location of what comes through standard input.
        stdin: the bytes that came through standard input.
        sync: also forget the sources that have vanished from the folders and globs given.
        engine: where documents are extracted: ``local`` in this process, ``processes`` on all cores, ``auto`` on all
            cores where there are many documents. The graph is the same.
        settings: how to extract.
        largest_team: papers of more persons leave no CO_AUTHORED relationships; as in the last build of this
            workspace, or 500, where not given.
        people: the file of decisions on who is who, from now on; where not given, the one named before, or
            ``people.yaml`` beside the workspace.
        progress: told after every source.

    Returns:
        What was done.

    Raises:
        PeopleFileError: the people file is not there, cannot be read, or contradicts itself.
        SourceError: nothing could be read at all; the workspace is as it was.
        WorkspaceError: the workspace cannot be opened for writing, or holds a graph pulled from a database.
    """
    graph = Path(graph)
    if people is not None:
        read_people_file(people, must_exist=True)
    found = find_sources(sources, graph.parent, name, stdin)
    was_there = graph.exists()
    try:
        with rarely_collected(), Workspace(graph, writable=True) as workspace:
            refuse_pulled(workspace)
            report = _read(workspace, found, format, engine, settings or ExtractionSettings(), progress)
            if sync:
                _forget(workspace, _vanished(workspace, sources, found), report)
            if people is not None:
                use_people_file(workspace, people)
            refresh_graph(workspace, report, largest_team)
            return report
    except SourceError:
        if not was_there:
            _delete(graph)
        raise


def _read(
    workspace: Workspace,
    found: Sequence[SourceFile],
    format: str | None,
    engine: EngineName,
    settings: ExtractionSettings,
    progress: Progress | None,
) -> BuildReport:
    deaths: list[str] = []
    with closing(engine_named(engine, settings, deaths.append)) as running:
        reading = SourceReading(workspace, format, settings, running)
        reading.read_all(found, progress)
    reading.report.notices += deaths
    return reading.report


def remove(sources: Sequence[str], graph: str | Path = "graph.kg") -> BuildReport:
    """Forget sources, and what only they supported.

    Args:
        sources: locations as the workspace knows them, or paths; folders and globs stand for all below them.
        graph: the workspace file.

    Returns:
        What was done.

    Raises:
        SourceError: the workspace knows no such source; nothing is forgotten.
        WorkspaceError: the workspace cannot be opened for writing.
    """
    with Workspace(graph, writable=True, make=False) as workspace:
        report = BuildReport()
        known = _known_locations(workspace)
        wanted: dict[str, None] = {}
        for argument in sources:
            matching = [location for location in known if _names(argument, location, workspace.path.parent)]
            if not matching:
                raise SourceError(f"{graph} knows no such source", location=argument)
            wanted.update(dict.fromkeys(matching))
        _forget(workspace, wanted, report)
        refresh_graph(workspace, report)
        return report


def _known_locations(workspace: Workspace) -> list[str]:
    query = "SELECT location FROM source UNION SELECT location FROM problem ORDER BY 1"
    return [row[0] for row in workspace.connection.execute(query).fetchall()]


def _names(argument: str, location: str, base: Path) -> bool:
    """Whether an argument means a location: itself, a folder above it, or a glob that it matches."""
    for meant in {argument, location_of(Path(argument), base)}:
        # Everything is lexically below ".", what lies outside of it too.
        outside = meant == "." and location.startswith("../")
        below = PurePosixPath(location).is_relative_to(meant) and not outside
        if location == meant or below or fnmatchcase(location, meant):
            return True
    return False


def _vanished(workspace: Workspace, arguments: Iterable[str], found: Iterable[SourceFile]) -> list[str]:
    """Known sources that the folders and globs given would hold, were they still there."""
    there = {source.location for source in found}
    base = workspace.path.parent
    wide = [a for a in arguments if a != "-" and not Path(a).is_file()]
    return [
        location
        for location in _known_locations(workspace)
        if location not in there
        and any(_names(argument, location, base) for argument in wide)
        and not Path(os.path.normpath(base / location)).exists()
    ]


def _forget(workspace: Workspace, locations: Iterable[str], report: BuildReport) -> None:
    with workspace.transaction() as connection:
        gone = list(locations)
        forget_sources(connection, [source_id(location) for location in gone])
        if gone:
            workspace.mark_graph_stale()
        report.removed += gone


def _delete(graph: Path) -> None:
    for path in (graph, graph.with_name(graph.name + ".wal")):
        path.unlink(missing_ok=True)
