"""Plain rules that judge numbers and what belongs to them, for use without trained weights."""

from __future__ import annotations

from collections.abc import Sequence

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_features import beside, direction_cues, gap, numbers_between
from kg_builder.extract.result_scene import Scene, Sentence

_CERTAIN_KINDS = ("percent", "times", "points", "level", "rate")
_COMPARED = frozenset(
    ("보다", "대비", "…보다", "…대비", "…비해", "…비교", "than", "over", "against", "vs", "baseline")
)
_POINTING = {"up": "up", "beats": "up", "down": "down", "attains": "absolute"}


class RuleJudge:
    """Judges by unit, cue words and nearness; its probabilities are coarse."""

    def result(self, scene: Scene, sentence: Sentence, index: int) -> float:
        """A percentage, a ratio or a score beside a word of change or attainment is a result."""
        quantity = sentence.numbers[index]
        before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
        told = [cue for _, cue in (*before, *after) if cue != "against"]
        if not told:
            return 0.1
        if quantity.kind in _CERTAIN_KINDS:
            return 0.8
        fraction = quantity.value != int(quantity.value)
        return 0.6 if fraction and quantity.unit is None and sentence.metrics else 0.2

    def direction(self, scene: Scene, sentence: Sentence, index: int) -> str:
        """In Korean the verb follows the number, in English it mostly stands before."""
        quantity = sentence.numbers[index]
        before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
        korean = scene.document.passages[quantity.passage].language == "ko"
        near = [cue for distance, cue in after if distance < 16 or korean]
        for cue in [*near, *(cue for _, cue in before), *(cue for _, cue in after)]:
            if cue in _POINTING:
                return _POINTING[cue]
        return "absolute"

    def part(
        self,
        part: str,
        scene: Scene,
        sentence: Sentence,
        index: int,
        entity: int,
        direction: str,
        group: Sequence[int],
    ) -> float:
        """What a comparing word marks is the baseline; the benchmark is the nearest; the subject is the paper's own."""
        quantity = sentence.numbers[index]
        introduced = "INTRODUCES" in scene.roles[entity]
        own = [n for n in sentence.names if n.entity == entity]
        if not own:
            return 0.4 if introduced and part != "baseline" else 0.0
        named = min(own, key=lambda n: gap(quantity, n.start, n.end))
        side = "<" if named.start < quantity.begin else ">"
        compared = beside(sentence, named) in _COMPARED
        near = 0.7 if numbers_between(sentence, quantity, named) == 0 else 0.3
        if part == "benchmark":
            return near
        if part == "baseline":
            return near if compared and not introduced and direction != "absolute" else 0.0
        if compared:
            return 0.0
        return near if introduced or side == "<" else 0.2

    def metric(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        metric: MetricMention,
        rivals: Sequence[MetricMention],
    ) -> float:
        """The nearest listed metric, else a phrase beside the number."""
        near = 0.6 - min(0.3, gap(sentence.numbers[index], metric.start, metric.end) / 200)
        return near if metric.source != "phrase" else 0.3
