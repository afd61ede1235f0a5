"""Documents and what was found in them as rows of the workspace's tables, made by Arrow column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from kg_builder.document import Problem
from kg_builder.document_batches import DOCUMENT_COLUMNS, FOUND_LISTS, READ_LISTS, told
from kg_builder.workspace.record_tables import record_table

#: Rows of records: the name of a table, and rows for it.
Records = tuple[str, pa.Table]

_KEY = ("source", "document")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the workspace keeps of a source, and by which it knows whether the source has changed.

    Args:
        source: the id of the source.
        location: where it is, as the user named it.
        format: the format that it was read as.
        sha256: hash of its content.
        date: the day that it lists.
        reader: ``name@version`` of the reader.
        extractor: fingerprint of the extraction that found the facts.
    """

    source: str
    location: str
    format: str
    sha256: str
    date: str | None
    reader: str
    extractor: str


def source_row(record: SourceRecord, documents: int, refused: int) -> dict[str, Any]:
    """A source as a row of records.

    Args:
        record: the source itself.
        documents: how many papers it tells of.
        refused: facts dropped because their evidence did not reproduce.
    """
    return asdict(record) | {"documents": documents, "refused": refused}


def problem_row(
    location: str, problem: Problem, *, unread: bool = False, extraction: bool = False
) -> dict[str, Any]:
    """A problem as a row of records.

    Args:
        location: of the source that it stands in.
        problem: what could not be read, or was read with a doubt.
        unread: whether nothing of the source could be read, and what it said before stays.
        extraction: whether extraction tells it, so that extracting anew replaces it.
    """
    return {"location": location, **told(problem), "unread": unread, "extraction": extraction}


def all_records(extracted: pa.Table, locations: Mapping[str, str]) -> Iterator[Records]:
    """What was read, and what was found in it, as rows of records.

    Args:
        extracted: rows of `EXTRACTED`.
        locations: where each source is, by its id.
    """
    yield "document", extracted.select(["source", *DOCUMENT_COLUMNS])
    for name in READ_LISTS:
        yield from _unnested(extracted, name)
    for _, problems in _unnested(extracted, "problem"):
        about = {"unread": False, "extraction": False}
        rows = [row | about | {"location": locations[row["source"]]} for row in problems.to_pylist()]
        yield "problem", record_table("problem", None, rows)
    yield from found_records(extracted, locations)


def found_records(extracted: pa.Table, locations: Mapping[str, str]) -> Iterator[Records]:
    """What was found in documents, without what was read, as rows of records.

    Args:
        extracted: rows of `EXTRACTED`.
        locations: where each source is, by its id.
    """
    for name in FOUND_LISTS:
        yield from _unnested(extracted, name)
    failed = extracted.filter(extracted["failure"].is_valid())
    if failed.num_rows:
        kept = failed.select(["source", "line", "failure", "arxiv_id", "doi", "title"]).to_pylist()
        rows = [_failure_row(row, locations[row["source"]]) for row in kept]
        yield "problem", record_table("problem", None, rows)


def _unnested(extracted: pa.Table, name: str) -> Iterator[Records]:
    """A row for each element of a column of lists, with the key of its document; nothing where there is none."""
    lists = pa.concat_arrays(extracted[name].chunks)
    elements = lists.flatten()
    if not len(elements):
        return
    places = lists.value_parent_indices()
    keys = [extracted[key].take(places) for key in _KEY]
    yield name, pa.table([*keys, *elements.flatten()], names=[*_KEY, *(f.name for f in elements.type)])


def _failure_row(row: Mapping[str, Any], location: str) -> dict[str, Any]:
    reason = f"extraction failed ({row['failure']}); the paper is kept without facts, please report it"
    problem = Problem(reason, line=row["line"], paper=row["arxiv_id"] or row["doi"] or row["title"])
    return {"source": row["source"], **problem_row(location, problem, extraction=True)}
