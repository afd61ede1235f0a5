"""Plain rules that judge numbers and what belongs to them, for use without trained weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_cues import beside, direction_cues, gap, numbers_between
from kg_builder.extract.result_parts import Part
from kg_builder.extract.result_scene import Scene, Sentence

_CERTAIN_KINDS = ("percent", "times", "points", "level", "rate")
_COMPARED = frozenset(
    ("보다", "대비", "…보다", "…대비", "…비해", "…비교", "than", "over", "against", "vs", "baseline")
)
# How many characters after an English number a word still belongs to it ("30% faster").
_ADJACENT = 16
_POINTING = {"better": "up", "up": "up", "beats": "up", "down": "down", "attains": "absolute"}


class RuleJudge:
    """Judges by unit, cue words and nearness; its probabilities are coarse."""

    def number(self, scene: Scene, sentence: Sentence, index: int) -> tuple[float, dict[str, float]]:
        """A percentage, a ratio or a score beside a word of change or attainment is a result."""
        quantity = sentence.numbers[index]
        before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
        told = [cue for _, cue in (*before, *after) if cue != "against"]
        told_direction = self._direction(scene, sentence, index)
        direction = {way: float(way == told_direction) for way in ("absolute", "up", "down")}
        if not told:
            return 0.1, direction
        if quantity.kind in _CERTAIN_KINDS:
            return 0.8, direction
        fraction = not quantity.value.is_integer()
        return (0.6 if fraction and quantity.unit is None and sentence.metrics else 0.2), direction

    def _direction(self, scene: Scene, sentence: Sentence, index: int) -> str:
        """In Korean the verb follows the number, in English it mostly stands before."""
        quantity = sentence.numbers[index]
        before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
        korean = scene.document.passages[quantity.passage].language == "ko"
        near = [cue for distance, cue in after if distance < _ADJACENT or korean]
        for cue in [*near, *(cue for _, cue in before), *(cue for _, cue in after)]:
            if cue in _POINTING:
                return _POINTING[cue]
        return "absolute"

    def parts(
        self,
        parts: Sequence[Part],
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        group: Sequence[int],
    ) -> list[list[float]]:
        """What a comparing word marks is the baseline; the benchmark is near; the subject is the paper's own."""
        return [
            [self._part(part, scene, sentence, index, entity, direction) for entity in group]
            for part in parts
        ]

    def _part(
        self, part: Part, scene: Scene, sentence: Sentence, index: int, entity: int, direction: str
    ) -> float:
        quantity = sentence.numbers[index]
        introduced = "INTRODUCES" in scene.roles[entity]
        own = [n for n in sentence.names if n.entity == entity]
        if not own:
            return 0.4 if introduced and part != "baseline" else 0.0
        named = min(own, key=lambda n: gap(quantity, n.start, n.end))
        compared = beside(sentence, named) in _COMPARED
        near = 0.7 if numbers_between(sentence, quantity, named) == 0 else 0.3
        if part == "benchmark":
            return near
        if part == "baseline":
            return near if compared and not introduced and direction != "absolute" else 0.0
        if compared:
            return 0.0
        return near if introduced or named.start < quantity.begin else 0.2

    def metrics(
        self,
        scene: Scene,  # noqa: ARG002
        sentence: Sentence,
        index: int,
        direction: str,  # noqa: ARG002
        candidates: Sequence[MetricMention],
    ) -> list[float]:
        """The nearest listed metric, else a phrase beside the number."""
        quantity = sentence.numbers[index]
        return [
            0.3 if m.source == "phrase" else 0.6 - min(0.25, gap(quantity, m.start, m.end) / 200)
            for m in candidates
        ]

    def whole(self, chances: Mapping[str, float]) -> float:
        """How sure the rules are that the number is a result."""
        return chances["number"]
