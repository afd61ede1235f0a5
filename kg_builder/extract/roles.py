"""The judge of relations: a linear classifier over the words around an entity's mentions and its paper's kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from kg_builder.errors import ExtractionError
from kg_builder.extract.classifier import SHIPPED
from kg_builder.extract.draft import Draft
from kg_builder.extract.relation_features import RoleEvidence, role_evidence
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
#: Weights are eight-bit steps; sums that differ behind these decimals are equal.
_TELLING_DIGITS = 6


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
    further: float = 0.4
    base: float = 0.3


@dataclass(frozen=True, slots=True)
class RoleJudge:
    """Weights of the relations' features: one row a feature, one column a class of `ROLES`."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: RoleThresholds = RoleThresholds()
    telling: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Row by row in memory: a feature's weights are fetched together.
        object.__setattr__(self, "weights", np.ascontiguousarray(self.weights))
        object.__setattr__(self, "telling", self.weights.any(axis=1).tobytes())

    def probabilities(self, evidence: Sequence[RoleEvidence], labels: Sequence[str]) -> Floats:
        """Class probabilities of entities, shape (entities, classes).

        Args:
            evidence: what speaks for the roles of each entity.
            labels: what kind of thing each is.
        """
        groups = [set(own).union(*(indices for _, indices in mentions)) for mentions, own in evidence]
        scores = self._sums(groups) + self.bias
        scores[np.array([_barred(label) for label in labels])] = -np.inf
        return softmax(scores)

    def roles(self, drafts: Sequence[Draft]) -> list[dict[int, list[Role]]]:
        """For each document, the roles of every entity that it does not introduce, by entity index.

        All are judged at once, since a call of numpy costs as much for the few entities of one document.
        """
        told = [role_evidence(draft, self.telling) for draft in drafts]
        evidence = [each for document in told for each in document.values()]
        if not evidence:
            return [{} for _ in drafts]
        labels = [draft.entities[i].label for draft, each in zip(drafts, told, strict=True) for i in each]
        answers = iter(self.probabilities(evidence, labels).tolist())
        return [
            {index: self._roles(mentions, next(answers)) for index, (mentions, _) in each.items()}
            for each in told
        ]

    def _roles(self, mentions: Sequence[tuple[Mention, list[int]]], chances: Sequence[float]) -> list[Role]:
        believed = self._believed(chances)
        clearest = self._clearest(mentions) if believed else []
        return [
            Role(cast(RelationType, ROLES[role]), probability, clearest[role])
            for role, probability in believed
        ]

    def _sums(self, groups: Sequence[Collection[int]]) -> Floats:
        """The summed weights of several groups of features, none of them empty, shape (groups, classes)."""
        ends = list(accumulate(map(len, groups), initial=0))
        indices = np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=ends[-1])
        return np.asarray(
            np.add.reduceat(self.weights.take(indices, axis=0), ends[:-1], axis=0, dtype=np.float64)
        )

    def _believed(self, answers: Sequence[float]) -> list[tuple[int, float]]:
        """Classes and probabilities; what a thing is based on it uses too."""
        chances = list(answers)
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

    def _clearest(self, mentions: Sequence[tuple[Mention, list[int]]]) -> list[Mention]:
        """For each class the mention that speaks for it most; of equals, the first."""
        if len(mentions) == 1:
            return [mentions[0][0]] * len(ROLES)
        sums = self._sums([indices for _, indices in mentions])
        best = sums.round(_TELLING_DIGITS).argmax(axis=0)
        return [mentions[place][0] for place in best.tolist()]


@cache
def _barred(label: str) -> tuple[bool, ...]:
    """For each class, whether things of a label can never have that role."""
    return tuple(role not in ALLOWED[label] for role in ROLES)


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
