"""Candidates: every string of a document that could be a name, with all the places where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg_builder.extract.definitions import Definition, definitions
from kg_builder.extract.draft import Draft
from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.tokens import MAX_NAME_TOKENS, LatinWords, Token, name_key, runs

_MAX_PER_DOCUMENT = 400
_QUOTES = "\"'“”‘’`「『"
_QUOTE = re.compile(f"[{_QUOTES}]")
_TITLE_PREFIX = re.compile(r"\s*(\S[^:?\n]{0,60}?)\s*:\s")
_MAX_TITLE_TOKENS = 5
# A version is part of the name before it: "LongBench v2" is not LongBench.
_VERSION = re.compile(r"[vV]\d[\d.]*\Z")


class Occurrence(NamedTuple):
    """One place where a candidate stands.

    Args:
        passage: index of the passage.
        start: where it begins in the passage's text.
        end: where it ends (exclusive).
        maximal: whether no further name word adjoins it.
    """

    passage: int
    start: int
    end: int
    maximal: bool


@dataclass(slots=True)
class Candidate:
    """A string that could be a name.

    Args:
        key: what its spellings share.
        text: the spelling found first.
        occurrences: where it stands, in reading order.
        in_title: ``prefix`` where the title begins with it and a colon, ``inside`` where it holds it, else empty.
    """

    key: str
    text: str
    occurrences: list[Occurrence] = field(default_factory=list)
    in_title: str = ""


@dataclass(slots=True)
class CandidateSet:
    """The candidates of a document by key, and the definitions that tie short and long names together."""

    by_key: dict[str, Candidate]
    definitions: list[Definition]


def candidates(draft: Draft) -> CandidateSet:
    """The candidates of a document, in the order of their first occurrence."""
    by_key: dict[str, Candidate] = {}
    found_definitions: list[Definition] = []
    words_of: list[LatinWords] = []
    for index, passage in enumerate(draft.document.passages):
        words = LatinWords.of(passage.text)
        words_of.append(words)
        title = passage.section == "title"
        for start, end, maximal in _spans(passage.text, words, title):
            _add(by_key, passage.text, Occurrence(index, start, end, maximal))
            if len(by_key) >= _MAX_PER_DOCUMENT:
                break
        for definition in definitions(passage.text, index, words):
            found_definitions.append(definition)
            for start, end in (definition.short, definition.long):
                _add(by_key, passage.text, Occurrence(index, start, end, True))
        if title:
            _mark_title(by_key, passage.text, index)
    _add_title_names(by_key, draft, words_of)
    return CandidateSet(by_key, found_definitions)


def _add(by_key: dict[str, Candidate], text: str, occurrence: Occurrence) -> None:
    occurrence = _without_quotes(text, occurrence)
    name = text[occurrence.start : occurrence.end]
    key = name_key(name)
    if not key:
        return
    candidate = by_key.get(key)
    if candidate is None:
        candidate = by_key[key] = Candidate(key, " ".join(name.split()))
    if not any(o[:3] == occurrence[:3] for o in candidate.occurrences[-4:]):
        candidate.occurrences.append(occurrence)


def _without_quotes(text: str, place: Occurrence) -> Occurrence:
    start, end = place.start, place.end
    while start < end and text[start] in _QUOTES:
        start += 1
    while start < end and text[end - 1] in _QUOTES:
        end -= 1
    return place if (start, end) == (place.start, place.end) else place._replace(start=start, end=end)


def _spans(text: str, words: LatinWords, title: bool) -> Iterator[tuple[int, int, bool]]:
    telling = words.telling()
    for run in runs(text, telling):
        yield from _spans_of_run(text, run, title)
    lower = {words.starts[i] for i, form in enumerate(words.forms) if form.name}
    lower.update(_quoted(text, words))
    for start in sorted(lower):
        yield start, start + len(words.forms[bisect_left(words.starts, start)].text), True


def _quoted(text: str, words: LatinWords) -> Iterator[int]:
    """Where words in small letters stand between quotation marks."""
    for mark in _QUOTE.finditer(text):
        start = mark.end()
        at = bisect_left(words.starts, start)
        if at < len(words.starts) and words.starts[at] == start and words.forms[at].lower:
            end = start + len(words.forms[at].text)
            if text[end : end + 1] in _QUOTES:
                yield start


def _spans_of_run(text: str, run: list[Token], title: bool) -> Iterator[tuple[int, int, bool]]:
    count = len(run)
    plain = all(word.shape != "marked" for word in run)
    for first in range(count):
        if run[first].shape == "number":
            continue
        for last in range(first, min(first + MAX_NAME_TOKENS, count)):
            whole = first == 0 and last == count - 1
            piece = run[first : last + 1]
            if last + 1 < count and _VERSION.match(run[last + 1].text):
                continue
            if not whole and not _may_stand_inside(piece, plain, title, first, last, count):
                continue
            if len(piece) == 1 and _is_ordinary(piece[0]) and (title or not whole or _opens(text, piece[0])):
                continue
            yield piece[0].start, piece[-1].end, whole


def _may_stand_inside(
    piece: list[Token], plain: bool, title: bool, first: int, last: int, count: int
) -> bool:
    """Whether a part of a run is worth judging by itself."""
    if plain:
        return not title and count <= MAX_NAME_TOKENS and (first <= 1 and last == count - 1)
    marked = [word for word in piece if word.shape == "marked"]
    if not marked and name_key(piece[0].text) not in lexicon().families:
        return len(piece) > 1 and piece[-1].shape == "number"
    return len(piece) <= 4


def _is_ordinary(word: Token) -> bool:
    return word.shape == "title" and word.text.casefold() in lexicon().ordinary


def _opens(text: str, word: Token) -> bool:
    before = text[: word.start].rstrip()
    return not before or before[-1] in ".!?:;)"


def _mark_title(by_key: dict[str, Candidate], text: str, passage: int) -> None:
    prefix = _TITLE_PREFIX.match(text)
    if prefix and len(prefix.group(1).split()) <= _MAX_TITLE_TOKENS:
        _add(by_key, text, Occurrence(passage, *prefix.span(1), True))
    key = name_key(prefix.group(1)) if prefix else ""
    for candidate in by_key.values():
        if any(o.passage == passage for o in candidate.occurrences):
            candidate.in_title = "prefix" if candidate.key == key else "inside"


def _add_title_names(by_key: dict[str, Candidate], draft: Draft, words_of: list[LatinWords]) -> None:
    """Where the title's prefix or a defined long name is written in lower case, find it in the text too."""
    for candidate in list(by_key.values()):
        if candidate.in_title != "prefix" or " " in candidate.text:
            continue
        for index, words in enumerate(words_of):
            passage = draft.document.passages[index]
            if passage.section == "title":
                continue
            for form, start in zip(words.forms, words.starts, strict=True):
                if form[5] == candidate.key:
                    _add(by_key, passage.text, Occurrence(index, start, start + len(form.text), True))
