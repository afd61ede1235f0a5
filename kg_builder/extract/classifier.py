"""The trained judge: a linear first look at each candidate, a small network for the second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from kg_builder.errors import ExtractionError
from kg_builder.extract.candidates import CandidateSet
from kg_builder.extract.draft import Draft
from kg_builder.extract.features import FEATURE_MASK, candidate_features
from kg_builder.extract.judgement import Judgement, Thresholds, judged
from kg_builder.extract.known import KnownNames, known_names
from kg_builder.extract.structure import structure
from kg_builder.extract.whole import CLASSES, Floats, Seen, softmax, whole_features

Indices = NDArray[np.int64]
Layers = tuple[Floats, Floats, Floats, Floats]

#: The weights that ship with the package.
SHIPPED = Path(__file__).parent / "weights"
_FILE = "names.npz"
#: So many rows go through a network at a time.
_ROWS = 24
_PARTS = ("hidden_weights", "hidden_bias", "output_weights", "output_bias")


@dataclass(frozen=True, slots=True)
class LinearLook:
    """Weights of the first look: one row a feature, one column a class."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        # Row by row in memory: a feature's weights are fetched together.
        object.__setattr__(self, "weights", np.ascontiguousarray(self.weights))

    def views(self, indices: Indices, starts: Indices) -> Floats:
        """The scores of candidates by view: name, place (with the bias), context.

        Args:
            indices: feature indices, group after group, three groups a candidate; no group is empty.
            starts: where each group begins.

        Returns:
            Array of shape (candidates, 3, classes).
        """
        # In double precision, in which the order of the features leaves no trace.
        sums = np.add.reduceat(self.weights.take(indices, axis=0), starts, axis=0, dtype=np.float64)
        scores = np.asarray(sums).reshape(-1, 3, CLASSES)
        scores[:, 1] += self.bias
        return scores


@dataclass(frozen=True, slots=True)
class Network:
    """Networks with one hidden layer whose answers are averaged.

    Args:
        mean: what is subtracted from each number.
        scale: what it is then divided by.
        layers: for each network its hidden weights, hidden bias, output weights, output bias.
    """

    mean: Floats
    scale: Floats
    layers: tuple[Layers, ...]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Network:
        """The networks that stand in named arrays (see `to_arrays`)."""
        count = sum(name.startswith("hidden_weights") for name in arrays)
        layers = [
            tuple(np.asarray(arrays[f"{part}{i}"], dtype=np.float64) for part in _PARTS) for i in range(count)
        ]
        mean, scale = (np.asarray(arrays[name], dtype=np.float64) for name in ("mean", "deviation"))
        return cls(mean, scale, tuple(cast(Layers, layer) for layer in layers))

    def to_arrays(self) -> dict[str, NDArray[np.float32]]:
        """The networks as named arrays."""
        arrays = {"mean": self.mean.astype(np.float32), "deviation": self.scale.astype(np.float32)}
        for i, layer in enumerate(self.layers):
            arrays |= {f"{part}{i}": a.astype(np.float32) for part, a in zip(_PARTS, layer, strict=True)}
        return arrays

    def probabilities(self, numbers: Floats) -> Floats:
        """Class probabilities, shape (rows, classes)."""
        # Products of equally many rows: how many there are would else show in the last bits of each, so that what a
        # paper's names are held to be would depend on the papers beside it. So few rows keep to one thread, too.
        blocks = np.zeros((-(-len(numbers) // _ROWS), _ROWS, numbers.shape[1]))
        blocks.reshape(-1, numbers.shape[1])[: len(numbers)] = (numbers - self.mean) / self.scale
        answers = [
            softmax(np.maximum(blocks @ hidden + hidden_bias, 0.0) @ output + output_bias)
            for hidden, hidden_bias, output, output_bias in self.layers
        ]
        averaged = np.mean(answers, axis=0)
        return np.asarray(averaged.reshape(-1, averaged.shape[-1])[: len(numbers)])


@dataclass(slots=True)
class Sight:
    """The candidates of some documents as a judge sees them.

    Args:
        indices: feature indices, three groups (name, place, context) a candidate.
        starts: where each group begins in them.
        said: how often the text says outright that a candidate stands for each kind, shape (candidates, kinds).
    """

    indices: Indices
    starts: Indices
    said: Floats


def sight_of(documents: Sequence[Seen]) -> Sight:
    """The features of all candidates of some documents."""
    features = [each for document in documents for each in candidate_features(*document)]
    groups = list(chain.from_iterable([each[:3] for each in features]))
    ends = list(accumulate(map(len, groups), initial=0))
    hashes = np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=ends[-1])
    said = np.array([each.said for each in features])
    return Sight(hashes & FEATURE_MASK, np.array(ends[:-1], dtype=np.int64), said)


class TrainedJudge:
    """Judges every candidate twice: by itself, then in the light of the whole document.

    Args:
        linear: the first look.
        network: the second look.
        known: what is known of names.
        thresholds: from what probability on something is believed.
    """

    def __init__(
        self, linear: LinearLook, network: Network, known: KnownNames, thresholds: Thresholds | None = None
    ) -> None:
        self.linear = linear
        self.network = network
        self.known = known
        self.thresholds = thresholds or Thresholds()

    def __call__(self, documents: Sequence[tuple[Draft, CandidateSet]]) -> list[dict[str, Judgement]]:
        """For each document, judgements by candidate key."""
        answers = iter(self.probabilities([each for each in documents if each[1].by_key]).tolist())
        return [
            judged(found, list(islice(answers, len(found.by_key))), self.thresholds) for _, found in documents
        ]

    def probabilities(self, documents: Sequence[tuple[Draft, CandidateSet]]) -> Floats:
        """Class probabilities of the candidates of all documents, shape (candidates, `CLASSES`)."""
        if not documents:
            return np.empty((0, CLASSES))
        seen = [Seen(draft, found, structure(draft, found)) for draft, found in documents]
        sight = sight_of(seen)
        scores = self.linear.views(sight.indices, sight.starts)
        return self.network.probabilities(whole_features(seen, scores, sight.said, self.known))


@cache
def trained_judge(folder: Path = SHIPPED) -> TrainedJudge:
    """The judge with the weights of a folder.

    Raises:
        ExtractionError: the weights are missing.
    """
    try:
        with np.load(folder / _FILE) as arrays:
            linear = LinearLook(arrays["weights"] * arrays["scale"], arrays["bias"])
            network = Network.from_arrays(dict(arrays))
    except OSError as error:
        raise ExtractionError(
            f"{folder / _FILE}: the weights of the name judge cannot be read ({error.strerror}); reinstall kg-builder, "
            "or extract with trained=False"
        ) from error
    return TrainedJudge(linear, network, known_names(folder))
