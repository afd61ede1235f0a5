"""From the content of a source to rows of records in Arrow, for engines that run where no workspace is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.document_batches import EXTRACTED
from kg_builder.engines.extraction import extract_batches
from kg_builder.engines.source_documents import SourceEnd, source_documents
from kg_builder.extract import ExtractionSettings
from kg_builder.readers import SourceFile
from kg_builder.workspace.record_tables import record_table
from kg_builder.workspace.records import Records, SourceRecord, all_records, problem_row, source_row

__all__ = ["SourceEnd", "source_records"]


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
        (table, rows), the row of the table ``source`` last, nothing for a source that cannot be read; then what
        became of it.

    Raises:
        ExtractionError: the fault is not in the source.
    """
    held: list[pa.RecordBatch] = []
    papers = refused = 0
    for item in source_documents(source, format, settings, {}):
        if isinstance(item, SourceRecord):
            if is_unchanged(item):
                yield SourceEnd(item.source, item.location, "unchanged", item)
                return
            continue
        if isinstance(item, SourceEnd):
            yield from _rows(held, item.location)
            yield from _last_rows(item, refused)
            yield replace(item, refused=refused)
            return
        (found,) = extract_batches([item], settings)
        held.append(found)
        papers += found.num_rows
        refused += pc.sum(found["refused"]).as_py()
        if papers >= batch_documents:
            yield from _rows(held, source.location)
            held, papers = [], 0


def _rows(held: list[pa.RecordBatch], location: str) -> Iterator[Records]:
    if held:
        table = pa.Table.from_batches(held, EXTRACTED)
        yield from all_records(table, {table["source"][0].as_py(): location})


def _last_rows(end: SourceEnd, refused: int) -> Iterator[Records]:
    if end.record is None:
        return
    if end.problems:
        yield (
            "problem",
            record_table("problem", end.source, [problem_row(end.location, p) for p in end.problems]),
        )
    yield "source", record_table("source", None, [source_row(end.record, end.papers, refused)])
