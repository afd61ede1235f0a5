"""What speaks for and against two signatures, or two people, being one person, in log-odds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import yaml

from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import PersonName, parse_name

_SHIPPED = Path(__file__).with_name("weights.yaml")
#: The weights that evidence goes by; another file while weights are learnt.
WEIGHTS_FILE: ContextVar[Path] = ContextVar("WEIGHTS_FILE", default=_SHIPPED)
#: Larger teams make no two of their members near one another, and are no evidence by a shared co-author.
LARGEST_CIRCLE = 60
_LARGEST_TEAM = 1_000
#: Shared co-authors from which on their neighbours tell nothing more.
_ENOUGH_SHARED = 0.5
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

    def caution(self, name: PersonName) -> float:
        """The log-odds that it takes to join two signatures of a name."""
        w = weights("signatures")
        return w["caution"] + w["caution_common"] * math.log1p(self.commonness.people(name))

    def signature_scores(self, block: Sequence[Authorship]) -> Matrix:
        """Log-odds that signatures of one name are one person, beyond what it takes, for each two, shape (n, n)."""
        w = weights("signatures")
        name = block[0].name
        scores: Matrix = np.full((len(block), len(block)), self.prior(name) - self.caution(name))
        for kind, values in self.signature_features(block).items():
            scores += w[kind] * values
        return scores

    def signature_features(self, block: Sequence[Authorship]) -> dict[str, Matrix]:
        """What company, topics, time and affiliations say of each two signatures, by the name of the weight."""
        shared, neighbours = self._shared_and_near(block)
        features: dict[str, Matrix] = {
            "shared": np.minimum(shared, 1.0),
            "shared_log": np.log1p(shared),
            "neighbours": np.where(shared < _ENOUGH_SHARED, np.log1p(neighbours), 0.0),
            "topic": np.sqrt(self._topics(block)),
            "gap": _gaps(block),
        }
        homes = [person.affiliations for person in block]
        if any(homes):
            features["affiliation"] = np.array([[affiliation(a, b) for b in homes] for a in homes])
        return features

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
        vectors = [self.term_weights(person.paper) for person in block]
        columns = {term: n for n, term in enumerate(dict.fromkeys(t for vector in vectors for t in vector))}
        table = np.zeros((len(block), max(len(columns), 1)))
        for row, vector in enumerate(vectors):
            table[row, [columns[term] for term in vector]] = list(vector.values())
        cosine: Matrix = np.clip(table @ table.T, 0.0, 1.0)
        return cosine

    def expected(self, numbers: Collection[int]) -> float:
        """How many of the names with these numbers stand for one person each, as far as chance tells."""
        return float(self._chance[sorted(numbers)].sum())

    def near(self, some: Collection[int], others: Collection[int]) -> float:
        """Expected pairs of one of some and one of others who wrote together."""
        few, many = sorted((set(some), set(others)), key=len)
        return sum(float(self._chance[n]) * self.expected(self._near[n] & many) for n in sorted(few))

    def number(self, name: PersonName) -> int:
        """The number that a name has here."""
        return self._numbers[name.key]

    @lru_cache(maxsize=1 << 14)  # noqa: B019 - lives as long as one resolution
    def term_weights(self, paper: str) -> Mapping[str, float]:
        """The terms of a paper, the rarer the heavier, as a vector of length 1."""
        papers = len(self._terms) or 1
        listed = dict.fromkeys(self._terms.get(paper, ()))
        values = {term: math.log(papers / self._documents[term]) for term in listed}
        length = math.sqrt(sum(value * value for value in values.values()))
        return {term: value / length for term, value in values.items()} if length else {}


def _gaps(block: Sequence[Authorship]) -> Matrix:
    """Logarithm of the years between two papers, 0 where one has no date."""
    years = np.array([person.year or np.nan for person in block], dtype=np.float64)
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
