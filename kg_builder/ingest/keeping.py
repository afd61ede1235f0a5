"""Extracted documents into the workspace: whole sources at a time, in bounded batches, by one writer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from kg_builder.document import Problem
from kg_builder.document_batches import EXTRACTED
from kg_builder.workspace import Workspace
from kg_builder.workspace.memory import hold_little
from kg_builder.workspace.record_tables import forget_found, forget_sources, insert_records, record_table
from kg_builder.workspace.records import (
    Records,
    SourceRecord,
    all_records,
    found_records,
    problem_row,
    source_row,
)

#: Documents that are held before they are written.
_HELD_DOCUMENTS = 2_000
#: Documents that are written before what was written is made durable.
_COMMIT_DOCUMENTS = 5_000


@dataclass(slots=True)
class _Coming:
    """A source whose documents are on their way; places count documents over all sources."""

    record: SourceRecord
    first: int
    end: int | None = None
    problems: tuple[Problem, ...] = ()
    begun: bool = False
    refused: int = 0


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source of which all is written."""

    location: str
    papers: int
    refused: int


@dataclass(slots=True)
class _Way:
    """How documents are kept: what is forgotten first, and what is written."""

    forget: Callable[..., None]
    records: Callable[[pa.Table, Mapping[str, str]], Iterator[Records]]


#: Sources that were read: all that was known of them is replaced.
READ = _Way(forget_sources, all_records)
#: Documents that the workspace held already: only what was found in them is replaced.
EXTRACTED_ANEW = _Way(forget_found, found_records)


@dataclass(slots=True)
class Keeping:
    """Writes extracted documents, and commits only between two sources.

    Args:
        workspace: with an open transaction.
        way: `READ` or `EXTRACTED_ANEW`.
        known: ids of the sources of which the workspace holds anything.
    """

    workspace: Workspace
    way: _Way
    known: set[str]
    _coming: deque[_Coming] = field(default_factory=deque)
    _held: list[pa.RecordBatch] = field(default_factory=list)
    _announced: int = 0
    _received: int = 0
    _written: int = 0
    _durable: int = 0

    def begin(self, record: SourceRecord) -> None:
        """The documents that are announced next belong to this source."""
        self._coming.append(_Coming(record, self._announced))

    def announce(self, documents: int) -> None:
        """So many documents of the source that began last are on their way."""
        self._announced += documents

    def end(self, problems: tuple[Problem, ...] = ()) -> None:
        """All documents of the source that began last have been announced."""
        self._coming[-1].end = self._announced
        self._coming[-1].problems = problems

    def keep(self, batch: pa.RecordBatch) -> list[KeptSource]:
        """Take the next batch of `EXTRACTED`; tells which sources are complete now."""
        self._held.append(batch)
        self._received += batch.num_rows
        if self._received - self._written < _HELD_DOCUMENTS:
            return []
        return self.flush()

    def flush(self) -> list[KeptSource]:
        """Write what is held: up to the end of a source where one has ended, else all."""
        complete = [s for s in self._coming if s.end is not None and s.end <= self._received]
        last = complete[-1].end if complete else self._received
        assert last is not None
        self._write(last)
        for source in complete:
            self._coming.popleft()
            told = [problem_row(source.record.location, problem) for problem in source.problems]
            if told:
                records = record_table("problem", source.record.source, told)
                insert_records(self.workspace.connection, "problem", records)
        rows = [source_row(s.record, (s.end or 0) - s.first, s.refused) for s in complete]
        if rows:
            insert_records(self.workspace.connection, "source", record_table("source", None, rows))
            self.workspace.mark_graph_stale()
        if complete and self._written - self._durable >= _COMMIT_DOCUMENTS:
            self.workspace.commit()
            hold_little(self.workspace.connection)
            self._durable = self._written
        return [KeptSource(s.record.location, (s.end or 0) - s.first, s.refused) for s in complete]

    def _write(self, last: int) -> None:
        """Write the documents before a place, and forget what the workspace held of their sources."""
        begun = [s for s in self._coming if not s.begun and (s.first < last or s.end == last)]
        for source in begun:
            source.begun = True
        known = [s.record.source for s in begun if s.record.source in self.known]
        self.way.forget(self.workspace.connection, known)
        held = pa.Table.from_batches(self._held, EXTRACTED)
        now = held.slice(0, last - self._written)
        self._held = held.slice(last - self._written).to_batches()
        self._written = last
        if now.num_rows:
            self._count_refused(now)
            locations = {s.record.source: s.record.location for s in self._coming}
            for table, rows in self.way.records(now, locations):
                insert_records(self.workspace.connection, table, rows)

    def _count_refused(self, written: pa.Table) -> None:
        counts = written.group_by("source").aggregate([("refused", "sum")])
        refused = dict(zip(*(counts[name].to_pylist() for name in ("source", "refused_sum")), strict=True))
        for source in self._coming:
            source.refused += refused.get(source.record.source, 0)
