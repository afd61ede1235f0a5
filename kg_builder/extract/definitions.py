"""Definitions: a full name and its acronym, one of them in brackets after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg_builder.extract.tokens import LatinWords, Token

_BRACKET = re.compile(r"[(（]([^()（）\n]{2,160})[)）]")
_SHORT = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ0-9][A-Za-zÀ-ɏͰ-Ͽ0-9^+\-_./$]{1,24}\Z")
_PART = re.compile(r"\s*[;,:]\s*")
_WORD = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ0-9][\w'’]*")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "via",
        "with",
    ]
)
_MAX_LONG_WORDS = 10
_LONG_REACH = 160
_BEFORE_LONG = (". ", "\n\n", "(", ")", ": ", "; ", "? ", "! ", ", ")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short and a long name for one thing, as (start, end) in a passage's text."""

    passage: int
    short: tuple[int, int]
    long: tuple[int, int]


def definitions(text: str, passage: int, words: LatinWords) -> Iterator[Definition]:
    """Every "full name (ACRONYM)", "ACRONYM (full name)" and "(full name; ACRONYM)" whose letters agree.

    Args:
        text: the text of the passage.
        passage: its index, carried into the definitions.
        words: the Latin-script words of the passage.
    """
    for bracket in _BRACKET.finditer(text):
        low = bracket.start(1)
        inner = bracket.group(1)
        parts = _PART.split(inner)
        if len(parts) == 2 and _SHORT.match(parts[1]) and _spells(parts[1], parts[0]):
            short_start = low + inner.rindex(parts[1])
            yield Definition(passage, (short_start, short_start + len(parts[1])), (low, low + len(parts[0])))
            continue
        content = inner.strip()
        if _SHORT.match(content) and _is_acronym(content):
            long = _long_before(text, bracket.start(), content)
            if long is not None:
                start = low + inner.index(content)
                yield Definition(passage, (start, start + len(content)), long)
                continue
        before = _word_before(words, bracket.start(), text)
        if before is not None and " " in content and _spells(before.text, content):
            start = low + inner.index(content)
            yield Definition(passage, (before.start, before.end), (start, start + len(content)))


def _is_acronym(text: str) -> bool:
    return sum(c.isupper() or c.isdigit() for c in text) >= 2 or not text.islower()


def _word_before(words: LatinWords, position: int, text: str) -> Token | None:
    word = words.before(position)
    if word is None:
        return None
    gap = text[word.end : min(position, word.end + 8)]
    return word if position - word.end < 8 and not gap.strip() else None


def _letters(short: str) -> str:
    return re.sub(r"[^a-z0-9]", "", short.casefold())


def _spells(short: str, long: str) -> bool:
    """Whether the letters of a short name stand in a long one in order, beginning at its first word.

    Each capital letter but the first must begin a word or stand inside one, in order; at least half of the
    short name's letters must begin words (parts of hyphenated words counted).

    >>> _spells("SPP", "Surgical Plausibility Pyramid"), _spells("GPT", "Surgical Plausibility Pyramid")
    (True, False)
    """
    letters = _letters(short)
    words = [w for part in _WORD.findall(long) for w in re.split(r"[-_]", part) if w]
    if not letters or len(words) < 2 or len(words) > _MAX_LONG_WORDS or len(long) < len(short) + 2:
        return False
    initials, rest, position = 0, long.casefold(), 0
    starts = {m.start() for m in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z0-9]", long)}
    starts |= {m.start() for m in re.finditer(r"(?<=[a-z])[A-Z]", long)}
    for letter in letters:
        following = [s for s in sorted(starts) if s >= position and rest[s] == letter]
        inside = rest.find(letter, position)
        if following and (following[0] - position < 40):
            position, initials = following[0] + 1, initials + 1
        elif inside >= 0:
            position = inside + 1
        elif letter.isdigit():
            continue
        else:
            return False
    return initials * 2 >= len(letters) and rest[min(starts)] == letters[0]


def _long_before(text: str, end: int, short: str) -> tuple[int, int] | None:
    """The words right before a bracket that its acronym abbreviates."""
    reach = max(0, end - _LONG_REACH)
    low = max(reach, *(text.rfind(mark, reach, end) + 1 for mark in _BEFORE_LONG))
    found = list(_WORD.finditer(text, low, end))
    if not found or text[found[-1].end() : end].strip(" '\"”’*`"):
        return None
    letters = _letters(short)
    best = None
    for first in range(len(found) - 2, max(-1, len(found) - _MAX_LONG_WORDS - 1), -1):
        word = found[first].group()
        if word.casefold() in _SMALL or word[0].casefold() != letters[0]:
            continue
        span = (found[first].start(), found[-1].end())
        if re.search("[가-힣]", text[span[0] : span[1]]):
            break
        if _spells(short, text[span[0] : span[1]]):
            best = span
            if len(re.findall(r"[A-Za-z]+", text[span[0] : span[1]])) >= len(letters):
                break
    return best
