"""What a text says outright that a name stands for: "NAME, a benchmark", "the dataset NAME", "NAME라는 모델".

A statement is a pattern and a kind. The patterns are few and the same in all texts, so that a judge learns from few
annotated papers how far each is to be trusted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kg_builder.extract.contexts import NAME
from kg_builder.extract.word_lists import word_list

#: What a name may be said to stand for; ``other`` is what is no model, benchmark or method.
KINDS = ("model", "benchmark", "method", "other")

_REACH = 12
_KOREAN_REACH = 12
_SENTENCE = 40
_BRACKET = 25
_LISTED = 30
_ADJECTIVES = 2
_ARTICLES = frozenset(("a", "an", "the", "our", "one", "another", "two", "three", "both"))
_COPULAS = frozenset(("is", "are", "was", "as"))
_NAMING = frozenset(("called", "named", "termed", "dubbed", "namely", "titled", "coined", "denoted"))
_CALLED = frozenset(("라는", "이라는", "라고", "이라고", "란", "이란"))
_TOPIC = frozenset(("은", "는"))
_ENDS = frozenset((".", ";", "that", "which", "who"))
_STOPS = frozenset(
    (",", "(", ")", ":", "and", "for", "to", "of", "with", "by", "in", "on", "from", "where", "designed", "built",
     "trained", "consisting", "comprising", "containing", "featuring", "via", "at", "as", "whose", NAME)
)  # fmt: skip
_BEFORE_LIST = frozenset(
    (",", "(", "and", "or", "as", "such", "including", "like", "e", "g", "i", ".", ":", "the", "\"", "와", "과", "및",
     "/", NAME)
)  # fmt: skip
_AFTER_LIST = frozenset(
    (",", "(", ")", "and", "or", "와", "과", "및", "등", "등의", "의", "같은", "와", "\"", "/", "그리고", NAME)
)  # fmt: skip
_LIKE = frozenset(("같은", "등", "등의"))
_HEAD_ENDINGS = frozenset(
    (
        "을",
        "를",
        "은",
        "는",
        "이",
        "가",
        "로",
        "으로",
        "입니다",
        "이다",
        "이며",
        "인",
        "라고",
        "으로서",
        "로서",
        "로써",
    )
)
_COPULA_ENDINGS = frozenset(("입니다", "이다", "이며", "으로", "로", "으로서", "로서", "이고", "인"))
_NAMED_ENDINGS = frozenset(("", "인", "들인", "들", "으로", "로"))


class KindNoun(NamedTuple):
    """A word that tells the kind of a thing, and what is glued to its end in Korean."""

    kind: int
    ending: str


@cache
def _nouns() -> tuple[dict[str, int], re.Pattern[str], dict[str, int]]:
    tree = word_list("kind_words.yaml")
    english = {word: i for i, kind in enumerate(KINDS) for word in tree["en"][kind]}
    korean = {stem: i for i, kind in enumerate(KINDS) for stem in tree["ko"][kind]}
    stems = "|".join(sorted(korean, key=lambda stem: (-len(stem), stem)))
    return english, re.compile(rf".*({stems})([가-힣]{{0,3}})\Z"), korean


@lru_cache(maxsize=1 << 15)
def kind_noun(word: str) -> KindNoun | None:
    """The kind that a word of running text tells of.

    >>> kind_noun("datasets"), kind_noun("언어모델을"), kind_noun("quickly")
    (KindNoun(kind=1, ending=''), KindNoun(kind=0, ending='을'), None)
    """
    english, ending_in_stem, korean = _nouns()
    if word < "가":
        kind = english.get(word)
        return None if kind is None else KindNoun(kind, "")
    match = ending_in_stem.match(word[-_KOREAN_REACH:])
    return KindNoun(korean[match.group(1)], match.group(2)) if match else None


class KindNouns(NamedTuple):
    """The words of a passage that tell of kinds: where they stand, and what each tells."""

    places: list[int]
    nouns: list[KindNoun]

    @classmethod
    def of(cls, words: Iterable[str]) -> KindNouns:
        """Those among the words of a passage."""
        return cls.among(map(kind_noun, words))

    @classmethod
    def among(cls, nouns: Iterable[KindNoun | None]) -> KindNouns:
        """Those of a passage, where it is known already what each of its words tells."""
        found = [(i, noun) for i, noun in enumerate(nouns) if noun is not None]
        return cls([i for i, _ in found], [noun for _, noun in found])

    def any_between(self, low: int, high: int) -> bool:
        """Whether one stands at [low, high)."""
        at = bisect_left(self.places, low)
        return at < len(self.places) and self.places[at] < high

    def between(self, low: int, high: int) -> Iterator[tuple[int, KindNoun]]:
        """Those at [low, high), in order."""
        for at in range(bisect_left(self.places, low), len(self.places)):
            if self.places[at] >= high:
                return
            yield self.places[at], self.nouns[at]


def statements(
    words: Sequence[str], nouns: KindNouns, around: tuple[int, int, int, int]
) -> list[tuple[str, int]]:
    """What the sentence of a name says that it stands for.

    Args:
        words: the words of the passage.
        nouns: those of them that tell of kinds.
        around: the range of the words before the name, and that of the words after it.

    Returns:
        Patterns, each with the index in `KINDS` of what it tells.
    """
    low, left, right, high = around
    found: list[tuple[str, int]] = []
    if nouns.any_between(right, min(high, right + _SENTENCE)):
        found += _after(words, nouns, right, high)
    if nouns.any_between(max(low, left - _LISTED), left):
        found += _before(words, low, left)
    return found


def _after(words: Sequence[str], nouns: KindNouns, right: int, high: int) -> Iterator[tuple[str, int]]:
    listed = _after_list(words, right, high)
    if listed is not None:
        yield listed
    start = _past_brackets(words, right, high)
    if start >= high:
        return
    glue = words[start]
    following = words[start + 1] if start + 1 < high else ""
    if glue in _CALLED:
        kind = _korean_head(words, nouns, start + 1, min(high, start + _REACH), _HEAD_ENDINGS)
        pattern = "called"
    elif glue in _TOPIC:
        kind = _korean_head(words, nouns, start + 1, min(high, start + _SENTENCE), _COPULA_ENDINGS)
        pattern = "topic"
    elif glue in (",", ":") and following in _ARTICLES:
        kind, pattern = _english_head(words, nouns, start + 2, min(high, start + 2 + _REACH)), "apposed"
    elif glue in _COPULAS and following in _ARTICLES:
        kind, pattern = _english_head(words, nouns, start + 2, min(high, start + 2 + _REACH)), "is"
    elif glue == ":":
        kind, pattern = _english_head(words, nouns, start + 1, min(high, start + 1 + _REACH)), "title"
    else:
        return
    if kind >= 0:
        yield pattern, kind


def _past_brackets(words: Sequence[str], start: int, high: int) -> int:
    """The first word behind brackets that open or close at `start`."""
    if start < high and words[start] == "(":
        end = next((i for i in range(start + 1, min(high, start + _BRACKET)) if words[i] == ")"), start)
        return end + 1 if end > start else start
    while start < high and words[start] in (")", '"'):
        start += 1
    return start


def _english_head(words: Sequence[str], nouns: KindNouns, start: int, high: int) -> int:
    """The kind that the noun phrase at `start` tells of: its last such noun before a preposition or a clause."""
    found = -1
    position = start
    for place, noun in nouns.between(start, high):
        between = words[position:place]
        if any(word in _ENDS for word in between) or (found >= 0 and any(word in _STOPS for word in between)):
            break
        found, position = noun.kind, place + 1
    return found


def _korean_head(
    words: Sequence[str], nouns: KindNouns, start: int, high: int, endings: frozenset[str]
) -> int:
    """The kind of the first noun with one of the endings, or with brackets behind it."""
    for place, noun in nouns.between(start, high):
        glued = words[place + 1] if place + 1 < len(words) else ""
        if noun.ending in endings or (not noun.ending and (glued in endings or glued == "(")):
            return noun.kind
    return -1


def _after_list(words: Sequence[str], right: int, high: int) -> tuple[str, int] | None:
    """The noun right behind a name or behind the list that it stands in."""
    names = unknown = 0
    like = False
    for i in range(right, min(high, right + _LISTED)):
        word = words[i]
        noun = kind_noun(word)
        if noun is not None:
            return f"before-noun{'-like' if like else ''}{'-listed' if names else ''}", noun.kind
        if word in _AFTER_LIST:
            names += word == NAME
            like = like or word in _LIKE
        elif like and unknown < _ADJECTIVES:
            unknown += 1
        else:
            return None
    return None


def _before(words: Sequence[str], low: int, left: int) -> Iterator[tuple[str, int]]:
    naming = ""
    names = 0
    for i in range(left - 1, max(low, left - _LISTED) - 1, -1):
        word = words[i]
        noun = kind_noun(word)
        if noun is not None:
            if noun.ending in _NAMED_ENDINGS:
                yield f"after-noun{naming}{'-listed' if names else ''}{noun.ending}", noun.kind
            return
        if word in _NAMING:
            naming = "-called"
        elif word in _BEFORE_LIST:
            names += word == NAME
            naming = "-such" if word in ("such", "including", "like") else naming or f"-{word}"[:2]
        else:
            return
