"""What tells whether the words of a metric belong to a number, as groups of named features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_cues import HANGUL, beside, gap, numbers_between
from kg_builder.extract.result_features import Group
from kg_builder.extract.result_pair_features import APPOSED
from kg_builder.extract.result_scene import Named, Scene, Sentence, lined_up
from kg_builder.extract.result_span_features import around, relative


def metric_features(
    scene: Scene, sentence: Sentence, index: int, metric: MetricMention, rivals: Sequence[MetricMention]
) -> Iterator[Group]:
    """Features of a number and the words of a metric: is it what was measured?

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
        metric: the metric as the sentence names it.
        rivals: the metrics that compete, the metric itself among them.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    source, phrase = metric.source, metric.source == "phrase"
    listed = [m for m in rivals if m.source != "phrase"]
    yield _measure, source, "" if phrase else metric.name, quantity.kind, min(len(listed), 3)
    side = "<" if metric.start < quantity.begin else ">"
    yield from relative(text, sentence, index, metric.start, metric.end, f"{source} ")
    tie, words = _surroundings(text, sentence, metric)
    yield from words
    apart = gap(quantity, metric.start, metric.end)
    closer = sum(
        1
        for m in listed
        if m is not metric
        and gap(quantity, m.start, m.end) < apart
        and (m.start < quantity.begin) == (side == "<")
    )
    numbers = numbers_between(sentence, quantity, Named(-1, quantity.passage, metric.start, metric.end))
    between = text[metric.end : quantity.begin] if side == "<" else text[quantity.end : metric.start]
    yield _tied, f"{source}{side}", min(closer, 2), tie, numbers, APPOSED.match(between) is not None
    if phrase:
        last = metric.name[-1:] if HANGUL.match(metric.name[-1:]) else metric.name.split()[-1].lower()
        yield _phrase, last, min(len(listed), 2), metric.name.isupper()
    elif len(listed) > 1:
        place, length = lined_up(text, tuple((m.start, m.end) for m in listed))[listed.index(metric)]
        number, count = lined_up(text, sentence.spans, numbers=True)[index]
        if length > 1 and length == count:
            yield _aligned, place == number


def _surroundings(text: str, sentence: Sentence, metric: MetricMention) -> tuple[str, tuple[Group, ...]]:
    """What ties a metric to the rest, and the words around it; found once a sentence."""
    key = ("metric", metric.start, metric.end)
    known = sentence.seen.get(key)
    if known is None:
        named = Named(-1, sentence.passage, metric.start, metric.end)
        words = tuple(around(text, sentence, metric.start, metric.end, ""))
        known = sentence.seen[key] = (beside(sentence, named), words)
    return known


def _measure(source: str, name: str, kind: str, rivals: int) -> Sequence[str]:
    named = [f"source={source}", f"source={source} kind={kind}", f"rivals={rivals} source={source}"]
    return [*named, f"metric={name}", f"metric={name} kind={kind}"] if name else named


def _tied(place: str, closer: int, tie: str, numbers: int, apposed: bool) -> Sequence[str]:
    named = [f"{place} closer={closer}", f"{place} {tie} numbers={numbers}"]
    return [*named, f"{place} apposed"] if apposed else named


def _phrase(ending: str, rivals: int, capitals: bool) -> Sequence[str]:
    return f"ending={ending}", f"listed rivals={rivals} capitals={capitals}"


def _aligned(aligned: bool) -> Sequence[str]:
    return ("aligned" if aligned else "misaligned",)
