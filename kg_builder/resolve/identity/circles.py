"""What people, each with several signatures, have in common: the evidence on two of them, and its weight."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg_builder.resolve.identity.agreement import Agreement, agreement, contradict
from kg_builder.resolve.identity.evidence import ENOUGH_SHARED, Evidence, affiliation, weights
from kg_builder.resolve.identity.rows import Numbers
from kg_builder.resolve.identity.topics import Topic
from kg_builder.resolve.person_names import PersonName

#: Names that agree in these ways alone join nobody: one of these must speak for it, too.
_SAME = Agreement.SAME.name
_NEEDS = (
    (_SAME, ("shared_log", "neighbours", "topic", "affiliation")),
    (Agreement.LETTER.name, ("shared_log", "affiliation")),
)
_LETTERS = {Agreement.MISSPELT.name, Agreement.LETTER.name}
_RANK = {kind: rank for rank, kind in enumerate(Agreement)}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the names of two people agree.

    Args:
        a: a name of the one.
        b: the name of the other that agrees with it most surely.
        kind: how.
        unlike: share of the pairs of signatures whose names do not agree.
    """

    a: PersonName
    b: PersonName
    kind: Agreement
    unlike: float


@dataclass(frozen=True, slots=True)
class Circle:
    """What a person's signatures, taken together, tell.

    Args:
        names: the different spellings, by their keys, and how many signatures have each.
        beside: the numbers of all names that stand beside them.
        affiliations: of any signature.
        topic: what the papers are on.
        years: the first and the last.
    """

    names: Mapping[PersonName, int]
    beside: Numbers
    affiliations: frozenset[str]
    topic: Topic
    years: tuple[int, int] | None

    @classmethod
    def of(cls, signatures: Sequence[int], evidence: Evidence) -> Circle:
        """The circle of some signatures, by their index."""
        people = [evidence.people[i] for i in signatures]
        names = {person.name.key: person.name for person in people}
        counts = Counter(person.name.key for person in people)
        years = [int(year) for year in evidence.years[signatures].tolist() if not math.isnan(year)]
        return cls(
            {names[key]: counts[key] for key in sorted(names)},
            evidence.company.beside(signatures),
            frozenset(a.casefold() for person in people for a in person.affiliations),
            evidence.topics.of(signatures),
            (min(years), max(years)) if years else None,
        )

    def agreement(self, other: Circle) -> Likeness | None:
        """How the names of two people agree; ``None`` where none do, or any two contradict each other."""
        if len(self.names) == len(other.names) == 1:
            (a,), (b,) = self.names, other.names
            kind = agreement(a, b)
            return Likeness(a, b, kind, float(kind is Agreement.LETTER)) if kind else None
        return self._closest(other)

    def _closest(self, other: Circle) -> Likeness | None:
        best: tuple[PersonName, PersonName, Agreement] | None = None
        agreeing = 0
        for a, m in self.names.items():
            for b, n in other.names.items():
                kind = agreement(a, b)
                if kind is None:
                    if contradict(a, b):
                        return None
                    continue
                agreeing += m * n * (kind is not Agreement.LETTER)
                if best is None or _RANK[kind] < _RANK[best[2]]:
                    best = (a, b, kind)
        if best is None:
            return None
        pairs = sum(self.names.values()) * sum(other.names.values())
        return Likeness(*best, unlike=1 - agreeing / pairs)


def name_features(
    evidence: Evidence, a: PersonName, b: PersonName, kind: Agreement, rivals: int
) -> dict[str, float]:
    """What the names alone say of two people being one."""
    common = max(evidence.commonness.people(name) for name in (a, b))
    return {
        kind.name: 1.0,
        "commonness": math.log(common + 0.01),
        "rivals": math.log(max(rivals, 1)),
        "east_asian": float(a.is_east_asian or b.is_east_asian),
    }


def company_features(evidence: Evidence, a: Circle, b: Circle) -> dict[str, float]:
    """What co-authors, affiliations, topics and time say of two people being one.

    Args:
        evidence: of the corpus.
        a: the one.
        b: the other.

    Returns:
        By name of the weight: ``shared`` co-authors, each by how likely the two of that name are one, at most 1, and
        their logarithm; co-authors of theirs who wrote together (``neighbours``) and how many there would have been to
        share (``size``); ``affiliation``; ``topic``, the square root of the cosine of their papers'
        terms; ``gap``, the logarithm of the years between the last of one and the first of the other.
    """
    shared = evidence.company.shared(a.beside, b.beside)
    near = evidence.company.near(a.beside, b.beside) if shared < ENOUGH_SHARED else 0.0
    return {
        "shared": min(shared, 1.0),
        "shared_log": math.log1p(shared),
        "neighbours": min(near, 1.0),
        "size": math.log1p(min(len(a.beside), len(b.beside))),
        "affiliation": affiliation(a.affiliations, b.affiliations),
        "topic": math.sqrt(evidence.topics.cosine(a.topic, b.topic)),
        "gap": math.log1p(_years_between(a.years, b.years)),
    }


def score(features: Mapping[str, float]) -> tuple[float, float]:
    """How far two people are beyond what it takes to join them, and the log-odds that they are one.

    A name alone joins nobody who was not joined by how rare it is: without any other support, people of one name are
    left apart, and in doubt. Where a letter makes another name, it takes company.
    """
    w = weights(group_of(features))
    log_odds = sum([w[name] * value for name, value in features.items()])
    margin = log_odds - w["caution"] - w["caution_common"] * math.log1p(math.exp(features["commonness"]))
    for kind, support in _NEEDS:
        if kind in features and not any(features.get(name, 0.0) > 0 for name in support):
            margin = min(margin, 0.0)
    return margin, log_odds


def group_of(features: Mapping[str, float]) -> str:
    """Which of the sets of weights two people are compared by, as their names agree."""
    if _SAME in features:
        return "namesakes"
    return "people" if features.keys().isdisjoint(_LETTERS) else "letters"


def most_from_company(kind: Agreement) -> float:
    """What company adds at most to the score of people whose names differ in this way."""
    w = weights(group_of({kind.name: 1.0}))
    return sum(
        max(0.0, w[name])
        for name in ("shared", "shared_log", "shared_log", "neighbours", "affiliation", "topic")
    )


def _years_between(a: tuple[int, int] | None, b: tuple[int, int] | None) -> int:
    if a is None or b is None:
        return 0
    return max(a[0] - b[1], b[0] - a[1], 0)
