"""People whose names agree, joined one pair at a time, the most likely first."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg_builder.resolve.identity.agreement import Agreement
from kg_builder.resolve.identity.candidates import Rivals
from kg_builder.resolve.identity.circles import (
    Circle,
    company_features,
    most_from_company,
    name_features,
    score,
)
from kg_builder.resolve.identity.evidence import Evidence
from kg_builder.resolve.identity.findings import Findings, probability
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import PersonName

NamePair = tuple[PersonName, PersonName, Agreement]
#: Called with the signatures of two people and the evidence on them, for whoever learns from it.
Observer = Callable[[list[Authorship], list[Authorship], dict[str, float]], None]

#: Log-odds above which two people who were not joined are worth a look.
DOUBTFUL = -2.5
#: Chance below which two who were joined are worth a look.
_SURE = 0.9
#: People of one name who are compared with one another, those with the most papers first.
_MOST_OF_ONE_NAME = 150


class Joining:
    """Joins people under one another's names.

    Args:
        evidence: of the corpus.
        findings: who is one person; grows.
        pairs: names that agree, each two once.
        observer: told of each comparison.
    """

    def __init__(
        self,
        evidence: Evidence,
        findings: Findings,
        pairs: Sequence[NamePair],
        observer: Observer | None = None,
    ) -> None:
        self._evidence = evidence
        self._findings = findings
        self._pairs = pairs
        self._observer = observer
        self._circles: dict[int, Circle] = {}
        self._having: dict[str, list[int]] = {}
        self._rivals = Rivals((), {})

    def run(self) -> None:
        """Join people of one name, then people whose names differ."""
        self._count()
        self._join(self._of_one_name())
        self._count()
        left = self._join([*self._of_one_name(), *self._of_two_names()])
        for chance, i, j, reason in left:
            pairs = self._pairs_between(i, j)
            self._findings.may_be_one(i, j, chance)
            self._findings.doubt(i, j, chance, reason, pairs)

    def _count(self) -> None:
        """See who there is of each name."""
        having: dict[str, dict[int, None]] = defaultdict(dict)
        for i, person in enumerate(self._findings.people):
            having[person.name.key][self._findings.components.root(i)] = None
        self._having = {key: list(roots) for key, roots in having.items()}
        self._rivals = Rivals(self._pairs, {key: len(roots) for key, roots in having.items()})

    def _of_one_name(self) -> Iterator[tuple[int, int]]:
        members = self._findings.components.members
        for roots in self._having.values():
            if len(roots) > 1:
                largest = sorted(roots, key=lambda root: (-len(members(root)), root))[:_MOST_OF_ONE_NAME]
                yield from ((i, j) for n, j in enumerate(largest) for i in largest[:n])

    def _of_two_names(self) -> Iterator[tuple[int, int]]:
        for a, b, kind in self._pairs:
            features = name_features(self._evidence, a, b, kind, self._rivals.number(a.key, b.key))
            if score(features)[0] > DOUBTFUL - most_from_company(kind):
                yield from ((i, j) for i in self._having[a.key] for j in self._having[b.key] if i != j)

    def _join(self, candidates: Iterable[tuple[int, int]]) -> list[tuple[float, int, int, str]]:
        """Join the most likely pair as long as it is more likely than not; those left that are worth a look."""
        components = self._findings.components
        near: dict[int, set[int]] = defaultdict(set)
        heap: list[tuple[float, int, int, float, str]] = []
        latest: dict[tuple[int, int], float] = {}

        def compare(i: int, j: int) -> None:
            first, second = sorted((i, j))
            if components.are_apart(first, second):
                return
            found = self._compare(first, second)
            if found is not None:
                near[first].add(second)
                near[second].add(first)
                latest[first, second] = -found[0]
                heapq.heappush(heap, (-found[0], first, second, found[1], found[2]))

        for i, j in dict.fromkeys((min(pair), max(pair)) for pair in candidates):
            compare(i, j)
        while heap and heap[0][0] < 0:
            negative, i, j, chance, reason = heapq.heappop(heap)
            if latest.get((i, j)) != negative:
                continue
            del latest[i, j]
            pairs = self._pairs_between(i, j)
            if not components.join(i, j):
                continue
            self._explain(i, j, chance, reason, pairs)
            kept, gone = (i, j) if components.root(i) == i else (j, i)
            self._circles.pop(gone, None)
            self._circles.pop(kept, None)
            around = (near.pop(kept) | near.pop(gone)) - {kept, gone}
            for other in sorted(around):
                for before in (kept, gone):
                    latest.pop((min(before, other), max(before, other)), None)
                near[other] -= {kept, gone}
                compare(kept, other)
        return [
            (chance, i, j, reason)
            for negative, i, j, chance, reason in sorted(heap)
            if latest.pop((i, j), None) == negative
        ]

    def _explain(self, i: int, j: int, chance: float, reason: str, pairs: int) -> None:
        self._findings.explain(i, reason)
        self._findings.is_one(i, chance)
        if chance < _SURE:
            self._findings.doubt(i, j, chance, reason, pairs, joined=True)

    def _pairs_between(self, i: int, j: int) -> int:
        """How many pairs of a signature of the one person and one of the other there are."""
        members = self._findings.components.members
        return len(members(i)) * len(members(j))

    def _circle(self, root: int) -> Circle:
        if root not in self._circles:
            self._circles[root] = Circle.of(sorted(self._findings.components.members(root)), self._evidence)
        return self._circles[root]

    def _signatures(self, root: int) -> list[Authorship]:
        return [self._findings.people[m] for m in sorted(self._findings.components.members(root))]

    def _compare(self, i: int, j: int) -> tuple[float, float, str] | None:
        """How far two people are beyond being joined, the chance that they are one, and why; ``None`` where far off."""
        first, second = self._circle(i), self._circle(j)
        like = first.agreement(second)
        if like is None:
            return None
        a, b, kind = like.a, like.b, like.kind
        features = name_features(self._evidence, a, b, kind, self._rivals.number(a.key, b.key))
        features |= company_features(self._evidence, first, second)
        features["unlike"] = like.unlike
        if self._observer:
            self._observer(self._signatures(i), self._signatures(j), features)
        margin, log_odds = score(features)
        if log_odds <= DOUBTFUL:
            return None
        shared = math.expm1(features["shared_log"])
        with_whom = f", {shared:.1f} shared co-authors" if shared >= 0.1 else ""
        names = a.text if kind is Agreement.SAME else f"{a.text} and {b.text}"
        return margin, probability(log_odds), f"{names}: {kind.value}{with_whom}"
