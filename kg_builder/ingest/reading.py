"""Sources into the records of a workspace: what changed is read, what did not is left, what fails is remembered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing

import pyarrow as pa

from kg_builder.document import Problem
from kg_builder.engines import Engine
from kg_builder.engines.source_documents import BATCH_DOCUMENTS, SourceEnd, source_documents
from kg_builder.errors import SourceError
from kg_builder.extract import ExtractionSettings
from kg_builder.ingest.keeping import EXTRACTED_ANEW, READ, Keeping, KeptSource
from kg_builder.ingest.report import BuildReport, Progress, ToldProblem
from kg_builder.readers import READERS, SourceFile
from kg_builder.readers.digest import DIGEST_ENTRY
from kg_builder.workspace import Workspace
from kg_builder.workspace.record_tables import insert_records, record_table
from kg_builder.workspace.records import SourceRecord, problem_row
from kg_builder.workspace.stored_documents import stored_documents


class SourceReading:
    """Reads sources into one workspace, a few thousand documents a transaction.

    Args:
        workspace: open for writing.
        format: the format of all sources; found from their content where ``None``.
        settings: how to extract.
        engine: where the documents are extracted.
    """

    def __init__(
        self, workspace: Workspace, format: str | None, settings: ExtractionSettings, engine: Engine
    ) -> None:
        self._workspace = workspace
        self._format = format
        self._settings = settings
        self._engine = engine
        self.report = BuildReport()
        self._failures: list[ToldProblem] = []
        self._known = _known_sources(workspace)
        self._with_failures = _sources_with_failures(workspace)
        self._to_extract: list[SourceRecord] = []

    def read_all(self, sources: Sequence[SourceFile], progress: Progress | None = None) -> None:
        """Read the sources that changed, and extract anew those of which only the extraction is out of date.

        Raises:
            SourceError: not one of them could be read; then nothing is kept.
        """
        counting = _Counting(self.report, len(sources), progress)
        anything = {*self._known, *self._with_failures}
        with self._workspace.transaction():
            keeping = Keeping(self._workspace, READ, anything)
            self._run(self._read(sources, keeping, counting), keeping, counting)
            if not self._to_extract:
                refuse_nothing(self.report, self._failures)
        if self._to_extract:
            with self._workspace.transaction():
                keeping = Keeping(self._workspace, EXTRACTED_ANEW, anything)
                self._run(self._stored(keeping), keeping, counting)
        self.report.problems += told_problems(self._workspace, {source.location for source in sources})

    def _run(self, batches: Iterator[pa.RecordBatch], keeping: Keeping, counting: _Counting) -> None:
        with closing(self._engine.extract(batches)) as extracted:
            for batch in extracted:
                counting.kept(keeping.keep(batch), batch.num_rows)
        counting.kept(keeping.flush(), 0)

    def _read(
        self, sources: Iterable[SourceFile], keeping: Keeping, counting: _Counting
    ) -> Iterator[pa.RecordBatch]:
        """The documents of the sources that changed."""
        small: list[pa.RecordBatch] = []
        for source in sources:
            for item in source_documents(source, self._format, self._settings, self._known):
                if isinstance(item, SourceRecord):
                    keeping.begin(item)
                elif isinstance(item, SourceEnd):
                    self._end(item, keeping, counting)
                else:
                    keeping.announce(item.num_rows)
                    small.append(item)
                    if sum(batch.num_rows for batch in small) >= BATCH_DOCUMENTS:
                        yield pa.concat_batches(small)
                        small = []
        if small:
            yield pa.concat_batches(small)

    def _stored(self, keeping: Keeping) -> Iterator[pa.RecordBatch]:
        """The documents of the sources of which only the extraction is out of date."""
        with self._workspace.connection.cursor() as cursor:
            counts = dict(cursor.execute("SELECT source, documents FROM source").fetchall())
            for record in self._to_extract:
                keeping.begin(record)
                for batch in stored_documents(cursor, record.source, counts[record.source], BATCH_DOCUMENTS):
                    keeping.announce(batch.num_rows)
                    yield batch
                keeping.end()

    def _end(self, end: SourceEnd, keeping: Keeping, counting: _Counting) -> None:
        if end.outcome == "read":
            keeping.end(end.problems)
            return
        if end.outcome == "failed":
            self._fail(end)
        else:
            self._forget_failures(end.source)
        if end.outcome == "to be extracted":
            assert end.record is not None
            self._to_extract.append(end.record)
            return
        if end.outcome == "unchanged":
            self.report.unchanged.append(end.location)
        elif end.outcome == "passed over":
            self.report.passed_over.append(end.location)
        counting.done_with_one()

    def _fail(self, end: SourceEnd) -> None:
        """Remember why nothing of a source could be read; what it said before stays."""
        self._forget_failures(end.source)
        self._failures += [ToldProblem(end.location, problem) for problem in end.problems]
        rows = [problem_row(end.location, problem, unread=True) for problem in end.problems]
        insert_records(self._workspace.connection, "problem", record_table("problem", end.source, rows))

    def _forget_failures(self, source: str) -> None:
        if source in self._with_failures:
            self._workspace.connection.execute("DELETE FROM problem WHERE source = ? AND unread", [source])


class _Counting:
    """Counts into the report, and tells of progress."""

    def __init__(self, report: BuildReport, sources: int, progress: Progress | None) -> None:
        self._report = report
        self._sources = sources
        self._progress = progress
        self._done = 0
        self._papers = 0

    def done_with_one(self) -> None:
        """One source more needs no more work."""
        self._done += 1
        self._tell()

    def kept(self, sources: Sequence[KeptSource], documents: int) -> None:
        """So many more documents are extracted, and these sources are written."""
        self._done += len(sources)
        self._papers += documents
        for source in sources:
            self._report.read.append(source.location)
            self._report.papers += source.papers
            self._report.refused += source.refused
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self._done, self._sources, self._papers)


def _known_sources(workspace: Workspace) -> dict[str, SourceRecord]:
    rows = workspace.connection.execute(
        "SELECT source, location, format, sha256, date, reader, extractor FROM source"
    ).fetchall()
    return {row[0]: SourceRecord(*row) for row in rows}


def _sources_with_failures(workspace: Workspace) -> set[str]:
    return {
        row[0]
        for row in workspace.connection.execute("SELECT DISTINCT source FROM problem WHERE unread").fetchall()
    }


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
    raise SourceError(
        f"no reader recognises any of these files: {_shown(report.passed_over)}; name a format with --format "
        f"({', '.join(READERS)}), or mend the files: an entry of a digest begins with {DIGEST_ENTRY!r}"
    )


def _shown(locations: Sequence[str], most: int = 10) -> str:
    more = len(locations) - most
    return ", ".join(locations[:most]) + (f" and {more} more" if more > 0 else "")


def told_problems(workspace: Workspace, given: Container[str]) -> list[ToldProblem]:
    """What the workspace knows of problems in the sources at the given locations, now or earlier."""
    rows = workspace.connection.execute(
        "SELECT location, reason, line, paper, lost FROM problem ORDER BY location, line, paper, reason"
    ).fetchall()
    return [ToldProblem(location, Problem(*rest)) for location, *rest in rows if location in given]
