"""The ``huggingface`` format: what the daily-papers API of Hugging Face answers, one JSON list a day."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg_builder.document import Document, Passage, Problem, Signature
from kg_builder.ids import arxiv_id
from kg_builder.readers.bylines import signed
from kg_builder.readers.dates import iso_date
from kg_builder.readers.encoding import ESCAPED_BYTE, SURROGATE, decode, likely_encoding, remedy
from kg_builder.readers.fields import integer_in, items_in, line_in, lines_in, record_in, text_in
from kg_builder.readers.json_records import JsonRecord, json_records, read_json
from kg_builder.readers.source import SourceFile, some_paper

_RECORD = re.compile(r"""["']?\{\s{0,99}\\?["']paper\\?["']\s{0,99}:""")
_STATED_DATE = re.compile(r'\A\s*\{[^{}\[\]]{0,1000}"date"\s*:\s*"([^"]{0,100})"')
_SINGLE_FIELDS = frozenset({"upvotes", "authors", "summary"})
#: Who ties a name to an account: the author, or the site's staff. What was only guessed from the text of a paper
#: (``extracted_…``) is no identity: of 45 confirmed ones, some two belong to somebody else.
_TRUSTED = frozenset({"claimed_verified", "admin_assigned"})
#: Characters of a record written as a Python literal; such a record takes some 10 kB.
_LONGEST_LITERAL = 4_000_000


class HuggingFaceReader:
    """Reads the records of a day: ``[{"paper": {…}, …}, …]``, also inside ``{"data": […]}`` and as Python literals."""

    format = "huggingface"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether records with a ``paper`` begin the content, or one such paper."""
        text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
        if not text.startswith(("[", "{")):
            return False
        return bool(_RECORD.search(text)) or all(f'"{key}"' in text for key in _SINGLE_FIELDS)

    def listing_date(self, source: SourceFile) -> str | None:
        """The date in the path, else the one that the answer states."""
        stated = _STATED_DATE.match(source.head().decode("utf-8", "replace"))
        return iso_date(source.location) or (iso_date(stated.group(1)) if stated else None)

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The papers of a day, in its order.

        Raises:
            SourceError: it holds no record that can be read.
        """
        text = decode(source.read(), source.location).text
        day = self.listing_date(source)
        outcomes = (r if isinstance(r, Problem) else _document(r, day) for r in _records(text))
        nothing = 'there is no paper in it; a record is written {"paper": {…}}'
        yield from some_paper(outcomes, source, nothing)


def _records(text: str) -> Iterator[JsonRecord | Problem]:
    """The records, out of the list they stand in."""
    for record in json_records(text, _RECORD):
        inner = record_in(record.value) if isinstance(record, JsonRecord) else {}
        days = next(
            (inner[key] for key in ("data", "papers", "results") if isinstance(inner.get(key), list)), None
        )
        if days is not None and isinstance(record, JsonRecord):
            yield from (JsonRecord(value, record.line) for value in days)
        else:
            yield record


def _literal(text: str) -> Any:
    """The value of a record that is written as a string: JSON, or a Python literal.

    Raises:
        ValueError: it is neither.
    """
    if len(text) > _LONGEST_LITERAL:
        raise ValueError("the string is too long for one record")
    try:
        return read_json(text)
    except ValueError:
        try:
            return ast.literal_eval(text.strip())
        except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError) as error:
            raise ValueError("the string is neither JSON nor a Python literal") from error


def _document(record: JsonRecord, day: str | None) -> Document | Problem:
    """The paper that a record tells of."""
    value = record.value
    if isinstance(value, str):
        try:
            value = _literal(value)
        except ValueError as error:
            return Problem(f"{error}; mend the record", record.line, lost=True)
    outer = record_in(value)
    paper = record_in(outer.get("paper")) or (outer if outer.keys() >= _SINGLE_FIELDS else {})
    if not paper:
        return Problem('the record holds no paper; one is written {"paper": {…}}', record.line, lost=True)
    printed = text_in(paper.get("title")) or text_in(outer.get("title"))
    identifier = line_in(paper.get("id"))
    if not printed:
        return Problem("the record has no title; mend the record", record.line, identifier, lost=True)
    if ESCAPED_BYTE.search(printed):
        reason = f"the text is not UTF-8; {remedy(likely_encoding(printed))}"
        return Problem(reason, record.line, identifier or " ".join(printed.split()), lost=True)
    return _paper(outer, paper, printed, day, record.line)


def _paper(
    outer: Mapping[str, Any], paper: Mapping[str, Any], printed: str, day: str | None, line: int
) -> Document:
    """The paper of a record that has a title, with what is wrong with the rest of it."""
    identifier = line_in(paper.get("id"))
    home = record_in(paper.get("organization")) or record_in(outer.get("organization"))
    homes = tuple(name for key in ("fullname", "name") if (name := line_in(home.get(key))))
    entries = list(_signatures(paper))
    whole = [entry for entry in entries if not SURROGATE.search(entry.name)]
    authors = signed(whole, in_order=True, homes=homes)
    summary = text_in(paper.get("summary")) or text_in(outer.get("summary"))
    title = " ".join(printed.split())
    damaged = len(whole) < len(entries) or SURROGATE.search(summary or "") is not None
    arxiv = arxiv_id(identifier) if identifier else None
    return Document(
        title=Passage("title", title).text,
        arxiv_id=arxiv,
        external_ids=() if arxiv or not identifier else (f"hf:{identifier}",),
        url=_address(identifier, arxiv),
        votes=integer_in(paper.get("upvotes")),
        date=day or iso_date(line_in(paper.get("submittedOnDailyAt")) or ""),
        published=iso_date(line_in(paper.get("publishedAt")) or line_in(outer.get("publishedAt")) or ""),
        authors=authors,
        authors_complete=len(whole) == len(entries),
        passages=(Passage("title", printed), *([Passage("abstract", summary)] if summary else [])),
        topics=lines_in(paper.get("ai_keywords")),
        organizations=homes[:1],
        problems=tuple(_problems(title, line, unsigned=not authors, damaged=damaged)),
        line=line,
    )


def _problems(title: str, line: int, *, unsigned: bool, damaged: bool) -> Iterator[Problem]:
    """What is wrong with a paper that is kept all the same."""
    if unsigned:
        yield Problem("no authors are given; mend the record", line, title)
    if damaged:
        reason = "some characters are damaged: names with such are left out, in texts they are kept as U+FFFD"
        yield Problem(reason, line, title)


def _address(identifier: str | None, arxiv: str | None) -> str | None:
    """Where the paper is found."""
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    return f"https://huggingface.co/papers/{identifier}" if identifier else None


def _signatures(paper: Mapping[str, Any]) -> Iterator[Signature]:
    """The authors as listed, those whom the site hides included; an account is an identity where it is trusted."""
    for author in items_in(paper.get("authors")):
        entry = record_in(author)
        name = line_in(entry.get("name")) or line_in(author)
        if not name:
            continue
        account = line_in(record_in(entry.get("user")).get("user"))
        trusted = account and entry.get("status") in _TRUSTED
        yield Signature(name, ids=(f"hf:{account}",) if trusted else ())
