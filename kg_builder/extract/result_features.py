"""What tells whether a number is a result, of which kind, in which direction, as named features.

Features are made of units, magnitudes, positions, labels, roles and single words of the surroundings. Which
words count is decided in training: only those that many papers use, in small letters or in Hangul, are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from kg_builder.extract.result_cues import beside, direction_cues, gap, governed_by_verb
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Scene, Sentence

_NEAR = 5
_WIDE = 14
_DISTANCES = (0, 3, 8, 16, 30, 50, 80, 130)


def number_features(scene: Scene, sentence: Sentence, index: int) -> Iterator[str]:
    """Features of a number: is it a result, of which kind, in which direction?

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    passage = scene.document.passages[quantity.passage]
    unit = quantity.unit or "bare"
    digits = text[quantity.start : quantity.end]
    decimals = len(digits.partition(".")[2].rstrip("%\\ xX×배점")) if "." in digits else 0
    yield f"unit={unit}"
    yield f"kind={quantity.kind} size={_size(quantity.value)}"
    yield f"kind={quantity.kind} decimals={min(decimals, 3)}"
    yield f"kind={quantity.kind} shape={quantity.shape}"
    yield f"kind={quantity.kind} section={passage.section}"
    yield f"kind={quantity.kind} language={passage.language}"
    yield f"signed={quantity.signed}"
    yield f"worded={quantity.worded} {unit}"
    yield f"numbers={min(len(sentence.numbers), 4)}"
    if quantity.value.is_integer() and 1990 <= quantity.value <= 2035 and quantity.unit is None:
        yield "year"
    if quantity.from_value is not None:
        yield "rises" if quantity.value > quantity.from_value else "falls"
    yield f"opens={text[max(0, quantity.begin - 1) : quantity.begin].strip()}"
    yield from _number_words(sentence, quantity)
    yield from _number_cues(text, sentence, quantity)
    yield from _number_names(scene, sentence, quantity)


def _number_words(sentence: Sentence, quantity: Quantity) -> Iterator[str]:
    words = sentence.words
    before, after = sentence.word_at(quantity.begin), sentence.word_at(quantity.end)
    for place in range(1, _NEAR + 1):
        if before - place >= 0:
            yield from _placed(f"-{min(place, 4)}", words[before - place][2])
        if after + place - 1 < len(words):
            yield from _placed(f"+{min(place, 4)}", words[after + place - 1][2])
    following = words[after][2] if after < len(words) else "."
    yield f"kind={quantity.kind} next={following[:2]}"
    preceding = words[before - 1][2] if before else "^"
    yield f"kind={quantity.kind} last={preceding[-3:]}"
    for side, window in (
        ("<", words[max(0, before - _WIDE) : before]),
        (">", words[after : after + _WIDE]),
    ):
        for word in {w[2] for w in window}:
            yield from _placed(side, word)


@lru_cache(maxsize=1 << 15)
def _placed(place: str, word: str) -> tuple[str, ...]:
    """The features of a word in some place; kept, since the same words come again and again."""
    return tuple(f"{place} {shape}" for shape in word_shapes(word))


def _number_cues(text: str, sentence: Sentence, quantity: Quantity) -> Iterator[str]:
    """The nearest words on either side that tell which way the number points."""
    preceding, following = direction_cues(text, sentence, quantity)
    first: list[str] = []
    for side, found in ((">", following), ("<", preceding)):
        telling = [f for f in found if f[1] != "against"]
        if not telling:
            yield f"cue{side} none kind={quantity.kind}"
            first.append("none")
            continue
        apart, cue = telling[0]
        reach = (
            (quantity.end, quantity.end + apart) if side == ">" else (quantity.begin - apart, quantity.begin)
        )
        numbers = sum(1 for q in sentence.numbers if reach[0] <= q.begin < reach[1] and q is not quantity)
        first.append(cue)
        yield f"cue{side} {cue}"
        yield f"cue{side} {cue} kind={quantity.kind}"
        yield f"cue{side} {cue} gap={bucket(apart)}"
        yield f"cue{side} {cue} numbers={min(numbers, 2)} kind={quantity.kind}"
        second = telling[1][1] if len(telling) > 1 else "none"
        yield f"cue{side} {cue} {second}"
    yield f"cues {first[1]} # {first[0]} kind={quantity.kind}"
    if preceding and governed_by_verb(text, sentence, quantity):
        yield f"by {first[1]}"
    if any(cue == "against" for _, cue in preceding[:3]):
        yield f"against < {first[0]}"
    if any(cue == "against" for _, cue in following[:3]):
        yield f"against > {first[0]}"


def _number_names(scene: Scene, sentence: Sentence, quantity: Quantity) -> Iterator[str]:
    labels = {scene.entities[n.entity].label for n in sentence.names}
    for label in sorted(labels):
        yield f"names {label} {quantity.kind}"
    for label in sorted(labels & {"Benchmark", "Model"}):
        named = min(
            (n for n in sentence.names if scene.entities[n.entity].label == label),
            key=lambda n: (gap(quantity, n.start, n.end), n.start),
        )
        side = "<" if named.start < quantity.begin else ">"
        apart = bucket(gap(quantity, named.start, named.end))
        yield f"{label}{side} {beside(sentence, named)} kind={quantity.kind}"
        yield f"{label}{side} gap={apart} kind={quantity.kind}"
        yield f"{label}{side} gap={apart} decimals={not quantity.value.is_integer()} kind={quantity.kind}"
    nearest = [m for m in sentence.metrics if m.name not in ("training data", "parameters")]
    if nearest:
        metric = min(nearest, key=lambda m: (gap(quantity, m.start, m.end), m.start))
        yield f"metric {metric.name}"
        yield f"metric at {bucket(gap(quantity, metric.start, metric.end))} kind={quantity.kind}"
        yield f"metric {metric.name} kind={quantity.kind}"
    else:
        yield f"no metric kind={quantity.kind}"


def _size(value: float) -> str:
    for limit in (0, 0.1, 1, 2, 5, 10, 20, 50, 90, 100, 200, 1000, 10000):
        if value <= limit:
            return str(limit)
    return "more"


def bucket(distance: int) -> str:
    """A distance in characters, as one of a few classes."""
    return str(bisect_right(_DISTANCES, distance))


def word_shapes(word: str) -> tuple[str, ...]:
    """How a word counts: a Hangul word by its beginning and its end, a number as a number."""
    if "가" <= word[0] <= "힣":
        return (word, word[:2] + "~", "~" + word[-2:]) if len(word) > 2 else (word,)
    return ("#",) if word[0].isdigit() else (word,)
