"""What may belong to a number: the entities and metrics among which a judge, or a form of words, chooses."""

from __future__ import annotations

from kg_builder.extract.metric_phrases import metric_phrases
from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_parts import Part
from kg_builder.extract.result_scene import Named, Scene, Sentence

#: The labels of the entities that may be each part of a result.
PART_LABELS: dict[Part, tuple[str, ...]] = {
    "subject": ("Model", "Method"),
    "baseline": ("Model", "Method"),
    "benchmark": ("Benchmark",),
}
#: Listed words that measure nothing by themselves.
VAGUE_METRICS = frozenset(("performance",))


def competitors(scene: Scene, part: Part) -> list[int]:
    """The entities that may be this part of a result, as far as their label goes."""
    return [i for i, e in enumerate(scene.entities) if e.label in PART_LABELS[part] and scene.names[i]]


def metric_candidates(scene: Scene, sentence: Sentence, index: int) -> list[MetricMention]:
    """The metrics that a number's sentence names: the listed ones, and phrases beside the number."""
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    found = [m for m in sentence.metrics if m.source != "word" or not _beyond(sentence, index, m)]
    # A phrase such as "code performance" says more than the listed word in it.
    taken: list[Named | MetricMention] = [*sentence.names, *(m for m in found if m.name not in VAGUE_METRICS)]
    for phrase in metric_phrases(text, sentence.start, quantity.begin, quantity.end, sentence.end):
        if not any(t.start < phrase.end and phrase.start < t.end for t in taken):
            found.append(phrase)
    return found


def _beyond(sentence: Sentence, index: int, metric: MetricMention) -> bool:
    """Whether a number of another kind stands between a number and a word such as "faster", which is that one's own."""
    quantity = sentence.numbers[index]
    low, high = sorted((quantity.begin, metric.start))
    return any(
        low < q.begin < high and q.kind != quantity.kind for q in sentence.numbers if q is not quantity
    )
