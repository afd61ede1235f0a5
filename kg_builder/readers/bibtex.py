"""The ``bibtex`` format: bibliographies in BibTeX and BibLaTeX, parsed by bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg_builder.document import Document, Passage, Problem, Signature
from kg_builder.ids import arxiv_id
from kg_builder.readers.addresses import acl_id_of, arxiv_id_of, doi_of
from kg_builder.readers.bylines import judged
from kg_builder.readers.dates import iso_date, year_and_month
from kg_builder.readers.encoding import ESCAPED_BYTE, decode, likely_encoding, remedy
from kg_builder.readers.latex import plain_name, plain_text
from kg_builder.readers.source import SourceFile, some_paper

if TYPE_CHECKING:
    from bibtexparser.model import Block

_ENTRY = re.compile(
    rb"^[ \t]{0,99}@[a-z]{2,30}[ \t]{0,99}[{(][ \t]{0,99}[^\s,{}()\"=]{1,200}[ \t]{0,99},", re.I | re.M
)
_ARXIV_VENUE = re.compile(r"\barxiv\b[^:]{0,40}:\s*(\S{1,40})", re.IGNORECASE)
_KEYWORD_MARKS = re.compile(r"[;,]")
_NO_PAPERS = frozenset({"proceedings", "set", "xdata"})
_OTHERS = "others"
_LONGEST_REASON = 200


class BibtexReader:
    """Reads the entries of a bibliography; editors are no authors."""

    format = "bibtex"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether a line begins an entry, as in ``@article{key,``."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return not start.startswith((b"{", b"[", b"<", b"#")) and bool(_ENTRY.search(head))

    def listing_date(self, source: SourceFile) -> str | None:  # noqa: ARG002 (a bibliography is no listing)
        """``None``: a bibliography lists nothing on a day."""
        return None

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The entries that are papers, in their order.

        Raises:
            SourceError: it holds no entry that can be read.
        """
        text = decode(source.read(), source.location).text
        outcomes = (outcome for block in _blocks(text) if (outcome := _read_block(block)) is not None)
        nothing = "no entry was found; one is written @article{key, title = {…}, …}"
        yield from some_paper(outcomes, source, nothing)


def _blocks(text: str) -> list[Block]:
    """The blocks of a bibliography, those that failed among them; one of two entries under one key is no failure."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares.parsestack import default_parse_stack
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say is told as a Problem
    blocks: list[Block] = []
    for block in parse_string(text, parse_stack=[]).blocks:
        second = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
        if isinstance(second, Entry):
            second.key = f"{second.key}#{second.start_line}"
        blocks.append(second or block)
    library = Library(blocks)
    for middleware in default_parse_stack(allow_inplace_modification=True):
        library = middleware.transform(library)
    return list(library.blocks)


def _read_block(block: Block) -> Document | Problem | None:
    """The paper of a block; ``None`` where the block is a comment, a string or a whole volume."""
    from bibtexparser.model import Entry, ParsingFailedBlock

    line = (block.start_line or 0) + 1
    if isinstance(block, ParsingFailedBlock):
        stated = str(getattr(block.error, "abort_reason", "") or block.error)
        reason = " ".join(stated.split()).rstrip(".")[:_LONGEST_REASON]
        return Problem(f"the entry is no valid BibTeX ({reason}); mend the entry", line, lost=True)
    if not isinstance(block, Entry) or block.entry_type.lower() in _NO_PAPERS:
        return None
    return _document(block, line)


def _document(entry: Block, line: int) -> Document | Problem:
    """The paper that an entry tells of."""
    fields = {field.key.lower(): str(field.value).strip() for field in getattr(entry, "fields", [])}
    key = str(getattr(entry, "key", ""))
    title = " ".join(plain_text(fields.get("title", "")).split())
    if not title:
        return Problem("the entry has no title; mend the entry", line, key, lost=True)
    for name in ("title", "author"):
        if ESCAPED_BYTE.search(fields.get(name, "")):
            reason = f"the text is not UTF-8; {remedy(likely_encoding(fields[name]))}"
            return Problem(reason, line, key, lost=True)
    authors, complete = _authors(fields.get("author", ""))
    abstract = plain_text(fields.get("abstract", ""))
    venue = next((fields[k] for k in ("booktitle", "journal", "journaltitle") if fields.get(k)), "")
    in_venue = _ARXIV_VENUE.search(venue)
    acl = acl_id_of(fields.get("url"))
    keywords = (plain_name(word).strip() for word in _KEYWORD_MARKS.split(fields.get("keywords", "")))
    return Document(
        title=Passage("title", title).text,
        arxiv_id=_arxiv_id(fields) or (arxiv_id(in_venue.group(1).rstrip(".,")) if in_venue else None),
        doi=doi_of(plain_name(fields.get("doi", ""))),
        external_ids=(f"acl:{acl}",) if acl else (),
        url=fields.get("url") or None,
        published=_published(fields),
        venue=None if in_venue or not venue else " ".join(plain_text(venue).split()),
        authors=authors,
        authors_complete=complete,
        passages=(Passage("title", title), *([Passage("abstract", abstract)] if abstract.strip() else [])),
        topics=tuple(dict.fromkeys(keyword for keyword in keywords if keyword)),
        problems=() if authors else (Problem("no authors are given; mend the entry", line, title),),
        line=line,
    )


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    """The arXiv id, from the ``eprint`` fields or the address."""
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    stated = arxiv_id(fields.get("eprint", "")) if archive == "arxiv" else None
    url = fields.get("url", "")
    return stated or (arxiv_id_of(url) if "arxiv.org" in url else None)


def _published(fields: Mapping[str, str]) -> str | None:
    """The date of publication, as precise as the entry gives it."""
    stated = fields.get("date", "")
    year, _, month = stated.partition("-")
    return iso_date(stated) or year_and_month(
        fields.get("year") or year, fields.get("month") or month or None
    )


def _authors(printed: str) -> tuple[tuple[Signature, ...], bool]:
    """The authors, given names first, and whether the list is complete; a name in braces is an organisation."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    names = [name for name in split_multiple_persons_names(printed) if name.strip()]
    signatures = (_signature(name.strip()) for name in names if name.strip().lower() != _OTHERS)
    return judged(signatures), not any(name.strip().lower() == _OTHERS for name in names)


def _signature(printed: str) -> Signature:
    """One name: ``Berg, Jr., Jan`` as ``Jan Berg Jr.``, ``{OpenAI}`` as the organisation."""
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    if printed.startswith("{") and printed.endswith("}") and printed.count("{") == 1:
        return Signature(plain_name(printed), kind="organization")
    try:
        parts = parse_single_name_into_parts(printed, strict=False)
    except InvalidNameError:
        return Signature(plain_name(printed))
    return Signature(plain_name(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr])))
