"""Sources into the records of a workspace: what changed is read, what did not is left, what fails is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import duckdb

from kg_builder.document import Document, Problem
from kg_builder.engines.local import extract_stream
from kg_builder.errors import SourceError, UnknownFormatError
from kg_builder.extract import ExtractionSettings, fingerprint
from kg_builder.ids import source_id
from kg_builder.ingest.report import BuildReport, Progress, ToldProblem
from kg_builder.readers import Reader, SourceFile, reader_for
from kg_builder.workspace import Workspace
from kg_builder.workspace.record_tables import forget_source
from kg_builder.workspace.records import RecordWriter, SourceRecord

#: Documents that are read before what was found is made durable.
_COMMIT_DOCUMENTS = 5_000


class _UnreadableError(Exception):
    """A source of which no paper could be read, with all the reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


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
        self._extractor = fingerprint(settings)
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
                    self._refuse_nothing()
        self._tell_problems(sources)

    def _read(self, connection: duckdb.DuckDBPyConnection, source: SourceFile) -> None:
        try:
            reader = reader_for(source, self._format)
            record = self._record(source, reader)
            if self._is_unchanged(connection, record):
                self.report.unchanged.append(source.location)
            else:
                self._keep(connection, record, _readable(reader.read(source)))
        except UnknownFormatError as error:
            if source.named or self._format:
                self._fail(connection, source, [_problem(error)])
            else:
                self.report.passed_over.append(source.location)
        except SourceError as error:
            self._fail(connection, source, [_problem(error)])
        except _UnreadableError as error:
            self._fail(connection, source, error.problems)

    def _keep(
        self, connection: duckdb.DuckDBPyConnection, record: SourceRecord, items: Iterable[Document | Problem]
    ) -> None:
        forget_source(connection, record.source)
        writer = RecordWriter(connection, record)
        for item in extract_stream(items, self._settings):
            if isinstance(item, Problem):
                writer.add_problem(item)
            else:
                writer.add(*item)
        writer.finish()
        self._workspace.mark_graph_stale()
        self.report.read.append(record.location)
        self.report.papers += writer.documents
        self.report.refused += writer.refused

    def _record(self, source: SourceFile, reader: Reader) -> SourceRecord:
        return SourceRecord(
            source=source_id(source.location),
            location=source.location,
            format=reader.format,
            sha256=source.sha256(),
            date=reader.listing_date(source),
            reader=f"{reader.format}@{reader.version}",
            extractor=self._extractor,
        )

    def _is_unchanged(self, connection: duckdb.DuckDBPyConnection, record: SourceRecord) -> bool:
        same = connection.execute(
            "SELECT 1 FROM source WHERE source = ? AND sha256 = ? AND reader = ? AND extractor = ?",
            [record.source, record.sha256, record.reader, record.extractor],
        )
        if same.fetchone() is None:
            return False
        self._forget_failures(connection, record.source)
        return True

    def _fail(
        self, connection: duckdb.DuckDBPyConnection, source: SourceFile, problems: Sequence[Problem]
    ) -> None:
        """Remember why nothing of a source could be read; what it said before stays."""
        key = source_id(source.location)
        self._forget_failures(connection, key)
        self._failures += [ToldProblem(source.location, problem) for problem in problems]
        connection.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, true)",
            [[key, source.location, p.line, p.paper, p.reason, p.lost] for p in problems],
        )

    def _forget_failures(self, connection: duckdb.DuckDBPyConnection, source: str) -> None:
        connection.execute("DELETE FROM problem WHERE source = ? AND unread", [source])

    def _refuse_nothing(self) -> None:
        if self.report.read or self.report.unchanged or not (self._failures or self.report.passed_over):
            return
        if len(self._failures) == 1:
            told = self._failures[0]
            p = told.problem
            raise SourceError(p.reason, location=told.location, line=p.line, paper=p.paper)
        if self._failures:
            reasons = "".join(f"\n  {told}" for told in self._failures[:10])
            raise SourceError(f"nothing could be read:{reasons}")
        formats = "no reader recognises any of these files"
        raise SourceError(f"{formats}: {', '.join(self.report.passed_over[:10])}; name one with --format")

    def _tell_problems(self, sources: Sequence[SourceFile]) -> None:
        rows = self._workspace.connection.execute(
            "SELECT location, reason, line, paper, lost FROM problem ORDER BY location, line, paper, reason"
        ).fetchall()
        given = {source.location for source in sources}
        self.report.problems += [
            ToldProblem(location, Problem(*rest)) for location, *rest in rows if location in given
        ]


def _problem(error: SourceError) -> Problem:
    return Problem(error.reason, line=error.line, paper=error.paper, lost=True)


def _readable(items: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """The same items, once it is certain that there is a paper among them.

    What goes wrong after the first paper becomes a problem beside those that were read.

    Raises:
        _UnreadableError: problems, and not one paper.
        SourceError: the source as a whole cannot be read.
    """
    first: list[Document | Problem] = []
    for item in items:
        first.append(item)
        if isinstance(item, Document):
            break
    else:
        if first:
            raise _UnreadableError([item for item in first if isinstance(item, Problem)])

    def rest() -> Iterator[Document | Problem]:
        yield from first
        try:
            yield from items
        except SourceError as error:
            yield _problem(error)

    return rest()
