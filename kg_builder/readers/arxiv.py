"""The ``arxiv`` format: the Atom answer of arXiv's API, and the metadata snapshot with one JSON record a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from kg_builder.document import Document, Passage, Problem, Signature
from kg_builder.errors import SourceError
from kg_builder.ids import arxiv_id
from kg_builder.readers.addresses import arxiv_id_of, doi_of
from kg_builder.readers.bylines import read_byline, signed
from kg_builder.readers.dates import iso_date, mail_date
from kg_builder.readers.fields import items_in, line_in, record_in, text_in
from kg_builder.readers.json_records import JsonRecord, json_lines
from kg_builder.readers.latex import plain_name
from kg_builder.readers.source import SourceFile, some_paper
from kg_builder.readers.xml_elements import XmlElement, flat_line, flat_text, read_elements

_ATOM = re.compile(rb"<feed\b[^>]{0,500}http://www\.w3\.org/2005/Atom|<entry\b")
_ATOM_ARXIV = b"arxiv.org"
_SNAPSHOT = (b'"id"', b'"title"', b'"abstract"', b'"categories"')
_ERROR_ADDRESS = "/api/errors"
#: Positions in a row of ``authors_parsed``: family name, given names, suffix, then affiliations.
_FAMILY, _GIVEN, _SUFFIX, _AFFILIATIONS = range(4)


class ArxivReader:
    """Reads what arXiv says of its papers."""

    format = "arxiv"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether it is an Atom feed from arXiv, or JSON lines with an abstract and categories."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start.startswith(b"<"):
            return bool(_ATOM.search(head)) and _ATOM_ARXIV in head
        return start.startswith(b"{") and all(key in head for key in _SNAPSHOT)

    def listing_date(self, source: SourceFile) -> str | None:  # noqa: ARG002 (metadata is no listing)
        """``None``: metadata lists nothing on a day."""
        return None

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The papers, in the order of the source, one at a time.

        Raises:
            SourceError: it holds no paper that can be read.
        """
        is_xml = source.head().removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        outcomes = _entries(source) if is_xml else _rows(source)
        yield from some_paper(outcomes, source, "no paper was found in it")


def _entries(source: SourceFile) -> Iterator[Document | Problem]:
    """The papers of an Atom feed."""
    with source.open() as stream:
        try:
            for found in read_elements(stream, frozenset({"entry"})):
                yield _from_entry(found)
        except SourceError as error:
            yield Problem(error.reason, error.line, lost=True)


def _rows(source: SourceFile) -> Iterator[Document | Problem]:
    """The papers of the snapshot."""
    with source.open() as stream:
        for record in json_lines(stream):
            yield record if isinstance(record, Problem) else _from_row(record)


def _from_entry(found: XmlElement) -> Document | Problem:
    """The paper that an Atom entry tells of."""
    entry = found.element
    address = flat_line(entry.find("id"))
    printed, summary = flat_text(entry.find("title")), flat_text(entry.find("summary"))
    if address and _ERROR_ADDRESS in address:
        return Problem(f"arXiv answered with an error: {summary}; ask again", found.line, lost=True)
    if not printed:
        return Problem("the entry has no title; fetch it again", found.line, address, lost=True)
    identifier = arxiv_id_of(address)
    authors = signed((_from_author(author) for author in entry.findall("author")), in_order=True)
    terms = (category.get("term", "").strip() for category in entry.findall("category"))
    return Document(
        title=" ".join(printed.split()),
        arxiv_id=identifier,
        doi=doi_of(flat_line(entry.find("doi"))),
        url=f"https://arxiv.org/abs/{identifier}" if identifier else address,
        published=iso_date(flat_line(entry.find("published")) or ""),
        venue=flat_line(entry.find("journal_ref")),
        authors=authors,
        passages=_passages(printed, summary),
        topics=tuple(dict.fromkeys(term for term in terms if term)),
        problems=_no_authors(authors, found.line, printed),
        line=found.line,
    )


def _from_author(author: Element) -> Signature:
    affiliations = tuple(text for e in author.findall("affiliation") if (text := flat_line(e)))
    return Signature(plain_name(flat_line(author.find("name")) or ""), affiliations=affiliations)


def _from_row(record: JsonRecord) -> Document | Problem:
    """The paper that a record of the snapshot tells of."""
    row = record_in(record.value)
    identifier = arxiv_id(line_in(row.get("id")) or "")
    printed, abstract = text_in(row.get("title")), text_in(row.get("abstract"))
    if not ("categories" in row or "authors_parsed" in row):
        return Problem(
            "the record is none of arXiv's: it has no categories", record.line, identifier, lost=True
        )
    if not printed:
        return Problem("the record has no title; mend the record", record.line, identifier, lost=True)
    authors, complete = _authors(row)
    return Document(
        title=Passage("title", " ".join(printed.split())).text,
        arxiv_id=identifier,
        doi=doi_of((line_in(row.get("doi")) or "").partition(" ")[0]),
        url=f"https://arxiv.org/abs/{identifier}" if identifier else None,
        published=_published(row),
        venue=line_in(row.get("journal-ref")),
        authors=authors,
        authors_complete=complete,
        passages=_passages(printed, abstract),
        topics=tuple(dict.fromkeys((line_in(row.get("categories")) or "").split())),
        problems=_no_authors(authors, record.line, printed),
        line=record.line,
    )


def _passages(title: str, abstract: str | None) -> tuple[Passage, ...]:
    return (Passage("title", title), *([Passage("abstract", abstract)] if abstract else []))


def _no_authors(authors: tuple[Signature, ...], line: int, title: str) -> tuple[Problem, ...]:
    return (
        () if authors else (Problem("no authors are given; mend the record", line, " ".join(title.split())),)
    )


def _authors(row: Mapping[str, Any]) -> tuple[tuple[Signature, ...], bool]:
    """The authors, from the names that arXiv has taken apart, else from the printed list."""
    entries = [_from_parts(parts) for parts in items_in(row.get("authors_parsed"))]
    named = [entry for entry in entries if entry.name]
    if named:
        return signed(named, in_order=True), True
    byline = read_byline(plain_name(line_in(row.get("authors")) or ""))
    return signed((Signature(name) for name in byline.names), in_order=True), byline.complete


def _from_parts(row: object) -> Signature:
    """A name from its parts: ``["Lovelace", "Ada", "", …]``."""
    parts = [line_in(part) or "" for part in items_in(row)]
    parts += [""] * (_AFFILIATIONS - len(parts))
    name = " ".join(part for part in (parts[_GIVEN], parts[_FAMILY], parts[_SUFFIX]) if part)
    return Signature(plain_name(name), affiliations=tuple(part for part in parts[_AFFILIATIONS:] if part))


def _published(row: Mapping[str, Any]) -> str | None:
    """The day of the first version, else of the last update."""
    versions = items_in(row.get("versions"))
    first = record_in(versions[0]) if versions else {}
    return mail_date(line_in(first.get("created")) or "") or iso_date(line_in(row.get("update_date")) or "")
