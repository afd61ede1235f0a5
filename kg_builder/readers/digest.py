"""The ``digest`` format: a daily list of papers in Markdown, as it looks today and as it looked before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg_builder.document import Document, Passage, Problem, Section, Signature
from kg_builder.errors import SourceError
from kg_builder.readers.addresses import arxiv_id_of
from kg_builder.readers.bylines import read_byline, signed
from kg_builder.readers.dates import iso_date
from kg_builder.readers.encoding import ESCAPED_BYTE, decode, is_unreadable, likely_encoding, remedy
from kg_builder.readers.source import SourceFile

_SECTIONS: dict[str, Section] = {
    "what's new": "whats_new",
    "technical details": "technical_details",
    "performance highlights": "performance_highlights",
}
_DAY = re.compile(r"#{1,2}[ \t]+Daily Papers\b[^(]{0,100}(?:\(([^)]{0,100})\))?", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_PAPER_LEVELS = (2, 3)
_NUMBERING = re.compile(r"\d{1,3}[.)][ \t]*(?=\[)")
_PAPER_LINK = re.compile(
    r"^#{2,3}[ \t]+[^\n]*\]\(https?://[^\s)]{0,100}(?:arxiv|huggingface|doi\.org|openreview|aclanthology)",
    re.MULTILINE,
)
_LINK = re.compile(r"^#{2,3}[ \t]+(?:\d{1,3}[.)][ \t]*)?\[[^\n]*\]\(", re.MULTILINE)
_DIGEST_LINE = re.compile(r"^(?:Vote|Authors):|^- \*{2,3}(?:What.s New|Technical Details)\*", re.MULTILINE)
_FIELD = re.compile(r"\**(Vote|Upvote|Author)s?\**[ \t]*:\**[ \t]*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"([ \t]*)[-*•][ \t]+(.*)")
_LABEL = re.compile(r"\*{2,3}([^*]{1,80})(?:\*{2,3}[ \t]*:|:[ \t]*\*{2,3})[ \t]*(.*)")
_MEDIA = re.compile(r"!\[|\[Watch Video\]|</?(?:video|div|img|iframe|source|p|a|br|center)\b", re.IGNORECASE)
_VOTES = re.compile(r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}")
_SENTENCE_END = re.compile(r"[.!?。…)\]}\"'”’*`|>:;$/]\s{0,9}\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass
class _Entry:
    """The lines of one paper.

    Args:
        line: where its heading stands.
        heading: the heading's words.
        date: the ISO date of the day it is listed under.
        lines: the lines below the heading, with their numbers.
        last: whether it is the last of the file, which may end too early.
    """

    line: int
    heading: str
    date: str | None
    lines: list[tuple[int, str]] = field(default_factory=list)
    last: bool = False

    @property
    def text(self) -> str:
        """Heading and lines."""
        return "\n".join([self.heading, *(text for _, text in self.lines)])

    @property
    def end(self) -> int:
        """The last line that is not blank."""
        return next((number for number, text in reversed(self.lines) if text.strip()), self.line)

    @property
    def damaged_line(self) -> int:
        """The first line with a byte that is not UTF-8."""
        return next((number for number, text in self.lines if ESCAPED_BYTE.search(text)), self.line)


@dataclass
class _Gathered:
    """What the lines of an entry say."""

    votes: int | None = None
    authors: str | None = None
    passages: list[tuple[Section, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def readable(self) -> list[Passage]:
        """The passages, without those that are in another encoding."""
        texts = [(section, "\n".join(lines)) for section, lines in self.passages]
        return [Passage(section, text) for section, text in texts if not is_unreadable(text)]

    @property
    def sections(self) -> set[Section]:
        """The labelled sections."""
        return {section for section, _ in self.passages} - {"body"}


class DigestReader:
    """Reads a daily digest: ``## Daily Papers (DATE)``, then ``### [Title](address)`` and text a paper."""

    format = "digest"
    version = "1"

    def recognises(self, head: bytes) -> bool:
        """Whether there is a digest's heading, or linked headings over papers."""
        text = head.decode("utf-8", "replace").removeprefix("\ufeff")
        if text.lstrip()[:1] in ("{", "[", "<", "@"):
            return False
        if _PAPER_LINK.search(text) or any(_DAY.match(line) for line in _LINE_END.split(text)):
            return True
        return bool(_LINK.search(text) and _DIGEST_LINE.search(text))

    def listing_date(self, source: SourceFile) -> str | None:
        """The date in the first heading of the digest, else the one in its path."""
        for line in _LINE_END.split(source.head().decode("utf-8", "replace").removeprefix("\ufeff")):
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
            raise SourceError("the file is empty", location=source.location)
        entries = list(_entries(decoded.text, iso_date(source.location)))
        if not entries:
            reason = "no paper was found; a digest has entries like '### [Title](https://arxiv.org/abs/…)'"
            raise SourceError(reason, location=source.location)
        outcomes: list[Document | Problem] = []
        usual: set[Section] = set()
        for entry in entries:
            gathered = _gather(entry)
            outcomes.append(_document(entry, gathered, usual, cut=entry.last and decoded.cut))
            usual = gathered.sections
        if not any(isinstance(outcome, Document) for outcome in outcomes):
            first = next(outcome for outcome in outcomes if isinstance(outcome, Problem))
            raise SourceError(first.reason, location=source.location, line=first.line, paper=first.paper)
        yield from outcomes


def _entries(text: str, path_date: str | None) -> Iterator[_Entry]:
    """The entries of a digest: what a linked heading opens, and below a digest's own heading any heading."""
    entry: _Entry | None = None
    day, in_digest = path_date, False
    for number, line in enumerate(_LINE_END.split(text), 1):
        heading = _HEADING.match(line) if line.startswith("#") else None
        level, words = (len(heading.group(1)), heading.group(2)) if heading else (0, "")
        opened = _DAY.match(line) if heading else None
        linked = level in _PAPER_LEVELS and words.startswith("[", _numbered(words))
        if opened:
            day, in_digest = iso_date(opened.group(1) or "") or path_date, True
        begins = linked or (in_digest and level == max(_PAPER_LEVELS) and not _section(words))
        if entry and (opened or begins or 0 < level < max(_PAPER_LEVELS)):
            yield entry
            entry = None
        if begins and not opened:
            entry = _Entry(number, words, day)
        elif entry:
            entry.lines.append((number, line))
    if entry:
        yield replace(entry, last=True)


def _numbered(words: str) -> int:
    """Where the words of a heading begin, after a number such as ``3.``."""
    found = _NUMBERING.match(words)
    return found.end() if found else 0


def _split_heading(words: str) -> tuple[str, str | None, str]:
    """Title, address, and what is wrong with the heading (or nothing).

    >>> _split_heading("[Learning [more]](https://arxiv.org/abs/2101.00001)")
    ('Learning [more]', 'https://arxiv.org/abs/2101.00001', '')
    """
    text = words[_numbered(words) :].strip()
    if not text.startswith("["):
        return text, None, ""
    title, link, address = text[1:].rpartition("](")
    if link:
        wrong = "" if ")" in address else "the address in the heading is not closed by ')'"
        return title.strip(), address.partition(")")[0].strip() or None, wrong
    if text.endswith("]"):
        return text[1:-1].strip(), None, ""
    return text[1:].strip(), None, "the title in the heading is not closed by ']'"


def _document(entry: _Entry, gathered: _Gathered, usual: set[Section], *, cut: bool) -> Document | Problem:
    """The paper that an entry tells of.

    Args:
        entry: its lines.
        gathered: what they say.
        usual: the sections of the entry before.
        cut: whether the file ends in the middle of a character.
    """
    title, url, wrong = _split_heading(entry.heading)
    title = Passage("title", title).text
    lost = _why_lost(entry, gathered, title, wrong)
    if lost:
        return lost
    problems = list(gathered.problems)
    if wrong:
        problems.append(Problem(wrong, entry.line, title))
    if ESCAPED_BYTE.search(entry.text):
        problems.append(_damage(entry, title, lost=False))
    ended_in_authors = entry.last and bool(gathered.authors) and not gathered.passages
    byline = read_byline(gathered.authors or "")
    names = [name for name in byline.names if "\ufffd" not in name]
    authors = signed((Signature(name) for name in names), in_order=False)
    if not authors:
        problems.append(Problem("no authors are given; add a line 'Authors: …'", entry.line, title))
    if entry.last and (how := _how_cut(gathered, usual, cut)):
        problems.append(Problem(f"{how}; what is there is kept", entry.end, title))
    whole_address = not wrong or not entry.last or bool(gathered.passages)
    return Document(
        title=title,
        arxiv_id=arxiv_id_of(url) if whole_address else None,
        url=url if whole_address else None,
        votes=gathered.votes,
        date=entry.date,
        authors=authors,
        authors_complete=byline.complete and not ended_in_authors and len(names) == len(byline.names),
        passages=(Passage("title", title), *gathered.readable),
        problems=tuple(problems),
        line=entry.line,
    )


def _why_lost(entry: _Entry, gathered: _Gathered, title: str, wrong: str) -> Problem | None:
    """Why an entry cannot be read at all, where it cannot."""
    if is_unreadable(entry.heading) or (gathered.passages and not gathered.readable):
        return _damage(entry, title, lost=True)
    if not title:
        reason = "the heading holds no title; write it as '### [Title](address)'"
        return Problem(reason, entry.line, lost=True)
    if wrong and entry.last and "](" not in entry.heading and not gathered.passages and not gathered.authors:
        reason = "the file is cut off in this heading; get the whole file"
        return Problem(reason, entry.line, title, lost=True)
    return None


def _damage(entry: _Entry, title: str, *, lost: bool) -> Problem:
    """What to say of bytes that are not UTF-8."""
    encoding = likely_encoding(entry.text)
    kept = "" if lost else "; names and passages with such bytes are left out or marked with U+FFFD"
    reason = f"the text is not UTF-8 (it looks like {encoding}){kept}; {remedy(encoding)}"
    return Problem(reason, entry.damaged_line, title, lost=lost)


def _how_cut(gathered: _Gathered, usual: set[Section], cut: bool) -> str | None:
    """How the last entry of a file shows that the file was cut off, where it does."""
    if not gathered.passages:
        return "the file ends before the entry's text: get the whole file"
    if cut or not _SENTENCE_END.search(gathered.passages[-1][1][-1]):
        return "the file ends in the middle of a sentence: get the whole file"
    if gathered.sections < usual and gathered.passages[-1][0] != "body":
        return "the last entry lacks sections that the one before it has: see whether the file is whole"
    return None


def _gather(entry: _Entry) -> _Gathered:
    """Votes, authors and passages of an entry."""
    gathered = _Gathered()
    section: Section = "body"
    running = False
    for number, line in entry.lines:
        text = line.strip()
        if not text or _MEDIA.match(text):
            running = False
            continue
        if not gathered.passages and _take_field(gathered, entry, number, text):
            continue
        heading = _HEADING.match(text)
        if heading:
            section, running = _section(heading.group(2)) or "body", False
            continue
        bullet = _BULLET.match(line)
        if running and not bullet:
            gathered.passages[-1][1].append(text)
            continue
        words = bullet.group(2).strip() if bullet else text
        label = _LABEL.match(words)
        known = _section(label.group(1)) if label else None
        if label and known:
            section, words = known, label.group(2)
        elif bullet and not bullet.group(1):
            section = "body"
        running = bool(words)
        if words:
            gathered.passages.append((section, [words]))
    return gathered


def _section(name: str) -> Section | None:
    """The section of that name, whatever its apostrophe, case and asterisks."""
    return _SECTIONS.get(" ".join(name.strip(" *:").replace("’", "'").casefold().split()))


def _take_field(gathered: _Gathered, entry: _Entry, number: int, text: str) -> bool:
    """Keep what a line like ``Vote: 11`` or ``Authors: …`` says; ``False`` where it is no such line."""
    found = _FIELD.match(text)
    if not found:
        if gathered.authors and gathered.authors.endswith(",") and not text.startswith(("-", "*", "#")):
            gathered.authors += f" {text}"
            return True
        return False
    value = found.group(2).strip()
    if found.group(1).lower() == "author":
        gathered.authors = value
    elif _VOTES.fullmatch(value):
        gathered.votes = int(value.replace(",", ""))
    elif value not in ("", "-"):
        reason = f"the votes are no number: {value[:40]!r}"
        gathered.problems.append(Problem(reason, number, _split_heading(entry.heading)[0]))
    return True
