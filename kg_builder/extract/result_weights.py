"""The trained part of the search for results: linear models over named features, read from one small file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kg_builder.errors import KgBuilderError

WEIGHTS = Path(__file__).parent / "weights" / "results.npz"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model.

    Args:
        rows: the row of each known feature.
        weights: one row a feature, one column a class (a single column where there are two classes).
        bias: one number a column.
        classes: what the columns stand for; for two classes, the second is the one that the column speaks for.
        scale: slope and offset by which the score becomes a calibrated probability (Platt, 1999).
    """

    rows: dict[str, int]
    weights: Any
    bias: Any
    classes: tuple[str, ...]
    scale: tuple[float, float] = (1.0, 0.0)

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score of each column for a set of features; repeated features count once."""
        rows = self.rows
        known = sorted({rows[f] for f in features if f in rows})
        total = self.bias + self.weights[known].sum(axis=0) if known else self.bias
        return [float(x) for x in total]

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
                if len(features) != len(stored[f"{name}.weights"]):
                    raise ValueError(f"{name}: {len(features)} features")
                slope, offset = (float(x) for x in stored[f"{name}.scale"])
                models[name] = LinearModel(
                    {feature: row for row, feature in enumerate(features)},
                    stored[f"{name}.weights"].astype(np.float32),
                    stored[f"{name}.bias"].astype(np.float32),
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
        arrays[f"{name}.features"] = letters(sorted(model.rows, key=lambda f: model.rows[f]))
        arrays[f"{name}.weights"] = np.asarray(model.weights, dtype=np.float16)
        arrays[f"{name}.bias"] = np.asarray(model.bias, dtype=np.float32)
        arrays[f"{name}.classes"] = letters(model.classes)
        arrays[f"{name}.scale"] = np.asarray(model.scale, dtype=np.float64)
    np.savez_compressed(path, **arrays)
