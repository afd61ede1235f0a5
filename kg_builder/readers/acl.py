"""The ``acl`` format: the ACL Anthology's XML, one file a collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from kg_builder.document import Document, Passage, Problem, Signature
from kg_builder.errors import SourceError
from kg_builder.readers.addresses import doi_of
from kg_builder.readers.bylines import judged
from kg_builder.readers.dates import year_and_month
from kg_builder.readers.source import SourceFile
from kg_builder.readers.xml_elements import XmlElement, flat_line, flat_text, read_elements

_ROOT = re.compile(rb"<collection\b[^>]{0,500}\bid\s*=")
_OLD_COLLECTION = re.compile(r"([A-Z])(\d\d)")
_WHOLE_ADDRESS = re.compile(r"https?://\S+")
_SITE = "https://aclanthology.org/"
#: Two-digit years of old collection ids: the Anthology begins in 1952.
_FIRST_SHORT_YEAR = 52
#: From this volume on, the collection D19 counts volumes with two digits as the workshops do.
_FIRST_LONG_VOLUME_OF_D19 = 5


@dataclass(frozen=True, slots=True)
class _Volume:
    """What a volume says about all of its papers."""

    venue: str | None = None
    published: str | None = None


class AclReader:
    """Reads papers with their authors; editors are no authors, and front matter is no paper and is passed over."""

    format = "acl"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether the root element is a ``collection`` with an id."""
        return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and bool(_ROOT.search(head))

    def listing_date(self, source: SourceFile) -> str | None:  # noqa: ARG002 (a collection is no listing)
        """``None``: a collection lists nothing on a day."""
        return None

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The papers of a collection, in its order.

        Raises:
            SourceError: it holds no paper that can be read.
        """
        read = 0
        volume = _Volume()
        with source.open() as stream:
            try:
                for found in read_elements(stream, frozenset({"meta", "paper"})):
                    if found.element.tag == "meta":
                        volume = _volume(found)
                        continue
                    document = _document(found, volume)
                    read += isinstance(document, Document)
                    yield document
            except SourceError as error:
                if not read:
                    raise SourceError(error.reason, location=source.location, line=error.line) from error
                yield Problem(error.reason, error.line, lost=True)
        if not read:
            reason = "no paper was found; a collection holds <volume> elements with <paper> elements"
            raise SourceError(reason, location=source.location)


def anthology_id(collection: str, volume: str, paper: str) -> str:
    """The id by which the Anthology calls a paper.

    >>> anthology_id("P19", "1", "1"), anthology_id("W19", "4", "12"), anthology_id("2020.acl", "main", "7")
    ('P19-1001', 'W19-0412', '2020.acl-main.7')
    """
    numbered = volume.isdecimal() and paper.isdecimal()
    if not _OLD_COLLECTION.fullmatch(collection) or not numbered:
        return f"{collection}-{volume}.{paper}"
    long_volume = collection == "D19" and int(volume) >= _FIRST_LONG_VOLUME_OF_D19
    if collection.startswith("W") or collection == "C69" or long_volume:
        return f"{collection}-{int(volume):02d}{int(paper):02d}"
    return f"{collection}-{int(volume)}{int(paper):03d}"


def _collection_year(collection: str) -> str | None:
    """The year in a collection's id.

    >>> _collection_year("P19"), _collection_year("C69"), _collection_year("2020.acl")
    ('2019', '1969', '2020')
    """
    old = _OLD_COLLECTION.fullmatch(collection)
    if old:
        return f"{'19' if int(old.group(2)) >= _FIRST_SHORT_YEAR else '20'}{old.group(2)}"
    year = collection.partition(".")[0]
    return year if re.fullmatch(r"(?:19|20)\d\d", year) else None


def _volume(found: XmlElement) -> _Volume:
    """What a volume's ``meta`` says."""
    meta = found.element
    year = flat_line(meta.find("year")) or _collection_year(_attributes(found, "collection").get("id", ""))
    venue = flat_line(meta.find("journal-title")) or flat_line(meta.find("booktitle"))
    return _Volume(venue, year_and_month(year, flat_line(meta.find("month"))))


def _attributes(found: XmlElement, tag: str) -> Mapping[str, str]:
    """The attributes of the element of that tag around the one found."""
    return next((attributes for name, attributes in found.path if name == tag), {})


def _document(found: XmlElement, volume: _Volume) -> Document | Problem:
    """The paper that an element tells of."""
    paper = found.element
    collection, within = (_attributes(found, tag).get("id", "") for tag in ("collection", "volume"))
    number = paper.get("id", "")
    identifier = anthology_id(collection, within, number) if collection and within and number else None
    printed = flat_text(paper.find("title"))
    if not printed:
        return Problem("the paper has no title; mend its <title>", found.line, identifier, lost=True)
    title = " ".join(printed.split())
    authors = judged(_signature(author) for author in paper.findall("author"))
    problems = [] if authors else [Problem("no authors are given; mend the entry", found.line, title)]
    abstract = flat_text(paper.find("abstract"))
    return Document(
        title=title,
        doi=doi_of(flat_line(paper.find("doi"))),
        external_ids=(f"acl:{identifier}",) if identifier else (),
        url=_address(flat_line(paper.find("url")), identifier),
        published=year_and_month(flat_line(paper.find("year")), flat_line(paper.find("month")))
        or volume.published
        or _collection_year(collection),
        venue=flat_line(paper.find("booktitle")) or flat_line(paper.find("journal")) or volume.venue,
        authors=authors,
        passages=(Passage("title", printed), *([Passage("abstract", abstract)] if abstract else [])),
        problems=tuple(problems),
        line=found.line,
    )


def _address(url: str | None, identifier: str | None) -> str | None:
    """Where the paper is found; the Anthology writes its own addresses as bare ids."""
    if url and _WHOLE_ADDRESS.fullmatch(url):
        return url
    return f"{_SITE}{identifier}" if identifier else None


def _signature(author: Element) -> Signature:
    """An author with the person id and the ORCID that the Anthology gives."""
    parts = [flat_line(author.find(tag)) for tag in ("first", "last")]
    known: list[Any] = [("acl-person", author.get("id")), ("orcid", author.get("orcid"))]
    return Signature(
        " ".join(part for part in parts if part) or flat_line(author) or "",
        ids=tuple(f"{scheme}:{value}" for scheme, value in known if value),
        affiliations=tuple(text for e in author.findall("affiliation") if (text := flat_line(e))),
    )
