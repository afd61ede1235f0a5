"""Which way a number points: up, down, or nowhere, being a mere score."""

from __future__ import annotations

from kg_builder.extract.metrics import MetricMention, metric_directions
from kg_builder.extract.result_cues import direction_cues
from kg_builder.extract.result_forms import settled_direction
from kg_builder.extract.result_scene import Scene, Sentence

# Kinds of number that one list may mix: "8.26, and 3.36 points".
_SCORES = {"bare", "points"}


def improved(scene: Scene, sentence: Sentence, index: int, metric: MetricMention) -> str:
    """Which way a number points that became better: a time improved by 10% fell, an accuracy rose.

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of its numbers it is.
        metric: what it measures.
    """
    quantity = sentence.numbers[index]
    korean = scene.document.passages[quantity.passage].language == "ko"
    low, high = min(metric.start, quantity.begin), max(metric.end, quantity.end)
    alone = not any(low <= q.begin < high for q in sentence.numbers if q is not quantity)
    tied = alone and metric.source != "word" and (not korean or metric.end <= quantity.begin)
    if not tied or metric_directions().get(metric.name) is not False:
        return "up"
    before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
    telling = [cue for _, cue in after if cue not in ("against", "attains")]
    if not korean:
        telling = [cue for _, cue in before if cue not in ("against", "attains")] or telling
    return "down" if telling and telling[0] == "better" else "up"


def directions_of(
    judged: list[tuple[float, dict[str, float]]], scene: Scene, sentence: Sentence
) -> list[tuple[str, float]]:
    """Which way each number points, and how likely; numbers that share one telling word point the same way.

    Args:
        judged: for each number, how likely it is a result, and the probabilities of the ways it may point.
        scene: the document.
        sentence: the sentence with these numbers.
    """
    text = scene.text(sentence.passage)
    korean = scene.document.passages[sentence.passage].language == "ko"
    directions: list[tuple[str, float]] = []
    for run in _runs(text, sentence):
        # The telling word stands behind the last of them in Korean, before the first in English.
        leader = run[-1] if korean else run[0]
        votes = {
            way: sum(judged[m][1][way] for m in run) + judged[leader][1][way]
            for way in ("absolute", "down", "up")
        }
        led = settled_direction(text, sentence, sentence.numbers[leader])
        likeliest = max(sorted(votes), key=lambda w: votes[w])
        shared = (led, 1.0) if led else (likeliest, votes[likeliest] / sum(votes.values()))
        for member in run:
            settled = settled_direction(text, sentence, sentence.numbers[member])
            directions.append((settled, 1.0) if settled else shared)
    return directions


def _runs(text: str, sentence: Sentence) -> list[list[int]]:
    """The sentence's numbers in runs of one kind, between which no word tells of a direction."""
    runs: list[list[int]] = []
    for index, quantity in enumerate(sentence.numbers):
        last = sentence.numbers[index - 1] if index else None
        alike = last is not None and (last.kind == quantity.kind or {last.kind, quantity.kind} == _SCORES)
        if last is not None and alike and last.shape != "change" != quantity.shape:
            between = Sentence(quantity.passage, last.end, quantity.begin, [], [], [], [])
            before, _ = direction_cues(text, between, quantity)
            if all(cue == "against" for _, cue in before):
                runs[-1].append(index)
                continue
        runs.append([index])
    return runs
