"""Where a name or a metric stands beside a number, as groups of named features (see `result_features`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg_builder.extract.result_cues import PARTICLES, gap
from kg_builder.extract.result_features import Group, bucket, word_shapes
from kg_builder.extract.result_scene import Sentence

_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|while|but|with|which|whereas|achieving|surpassing)\b|하며|으며|이며|했고|였고|하고|지만|면서"
)
#: Words that tell what a name or a metric has to do with a number.
TELLING = re.compile(
    r"보다|대비|비해|비교|능가|뛰어넘|에서|적용|통해|than|over|compared|against|outperform|surpass|exceed|on|from|with|"
    r"relative|baseline|of|for|vs|using|by|respectively|각각|achiev|달성|기록|향상|improv|reduc"
)
_SHORT = 12


def around(text: str, sentence: Sentence, start: int, end: int, tag: str) -> Iterator[Group]:
    """The words that stand directly before and after a name.

    Args:
        text: the text of the passage.
        sentence: the sentence.
        start: where the name begins.
        end: where it ends.
        tag: what the features begin with.
    """
    words = sentence.words
    before, after = sentence.word_at(start), sentence.word_at(end)
    if before:
        yield _last_word, tag, words[before - 1][2]
        if before > 1:
            yield _two_words, f"{tag}-2", words[before - 2][2][:6], words[before - 1][2][:6]
    if after < len(words):
        word = words[after][2]
        yield _next_word, tag, word, words[after][0] == end
        if after + 1 < len(words):
            yield _two_words, f"{tag}+2", word[:4], words[after + 1][2][:4]
    if text[max(0, start - 1) : start] == "(":
        yield _bracketed, tag


def _last_word(tag: str, word: str) -> Sequence[str]:
    return (f"{tag}-1 {word_shapes(word)[0]}",)


def _two_words(tag: str, first: str, second: str) -> Sequence[str]:
    return (f"{tag} {first} {second}",)


def _next_word(tag: str, word: str, glued: bool) -> Sequence[str]:
    case = next((c for c in PARTICLES if word.startswith(c)), "") if glued else ""
    return f"{tag}+1 {word_shapes(word)[0]}{'!' if glued else ''}", f"{tag}case {case}"


def _bracketed(tag: str) -> Sequence[str]:
    return (f"{tag} in brackets",)


def relative(text: str, sentence: Sentence, index: int, start: int, end: int, tag: str) -> Iterator[Group]:
    """Where a span of the same sentence stands in relation to a number.

    Args:
        text: the text of the passage.
        sentence: the sentence.
        index: which of its numbers it is.
        start: where the span begins.
        end: where it ends.
        tag: what the features begin with.
    """
    quantity = sentence.numbers[index]
    side = "<" if start < quantity.begin else ">"
    between = text[end : quantity.begin] if side == "<" else text[quantity.end : start]
    low, high = min(start, quantity.begin), max(end, quantity.begin)
    numbers = sum(1 for q in sentence.numbers if low <= q.start < high) - (1 if side == ">" else 0)
    clauses = min(3, len(_CLAUSE.findall(between)))
    tag += side
    yield _apart, tag, bucket(gap(quantity, start, end)), min(max(numbers, 0), 3), quantity.kind
    yield _parted, tag, clauses, min(2, between.count(",")), quantity.shape, min(index, 2)
    lowered = between.lower()
    for cue in sorted(set(TELLING.findall(lowered))):
        yield _cue_between, tag, cue
    if len(between) < _SHORT:
        yield _between, tag, " ".join(lowered.split())


def _apart(tag: str, apart: str, numbers: int, kind: str) -> Sequence[str]:
    return tag, f"{tag} gap={apart}", f"{tag} numbers={numbers}", f"{tag} kind={kind}"


def _parted(tag: str, clauses: int, commas: int, shape: str, number: int) -> Sequence[str]:
    return f"{tag} clauses={clauses} commas={commas}", f"{tag} shape={shape} number={number}"


def _cue_between(tag: str, cue: str) -> Sequence[str]:
    return (f"{tag} cue={cue}",)


def _between(tag: str, between: str) -> Sequence[str]:
    return (f"{tag} between={between}",)
