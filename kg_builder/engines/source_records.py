"""From the content of a source to rows of records in Arrow: the one function that every engine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg_builder.document import Document, Problem
from kg_builder.engines.local import extract_stream
from kg_builder.errors import SourceError, UnknownFormatError
from kg_builder.extract import ExtractionSettings, fingerprint
from kg_builder.ids import source_id
from kg_builder.readers import Reader, SourceFile, reader_for
from kg_builder.workspace.records import Records, SourceRecord, SourceRecords

#: What became of a source: its rows came before; it is as it was; no reader recognises it; it cannot be read.
Outcome = Literal["read", "unchanged", "passed over", "failed"]


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """What became of a source; the last thing that is said of it.

    Args:
        source: its id.
        location: where it is.
        outcome: what became of it.
        papers: papers read.
        refused: facts dropped because their evidence did not reproduce.
        problems: why it could not be read, where it failed; else what was read with a doubt.
    """

    source: str
    location: str
    outcome: Outcome
    papers: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()


class _UnreadableError(Exception):
    """A source of which no paper could be read, with all the reasons."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def source_records(
    source: SourceFile,
    format: str | None,
    settings: ExtractionSettings,
    is_unchanged: Callable[[SourceRecord], bool] = lambda _: False,
    batch_documents: int = 2_000,
) -> Iterator[Records | SourceEnd]:
    """What a source says, as rows of records; memory is bounded by the batch.

    Args:
        source: what to read.
        format: its format; found from its content where ``None``.
        settings: how to extract.
        is_unchanged: whether a source of this hash, reader and extractor need not be read again.
        batch_documents: documents whose rows are held before they are given away.

    Yields:
        (table, rows), the row of the table ``source`` last, nothing for a source that was not read; then what
        became of it.

    Raises:
        ExtractionError: the fault is not in the source.
    """
    key = source_id(source.location)
    try:
        reader = reader_for(source, format)
        record = _record(source, reader, settings)
        if is_unchanged(record):
            yield SourceEnd(key, source.location, "unchanged")
            return
        items = _readable(reader.read(source))
    except UnknownFormatError as error:
        if not (source.named or format):
            yield SourceEnd(key, source.location, "passed over")
            return
        problems: tuple[Problem, ...] = (_problem(error),)
    except SourceError as error:
        problems = (_problem(error),)
    except _UnreadableError as error:
        problems = error.problems
    else:
        yield from _extracted(record, items, settings, batch_documents)
        return
    yield SourceEnd(key, source.location, "failed", problems=problems)


def _extracted(
    record: SourceRecord,
    items: Iterable[Document | Problem],
    settings: ExtractionSettings,
    batch_documents: int,
) -> Iterator[Records | SourceEnd]:
    rows = SourceRecords(record, batch_documents)
    for item in extract_stream(items, settings):
        if isinstance(item, Problem):
            rows.add_problem(item)
        else:
            rows.add(*item)
        if rows.is_full:
            yield from rows.taken()
    yield from rows.finished()
    yield SourceEnd(
        record.source, record.location, "read", rows.documents, rows.refused, tuple(rows.problems)
    )


def _record(source: SourceFile, reader: Reader, settings: ExtractionSettings) -> SourceRecord:
    return SourceRecord(
        source=source_id(source.location),
        location=source.location,
        format=reader.format,
        sha256=source.sha256(),
        date=reader.listing_date(source),
        reader=f"{reader.format}@{reader.version}",
        extractor=fingerprint(settings),
    )


def _problem(error: SourceError) -> Problem:
    return Problem(error.reason, line=error.line, paper=error.paper, lost=True)


def _readable(items: Iterator[Document | Problem]) -> Iterator[Document | Problem]:
    """The same items; where a source breaks off in the middle, what came before is kept and the break is told.

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
            raise _UnreadableError(tuple(item for item in first if isinstance(item, Problem)))

    def rest() -> Iterator[Document | Problem]:
        yield from first
        try:
            yield from items
        except SourceError as error:
            yield _problem(error)

    return rest()
