"""Documents, and what was found in them, as Arrow batches: a row a document, with lists of what belongs to it.

This is the form in which documents go to whatever extracts them, in this process or elsewhere, and come back. The
columns of the lists are those of the tables in which a workspace keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from kg_builder.document import Document, Passage, Problem, Signature, printed
from kg_builder.facts import Evidence, Facts
from kg_builder.ids import content_hash

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_NUMBERS = pa.list_(pa.int32())
_EVIDENCE = {
    "passage": pa.int32(),
    "start": pa.int64(),
    "end": pa.int64(),
    "mention_start": pa.int64(),
    "mention_end": pa.int64(),
    "confidence": pa.float64(),
    "extractor": _TEXT,
}

#: What is known of a document itself.
DOCUMENT_COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "document": pa.int32(),
    "title": _TEXT,
    "arxiv_id": _TEXT,
    "doi": _TEXT,
    "external_ids": _TEXTS,
    "url": _TEXT,
    "votes": pa.int64(),
    "date": _TEXT,
    "published": _TEXT,
    "venue": _TEXT,
    "authors_complete": pa.bool_(),
    "topics": _TEXTS,
    "organizations": _TEXTS,
    "cites": _TEXTS,
    "line": pa.int32(),
}
PROBLEM_COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "line": pa.int32(),
    "paper": _TEXT,
    "reason": _TEXT,
    "lost": pa.bool_(),
}
#: What a reader finds, by the list that holds it.
READ_LISTS: Final[Mapping[str, Mapping[str, pa.DataType]]] = {
    "signature": {
        "position": pa.int32(),
        "name": _TEXT,
        "kind": _TEXT,
        "ids": _TEXTS,
        "affiliations": _TEXTS,
    },
    "passage": {
        "passage": pa.int32(),
        "section": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "text_hash": _TEXT,
    },
}
#: What extraction finds, by the list that holds it.
FOUND_LISTS: Final[Mapping[str, Mapping[str, pa.DataType]]] = {
    "entity": {"entity": pa.int32(), "label": _TEXT, "name": _TEXT, "aliases": _TEXTS, "kind": _TEXT},
    "mention": {"entity": pa.int32(), **_EVIDENCE},
    "relation": {"type": _TEXT, "subject": pa.int32(), "target": pa.int32(), **_EVIDENCE},
    "result": {
        "result": pa.int32(),
        "value": pa.float64(),
        "from_value": pa.float64(),
        "unit": _TEXT,
        "kind": _TEXT,
        "direction": _TEXT,
        "subjects": _NUMBERS,
        "benchmarks": _NUMBERS,
        "baselines": _NUMBERS,
        "metrics": _NUMBERS,
        **_EVIDENCE,
    },
}


def _rows(columns: Mapping[str, pa.DataType]) -> pa.DataType:
    return pa.list_(pa.struct([pa.field(name, kind) for name, kind in columns.items()]))


#: A document as it goes into extraction; ``source`` is the id of the source that it stands in, ``document`` its
#: number there.
DOCUMENTS: Final = pa.schema(
    {
        "source": _TEXT,
        **DOCUMENT_COLUMNS,
        **{name: _rows(columns) for name, columns in READ_LISTS.items()},
        "problem": _rows(PROBLEM_COLUMNS),
    }
)
#: A document as it comes out: the same columns, what was found in it, the number of facts refused, and, where
#: extraction failed, why.
EXTRACTED: Final = pa.schema(
    [
        *DOCUMENTS,
        *(pa.field(name, _rows(columns)) for name, columns in FOUND_LISTS.items()),
        pa.field("refused", pa.int32()),
        pa.field("failure", _TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """What extraction made of a document: its facts, or why there are none."""

    facts: Facts
    failure: str | None = None


def documents_batch(documents: Iterable[tuple[str, int, Document]]) -> pa.RecordBatch:
    """A batch of `DOCUMENTS`.

    Args:
        documents: the id of the source, the number in that source, and the document itself.

    Example:
        >>> batch = documents_batch([("source:1", 0, Document("A Walk", passages=(Passage("title", "A Walk"),)))])
        >>> documents_in(batch)[0].title
        'A Walk'
    """
    rows = [_document_row(*document) for document in documents]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENTS)


def documents_in(batch: pa.RecordBatch) -> list[Document]:
    """The documents of a batch of `DOCUMENTS`, or of one with more columns."""
    return [_document(row) for row in batch.select(DOCUMENTS.names).to_pylist()]


def with_found(batch: pa.RecordBatch, found: Sequence[Found]) -> pa.RecordBatch:
    """A batch of `EXTRACTED`.

    Args:
        batch: a batch of `DOCUMENTS`.
        found: what was found in each of its documents.
    """
    lists = {
        "entity": [list(_entity_rows(f.facts)) for f in found],
        "mention": [list(_mention_rows(f.facts)) for f in found],
        "relation": [list(_relation_rows(f.facts)) for f in found],
        "result": [list(_result_rows(f.facts)) for f in found],
        "refused": [f.facts.refused for f in found],
        "failure": [f.failure for f in found],
    }
    arrays = [pa.array(lists[name], EXTRACTED.field(name).type) for name in EXTRACTED.names[len(DOCUMENTS) :]]
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays], schema=EXTRACTED)


def _document_row(source: str, number: int, document: Document) -> dict[str, Any]:
    return {
        "source": source,
        "document": number,
        "title": printed(document.title),
        "arxiv_id": document.arxiv_id,
        "doi": document.doi,
        "external_ids": document.external_ids,
        "url": None if document.url is None else printed(document.url),
        "votes": document.votes,
        "date": document.date,
        "published": document.published,
        "venue": document.venue,
        "authors_complete": document.authors_complete,
        "topics": document.topics,
        "organizations": document.organizations,
        "cites": document.cites,
        "line": document.line,
        "signature": [
            {
                "position": position,
                "name": printed(author.name),
                "kind": author.kind,
                "ids": author.ids,
                "affiliations": author.affiliations,
            }
            for position, author in enumerate(document.authors, start=1)
        ],
        "passage": [
            {
                "passage": position,
                "section": passage.section,
                "language": passage.language,
                "text": passage.text,
                "text_hash": content_hash(passage.text),
            }
            for position, passage in enumerate(document.passages)
        ],
        "problem": [told(problem) for problem in document.problems],
    }


def told(problem: Problem) -> dict[str, Any]:
    """A problem with the columns of `PROBLEM_COLUMNS`."""
    return {
        "line": problem.line,
        "paper": None if problem.paper is None else printed(problem.paper),
        "reason": printed(problem.reason),
        "lost": problem.lost,
    }


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        title=row["title"],
        arxiv_id=row["arxiv_id"],
        doi=row["doi"],
        external_ids=tuple(row["external_ids"] or ()),
        url=row["url"],
        votes=row["votes"],
        date=row["date"],
        published=row["published"],
        venue=row["venue"],
        authors=tuple(
            Signature(s["name"], s["kind"], tuple(s["ids"] or ()), tuple(s["affiliations"] or ()))
            for s in row["signature"] or ()
        ),
        authors_complete=row["authors_complete"],
        passages=tuple(Passage(p["section"], p["text"], p["language"]) for p in row["passage"] or ()),
        topics=tuple(row["topics"] or ()),
        organizations=tuple(row["organizations"] or ()),
        cites=tuple(row["cites"] or ()),
        problems=tuple(Problem(p["reason"], p["line"], p["paper"], p["lost"]) for p in row["problem"] or ()),
        line=row["line"],
    )


def _entity_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for index, entity in enumerate(facts.entities):
        yield {
            "entity": index,
            "label": entity.label,
            "name": entity.name,
            "aliases": entity.aliases,
            "kind": entity.kind,
        }


def _mention_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for m in facts.mentions:
        yield {"entity": m.entity} | _evidence(m.evidence, m.confidence, m.extractor)


def _relation_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for r in facts.relations:
        row = {"type": r.type, "subject": r.subject, "target": r.target}
        yield row | _evidence(r.evidence, r.confidence, r.extractor)


def _result_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for index, r in enumerate(facts.results):
        yield {
            "result": index,
            "value": r.value,
            "from_value": r.from_value,
            "unit": r.unit,
            "kind": r.kind,
            "direction": r.direction,
            "subjects": r.subjects,
            "benchmarks": r.benchmarks,
            "baselines": r.baselines,
            "metrics": r.metrics,
        } | _evidence(r.evidence, r.confidence, r.extractor)


def _evidence(evidence: Evidence, confidence: float, extractor: str) -> dict[str, Any]:
    return {
        "passage": evidence.passage,
        "start": evidence.start,
        "end": evidence.end,
        "mention_start": evidence.mention_start,
        "mention_end": evidence.mention_end,
        "confidence": confidence,
        "extractor": extractor,
    }
