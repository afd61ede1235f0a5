"""Judges of numbers and of what belongs to them: the trained one, and plain rules for use without weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_features import metric_features, number_features, pair_features
from kg_builder.extract.result_scene import Scene, Sentence
from kg_builder.extract.result_weights import LinearModel

Part = str
"""``subject``, ``baseline`` or ``benchmark``."""


class Judge(Protocol):
    """Says how likely a number is a result, which way it points, and what belongs to it."""

    def result(self, scene: Scene, sentence: Sentence, index: int) -> float:
        """The probability that a number is a result."""
        ...

    def direction(self, scene: Scene, sentence: Sentence, index: int) -> str:
        """``absolute``, ``up`` or ``down``."""
        ...

    def part(
        self,
        part: Part,
        scene: Scene,
        sentence: Sentence,
        index: int,
        entity: int,
        direction: str,
        group: Sequence[int],
    ) -> float:
        """The probability that an entity is the subject, baseline or benchmark of a number."""
        ...

    def metric(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        metric: MetricMention,
        rivals: Sequence[MetricMention],
    ) -> float:
        """The probability that a number measures a metric."""
        ...


class TrainedJudge:
    """Judges by the trained linear models."""

    def __init__(self, models: dict[str, LinearModel]) -> None:
        self._models = models

    def result(self, scene: Scene, sentence: Sentence, index: int) -> float:
        """See `Judge.result`."""
        return self._models["result"].probability(number_features(scene, sentence, index))

    def direction(self, scene: Scene, sentence: Sentence, index: int) -> str:
        """See `Judge.direction`."""
        return self._models["direction"].best(number_features(scene, sentence, index))[0]

    def part(
        self,
        part: Part,
        scene: Scene,
        sentence: Sentence,
        index: int,
        entity: int,
        direction: str,
        group: Sequence[int],
    ) -> float:
        """See `Judge.part`."""
        return self._models[part].probability(pair_features(scene, sentence, index, entity, direction, group))

    def metric(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        metric: MetricMention,
        rivals: Sequence[MetricMention],
    ) -> float:
        """See `Judge.metric`."""
        return self._models["metric"].probability(metric_features(scene, sentence, index, metric, rivals))
