"""What people, each with several signatures, have in common: the evidence on two of them, and its weight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.identity.evidence import Evidence, affiliation, weights
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import PersonName

#: Shared co-authors from which on their neighbours tell nothing more.
_ENOUGH_SHARED = 0.5
_SUPPORT = ("shared_log", "neighbours", "topic", "affiliation")
_RANK = {kind: rank for rank, kind in enumerate(Agreement)}


@dataclass(frozen=True, slots=True)
class Circle:
    """What a person's signatures, taken together, tell.

    Args:
        names: the different spellings, by their keys.
        beside: the numbers of all names that stand beside them.
        affiliations: of any signature.
        terms: how much each term stands for what the papers are on.
        length: of that vector.
        years: the first and the last.
    """

    names: tuple[PersonName, ...]
    beside: frozenset[int]
    affiliations: frozenset[str]
    terms: Mapping[str, float]
    length: float
    years: tuple[int, int] | None

    @classmethod
    def of(cls, people: Sequence[Authorship], evidence: Evidence) -> Circle:
        """The circle of some signatures."""
        terms: dict[str, float] = {}
        for person in people:
            for term, value in evidence.term_weights(person.paper).items():
                terms[term] = terms.get(term, 0.0) + value
        names = {person.name.key: person.name for person in people}
        years = [person.year for person in people if person.year]
        return cls(
            tuple(names[key] for key in sorted(names)),
            frozenset(evidence.coauthors(people)),
            frozenset(a.casefold() for person in people for a in person.affiliations),
            terms,
            math.sqrt(sum(value * value for value in terms.values())),
            (min(years), max(years)) if years else None,
        )

    def agreement(self, other: Circle) -> tuple[PersonName, PersonName, Agreement] | None:
        """The surest way in which a name of one agrees with one of the other; ``None`` where any two do not agree."""
        best: tuple[PersonName, PersonName, Agreement] | None = None
        for a in self.names:
            for b in other.names:
                kind = agreement(a, b)
                if kind is None:
                    return None
                if best is None or _RANK[kind] < _RANK[best[2]]:
                    best = (a, b, kind)
        return best


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
    shared = evidence.expected(a.beside & b.beside)
    near = evidence.near(a.beside, b.beside) if shared < _ENOUGH_SHARED else 0.0
    return {
        "shared": min(shared, 1.0),
        "shared_log": math.log1p(shared),
        "neighbours": min(near, 1.0),
        "size": math.log1p(min(len(a.beside), len(b.beside))),
        "affiliation": affiliation(a.affiliations, b.affiliations),
        "topic": math.sqrt(_cosine(a, b)),
        "gap": math.log1p(_years_between(a.years, b.years)),
    }


def score(features: Mapping[str, float]) -> tuple[float, float]:
    """How far two people are beyond what it takes to join them, and the log-odds that they are one.

    A name alone joins nobody who was not joined by how rare it is: without any other support, people of one name are
    left apart, and in doubt.
    """
    are_namesakes = Agreement.SAME.name in features
    w = weights("namesakes" if are_namesakes else "people")
    log_odds = sum(w[name] * value for name, value in features.items())
    margin = log_odds - w["caution"] - w["caution_common"] * math.log1p(math.exp(features["commonness"]))
    if are_namesakes and not any(features.get(name, 0.0) > 0 for name in _SUPPORT):
        margin = min(margin, 0.0)
    return margin, log_odds


def most_from_company() -> float:
    """What company adds to the score of people of two names at most."""
    w = weights("people")
    return sum(
        max(0.0, w[name])
        for name in ("shared", "shared_log", "shared_log", "neighbours", "affiliation", "topic")
    )


def _cosine(a: Circle, b: Circle) -> float:
    few, many = sorted((a, b), key=lambda circle: len(circle.terms))
    if not few.length or not many.length:
        return 0.0
    dot = sum(value * many.terms[term] for term, value in few.terms.items() if term in many.terms)
    return min(dot / (few.length * many.length), 1.0)


def _years_between(a: tuple[int, int] | None, b: tuple[int, int] | None) -> int:
    if a is None or b is None:
        return 0
    return max(a[0] - b[1], b[0] - a[1], 0)
