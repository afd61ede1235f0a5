"""What an identification has found so far: who is one person, why, how certainly, and what stays in doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg_builder.resolve.identity.components import Components
from kg_builder.resolve.identity.signatures import Authorship


@dataclass(slots=True)
class IdentifiedPerson:
    """One person and what the identity stands on.

    Args:
        signatures: of the person, by paper.
        reasons: why they are taken for one person.
        within: probability that the signatures are one person's.
        beyond: probability that the most similar other person is this one too.
        curated: whether a decision says who this is.
        name: the name that was decided on.
        id: the id that was decided on.
    """

    signatures: list[Authorship]
    reasons: list[str] = field(default_factory=list)
    within: float = 1.0
    beyond: float = 0.0
    curated: bool = False
    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two people who may be one, or were joined with little certainty.

    Args:
        first: a signature of the one.
        second: a signature of the other.
        probability: that they are one person.
        joined: whether they were taken for one.
        reason: what speaks for it.
        value: pairs of signatures that are expected to be wrong now.
    """

    first: Authorship
    second: Authorship
    probability: float
    joined: bool
    reason: str
    value: float


class Findings:
    """People, named by the index of one of their signatures, and what is known of them.

    Args:
        people: the signatures.
        components: which of them are one person.
    """

    def __init__(self, people: Sequence[Authorship], components: Components) -> None:
        self.people = people
        self.components = components
        self.notices: list[str] = []
        self.doubts: list[Doubt] = []
        self._reasons: dict[int, tuple[str, ...]] = {}
        # Most people have one reason, of which that their name is rare is the reason of many.
        self._texts: dict[str, str] = {}
        self._within: dict[int, float] = {}
        self._beyond: dict[int, float] = {}

    def explain(self, i: int, reason: str) -> None:
        """Keep a reason for what the person of a signature is taken for."""
        held = self._reasons.get(i, ())
        if reason not in held:
            self._reasons[i] = (*held, self._texts.setdefault(reason, reason))

    def is_one(self, i: int, chance: float) -> None:
        """Keep how likely the signatures of a person are one's; the least likely join counts."""
        self._within[i] = min(self._within.get(i, 1.0), chance)

    def may_be_one(self, i: int, j: int, chance: float) -> None:
        """Keep how likely two people are one who were not joined."""
        for member in (i, j):
            self._beyond[member] = max(self._beyond.get(member, 0.0), chance)

    def doubt(self, i: int, j: int, chance: float, reason: str, pairs: int, *, joined: bool = False) -> None:
        """Keep that it is worth a look whether two people are one."""
        wrong = (1 - chance if joined else chance) * pairs
        self.doubts.append(
            Doubt(self.people[i], self.people[j], round(chance, 2), joined, reason, round(wrong, 6))
        )

    def person(self, root: int) -> IdentifiedPerson:
        """The person whom a signature stands for, with all that is known."""
        members = sorted(self.components.members(root))
        return IdentifiedPerson(
            [self.people[i] for i in members],
            sorted({reason for i in members for reason in self._reasons.get(i, ())}),
            min((self._within[i] for i in members if i in self._within), default=1.0),
            max((self._beyond[i] for i in members if i in self._beyond), default=0.0),
        )


def probability(log_odds: float) -> float:
    """Log-odds as a probability.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))
