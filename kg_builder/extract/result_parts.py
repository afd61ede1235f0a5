"""Judges of numbers and of what belongs to them: the trained one, and plain rules for use without weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_features import Group, number_features, words_around
from kg_builder.extract.result_metric_features import metric_features
from kg_builder.extract.result_pair_features import absence_features, pair_features
from kg_builder.extract.result_scene import Scene, Sentence
from kg_builder.extract.result_weights import GroupScores, LinearModel, logistic, shares

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

    def whole(self, chances: Mapping[str, float]) -> float:
        """The probability that a result is right in all its parts, from that of the number and of each part."""
        ...


def evidence(chance: float) -> float:
    """How a probability counts towards that of the whole: its log odds, within bounds."""
    bounded = min(max(chance, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


class TrainedJudge:
    """Judges by the trained linear models.

    Args:
        models: the models by name (see `kg_builder.extract.result_weights.result_models`).
    """

    def __init__(self, models: dict[str, LinearModel]) -> None:
        self._scale = models["result"].scale
        self._whole = models.get("whole")
        self._result = GroupScores(models["result"])
        self._ways = {
            way: GroupScores(models["direction"], column)
            for column, way in enumerate(models["direction"].classes)
        }
        choices = ("subject", "baseline", "benchmark", "metric")
        self._present = {name: GroupScores(models[name]) for name in choices}
        self._absent = {name: GroupScores(models[name], prefix="absent ") for name in choices}

    def number(self, scene: Scene, sentence: Sentence, index: int) -> tuple[float, dict[str, float]]:
        """See `Judge.number`."""
        features = list(number_features(scene, sentence, index))
        slope, offset = self._scale
        words = words_around(sentence, index)
        score = self._result.score(features) + self._result.score_of_words(*words)
        chance = logistic(slope * score + offset)
        # Most numbers are no results, and nobody asks where those point.
        if chance < _LIKELY:
            return chance, {}
        scores = [way.score(features) + way.score_of_words(*words) for way in self._ways.values()]
        return chance, dict(zip(self._ways, shares(scores), strict=True))

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
        absence = list(absence_features(scene, sentence, index, parts[0], direction))
        return [self._choice(part, candidates, absence) for part in parts]

    def metrics(
        self,
        scene: Scene,
        sentence: Sentence,
        index: int,
        direction: str,
        candidates: Sequence[MetricMention],
    ) -> list[float]:
        """See `Judge.metrics`."""
        features = [
            list(metric_features(scene, sentence, index, metric, candidates)) for metric in candidates
        ]
        return self._choice(
            "metric", features, list(absence_features(scene, sentence, index, "metric", direction))
        )

    def whole(self, chances: Mapping[str, float]) -> float:
        """See `Judge.whole`."""
        if self._whole is None:
            return chances["number"]
        (weights,), (bias,) = self._whole.columns, self._whole.bias
        return logistic(bias + sum(weights[name] * evidence(chance) for name, chance in chances.items()))

    def _choice(self, name: str, candidates: list[list[Group]], absence: list[Group]) -> list[float]:
        """The probability of each candidate, where there may be none: a conditional logit (McFadden, 1974)."""
        present = self._present[name]
        scores = [present.score(groups) for groups in candidates]
        return shares([*scores, self._absent[name].score(absence)])[:-1]
