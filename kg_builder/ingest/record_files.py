"""Records that another machine, or many, made: from Parquet files into the workspace, by DuckDB alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from kg_builder.document import Problem
from kg_builder.errors import SourceError
from kg_builder.ingest.graph_files import GraphFiles
from kg_builder.ingest.reading import refuse_nothing, told_problems
from kg_builder.ingest.refresh import refresh_graph, refuse_pulled
from kg_builder.ingest.report import BuildReport, ToldProblem
from kg_builder.workspace import Workspace
from kg_builder.workspace.record_tables import COLUMNS, RECORD_TABLES

#: Written by Spark when all of its output is there.
_COMPLETE = "_SUCCESS"

#: Sources that stand in the tables more than once.
TWICE = "SELECT location FROM outcome GROUP BY location HAVING count(*) > 1 ORDER BY location"


def build_from_tables(
    folder: Path, graph: Path = Path("graph.kg"), *, largest_team: int | None = None
) -> BuildReport:
    """Bring the workspace up to date with records that ``build --engine spark --tables`` wrote.

    What the files say of a source replaces what the workspace knew of it; other sources stay. All or nothing. A graph
    that was written with the records is taken as it is, if it is that of all that the workspace then holds.

    Args:
        folder: where the tables lie.
        graph: the workspace file; made where there is none.
        largest_team: see `kg_builder.ingest.build`.

    Returns:
        What was done.

    Raises:
        SourceError: the folder holds no complete tables, or those of another version, or nothing could be read of any
            source.
        WorkspaceError: the workspace cannot be opened for writing.
    """
    check_complete(folder)
    files = GraphFiles.among(folder)
    was_there = graph.exists()
    try:
        with Workspace(graph, writable=True) as workspace:
            refuse_pulled(workspace)
            report = take_tables(workspace, folder)
            refresh_graph(workspace, report, largest_team, files)
            return report
    except SourceError:
        if not was_there:
            graph.unlink(missing_ok=True)
        raise


def check_complete(folder: Path) -> None:
    """Raise `SourceError` unless a folder holds tables that were written to their end."""
    if not folder.is_dir():
        raise SourceError(
            "there is no such folder; write one with: kg-builder build SOURCE --engine spark --tables DIR",
            location=folder,
        )
    if not (folder / _COMPLETE).exists() or not _files(folder, "outcome"):
        raise SourceError(
            f"these are no complete record tables (the file {_COMPLETE} or the table of outcomes is missing); "
            "run the job that writes them to its end",
            location=folder,
        )


def take_tables(workspace: Workspace, folder: Path) -> BuildReport:
    """Take the records of a folder over, in one transaction; the graph is not yet computed.

    Args:
        workspace: open for writing.
        folder: complete tables.

    Returns:
        What became of the sources.

    Raises:
        SourceError: nothing could be read of any source, or the files are not of this version.
    """
    with workspace.transaction() as connection:
        try:
            report = _outcomes(connection, folder)
            _replace(connection, folder)
        except duckdb.BinderException as error:
            raise SourceError(
                f"the tables are not those of this version of kg-builder ({str(error).splitlines()[0]}); "
                "write them anew",
                location=folder,
            ) from error
        refuse_nothing(report, _failures(connection))
        if report.read:
            workspace.mark_graph_stale()
    given = {*report.read, *report.unchanged, *(told.location for told in _failures(workspace.connection))}
    report.problems += told_problems(workspace, given)
    return report


def named_twice(location: str) -> SourceError:
    """That a source stands in the tables twice."""
    return SourceError(
        "this source stands in the tables twice; give each a name of its own", location=location
    )


def _outcomes(connection: duckdb.DuckDBPyConnection, folder: Path) -> BuildReport:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE outcome AS SELECT source, location, outcome, papers, refused "
        "FROM read_parquet($files)",
        {"files": _files(folder, "outcome")},
    )
    twice = connection.execute(TWICE).fetchone()
    if twice:
        raise named_twice(twice[0])
    rows = connection.execute("SELECT location, outcome, papers, refused FROM outcome ORDER BY 1").fetchall()
    report = BuildReport()
    lists: Mapping[str, list[str]] = {
        "read": report.read,
        "unchanged": report.unchanged,
        "passed over": report.passed_over,
    }
    for location, outcome, papers, refused in rows:
        report.papers += papers
        report.refused += refused
        if outcome in lists:
            lists[outcome].append(location)
    return report


def _replace(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Put the new rows in the place of the old ones, and the new failures in the place of earlier ones."""
    for table in RECORD_TABLES:
        connection.execute(
            f"DELETE FROM {table} WHERE source IN (SELECT source FROM outcome WHERE outcome = 'read')"  # noqa: S608
        )
    connection.execute(
        "DELETE FROM problem WHERE unread AND source IN (SELECT source FROM outcome WHERE outcome <> 'passed over')"
    )
    for table in RECORD_TABLES:
        if files := _files(folder, table):
            columns = ", ".join(f'"{name}"' for name in ("source", *COLUMNS[table]))
            connection.execute(
                f"INSERT INTO {table} BY NAME SELECT {columns} FROM read_parquet($files)",  # noqa: S608
                {"files": files},
            )


def _failures(connection: duckdb.DuckDBPyConnection) -> list[ToldProblem]:
    rows = connection.execute(
        "SELECT p.location, p.reason, p.line, p.paper, p.lost FROM problem p JOIN outcome o USING (source) "
        "WHERE o.outcome = 'failed' ORDER BY p.location, p.line, p.paper, p.reason"
    ).fetchall()
    return [ToldProblem(location, Problem(*rest)) for location, *rest in rows]


def _files(folder: Path, table: str) -> list[str]:
    return sorted(str(path) for path in (folder / f"table={table}").glob("*.parquet"))
