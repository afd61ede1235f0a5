"""What speaks for and against two signatures, or two people, being one person, in log-odds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from kg_builder.resolve.identity.agreement import Agreement
from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import PersonName, parse_name

_WEIGHTS_FILE = Path(__file__).with_name("weights.yaml")
#: Larger teams make no two of their members near one another, and are no evidence by a shared co-author.
LARGEST_CIRCLE = 60
_LARGEST_TEAM = 1_000
#: Shared co-authors from which on their neighbours tell nothing more.
_ENOUGH_SHARED = 0.5
#: What different affiliations count, where the same one counts 1.
UNLIKE_AFFILIATION = -0.25


@cache
def weights(kind: str) -> Mapping[str, float]:
    """The weights of evidence on ``signatures`` or on ``people``."""
    tree = yaml.safe_load(_WEIGHTS_FILE.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in tree[kind].items()}


def probability(log_odds: float) -> float:
    """Log-odds as a probability.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))


class Evidence:
    """The evidence that a corpus holds.

    Args:
        people: everyone on every paper.
        terms: by paper, its topics, what its text names, and the words of its title.
        commonness: of the names.
    """

    def __init__(
        self, people: Iterable[Authorship], terms: Mapping[str, Sequence[str]], commonness: Commonness
    ) -> None:
        self.commonness = commonness
        self._numbers: dict[str, int] = {}
        teams: dict[str, set[int]] = {}
        for person in people:
            number = self._numbers.setdefault(person.name.key, len(self._numbers))
            teams.setdefault(person.paper, set()).add(number)
        self._teams = {paper: team for paper, team in teams.items() if len(team) <= _LARGEST_TEAM}
        # The chance that two co-authors of one name are one person.
        chances = [1 / (1 + 2 * commonness.people(parse_name(key))) for key in self._numbers]
        self._chance = np.array(chances)
        self._near: list[set[int]] = [set() for _ in self._numbers]
        for team in teams.values():
            if len(team) <= LARGEST_CIRCLE:
                for number in team:
                    self._near[number] |= team
        self._terms = terms
        self._documents = Counter(term for listed in terms.values() for term in set(listed))

    def coauthors(self, people: Iterable[Authorship]) -> set[int]:
        """The numbers of all names that stand beside these people on their papers."""
        people = list(people)
        found = set().union(*(self._teams.get(person.paper, ()) for person in people))
        return found - {self._numbers[person.name.key] for person in people}

    def prior(self, name: PersonName) -> float:
        """Log-odds that two signatures of a name are one person, before anything else is known."""
        w = weights("signatures")
        common = w["commonness"] * math.log(self.commonness.people(name) + 0.01)
        return w["bias"] + common + w["east_asian"] * name.is_east_asian

    def signature_scores(self, block: Sequence[Authorship]) -> Matrix:
        """Log-odds that signatures of one name are one person, for each two, shape (n, n)."""
        w = weights("signatures")
        shared, neighbours = self._shared_and_near(block)
        scores: Matrix = (
            self.prior(block[0].name)
            + w["shared"] * np.minimum(shared, 1.0)
            + w["shared_log"] * np.log1p(shared)
            + w["neighbours"] * np.where(shared < _ENOUGH_SHARED, np.log1p(neighbours), 0.0)
            + w["topic"] * np.sqrt(self._topics(block))
        )
        homes = [person.affiliations for person in block]
        if any(homes):
            for i, home in enumerate(homes):
                for j in range(i):
                    scores[i, j] += w["affiliation"] * affiliation(home, homes[j])
                    scores[j, i] = scores[i, j]
        return scores

    def _shared_and_near(self, block: Sequence[Authorship]) -> tuple[Matrix, Matrix]:
        """Expected shared co-authors, and expected pairs of co-authors who wrote together elsewhere."""
        beside = [self.coauthors([person]) for person in block]
        numbers = sorted(set().union(*beside))
        columns = {number: column for column, number in enumerate(numbers)}
        rows: dict[int, list[int]] = {number: [] for number in numbers}
        there = np.zeros((len(block), len(columns)), dtype=np.float32)
        for row, names in enumerate(beside):
            for number in names:
                there[row, columns[number]] = 1.0
                rows[number].append(row)
        chance = self._chance[numbers].astype(np.float32)
        weighted = there * chance
        shared = (weighted @ there.T).astype(np.float64)
        reached = np.zeros_like(there)
        for number, column in columns.items():
            near = [columns[n] for n in self._near[number] & columns.keys()]
            for row in rows[number]:
                reached[row, near] += chance[column]
        neighbours = (reached @ weighted.T).astype(np.float64)
        return np.maximum(shared, shared.T), np.maximum((neighbours + neighbours.T) / 2, 0.0)

    def _topics(self, block: Sequence[Authorship]) -> Matrix:
        """Cosine of the papers' terms, the rarer ones weighing more."""
        papers = len(self._terms) or 1
        columns: dict[str, int] = {}
        cells: list[tuple[int, int, float]] = []
        for row, person in enumerate(block):
            for term in dict.fromkeys(self._terms.get(person.paper, ())):
                column = columns.setdefault(term, len(columns))
                cells.append((row, column, math.log(papers / self._documents[term])))
        vectors = np.zeros((len(block), max(len(columns), 1)))
        for row, column, value in cells:
            vectors[row, column] = value
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        cosine: Matrix = np.clip(vectors @ vectors.T, 0.0, 1.0)
        return cosine

    def most_people_score(self, a: PersonName, b: PersonName, kind: Agreement, rivals: int) -> float:
        """What `people_score` comes to at most, from the names alone."""
        w = weights("people")
        return self._by_names(a, b, kind, rivals) + w["shared"] + w["affiliation"]

    def _by_names(self, a: PersonName, b: PersonName, kind: Agreement, rivals: int) -> float:
        w = weights("people")
        common = max(self.commonness.people(name) for name in (a, b))
        return (
            w[kind.name]
            + w["commonness"] * math.log(common + 0.01)
            + w["rivals"] * math.log(rivals)
            + w["east_asian"] * (a.is_east_asian or b.is_east_asian)
        )

    def people_score(self, a: Circle, b: Circle, kind: Agreement, rivals: int) -> tuple[float, float]:
        """Log-odds that two people whose names differ are one, and how many co-authors they share."""
        w = weights("people")
        shared = self._expected(a.coauthors & b.coauthors)
        near = 0.0
        if shared < _ENOUGH_SHARED:
            few, many = sorted((a.coauthors, b.coauthors), key=len)
            near = sum(float(self._chance[n]) * self._expected(self._near[n] & many) for n in sorted(few))
        score = (
            self._by_names(a.name, b.name, kind, rivals)
            + w["shared"] * min(shared, 1.0)
            + w["neighbours"] * min(near, 1.0)
            + w["affiliation"] * affiliation(a.affiliations, b.affiliations)
        )
        return score, shared

    def _expected(self, numbers: Collection[int]) -> float:
        return float(self._chance[sorted(numbers)].sum())


class Circle:
    """What a person's signatures, taken together, tell: the name, the co-authors, the affiliations.

    Args:
        people: the signatures.
        evidence: of the corpus.
    """

    def __init__(self, people: Sequence[Authorship], evidence: Evidence) -> None:
        self.name = people[0].name
        self.coauthors = evidence.coauthors(people)
        self.affiliations = frozenset(a for person in people for a in person.affiliations)


def affiliation(a: Collection[str], b: Collection[str]) -> float:
    """1 where an affiliation is shared, a little below 0 where both have some and share none, 0 where one has none.

    >>> affiliation(["Seoul National University"], ["seoul national university"]), affiliation(["A"], [])
    (1.0, 0.0)
    """
    if not a or not b:
        return 0.0
    return 1.0 if {x.casefold() for x in a} & {x.casefold() for x in b} else UNLIKE_AFFILIATION
