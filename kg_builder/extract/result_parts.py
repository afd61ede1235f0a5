"""Judges of numbers and of what belongs to them: the trained one, and plain rules for use without weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_features import number_features
from kg_builder.extract.result_pair_features import absence_features, metric_features, pair_features
from kg_builder.extract.result_scene import Scene, Sentence
from kg_builder.extract.result_weights import LinearModel

Part = Literal["subject", "baseline", "benchmark"]


_LIKELY = 0.5


class Judge(Protocol):
    """Says how likely a number is a result, which way it points, and what belongs to it."""

    def number(self, scene: Scene, sentence: Sentence, index: int) -> tuple[float, dict[str, float]]:
        """The probability that a number is a result, and, where likely, those of ``absolute``, ``up`` and ``down``."""
        ...

    def parts(
        self,
        parts: Sequence[Part],
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        group: Sequence[int],
    ) -> list[list[float]]:
        """For each of several parts of a result, the probability of each entity of a group that it is that part."""
        ...

    def metrics(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        candidates: Sequence[MetricMention],
    ) -> list[float]:
        """For each of several metrics, the probability that it is what a number measures."""
        ...


class TrainedJudge:
    """Judges by the trained linear models."""

    def __init__(self, models: dict[str, LinearModel]) -> None:
        self._models = models

    def number(self, scene: Scene, sentence: Sentence, index: int) -> tuple[float, dict[str, float]]:
        """See `Judge.number`."""
        features = list(number_features(scene, sentence, index))
        chance = self._models["result"].probability(features)
        # Most numbers are no results, and nobody asks where those point.
        return chance, self._models["direction"].probabilities(features) if chance >= _LIKELY else {}

    def parts(
        self,
        parts: Sequence[Part],
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        group: Sequence[int],
    ) -> list[list[float]]:
        """See `Judge.parts`."""
        candidates = [list(pair_features(scene, sentence, index, e, direction, group)) for e in group]
        return [
            self._models[part].choice(candidates, absence_features(scene, sentence, index, part, direction))
            for part in parts
        ]

    def metrics(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        candidates: Sequence[MetricMention],
    ) -> list[float]:
        """See `Judge.metrics`."""
        features = [metric_features(scene, sentence, index, metric, candidates) for metric in candidates]
        return self._models["metric"].choice(
            features, absence_features(scene, sentence, index, "metric", direction)
        )
