"""Sources into the records of a workspace: what changed is read, what did not is left, what fails is remembered."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial

import duckdb

from kg_builder.document import Problem
from kg_builder.engines.source_records import SourceEnd, source_records
from kg_builder.errors import SourceError
from kg_builder.extract import ExtractionSettings
from kg_builder.ids import source_id
from kg_builder.ingest.report import BuildReport, Progress, ToldProblem
from kg_builder.readers import SourceFile
from kg_builder.workspace import Workspace
from kg_builder.workspace.record_tables import forget_source, insert_records, record_table
from kg_builder.workspace.records import SourceRecord, problem_row

#: Documents that are read before what was found is made durable.
_COMMIT_DOCUMENTS = 5_000


class SourceReading:
    """Reads sources into one workspace, a few thousand documents a transaction.

    Args:
        workspace: open for writing.
        format: the format of all sources; found from their content where ``None``.
        settings: how to extract.
    """

    def __init__(self, workspace: Workspace, format: str | None, settings: ExtractionSettings) -> None:
        self._workspace = workspace
        self._format = format
        self._settings = settings
        self.report = BuildReport()
        self._failures: list[ToldProblem] = []

    def read_all(self, sources: Sequence[SourceFile], progress: Progress | None = None) -> None:
        """Read the sources that changed.

        Raises:
            SourceError: not one of them could be read; then nothing is kept.
        """
        waiting = iter(enumerate(sources, start=1))
        done = 0
        while done < len(sources):
            with self._workspace.transaction() as connection:
                durable = self.report.papers
                for done, source in waiting:
                    self._read(connection, source)
                    if progress:
                        progress(done, len(sources), self.report.papers)
                    if self.report.papers - durable >= _COMMIT_DOCUMENTS:
                        break
                if done == len(sources):
                    refuse_nothing(self.report, self._failures)
        self.report.problems += told_problems(self._workspace, {source.location for source in sources})

    def _read(self, connection: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
        begun = False
        unchanged = partial(self._is_unchanged, connection)
        for item in source_records(source, self._format, self._settings, unchanged):
            if isinstance(item, SourceEnd):
                self._end(connection, item)
                continue
            if not begun:
                forget_source(connection, source_id(source.location))
                begun = True
            insert_records(connection, *item)

    def _end(self, connection: duckdb.DuckDBPyConnection, end: SourceEnd) -> None:
        if end.outcome == "passed over":
            self.report.passed_over.append(end.location)
        elif end.outcome == "failed":
            self._fail(connection, end)
        elif end.outcome == "unchanged":
            self._forget_failures(connection, end.source)
            self.report.unchanged.append(end.location)
        else:
            self._workspace.mark_graph_stale()
            self.report.read.append(end.location)
            self.report.papers += end.papers
            self.report.refused += end.refused

    def _is_unchanged(self, connection: duckdb.DuckDBPyConnection, record: SourceRecord) -> bool:
        same = connection.execute(
            "SELECT 1 FROM source WHERE source = ? AND sha256 = ? AND reader = ? AND extractor = ?",
            [record.source, record.sha256, record.reader, record.extractor],
        )
        return same.fetchone() is not None

    def _fail(self, connection: duckdb.DuckDBPyConnection, end: SourceEnd) -> None:
        """Remember why nothing of a source could be read; what it said before stays."""
        self._forget_failures(connection, end.source)
        self._failures += [ToldProblem(end.location, problem) for problem in end.problems]
        rows = [problem_row(end.location, problem, unread=True) for problem in end.problems]
        insert_records(connection, "problem", record_table("problem", end.source, rows))

    def _forget_failures(self, connection: duckdb.DuckDBPyConnection, source: str) -> None:
        connection.execute("DELETE FROM problem WHERE source = ? AND unread", [source])


def refuse_nothing(report: BuildReport, failures: Sequence[ToldProblem]) -> None:
    """Raise `SourceError` where sources were given and not one of them could be read."""
    if report.read or report.unchanged or not (failures or report.passed_over):
        return
    if len(failures) == 1:
        told = failures[0]
        p = told.problem
        raise SourceError(p.reason, location=told.location, line=p.line, paper=p.paper)
    if failures:
        reasons = "".join(f"\n  {told}" for told in failures[:10])
        raise SourceError(f"nothing could be read:{reasons}")
    formats = "no reader recognises any of these files"
    raise SourceError(f"{formats}: {', '.join(report.passed_over[:10])}; name one with --format")


def told_problems(workspace: Workspace, given: Container[str]) -> list[ToldProblem]:
    """What the workspace knows of problems in the sources at the given locations, now or earlier."""
    rows = workspace.connection.execute(
        "SELECT location, reason, line, paper, lost FROM problem ORDER BY location, line, paper, reason"
    ).fetchall()
    return [ToldProblem(location, Problem(*rest)) for location, *rest in rows if location in given]
