"""What speaks for and against two signatures, or two people, being one person, in log-odds."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.company import Company
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.identity.topics import Topics
from kg_builder.resolve.person_names import PersonName

_SHIPPED = Path(__file__).with_name("weights.yaml")
#: The weights that evidence goes by; another file while weights are learnt.
WEIGHTS_FILE: ContextVar[Path] = ContextVar("WEIGHTS_FILE", default=_SHIPPED)
#: Shared co-authors from which on their neighbours tell nothing more.
ENOUGH_SHARED = 0.5
#: What different affiliations count, where the same one counts 1.
UNLIKE_AFFILIATION = -0.25


def weights(kind: str) -> Mapping[str, float]:
    """The weights of evidence on ``signatures``, ``namesakes``, ``people`` or ``letters``."""
    return _weights_in(WEIGHTS_FILE.get())[kind]


@cache
def _weights_in(file: Path) -> Mapping[str, Mapping[str, float]]:
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {kind: {name: float(value) for name, value in listed.items()} for kind, listed in tree.items()}


class Evidence:
    """The evidence that a corpus holds.

    Args:
        people: everyone on every paper; they are named by their index from here on.
        terms: by paper, its topics, what its text names, and the words of its title.
        commonness: of the names.
    """

    def __init__(
        self, people: Sequence[Authorship], terms: Mapping[str, Sequence[str]], commonness: Commonness
    ) -> None:
        self.people = people
        self.commonness = commonness
        self.company = Company(people, commonness)
        self.topics = Topics(people, terms)
        self.years = np.array([person.year or np.nan for person in people], dtype=np.float64)

    def prior(self, name: PersonName) -> float:
        """Log-odds that two signatures of a name are one person, before anything else is known."""
        w = weights("signatures")
        common = w["commonness"] * math.log(self.commonness.people(name) + 0.01)
        return w["bias"] + common + w["east_asian"] * name.is_east_asian

    def caution(self, name: PersonName) -> float:
        """The log-odds that it takes to join two signatures of a name."""
        w = weights("signatures")
        return w["caution"] + w["caution_common"] * math.log1p(self.commonness.people(name))

    def signature_scores(self, block: Sequence[int]) -> Matrix:
        """Log-odds that signatures of one name are one person, beyond what it takes, for each two, shape (n, n)."""
        w = weights("signatures")
        name = self.people[block[0]].name
        scores: Matrix = np.full((len(block), len(block)), self.prior(name) - self.caution(name))
        for kind, values in self.signature_features(block).items():
            scores += w[kind] * values
        return scores

    def signature_features(self, block: Sequence[int]) -> dict[str, Matrix]:
        """What company, topics, time and affiliations say of each two signatures, by the name of the weight."""
        shared, neighbours = self.company.of_each_two(block)
        features: dict[str, Matrix] = {
            "shared": np.minimum(shared, 1.0),
            "shared_log": np.log1p(shared),
            "neighbours": np.where(shared < ENOUGH_SHARED, np.log1p(neighbours), 0.0),
            "topic": np.sqrt(self.topics.of_each_two(block)),
            "gap": self._gaps(block),
        }
        homes = [self.people[i].affiliations for i in block]
        if any(homes):
            features["affiliation"] = np.array([[affiliation(a, b) for b in homes] for a in homes])
        return features

    def _gaps(self, block: Sequence[int]) -> Matrix:
        """Logarithm of the years between two papers, 0 where one has no date."""
        years = self.years[block]
        gaps: Matrix = np.nan_to_num(np.log1p(np.abs(years[:, None] - years[None, :])))
        return gaps


def affiliation(a: Collection[str], b: Collection[str]) -> float:
    """1 where an affiliation is shared, a little below 0 where both have some and share none, 0 where one has none.

    >>> affiliation(["Seoul National University"], ["seoul national university"]), affiliation(["A"], [])
    (1.0, 0.0)
    """
    if not a or not b:
        return 0.0
    return 1.0 if {x.casefold() for x in a} & {x.casefold() for x in b} else UNLIKE_AFFILIATION
