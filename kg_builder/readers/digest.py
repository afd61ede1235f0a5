"""The ``digest`` format: a daily list of papers in Markdown, as it looks today and as it looked before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kg_builder.document import Document, Passage, Problem, Section
from kg_builder.errors import SourceError
from kg_builder.ids import arxiv_id
from kg_builder.readers.bylines import signatures, split_byline
from kg_builder.readers.encoding import ESCAPED_BYTE, damage, decode, likely_encoding, remedy
from kg_builder.readers.source import SourceFile

_SECTIONS: dict[str, Section] = {
    "what's new": "whats_new",
    "technical details": "technical_details",
    "performance highlights": "performance_highlights",
}
_DAY = re.compile(r"#{1,2}\s+Daily Papers\b[^(]*(?:\(([^)]*)\))?", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_PAPER_LEVEL = 3
_LINKED = re.compile(r"^#{2,4}[ \t]+\[.*\]\(", re.MULTILINE)
_FIELD = re.compile(r"\**(Vote|Upvote|Author)s?\**[ \t]*:\**[ \t]*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"([ \t]*)[-*•][ \t]+(.*)")
_LABEL = re.compile(r"\*{2,3}([^*]{1,80}?)[ \t]*(?:\*{2,3}[ \t]*:|:[ \t]*\*{2,3})[ \t]*(.*)")
_MEDIA = re.compile(r"!\[|\[Watch Video\]|</?(?:video|div|img|iframe|source|p|a|br|center)\b", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(20\d\d)[-./]?(\d\d)[-./]?(\d\d)(?!\d)")
_VOTES = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_SENTENCE_END = re.compile(r"[.!?。…)\]}\"'”’*`|>:;$]\s*\Z")


@dataclass
class _Entry:
    """One paper while its lines are being gathered."""

    line: int
    heading: str
    date: str | None
    lines: list[tuple[int, str]] = field(default_factory=list)
    last: bool = False

    def damage(self) -> tuple[int, int]:
        """Bytes that are not UTF-8, and good characters beyond ASCII."""
        return damage("\n".join([self.heading, *(text for _, text in self.lines)]))

    def damaged_line(self) -> int:
        """The first line with a byte that is not UTF-8."""
        return next((n for n, text in self.lines if ESCAPED_BYTE.search(text)), self.line)


@dataclass
class _Gathered:
    """What the lines of an entry say."""

    url: str | None = None
    votes: int | None = None
    authors: str | None = None
    authors_line: int | None = None
    passages: list[tuple[Section, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def iso_date(text: str) -> str | None:
    """The first real date in a text, as ISO, or ``None``.

    >>> iso_date("2024/12/24.md"), iso_date("Daily Papers (2024-12-24)"), iso_date("2024/13/40")
    ('2024-12-24', '2024-12-24', None)
    """
    for found in _DATE.finditer(text):
        try:
            return date(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            continue
    return None


def _split_heading(text: str) -> tuple[str, str | None, bool]:
    """Title, address, and whether the heading is whole."""
    if not text.startswith("["):
        return text.strip(), None, True
    title, bracket, rest = text[1:].rpartition("](")
    if not bracket:
        return text[1:].strip().removesuffix("]").strip(), None, False
    return title.strip(), rest.partition(")")[0].strip() or None, ")" in rest


class DigestReader:
    """Reads a daily digest: ``## Daily Papers (DATE)``, then ``### [Title](address)`` and text a paper."""

    format = "digest"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether there is a digest's heading, or the linked heading of a paper."""
        text = head.decode("utf-8", "replace").removeprefix("\ufeff")
        if text.lstrip()[:1] in ("{", "[", "<", "@"):
            return False
        return bool(_LINKED.search(text)) or any(_DAY.match(line) for line in text.split("\n"))

    def listing_date(self, source: SourceFile) -> str | None:
        """The date in the first heading of the digest, else the one in its path."""
        for line in source.head().decode("utf-8", "replace").removeprefix("\ufeff").split("\n"):
            found = _DAY.match(line)
            if found and (stated := iso_date(found.group(1) or "")):
                return stated
        return iso_date(source.location)

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The papers of a digest, in its order.

        Raises:
            SourceError: it is empty, no digest, or in another encoding throughout.
        """
        decoded = decode(source.read(), source.location)
        if not decoded.text.strip():
            raise SourceError(
                "the file is empty; a digest has entries like '### [Title](address)'",
                location=source.location,
            )
        entries = list(_entries(decoded.text, iso_date(source.location)))
        if not entries:
            raise SourceError(
                "no paper was found; a digest has entries like '### [Title](https://arxiv.org/abs/…)'",
                location=source.location,
            )
        read = 0
        lost: list[Problem] = []
        for entry in entries:
            outcome = _document(entry, cut=entry.last and decoded.cut)
            if isinstance(outcome, Document):
                read += 1
            else:
                lost.append(outcome)
            yield outcome
        if not read:
            raise SourceError(lost[0].reason, location=source.location, line=lost[0].line)


def _entries(text: str, path_date: str | None) -> Iterator[_Entry]:
    """The entries of a digest; headings that are neither linked nor below a digest's heading are none."""
    entry: _Entry | None = None
    day, in_digest = path_date, False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line.startswith("#") and (found := _DAY.match(line)):
            day, in_digest = iso_date(found.group(1) or "") or path_date, True
            if entry:
                yield entry
            entry = None
        elif line.startswith("#") and (heading := _HEADING.match(line)):
            level, words = len(heading.group(1)), heading.group(2)
            linked = words.startswith("[") and 2 <= level <= 4
            if linked or (in_digest and level == _PAPER_LEVEL):
                if entry:
                    yield entry
                entry = _Entry(number, words, day)
            elif level < _PAPER_LEVEL:
                if entry:
                    yield entry
                entry = None
            elif entry:
                entry.lines.append((number, line))
        elif entry:
            entry.lines.append((number, line))
    if entry:
        yield replace(entry, last=True)


def _document(entry: _Entry, *, cut: bool) -> Document | Problem:
    """The paper that an entry tells of."""
    title, url, whole = _split_heading(entry.heading)
    bad, good = entry.damage()
    if bad > good:
        encoding = likely_encoding("\n".join([entry.heading, *(text for _, text in entry.lines)]))
        reason = f"the text is not UTF-8 (it looks like {encoding}); {remedy(encoding)}"
        return Problem(reason, entry.damaged_line(), title, lost=True)
    if not title:
        return Problem(
            "the heading holds no title; write it as '### [Title](address)'", entry.line, lost=True
        )
    gathered = _gather(entry)
    problems = gathered.problems
    if bad:
        reason = "some bytes are not UTF-8 and are kept as U+FFFD; mend the file"
        problems.append(Problem(reason, entry.damaged_line(), title))
    names, complete = split_byline(gathered.authors or "")
    authors = signatures(name for name in names if not ESCAPED_BYTE.search(name))
    if not authors:
        problems.append(Problem("no authors are given; add a line 'Authors: …'", entry.line, title))
    ends_in_authors = bool(entry.last and gathered.authors_line and not gathered.passages)
    if not whole or ends_in_authors or (entry.last and _looks_cut(gathered, cut)):
        end = entry.lines[-1][0] if entry.lines else entry.line
        reason = "the entry is cut off here; what could be read is kept"
        problems.append(Problem(reason, end, title))
    passages = [Passage("title", title)]
    passages += [Passage(section, "\n".join(lines)) for section, lines in gathered.passages]
    return Document(
        title=Passage("title", title).text,
        arxiv_id=_arxiv_of(url),
        url=url,
        votes=gathered.votes,
        date=entry.date,
        authors=authors,
        authors_complete=complete and not ends_in_authors and len(authors) == len(names),
        passages=tuple(passages),
        problems=tuple(problems),
        line=entry.line,
    )


def _looks_cut(gathered: _Gathered, cut: bool) -> bool:
    """Whether the last entry of a file stops short."""
    if cut or not gathered.passages:
        return True
    return not _SENTENCE_END.search(gathered.passages[-1][1][-1])


def _arxiv_of(url: str | None) -> str | None:
    """The arXiv id in an address, as arXiv, the Hugging Face pages and others write it."""
    parts = (url or "").split("?")[0].split("#")[0].removesuffix(".pdf").rstrip("/").split("/")
    return arxiv_id(parts[-1]) or arxiv_id("/".join(parts[-2:]))


def _gather(entry: _Entry) -> _Gathered:
    """Votes, authors and passages of an entry."""
    gathered = _Gathered()
    section: Section = "body"
    open_passage = False
    for number, line in entry.lines:
        text = line.strip()
        if not text or _MEDIA.match(text):
            open_passage = False
            continue
        found = _FIELD.match(text)
        if found and not gathered.passages:
            _take_field(gathered, entry, number, found.group(1).lower(), found.group(2).strip())
            continue
        heading = _HEADING.match(text)
        if heading:
            section, open_passage = _section(heading.group(2).strip(" *:")) or "body", False
            continue
        bullet = _BULLET.match(line)
        words = bullet.group(2).strip() if bullet else text
        label = _LABEL.match(words) if bullet or not open_passage else None
        known = _section(label.group(1)) if label else None
        if label and known:
            section, words = known, label.group(2)
        elif bullet and not bullet.group(1):
            section = "body"
        if not words:
            open_passage = False
        elif bullet or not open_passage:
            gathered.passages.append((section, [words]))
            open_passage = True
        else:
            gathered.passages[-1][1].append(text)
    return gathered


def _section(name: str) -> Section | None:
    """The section of that name."""
    return _SECTIONS.get(" ".join(name.replace("’", "'").casefold().split()))


def _take_field(gathered: _Gathered, entry: _Entry, number: int, name: str, value: str) -> None:
    """Keep what a line like ``Vote: 11`` or ``Authors: …`` says."""
    if name == "author":
        gathered.authors, gathered.authors_line = value, number
        return
    votes = _VOTES.fullmatch(value)
    if votes:
        gathered.votes = int(value.replace(",", ""))
    elif value not in ("", "-"):
        title = _split_heading(entry.heading)[0]
        gathered.problems.append(Problem(f"the votes are no number: {value[:40]!r}", number, title))
