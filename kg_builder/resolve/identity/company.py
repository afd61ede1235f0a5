"""Whose names stand beside whose on papers, and which of them wrote together elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.rows import Numbers, Rows, distinct
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import parse_name

#: Larger teams make no two of their members near one another.
LARGEST_CIRCLE = 60
#: Larger teams are no evidence by a shared co-author.
_LARGEST_TEAM = 1_000
#: Signatures whose co-authors' co-authors are looked up together.
_TOGETHER = 64


class Company:
    """The co-authors that a corpus tells of, each by the number of the name.

    Args:
        people: everyone on every paper; they are named by their index from here on.
        commonness: of the names.
    """

    def __init__(self, people: Sequence[Authorship], commonness: Commonness) -> None:
        numbers: dict[str, int] = {}
        papers: dict[str, int] = {}
        self._name = np.array([numbers.setdefault(p.name.key, len(numbers)) for p in people], np.intp)
        self._paper = np.array([papers.setdefault(p.paper, len(papers)) for p in people], np.intp)
        teams = Rows.of_pairs(self._paper, self._name, len(papers), len(numbers))
        self._near = _near(teams, len(numbers))
        self._team = _without_large(teams)
        # The chance that two co-authors of one name are one person.
        chances = [1 / (1 + 2 * commonness.people(parse_name(key))) for key in numbers]
        self._chance = np.array(chances)
        self._mark = np.zeros(len(chances), dtype=bool)

    def beside(self, people: Sequence[int]) -> Numbers:
        """The numbers, in order, of all names that stand beside these people on their papers."""
        if len(people) == 1:
            team = self._team.of(self._paper[people[0]])
            alone: Numbers = team[team != self._name[people[0]]].astype(np.intp)
            return alone
        self._mark[self._team.of_each(self._paper[people])[0]] = True
        self._mark[self._name[people]] = False
        found = np.flatnonzero(self._mark)
        self._mark[found] = False
        return found

    def shared(self, some: Numbers, others: Numbers) -> float:
        """How many names that both hold stand for one person each, as far as chance tells."""
        self._mark[others] = True
        both = some[self._mark[some]]
        self._mark[others] = False
        return float(self._chance[both].sum()) if len(both) else 0.0

    def near(self, some: Numbers, others: Numbers) -> float:
        """Expected pairs of one of some and one of others who wrote together."""
        few, many = sorted((some, others), key=len)
        reached, by = self._near.of_each(few)
        self._mark[many] = True
        among = self._mark[reached]
        self._mark[many] = False
        return float((self._chance[few[by[among]]] * self._chance[reached[among]]).sum())

    def of_each_two(self, people: Sequence[int]) -> tuple[Matrix, Matrix]:
        """Of each two: expected shared co-authors, and expected pairs of co-authors who wrote together elsewhere."""
        beside = [self.beside([i]) for i in people]
        flat = np.concatenate(beside)
        owner = np.repeat(np.arange(len(people)), [len(names) for names in beside])
        numbers = np.unique(flat)
        there = np.zeros((len(people), len(numbers)), dtype=np.float32)
        there[owner, np.searchsorted(numbers, flat)] = 1.0
        weighted = there * self._chance[numbers].astype(np.float32)
        shared = (weighted @ there.T).astype(np.float64)
        neighbours = np.empty_like(shared)
        for first in range(0, len(people), _TOGETHER):
            reached = self._reached(beside[first : first + _TOGETHER], numbers)
            neighbours[first : first + _TOGETHER] = reached @ weighted.T
        return np.maximum(shared, shared.T), np.maximum((neighbours + neighbours.T) / 2, 0.0)

    def _reached(self, beside: Sequence[Numbers], numbers: Numbers) -> npt.NDArray[np.float32]:
        """For each row of names, how surely it leads to each of some names by somebody who wrote with that one."""
        flat = np.concatenate(beside)
        owner = np.repeat(np.arange(len(beside)), [len(names) for names in beside])
        reached, by = self._near.of_each(flat)
        self._mark[numbers] = True
        among = self._mark[reached]
        self._mark[numbers] = False
        reached, by = reached[among], by[among]
        places = owner[by] * len(numbers) + np.searchsorted(numbers, reached)
        sums = np.bincount(places, self._chance[flat][by], minlength=len(beside) * len(numbers))
        return sums.reshape(len(beside), len(numbers)).astype(np.float32)


def _without_large(teams: Rows) -> Rows:
    sizes = np.diff(teams.start)
    kept = np.where(sizes <= _LARGEST_TEAM, sizes, 0)
    return Rows(teams.values[np.repeat(kept > 0, sizes)], np.concatenate([[0], np.cumsum(kept)]))


def _near(teams: Rows, names: int) -> Rows:
    """By name, all names that wrote with it in a small team, itself among them."""
    # Those who write together again and again are put together early, since teams are many pairs.
    codes = [distinct(found) for found in _pairs_in_teams(teams, names)]
    return Rows.of_codes(distinct(np.concatenate([*codes, np.zeros(0, np.int64)])), names, names)


def _pairs_in_teams(teams: Rows, names: int) -> Iterator[npt.NDArray[np.int64]]:
    sizes = np.diff(teams.start)
    for size in range(1, LARGEST_CIRCLE + 1):
        firsts = teams.start[:-1][sizes == size]
        if len(firsts):
            members = teams.values[firsts[:, None] + np.arange(size)].astype(np.int64)
            yield (members[:, :, None] * names + members[:, None, :]).ravel()
