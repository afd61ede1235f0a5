"""The trained part of the search for results: linear models over named features, read from one small file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from kg_builder.errors import KgBuilderError

WEIGHTS = Path(__file__).parent / "weights" / "results.npz"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model.

    Args:
        columns: for each class the weight of each known feature; a single column where there are two classes,
            which then speaks for the second.
        bias: one number a column.
        classes: what the columns stand for.
        scale: slope and offset by which the score becomes a calibrated probability (Platt, 1999).
    """

    columns: tuple[dict[str, float], ...]
    bias: tuple[float, ...]
    classes: tuple[str, ...]
    scale: tuple[float, float] = (1.0, 0.0)

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score of each column for some features; repeated features count once."""
        # In the order in which they come, since sums of floats depend on it.
        distinct = dict.fromkeys(features)
        return [
            bias + sum(map(column.get, distinct, repeat(0.0)))
            for bias, column in zip(self.bias, self.columns, strict=True)
        ]

    def probability(self, features: Iterable[str]) -> float:
        """The calibrated probability of the second of two classes."""
        slope, offset = self.scale
        return logistic(slope * self.scores(features)[0] + offset)

    def choice(self, candidates: Sequence[Iterable[str]], absence: Iterable[str]) -> list[float]:
        """For each of several candidates the probability that it is the one, where there may be none.

        A conditional logit (McFadden, 1974): the candidates and their absence compete.

        Args:
            candidates: the features of each candidate.
            absence: the features that speak for none of them.
        """
        scores = [self.scores(features)[0] for features in candidates]
        scores.append(self.scores(f"absent {feature}" for feature in absence)[0])
        top = max(scores)
        parts = [math.exp(s - top) for s in scores]
        total = sum(parts)
        return [part / total for part in parts[:-1]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class."""
        scores = self.scores(features)
        top = max(scores)
        parts = [math.exp(s - top) for s in scores]
        return {name: part / sum(parts) for name, part in zip(self.classes, parts, strict=True)}


def logistic(score: float) -> float:
    """The logistic function, safe for large scores."""
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    return math.exp(score) / (1 + math.exp(score))


@cache
def result_models(path: Path = WEIGHTS) -> dict[str, LinearModel]:
    """The models by name: ``result``, ``direction``, ``subject``, ``baseline``, ``benchmark``, ``metric``.

    Args:
        path: a file that `write_models` wrote.

    Raises:
        KgBuilderError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            models = {}
            for name in bytes(stored["models"]).decode().split("\n"):
                features = bytes(stored[f"{name}.features"]).decode().split("\n")
                weights = stored[f"{name}.weights"].astype(np.float64)
                slope, offset = (float(x) for x in stored[f"{name}.scale"])
                models[name] = LinearModel(
                    tuple(dict(zip(features, column, strict=True)) for column in weights.T.tolist()),
                    tuple(stored[f"{name}.bias"].tolist()),
                    tuple(bytes(stored[f"{name}.classes"]).decode().split("\n")),
                    (slope, offset),
                )
            return models
    except (OSError, KeyError, ValueError) as error:
        raise KgBuilderError(f"{path}: cannot be read as weights ({error}); reinstall kg-builder") from error


def write_models(models: dict[str, LinearModel], path: Path) -> None:
    """Write models so that equal models make equal bytes.

    Args:
        models: the models by name.
        path: where to; the folder exists.
    """

    def letters(strings: Iterable[str]) -> Any:
        return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)

    arrays: dict[str, Any] = {"models": letters(models)}
    for name, model in models.items():
        columns = [list(column.values()) for column in model.columns]
        arrays[f"{name}.features"] = letters(model.columns[0])
        arrays[f"{name}.weights"] = np.array(columns, dtype=np.float16).T
        arrays[f"{name}.bias"] = np.array(model.bias, dtype=np.float64)
        arrays[f"{name}.classes"] = letters(model.classes)
        arrays[f"{name}.scale"] = np.asarray(model.scale, dtype=np.float64)
    np.savez_compressed(path, **arrays)
