"""The ``digest`` format: a daily list of papers in Markdown, as it looks today and as it looked before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.document import Document, Passage, Problem, Section, Signature
from kg_builder.errors import SourceError
from kg_builder.readers.addresses import arxiv_id_of
from kg_builder.readers.bylines import read_byline, signed
from kg_builder.readers.dates import iso_date
from kg_builder.readers.digest_entries import (
    DIGEST_HEADING,
    LINE_END,
    Entry,
    EntryContent,
    digest_entries,
    entry_content,
    split_heading,
)
from kg_builder.readers.encoding import ESCAPED_BYTE, decode, is_unreadable, likely_encoding, remedy
from kg_builder.readers.source import SourceFile

_PAPER_LINK = re.compile(
    r"^#{2,4}[ \t]+[^\n]*\]\(https?://[^\s)]{0,100}(?:arxiv|huggingface|doi\.org|openreview|aclanthology)",
    re.MULTILINE,
)
_LINK = re.compile(r"^#{2,4}[ \t]+(?:\d{1,3}[.)][ \t]*)?\[[^\n]*\]\(", re.MULTILINE)
_DIGEST_LINE = re.compile(r"^(?:Vote|Authors):|^- \*{2,3}(?:What.s New|Technical Details)\*", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?。…)\]}\"'”’*`|>:;$/]\s{0,9}\Z")


#: What an entry begins with, for messages.
DIGEST_ENTRY = "### [Title](https://arxiv.org/abs/…)"


class DigestReader:
    """Reads a daily digest: ``## Daily Papers (DATE)``, then ``### [Title](address)`` and text a paper."""

    format = "digest"
    version = "2"

    def recognises(self, head: bytes) -> bool:
        """Whether there is a digest's heading, or linked headings over papers."""
        text = head.decode("utf-8", "replace").removeprefix("\ufeff")
        if text.lstrip()[:1] in ("{", "[", "<", "@"):
            return False
        if _PAPER_LINK.search(text) or any(DIGEST_HEADING.match(line) for line in LINE_END.split(text)):
            return True
        return bool(_LINK.search(text) and _DIGEST_LINE.search(text))

    def listing_date(self, source: SourceFile) -> str | None:
        """The date in the first heading of the digest, else the one in its path."""
        for line in LINE_END.split(source.head().decode("utf-8", "replace").removeprefix("\ufeff")):
            found = DIGEST_HEADING.match(line)
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
        entries = list(digest_entries(decoded.text, iso_date(source.location)))
        if not entries:
            reason = f"no paper was found; a digest has entries like {DIGEST_ENTRY!r}"
            raise SourceError(reason, location=source.location)
        outcomes: list[Document | Problem] = []
        usual: set[Section] = set()
        for entry in entries:
            content = entry_content(entry)
            outcomes.append(_document(entry, content, usual, cut=entry.last and decoded.cut))
            usual = content.sections
        if not any(isinstance(outcome, Document) for outcome in outcomes):
            first = next(outcome for outcome in outcomes if isinstance(outcome, Problem))
            raise SourceError(first.reason, location=source.location, line=first.line, paper=first.paper)
        yield from outcomes


def _document(entry: Entry, content: EntryContent, usual: set[Section], *, cut: bool) -> Document | Problem:
    """The paper that an entry tells of.

    Args:
        entry: its lines.
        content: what they say.
        usual: the sections of the entry before.
        cut: whether the file ends in the middle of a character.
    """
    title, url, wrong = split_heading(entry.heading)
    title = Passage("title", title).text
    lost = _why_lost(entry, content, title, wrong)
    if lost:
        return lost
    problems = list(content.problems)
    if wrong:
        problems.append(Problem(wrong, entry.line, title))
    if ESCAPED_BYTE.search(entry.text):
        problems.append(_damage(entry, title, lost=False))
    ended_in_authors = entry.last and bool(content.authors) and not content.passages
    byline = read_byline(content.authors or "")
    names = [name for name in byline.names if "\ufffd" not in name]
    authors = signed((Signature(name) for name in names), in_order=False)
    if not authors:
        problems.append(Problem("no authors are given; add a line 'Authors: …'", entry.line, title))
    if entry.last and (how := _how_cut(content, usual, cut)):
        problems.append(Problem(f"{how}; what is there is kept", entry.end, title))
    whole_address = not wrong or not entry.last or bool(content.passages)
    return Document(
        title=title,
        arxiv_id=arxiv_id_of(url) if whole_address else None,
        url=url if whole_address else None,
        votes=content.votes,
        date=entry.date,
        authors=authors,
        authors_complete=byline.complete and not ended_in_authors and len(names) == len(byline.names),
        passages=(Passage("title", title), *content.readable),
        problems=tuple(problems),
        line=entry.line,
    )


def _why_lost(entry: Entry, content: EntryContent, title: str, wrong: str) -> Problem | None:
    """Why an entry cannot be read at all, where it cannot."""
    if is_unreadable(entry.heading) or (content.passages and not content.readable):
        return _damage(entry, title, lost=True)
    if not title:
        reason = "the heading holds no title; write it as '### [Title](address)'"
        return Problem(reason, entry.line, lost=True)
    if wrong and entry.last and "](" not in entry.heading and not content.passages and not content.authors:
        reason = "the file is cut off in this heading; get the whole file"
        return Problem(reason, entry.line, title, lost=True)
    return None


def _damage(entry: Entry, title: str, *, lost: bool) -> Problem:
    """What to say of bytes that are not UTF-8."""
    encoding = likely_encoding(entry.text)
    kept = "" if lost else "; names and passages with such bytes are left out or marked with U+FFFD"
    reason = f"the text is not UTF-8 (it looks like {encoding}){kept}; {remedy(encoding)}"
    return Problem(reason, entry.damaged_line, title, lost=lost)


def _how_cut(content: EntryContent, usual: set[Section], cut: bool) -> str | None:
    """How the last entry of a file shows that the file was cut off, where it does."""
    if not content.passages:
        return "the file ends before the entry's text: get the whole file"
    if cut or not _SENTENCE_END.search(content.passages[-1][1][-1]):
        return "the file ends in the middle of a sentence: get the whole file"
    if content.sections < usual and content.passages[-1][0] != "body":
        return "the last entry lacks sections that the one before it has: see whether the file is whole"
    return None
