"""The judge of relations: a linear classifier over the words around an entity's mentions and its paper's kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from kg_builder.errors import ExtractionError
from kg_builder.extract.classifier import SHIPPED
from kg_builder.extract.draft import Draft
from kg_builder.extract.features import feature_index
from kg_builder.extract.relation_features import relation_features
from kg_builder.extract.whole import Floats, softmax
from kg_builder.facts import Mention, RelationType

#: The classes, in the order of the weights; the first is to be named only.
ROLES = ("MENTIONS", "USES", "EVALUATES", "EVALUATES_ON", "COMPARES_WITH", "BASED_ON")

#: What each label may be the target of.
ALLOWED: dict[str, frozenset[str]] = {
    "Model": frozenset({"MENTIONS", "USES", "EVALUATES", "COMPARES_WITH", "BASED_ON"}),
    "Benchmark": frozenset({"MENTIONS", "USES", "EVALUATES_ON", "COMPARES_WITH"}),
    "Method": frozenset({"MENTIONS", "USES", "COMPARES_WITH", "BASED_ON"}),
}
_FILE = "relations.npz"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an entity, how likely it has it, and the mention that says so most clearly."""

    type: RelationType
    confidence: float
    mention: Mention


@dataclass(frozen=True, slots=True)
class RoleThresholds:
    """From what probability on a role is believed.

    Args:
        first: for the likeliest role.
        further: for any other.
        base: for BASED_ON, beside USES.
    """

    first: float = 0.4
    further: float = 0.45
    base: float = 0.3


@dataclass(frozen=True, slots=True)
class RoleJudge:
    """Weights of the relations' features: one row a feature, one column a class of `ROLES`."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: RoleThresholds = RoleThresholds()

    def probabilities(self, features: Sequence[Sequence[str]], label: str) -> Floats:
        """Class probabilities of an entity whose mentions and self have these features."""
        indices = sorted({feature_index(feature) for group in features for feature in group})
        scores = self.weights[indices].sum(axis=0, dtype=np.float64) + self.bias
        barred = [i for i, role in enumerate(ROLES) if role not in ALLOWED[label]]
        scores[barred] = -np.inf
        return softmax(scores)

    def roles(self, draft: Draft) -> dict[int, list[Role]]:
        """The roles of every entity that the paper does not introduce, by entity index."""
        found = {}
        for index, (mentions, own) in relation_features(draft).items():
            label = draft.entities[index].label
            answers = self.probabilities([*(features for _, features in mentions), own], label)
            found[index] = [
                Role(cast(RelationType, ROLES[role]), probability, self._clearest(mentions, role))
                for role, probability in self._believed(answers)
            ]
        return found

    def _believed(self, answers: Floats) -> list[tuple[int, float]]:
        """Classes and probabilities; what a thing is based on it uses too."""
        chances = [float(p) for p in answers]
        use, base = ROLES.index("USES"), ROLES.index("BASED_ON")
        based = chances[base]
        chances[use] += based
        chances[base] = 0.0
        order = sorted(range(1, len(ROLES)), key=lambda role: -chances[role])
        believed = [
            (role, chances[role])
            for place, role in enumerate(order)
            if chances[role] >= (self.thresholds.further if place else self.thresholds.first)
        ]
        if based >= self.thresholds.base:
            believed.append((base, based))
        return believed

    def _clearest(self, mentions: Sequence[tuple[Mention, list[str]]], role: int) -> Mention:
        if len(mentions) == 1:
            return mentions[0][0]
        scores = [
            float(self.weights[[feature_index(f) for f in features]].sum(axis=0)[role])
            for _, features in mentions
        ]
        return mentions[scores.index(max(scores))][0]


@cache
def role_judge(folder: Path = SHIPPED) -> RoleJudge:
    """The judge with the weights of a folder.

    Raises:
        ExtractionError: the weights are missing.
    """
    try:
        with np.load(folder / _FILE) as arrays:
            return RoleJudge(arrays["weights"] * arrays["scale"], arrays["bias"])
    except OSError as error:
        raise ExtractionError(
            f"{folder / _FILE}: the weights of the judge of relations cannot be read ({error.strerror}); reinstall "
            "kg-builder, or extract with trained=False"
        ) from error
