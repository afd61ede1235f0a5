"""The trained part of the search for results: linear models over named features, read from one small file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from kg_builder.errors import KgBuilderError
from kg_builder.extract.kept import Kept
from kg_builder.extract.result_features import Group, placed

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


class GroupScores:
    """Scores of one column of a model for groups of features; what a group weighs is added up once.

    Args:
        model: the model.
        column: which of its columns.
        prefix: what the names of the features begin with in the model.
    """

    def __init__(self, model: LinearModel, column: int = 0, prefix: str = "") -> None:
        weights = model.columns[column]

        def weight_of(group: Group) -> float:
            return sum([weights.get(prefix + feature, 0.0) for feature in group[0](*group[1:])])

        def weight_of_word(side: str, word: str) -> float:
            return sum([weights.get(feature, 0.0) for feature in placed(side, word)])

        self._bias = model.bias[column]
        self._known = Kept(weight_of)
        self._before = Kept(partial(weight_of_word, "<"))
        self._after = Kept(partial(weight_of_word, ">"))

    def score(self, groups: Iterable[Group]) -> float:
        """The score of some groups of features."""
        # In the order in which they come, since sums of floats depend on it.
        return sum(map(self._known.__getitem__, groups), self._bias)

    def score_of_words(self, before: Iterable[str], after: Iterable[str]) -> float:
        """What the words before and after a number add to a score."""
        return sum(map(self._before.__getitem__, before)) + sum(map(self._after.__getitem__, after))


def shares(scores: Sequence[float]) -> list[float]:
    """The probabilities that scores stand for (softmax)."""
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


def logistic(score: float) -> float:
    """The logistic function, safe for large scores."""
    if score >= 0:
        return 1 / (1 + math.exp(-score))
    return math.exp(score) / (1 + math.exp(score))


@cache
def result_models(path: Path = WEIGHTS) -> dict[str, LinearModel]:
    """The models by name: ``result``, ``direction``, ``subject``, ``baseline``, ``benchmark``, ``metric``, and
    ``whole``, which says how likely a result is right in all its parts.

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
