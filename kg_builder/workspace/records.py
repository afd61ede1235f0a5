"""Documents and their facts as rows of the workspace, in Arrow batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from kg_builder.document import Document, Problem, printed
from kg_builder.facts import Evidence, Facts
from kg_builder.ids import content_hash
from kg_builder.workspace.record_tables import record_table


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


#: Rows of records: the name of a table, and rows for it.
Records = tuple[str, pa.Table]


class SourceRecords:
    """Collects the rows of one source and gives them away in batches: memory does not grow with the source.

    Args:
        record: the source that the rows belong to.
        batch_documents: documents that are held before `taken` gives their rows away.
    """

    def __init__(self, record: SourceRecord, batch_documents: int = 2_000) -> None:
        self._record = record
        self._batch_documents = batch_documents
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.documents = 0
        self.mentions = 0
        self.relations = 0
        self.results = 0
        self.refused = 0
        self.problems: list[Problem] = []

    def add(self, document: Document, facts: Facts) -> None:
        """Keep a document with what was found in it."""
        number = self.documents
        self.documents += 1
        self.mentions += len(facts.mentions)
        self.relations += len(facts.relations)
        self.results += len(facts.results)
        self.refused += facts.refused
        self._add_document(number, document)
        self._add_facts(number, facts)
        for problem in document.problems:
            self.add_problem(problem)

    def add_problem(self, problem: Problem) -> None:
        """Keep what could not be read, or was read with a doubt."""
        self.problems.append(problem)
        self._rows["problem"].append(problem_row(self._record.location, problem))

    @property
    def is_full(self) -> bool:
        """Whether it is time to take the rows away."""
        return len(self._rows["document"]) >= self._batch_documents

    def taken(self) -> Iterator[Records]:
        """The rows that are held, by table; they are held no more."""
        rows, self._rows = self._rows, defaultdict(list)
        for table, held in rows.items():
            if held:
                yield table, record_table(table, self._record.source, held)

    def finished(self) -> Iterator[Records]:
        """The rows that are left, and that of the source itself."""
        yield from self.taken()
        row = asdict(self._record) | {"documents": self.documents, "refused": self.refused}
        yield "source", record_table("source", self._record.source, [row])

    def _add_document(self, number: int, document: Document) -> None:
        rows = self._rows
        rows["document"].append(
            {
                "document": number,
                "title": printed(document.title),
                "arxiv_id": document.arxiv_id,
                "doi": document.doi,
                "external_ids": list(document.external_ids),
                "url": None if document.url is None else printed(document.url),
                "votes": document.votes,
                "date": document.date,
                "published": document.published,
                "venue": document.venue,
                "authors_complete": document.authors_complete,
                "topics": list(document.topics),
                "organizations": list(document.organizations),
                "cites": list(document.cites),
            }
        )
        for position, author in enumerate(document.authors, start=1):
            rows["signature"].append(
                {
                    "document": number,
                    "position": position,
                    "name": printed(author.name),
                    "kind": author.kind,
                    "ids": list(author.ids),
                    "affiliations": list(author.affiliations),
                }
            )
        for position, passage in enumerate(document.passages):
            rows["passage"].append(
                {
                    "document": number,
                    "passage": position,
                    "section": passage.section,
                    "language": passage.language,
                    "text": passage.text,
                    "text_hash": content_hash(passage.text),
                }
            )

    def _add_facts(self, number: int, facts: Facts) -> None:
        rows = self._rows
        for index, entity in enumerate(facts.entities):
            rows["entity"].append(
                {
                    "document": number,
                    "entity": index,
                    "label": entity.label,
                    "name": entity.name,
                    "aliases": list(entity.aliases),
                    "kind": entity.kind,
                }
            )
        for mention in facts.mentions:
            rows["mention"].append(
                {"document": number, "entity": mention.entity}
                | _evidence(mention.evidence, mention.confidence, mention.extractor)
            )
        for relation in facts.relations:
            rows["relation"].append(
                {
                    "document": number,
                    "type": relation.type,
                    "subject": relation.subject,
                    "target": relation.target,
                }
                | _evidence(relation.evidence, relation.confidence, relation.extractor)
            )
        for index, result in enumerate(facts.results):
            rows["result"].append(
                {
                    "document": number,
                    "result": index,
                    "value": result.value,
                    "from_value": result.from_value,
                    "unit": result.unit,
                    "kind": result.kind,
                    "direction": result.direction,
                    "subjects": list(result.subjects),
                    "benchmarks": list(result.benchmarks),
                    "baselines": list(result.baselines),
                    "metrics": list(result.metrics),
                }
                | _evidence(result.evidence, result.confidence, result.extractor)
            )


def problem_row(location: str, problem: Problem, *, unread: bool = False) -> dict[str, Any]:
    """A problem as a row of records.

    Args:
        location: of the source that it stands in.
        problem: what could not be read, or was read with a doubt.
        unread: whether nothing of the source could be read, and what it said before stays.
    """
    return {
        "location": location,
        "line": problem.line,
        "paper": None if problem.paper is None else printed(problem.paper),
        "reason": printed(problem.reason),
        "lost": problem.lost,
        "unread": unread,
    }


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
