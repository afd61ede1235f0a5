"""The entries of a digest: from its lines to what each says of votes, authors and text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg_builder.document import Passage, Problem, Section
from kg_builder.readers.bylines import python_strings
from kg_builder.readers.dates import iso_date
from kg_builder.readers.encoding import ESCAPED_BYTE, is_unreadable

#: The heading of a digest, with the day in brackets.
DIGEST_HEADING = re.compile(r"#{1,2}[ \t]+Daily Papers\b[^(]{0,100}(?:\(([^)]{0,100})\))?", re.IGNORECASE)
#: What ends a line; form feeds and other separators do not.
LINE_END = re.compile(r"\r\n|\r|\n")
_SECTIONS: dict[str, Section] = {
    "what's new": "whats_new",
    "technical details": "technical_details",
    "performance highlights": "performance_highlights",
}
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
#: How many ``#`` the headings of papers have; four are read where a digest has no linked heading of fewer.
_PAPER_LEVELS = (2, 3)
_DEEP_PAPER_LEVELS = (4,)
_NUMBERING = re.compile(r"\d{1,3}[.)][ \t]*(?=\[)")
_FIELD = re.compile(r"\**(Vote|Upvote|Author)s?\**[ \t]*:\**[ \t]*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"([ \t]*)[-*•][ \t]+(.*)")
_NAME = r"(What['’]s[ \t]+New|Technical[ \t]+Details|Performance[ \t]+Highlights)"
_LABEL = re.compile(
    rf"\*{{0,3}}[ \t]*{_NAME}[ \t]*(?::[ \t]*\*{{2,3}}|\*{{2,3}}[ \t]*:?|:)[ \t]*(.*)", re.IGNORECASE
)
_MEDIA = re.compile(r"!\[|\[Watch Video\]|</?(?:video|div|img|iframe|source|p|a|br|center)\b", re.IGNORECASE)
_VOTES = re.compile(r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}")


@dataclass
class Entry:
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
class EntryContent:
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


def digest_entries(text: str, path_date: str | None) -> Iterator[Entry]:
    """The entries of a digest: what a linked heading opens, and, once there was one, any heading of the same level.

    Args:
        text: the whole digest.
        path_date: the ISO date in its path, for entries below no heading with a date.
    """
    entry: Entry | None = None
    day, in_digest = path_date, False
    lines = LINE_END.split(text)
    levels = _paper_levels(lines)
    for number, line in enumerate(lines, 1):
        heading = _HEADING.match(line) if line.startswith("#") else None
        level, words = (len(heading.group(1)), heading.group(2)) if heading else (0, "")
        opened = DIGEST_HEADING.match(line) if heading else None
        linked = level in levels and _is_linked(words)
        if opened:
            day = iso_date(opened.group(1) or "") or path_date
        in_digest = in_digest or bool(opened) or (linked and level == max(levels))
        begins = linked or (in_digest and level == max(levels) and not _section(words))
        if entry and (opened or begins or 0 < level < max(levels)):
            yield entry
            entry = None
        if begins and not opened:
            entry = Entry(number, words, day)
        elif entry:
            entry.lines.append((number, line))
    if entry:
        yield replace(entry, last=True)


def _paper_levels(lines: Iterable[str]) -> tuple[int, ...]:
    """The levels of the headings that papers have in this digest."""
    headings = [found.groups() for line in lines if line.startswith("#") and (found := _HEADING.match(line))]
    linked = {len(signs) for signs, words in headings if _is_linked(words) and "](" in words}
    deep = linked.isdisjoint(_PAPER_LEVELS) and not linked.isdisjoint(_DEEP_PAPER_LEVELS)
    return _DEEP_PAPER_LEVELS if deep else _PAPER_LEVELS


def _is_linked(words: str) -> bool:
    return words.startswith("[", _numbered(words))


def _numbered(words: str) -> int:
    """Where the words of a heading begin, after a number such as ``3.``."""
    found = _NUMBERING.match(words)
    return found.end() if found else 0


def split_heading(words: str) -> tuple[str, str | None, str]:
    """Title, address, and what is wrong with the heading (or nothing).

    >>> split_heading("[Learning [more]](https://arxiv.org/abs/2101.00001)")
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


def entry_content(entry: Entry) -> EntryContent:
    """Votes, authors and passages of an entry."""
    content = EntryContent()
    section: Section = "body"
    running = False
    for number, line in entry.lines:
        text = line.strip()
        if not text or _MEDIA.match(text):
            running = False
            continue
        if not content.passages and _take_field(content, entry, number, text):
            continue
        heading = _HEADING.match(text)
        if heading:
            section, running = _section(heading.group(2)) or "body", False
            continue
        bullet = _BULLET.match(line)
        if running and not bullet:
            content.passages[-1][1].append(text)
            continue
        words = bullet.group(2).strip() if bullet else text
        label = _LABEL.match(words)
        if label:
            section, words = _section(label.group(1)) or "body", label.group(2)
        elif bullet and not bullet.group(1):
            section = "body"
        running = bool(words)
        if words:
            content.passages.append((section, _unwrapped(words)))
    return content


def _unwrapped(words: str) -> list[str]:
    """The lines of a text; some entries of 2024 print it as a Python list, each string a statement of its own."""
    strings = python_strings(words, whole=True) or []
    return [line for string in strings if (line := string.strip())] or [words]


def _section(name: str) -> Section | None:
    """The section of that name, whatever its apostrophe, case and asterisks."""
    return _SECTIONS.get(" ".join(name.strip(" *:").replace("’", "'").casefold().split()))


def _take_field(content: EntryContent, entry: Entry, number: int, text: str) -> bool:
    """Keep what a line like ``Vote: 11`` or ``Authors: …`` says; ``False`` where it is no such line."""
    found = _FIELD.match(text)
    if not found:
        if content.authors and content.authors.endswith(",") and not text.startswith(("-", "*", "#")):
            content.authors += f" {text}"
            return True
        return False
    value = found.group(2).strip()
    if found.group(1).lower() == "author":
        content.authors = value
    elif _VOTES.fullmatch(value):
        content.votes = int(value.replace(",", ""))
    elif value not in ("", "-"):
        reason = f"the votes are no number: {value[:40]!r}"
        content.problems.append(Problem(reason, number, split_heading(entry.heading)[0]))
    return True
