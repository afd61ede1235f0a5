"""What surrounds the numbers of a passage: its words, sentences, brackets, and the entities it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

from kg_builder.document import Document
from kg_builder.extract.metrics import MetricMention, listed_metrics
from kg_builder.extract.result_numbers import Quantity, quantities
from kg_builder.extract.sentences import sentences
from kg_builder.facts import Entity, Mention, Relation

Split = Callable[[int], list[tuple[int, int]]]
_TOKEN = re.compile(r"[가-힣]+|[A-Za-z]+|\d[\d.,]*|[^\sA-Za-z가-힣\d]")
_COORDINATION = re.compile(
    r"(?:[\s,、/&;()]|and|or|및|와|과|그리고|등|또는|datasets?|benchmarks?|models?|데이터셋|벤치마크|모델|의|에서|에|각각)*\Z"
)
_LIST_OF_NUMBERS = re.compile(
    r"(?:[\s,、/&;()$+]|and|or|및|와|과|그리고|to|각각|의|%|향상|points?|점|개선|증가|up)*\Z"
)
_EACH = re.compile(r"각각|각기|respectively|\d[%\s]{0,2}/\s?\d")
_BESIDE = re.compile(r"\s?(?:\([^()\d]{0,12}|[:=]|의\s[가-힣A-Za-z-]{1,12}인)\s?[~≈+]?\s?")
_OPENED = re.compile(r"\s?\(")
_LONGEST_JOINT = 24
# What is longer, or holds more, is a table or no text at all.
_LONGEST_SENTENCE = 3000
_MOST_NUMBERS = 40
_MOST_IN_PASSAGE = 400
_MOST_NAMES = 80


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a sentence where an entity is named."""

    entity: int
    passage: int
    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """A sentence with its words, the numbers and names in it, and how those are lined up.

    Args:
        passage: index of the passage.
        start: where it begins in the passage.
        end: where it ends.
        words: (start, end, word in small letters) of each word.
        numbers: the quantities in it, in order.
        names: the entities named in it, in order.
        metrics: the listed metrics named in it, in order.
        starts: where each word begins.
        said: each word, in small letters.
        seen: what was found out already of its words and names, whatever its numbers.
    """

    passage: int
    start: int
    end: int
    words: list[tuple[int, int, str]]
    numbers: list[Quantity]
    names: list[Named]
    metrics: list[MetricMention]
    starts: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seen: dict[Any, Any] = field(default_factory=dict)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the numbers stand."""
        return tuple((q.begin, q.end) for q in self.numbers)

    def word_at(self, offset: int) -> int:
        """Index of the first word that begins at or after an offset."""
        return bisect_right(self.starts, offset - 1)


@dataclass(slots=True)
class Scene:
    """One document as the search for results sees it.

    Args:
        document: the document.
        entities: what it names.
        roles: for each entity, the relation types that point to it.
        names: every mention, by entity.
        sentences: the sentences that hold a number, in reading order.
    """

    document: Document
    entities: Sequence[Entity]
    roles: list[frozenset[str]]
    names: list[list[Named]]
    sentences: list[Sentence]

    def text(self, passage: int) -> str:
        """The text of a passage."""
        return self.document.passages[passage].text


def scene_of(
    document: Document,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    relations: Sequence[Relation],
    split: Split | None = None,
) -> Scene:
    """The document as sentences that hold numbers, with the names in them.

    Args:
        document: the document.
        entities: what it names.
        mentions: where.
        relations: what the paper does with them.
        split: gives the sentences of a passage, where they are known already.
    """
    names = names_of(entities, mentions)
    scene = Scene(document, entities, roles_of(entities, relations), names, [])
    flat = sorted((n for each in names for n in each), key=lambda n: (n.passage, n.start, n.end, n.entity))
    for index, passage in enumerate(document.passages):
        found = quantities(passage.text, index)
        if not found:
            continue
        here = [n for n in flat if n.passage == index]
        found = _outside_names(found, here)[:_MOST_IN_PASSAGE]
        number_starts, name_starts = [q.start for q in found], [n.start for n in here]
        for start, end in split(index) if split else sentences(passage.text, passage.language):
            numbers = found[bisect_left(number_starts, start) : bisect_left(number_starts, end)]
            if numbers and len(numbers) <= _MOST_NUMBERS and end - start <= _LONGEST_SENTENCE:
                inside = here[bisect_left(name_starts, start) : bisect_left(name_starts, end)]
                scene.sentences.append(
                    sentence_scene(passage.text, index, (start, end), numbers, inside[:_MOST_NAMES])
                )
    return scene


def _outside_names(found: list[Quantity], names: list[Named]) -> list[Quantity]:
    """The quantities that are no part of a name ("Llama 2"); both lists are in order."""
    outside = []
    ends = list(accumulate((n.end for n in names), max))
    starts = [n.start for n in names]
    for quantity in found:
        before = bisect_left(starts, quantity.end)
        if before == 0 or ends[before - 1] <= quantity.begin:
            outside.append(quantity)
    return outside


def roles_of(entities: Sequence[Entity], relations: Sequence[Relation]) -> list[frozenset[str]]:
    """The relation types that point to each entity."""
    roles: list[set[str]] = [set() for _ in entities]
    for relation in relations:
        roles[relation.target].add(relation.type)
    return [frozenset(r) for r in roles]


def names_of(entities: Sequence[Entity], mentions: Sequence[Mention]) -> list[list[Named]]:
    """Where each entity is named, in reading order."""
    names: list[list[Named]] = [[] for _ in entities]
    for mention in mentions:
        where = mention.evidence
        named = Named(mention.entity, where.passage, where.mention_start, where.mention_end)
        names[mention.entity].append(named)
    for each in names:
        each.sort(key=lambda n: (n.passage, n.start, n.end))
    return names


def sentence_scene(
    text: str, passage: int, span: tuple[int, int], numbers: list[Quantity], names: list[Named]
) -> Sentence:
    """A sentence with what stands in it.

    Args:
        text: the text of the passage.
        passage: its index.
        span: where the sentence begins and ends.
        numbers: the quantities in it.
        names: the entities named in it.
    """
    start, end = span
    words = [(m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text, start, end)]
    metrics = [
        m
        for m in listed_metrics(text, start, end)
        if not any(n.start < m.end and m.start < n.end and n.end - n.start > m.end - m.start for n in names)
    ]
    return Sentence(
        passage, start, end, words, numbers, names, metrics, [w[0] for w in words], [w[2] for w in words]
    )


@lru_cache(maxsize=64)
def lined_up(text: str, spans: tuple[tuple[int, int], ...], numbers: bool = False) -> list[tuple[int, int]]:
    """For each of several spans in order, its place in the list that it is a member of, and that list's length.

    Args:
        text: the text of the passage.
        spans: (start, end) of names, or of numbers, in order.
        numbers: whether the spans are numbers, between which other words may stand than between names.

    >>> lined_up("A, B and C beat D", ((0, 1), (3, 4), (9, 10), (16, 17)))
    [(0, 3), (1, 3), (2, 3), (0, 1)]
    """
    joint = _LIST_OF_NUMBERS if numbers else _COORDINATION
    places: list[tuple[int, int]] = []
    first = 0
    for index, (start, _) in enumerate(spans):
        if index > first:
            between = text[spans[index - 1][1] : start]
            if len(between) > _LONGEST_JOINT or not joint.match(between):
                places += [(i, index - first) for i in range(index - first)]
                first = index
    return places + [(i, len(spans) - first) for i in range(len(spans) - first)]


def standing_for(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> Named | None:
    """The name that a list of numbers gives to one of its members ("A, B and C reach 1, 2 and 3").

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the numbers.
        index: which of its numbers is asked about.
        names: the names of one kind in the sentence, in order.

    Returns:
        The name in the same place of a list of the same length; ``None`` where no list settles it.
    """
    places = lined_up(text, sentence.spans, numbers=True)
    place, count = places[index]
    first, last = sentence.numbers[index - place], sentence.numbers[index - place + count - 1]
    before = [n for n in names if n.end <= first.begin]
    after = [n for n in names if n.start >= last.end]
    each = _EACH.search(text, sentence.start, sentence.end) is not None
    for side in (before, after):
        members = lined_up(text, tuple((n.start, n.end) for n in side))
        if count > 1:
            lists = [side[i - at : i - at + length] for i, (at, length) in enumerate(members) if at == 0]
            fitting = [group for group in lists if len(group) == count]
            if each and not fitting and len(side) == count:
                fitting = [side]
            if fitting:
                nearest = fitting[-1] if side is before else fitting[0]
                return nearest[place]
    return None


def named_beside(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> Named | None:
    """The name that a number is printed with: "B (43.8%)", "B: 43.8%", "B의 점수인 43.8", "43.8% (B)".

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        index: which of its numbers is asked about.
        names: the names of one kind in the sentence, in order.
    """
    begin, end = sentence.numbers[index].begin, sentence.numbers[index].end
    behind = next((n for n in names if n.start >= end), None)
    if (
        behind is not None
        and _OPENED.fullmatch(text, end, behind.start)
        and text[behind.end : behind.end + 1] == ")"
    ):
        return behind
    for named in reversed([n for n in names if n.end <= begin]):
        return named if _BESIDE.fullmatch(text, named.end, begin) else None
    return None
