"""The ``openalex`` format: works as OpenAlex gives them, one a line, or as an answer of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg_builder.document import Document, Passage, Problem, Signature
from kg_builder.readers.addresses import arxiv_id_of, arxiv_id_of_doi, doi_of, openalex_id_of
from kg_builder.readers.bylines import judged
from kg_builder.readers.dates import iso_date, year_and_month
from kg_builder.readers.encoding import decode
from kg_builder.readers.fields import integer_in, items_in, line_in, record_in, text_in
from kg_builder.readers.json_records import JsonRecord, json_lines, json_records
from kg_builder.readers.source import SourceFile, some_paper

_WORK = re.compile(r'\{\s{0,99}"id"\s{0,99}:\s{0,99}"https://openalex\.org/W')
_MARKS = ('"authorships"', '"abstract_inverted_index"', '"referenced_works"')
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)


class OpenAlexReader:
    """Reads works with their authors, institutions, abstract, topics and citations."""

    format = "openalex"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether works of OpenAlex begin the content."""
        text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
        if not text.startswith(("{", "[")):
            return False
        return bool(_WORK.search(text)) or any(mark in text for mark in _MARKS)

    def listing_date(self, source: SourceFile) -> str | None:  # noqa: ARG002 (metadata is no listing)
        """``None``: metadata lists nothing on a day."""
        return None

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The works, in the order of the source; from JSON lines one at a time.

        Raises:
            SourceError: it holds no work that can be read.
        """
        outcomes = (r if isinstance(r, Problem) else _document(r) for r in _records(source))
        yield from some_paper(outcomes, source, "no work was found in it")


def _records(source: SourceFile) -> Iterator[JsonRecord | Problem]:
    """The works: one a line where the first line is whole, else out of one answer."""
    with source.open() as stream:
        first_line = stream.readline().strip()
    if first_line.startswith(b"{") and first_line.endswith(b"}"):
        with source.open() as stream:
            for record in json_lines(stream):
                yield from _unwrapped(record)
    else:
        for record in json_records(decode(source.read(), source.location).text, _WORK):
            yield from _unwrapped(record)


def _unwrapped(record: JsonRecord | Problem) -> Iterator[JsonRecord | Problem]:
    """The works of an answer, or the record itself."""
    works = record_in(record.value).get("results") if isinstance(record, JsonRecord) else None
    if isinstance(works, list) and isinstance(record, JsonRecord):
        yield from (JsonRecord(work, record.line) for work in works)
    else:
        yield record


def _document(record: JsonRecord) -> Document | Problem:
    """The paper that a work tells of."""
    work = record_in(record.value)
    identifier = openalex_id_of(line_in(work.get("id")), "W")
    printed = text_in(work.get("title")) or text_in(work.get("display_name"))
    if not identifier and "authorships" not in work:
        return Problem("the record is no work of OpenAlex: it has no id of theirs", record.line, lost=True)
    if not printed:
        return Problem("the work has no title; mend the record", record.line, identifier, lost=True)
    title = " ".join(printed.split())
    doi = doi_of(line_in(work.get("doi")))
    places = [record_in(work.get("primary_location")), *map(record_in, items_in(work.get("locations")))]
    authors = judged(_signatures(work))
    abstract = abstract_text(work.get("abstract_inverted_index"))
    return Document(
        title=Passage("title", title).text,
        arxiv_id=arxiv_id_of_doi(doi) or _arxiv_id(places),
        doi=doi,
        external_ids=(f"openalex:{identifier}",) if identifier else (),
        url=next((url for place in places if (url := line_in(place.get("landing_page_url")))), None),
        published=iso_date(line_in(work.get("publication_date")) or "")
        or year_and_month(str(work.get("publication_year")), None),
        venue=line_in(record_in(places[0].get("source")).get("display_name")),
        authors=authors,
        authors_complete=work.get("is_authors_truncated") is not True,
        passages=(Passage("title", printed), *([Passage("abstract", abstract)] if abstract else [])),
        topics=_topics(work),
        cites=_cites(work),
        problems=() if authors else (Problem("no authors are given; mend the record", record.line, title),),
        line=record.line,
    )


def abstract_text(index: object) -> str | None:
    """An abstract from its inverted index, which holds for each word the positions where it stands.

    >>> abstract_text({"models": [1, 3], "Large": [0], "beat": [2]})
    'Large models beat models'
    """
    placed = [
        (position, word)
        for word, positions in record_in(index).items()
        for position in items_in(positions)
        if integer_in(position) is not None
    ]
    return " ".join(word for _, word in sorted(placed)) or None


def _arxiv_id(places: list[Mapping[str, Any]]) -> str | None:
    """The arXiv id, where arXiv is one of the places in which the work is found."""
    addresses = (line_in(place.get(key)) for place in places for key in ("landing_page_url", "pdf_url"))
    return next((found for a in addresses if a and "arxiv.org" in a and (found := arxiv_id_of(a))), None)


def _topics(work: Mapping[str, Any]) -> tuple[str, ...]:
    """Topics, keywords, and those concepts that the work itself is about (others are only their ancestors)."""
    entries = [record_in(entry) for key in ("topics", "keywords") for entry in items_in(work.get(key))]
    concepts = (record_in(entry) for entry in items_in(work.get("concepts")))
    entries += [concept for concept in concepts if concept.get("score", 1) != 0]
    names = (line_in(entry.get("display_name")) or line_in(entry.get("keyword")) for entry in entries)
    return tuple(dict.fromkeys(name for name in names if name))


def _cites(work: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the works that are cited."""
    found = (openalex_id_of(line_in(cited), "W") for cited in items_in(work.get("referenced_works")))
    return tuple(dict.fromkeys(f"openalex:{cited}" for cited in found if cited))


def _signatures(work: Mapping[str, Any]) -> Iterator[Signature]:
    """The authors as printed, with their ids and institutions."""
    for entry in items_in(work.get("authorships")):
        authorship = record_in(entry)
        author = record_in(authorship.get("author"))
        name = line_in(authorship.get("raw_author_name")) or line_in(author.get("display_name"))
        if not name:
            continue
        orcid = _ORCID.fullmatch(line_in(author.get("orcid")) or "")
        openalex = openalex_id_of(line_in(author.get("id")), "A")
        institutions = (record_in(i) for i in items_in(authorship.get("institutions")))
        homes = (line_in(institution.get("display_name")) for institution in institutions)
        ids = (orcid and f"orcid:{orcid.group(1).upper()}", openalex and f"openalex:{openalex}")
        yield Signature(
            name,
            ids=tuple(i for i in ids if i),
            affiliations=tuple(dict.fromkeys(home for home in homes if home)),
        )
