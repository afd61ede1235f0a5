"""What tells whether a number is a result, of which kind, in which direction, as named features.

Features are made of units, magnitudes, positions, labels, roles and single words of the surroundings. Which
words count is decided in training: only those that many papers use, in small letters or in Hangul, are kept.
They come in groups: a function and its arguments, which name the features when they are asked (`expanded`). The
same few groups come again and again, so that their weights are added up once (`result_weights.GroupScores`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg_builder.extract.result_cues import beside, direction_cues, gap, governed_by_verb
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Scene, Sentence

#: A function that names features, and its arguments.
Group = tuple[Any, ...]

_NEAR = 5
_WIDE = 14
_DISTANCES = (0, 3, 8, 16, 30, 50, 80, 130)
_BUCKETS = tuple(map(str, range(len(_DISTANCES) + 1)))
_SIZES = (0, 0.1, 1, 2, 5, 10, 20, 50, 90, 100, 200, 1000, 10000)
# The fourth word and those beyond count alike.
_BEFORE = ("", "-1", "-2", "-3", "-4", "-4")
_AFTER = ("", "+1", "+2", "+3", "+4", "+4")


def expanded(groups: Iterable[Group]) -> list[str]:
    """The names of the features of some groups; what is said twice counts twice."""
    return [feature for group in groups for feature in group[0](*group[1:])]


def number_features(scene: Scene, sentence: Sentence, index: int) -> Iterator[Group]:
    """Features of a number: is it a result, of which kind, in which direction?

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    passage = scene.document.passages[quantity.passage]
    digits = text[quantity.start : quantity.end]
    decimals = len(digits.partition(".")[2].rstrip("%\\ xX×배점")) if "." in digits else 0
    rising = (
        "" if quantity.from_value is None else "rises" if quantity.value > quantity.from_value else "falls"
    )
    yield _form, quantity.kind, quantity.unit or "bare", _size(quantity.value), min(decimals, 3)
    yield _place, quantity.kind, quantity.shape, passage.section, passage.language, rising
    yield _print, quantity.signed, quantity.worded, quantity.unit or "bare", min(len(sentence.numbers), 4)
    yield _opening, text[max(0, quantity.begin - 1) : quantity.begin].strip(), _is_year(quantity)
    yield from _number_words(sentence, quantity)
    yield from _number_cues(text, sentence, quantity)
    yield from _number_names(scene, sentence, quantity)


def _form(kind: str, unit: str, size: str, decimals: int) -> Sequence[str]:
    return f"unit={unit}", f"kind={kind} size={size}", f"kind={kind} decimals={decimals}"


def _place(kind: str, shape: str, section: str, language: str, rising: str) -> Sequence[str]:
    named = [
        f"kind={kind} shape={shape}",
        f"kind={kind} section={section}",
        f"kind={kind} language={language}",
    ]
    return [*named, rising] if rising else named


def _print(signed: str, worded: bool, unit: str, numbers: int) -> Sequence[str]:
    return f"signed={signed}", f"worded={worded} {unit}", f"numbers={numbers}"


def _opening(before: str, year: bool) -> Sequence[str]:
    return (f"opens={before}", "year") if year else (f"opens={before}",)


def _is_year(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.value.is_integer() and 1990 <= quantity.value <= 2035


def _number_words(sentence: Sentence, quantity: Quantity) -> Iterator[Group]:
    words = sentence.words
    before, after = sentence.word_at(quantity.begin), sentence.word_at(quantity.end)
    for place in range(1, _NEAR + 1):
        if before - place >= 0:
            yield placed, _BEFORE[place], words[before - place][2]
        if after + place - 1 < len(words):
            yield placed, _AFTER[place], words[after + place - 1][2]
    following = words[after][2] if after < len(words) else "."
    preceding = words[before - 1][2] if before else "^"
    yield _adjoining, quantity.kind, preceding[-3:], following[:2]


def words_around(sentence: Sentence, index: int) -> tuple[list[str], list[str]]:
    """The words before and after a number, whatever their place; each counts once a side."""
    quantity = sentence.numbers[index]
    before, after = sentence.word_at(quantity.begin), sentence.word_at(quantity.end)
    said = sentence.said
    return list(dict.fromkeys(said[max(0, before - _WIDE) : before])), list(
        dict.fromkeys(said[after : after + _WIDE])
    )


def named_words(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The names of the features that the words around a number make."""
    return [f for side, words in (("<", before), (">", after)) for word in words for f in placed(side, word)]


def placed(place: str, word: str) -> Sequence[str]:
    """The features of a word in some place."""
    return [f"{place} {shape}" for shape in word_shapes(word)]


def _adjoining(kind: str, preceding: str, following: str) -> Sequence[str]:
    return f"kind={kind} next={following}", f"kind={kind} last={preceding}"


def _number_cues(text: str, sentence: Sentence, quantity: Quantity) -> Iterator[Group]:
    """The nearest words on either side that tell which way the number points."""
    preceding, following = direction_cues(text, sentence, quantity)
    first: list[str] = []
    for side, found in ((">", following), ("<", preceding)):
        telling = [f for f in found if f[1] != "against"]
        if not telling:
            yield _no_cue, side, quantity.kind
            first.append("none")
            continue
        apart, cue = telling[0]
        reach = (
            (quantity.end, quantity.end + apart) if side == ">" else (quantity.begin - apart, quantity.begin)
        )
        numbers = sum(1 for q in sentence.numbers if reach[0] <= q.begin < reach[1] and q is not quantity)
        first.append(cue)
        second = telling[1][1] if len(telling) > 1 else "none"
        yield _cue, side, cue, second, quantity.kind, bucket(apart), min(numbers, 2)
    by = bool(preceding) and governed_by_verb(text, sentence, quantity)
    against_before = any(cue == "against" for _, cue in preceding[:3])
    against_after = any(cue == "against" for _, cue in following[:3])
    yield _cues, first[0], first[1], quantity.kind, by, against_before, against_after


def _no_cue(side: str, kind: str) -> Sequence[str]:
    return (f"cue{side} none kind={kind}",)


def _cue(side: str, cue: str, second: str, kind: str, apart: str, numbers: int) -> Sequence[str]:
    return (
        f"cue{side} {cue}",
        f"cue{side} {cue} kind={kind}",
        f"cue{side} {cue} gap={apart}",
        f"cue{side} {cue} numbers={numbers} kind={kind}",
        f"cue{side} {cue} {second}",
    )


def _cues(
    after: str, before: str, kind: str, by: bool, against_before: bool, against_after: bool
) -> Sequence[str]:
    named = [f"cues {before} # {after} kind={kind}"]
    if by:
        named.append(f"by {before}")
    if against_before:
        named.append(f"against < {after}")
    if against_after:
        named.append(f"against > {after}")
    return named


def _number_names(scene: Scene, sentence: Sentence, quantity: Quantity) -> Iterator[Group]:
    labels = {scene.entities[n.entity].label for n in sentence.names}
    for label in sorted(labels):
        yield _label_here, label, quantity.kind
    for label in ("Benchmark", "Model"):
        if label not in labels:
            continue
        named = min(
            (n for n in sentence.names if scene.entities[n.entity].label == label),
            key=lambda n: (gap(quantity, n.start, n.end), n.start),
        )
        side = "<" if named.start < quantity.begin else ">"
        apart = bucket(gap(quantity, named.start, named.end))
        tie = beside(sentence, named)
        yield _label_near, label, side, tie, apart, quantity.kind, not quantity.value.is_integer()
    nearest = [m for m in sentence.metrics if m.name not in ("training data", "parameters")]
    if nearest:
        metric = min(nearest, key=lambda m: (gap(quantity, m.start, m.end), m.start))
        yield _metric_near, metric.name, bucket(gap(quantity, metric.start, metric.end)), quantity.kind
    else:
        yield _no_metric, quantity.kind


def _label_here(label: str, kind: str) -> Sequence[str]:
    return (f"names {label} {kind}",)


def _label_near(label: str, side: str, tie: str, apart: str, kind: str, decimals: bool) -> Sequence[str]:
    return (
        f"{label}{side} {tie} kind={kind}",
        f"{label}{side} gap={apart} kind={kind}",
        f"{label}{side} gap={apart} decimals={decimals} kind={kind}",
    )


def _metric_near(name: str, apart: str, kind: str) -> Sequence[str]:
    return f"metric {name}", f"metric at {apart} kind={kind}", f"metric {name} kind={kind}"


def _no_metric(kind: str) -> Sequence[str]:
    return (f"no metric kind={kind}",)


def _size(value: float) -> str:
    at = bisect_left(_SIZES, value)
    return str(_SIZES[at]) if at < len(_SIZES) else "more"


def bucket(distance: int) -> str:
    """A distance in characters, as one of a few classes."""
    return _BUCKETS[bisect_right(_DISTANCES, distance)]


def word_shapes(word: str) -> tuple[str, ...]:
    """How a word counts: a Hangul word by its beginning and its end, a number as a number."""
    if "가" <= word[0] <= "힣":
        return (word, word[:2] + "~", "~" + word[-2:]) if len(word) > 2 else (word,)
    return ("#",) if word[0].isdigit() else (word,)
