"""From the content of a source to its documents in Arrow batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from kg_builder.document import Document, Problem
from kg_builder.document_batches import documents_batch
from kg_builder.errors import SourceError, UnknownFormatError
from kg_builder.extract import ExtractionSettings, fingerprint
from kg_builder.ids import source_id
from kg_builder.readers import READERS, Reader, SourceFile, reader_for
from kg_builder.workspace.records import SourceRecord

#: What became of a source: its documents came before; it is as it was; only its extraction is out of date; no reader
#: recognises it; it cannot be read.
Outcome = Literal["read", "unchanged", "to be extracted", "passed over", "failed"]

#: Documents and characters of text in a batch. Small, so that cores end their work together, and little is held.
BATCH_DOCUMENTS = 32
_BATCH_CHARACTERS = 500_000


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """What became of a source; the last thing that is said of it.

    Args:
        source: its id.
        location: where it is.
        outcome: what became of it.
        record: what is known of it; ``None`` where it could not be read.
        papers: papers read.
        refused: facts dropped because their evidence did not reproduce.
        problems: what of it could not be read.
    """

    source: str
    location: str
    outcome: Outcome
    record: SourceRecord | None = None
    papers: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()


class _UnreadableError(Exception):
    """A source of which no paper could be read, with all the reasons."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def source_documents(
    source: SourceFile,
    format: str | None,
    settings: ExtractionSettings,
    known: Mapping[str, SourceRecord],
) -> Iterator[SourceRecord | pa.RecordBatch | SourceEnd]:
    """What a source tells of; only a batch is held.

    Args:
        source: what to read.
        format: its format; found from its content where ``None``.
        settings: how the documents will be extracted.
        known: the sources that were read before, by id; what is unchanged in content and reader is not read.

    Yields:
        What is known of the source, then batches of `DOCUMENTS`, neither for a source that is not read; last,
        what became of it.
    """
    key = source_id(source.location)
    try:
        record = _known_record(source, format, settings, known.get(key))
        if record is not None:
            same = record == known[key]
            yield SourceEnd(key, source.location, "unchanged" if same else "to be extracted", record)
            return
        reader = reader_for(source, format)
        record = _record(source, reader, settings)
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
        yield record
        yield from _batches(record, items)
        return
    yield SourceEnd(key, source.location, "failed", problems=problems)


def _batches(
    record: SourceRecord, items: Iterable[Document | Problem]
) -> Iterator[pa.RecordBatch | SourceEnd]:
    held: list[tuple[str, int, Document]] = []
    problems: list[Problem] = []
    papers = characters = 0
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        held.append((record.source, papers, item))
        papers += 1
        characters += sum(len(passage.text) for passage in item.passages)
        if len(held) == BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield documents_batch(held)
            held, characters = [], 0
    if held:
        yield documents_batch(held)
    yield SourceEnd(record.source, record.location, "read", record, papers, problems=tuple(problems))


def _known_record(
    source: SourceFile, format: str | None, settings: ExtractionSettings, before: SourceRecord | None
) -> SourceRecord | None:
    """What is known of a source that is as it was when this reader read it, under these settings."""
    if before is None or before.format not in READERS or format not in (None, before.format):
        return None
    reader = _reader_name(READERS[before.format])
    if (reader, source.sha256()) != (before.reader, before.sha256):
        return None
    return SourceRecord(
        source=before.source,
        location=before.location,
        format=before.format,
        sha256=before.sha256,
        date=before.date,
        reader=reader,
        extractor=fingerprint(settings),
    )


def _record(source: SourceFile, reader: Reader, settings: ExtractionSettings) -> SourceRecord:
    return SourceRecord(
        source=source_id(source.location),
        location=source.location,
        format=reader.format,
        sha256=source.sha256(),
        date=reader.listing_date(source),
        reader=_reader_name(reader),
        extractor=fingerprint(settings),
    )


def _reader_name(reader: Reader) -> str:
    return f"{reader.format}@{reader.version}"


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
