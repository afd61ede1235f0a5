"""Whose names stand beside whose on papers, and which of them wrote together elsewhere: arrays of numbers of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import parse_name

Numbers = npt.NDArray[np.intp]
#: Larger teams make no two of their members near one another.
LARGEST_CIRCLE = 60
#: Larger teams are no evidence by a shared co-author.
_LARGEST_TEAM = 1_000
#: Signatures whose co-authors' co-authors are looked up together.
_ROWS = 64


class Company:
    """The co-authors that a corpus tells of, each by the number of the name.

    Args:
        people: everyone on every paper.
        commonness: of the names.
    """

    def __init__(self, people: Sequence[Authorship], commonness: Commonness) -> None:
        self._numbers: dict[str, int] = {}
        self._papers: dict[str, int] = {}
        numbers = [self._numbers.setdefault(p.name.key, len(self._numbers)) for p in people]
        papers = [self._papers.setdefault(p.paper, len(self._papers)) for p in people]
        self._team, self._team_start = _rows(papers, numbers, len(self._papers), len(self._numbers))
        self._near, self._near_start = _near(self._team, self._team_start, len(self._numbers))
        # The chance that two co-authors of one name are one person.
        chances = [1 / (1 + 2 * commonness.people(parse_name(key))) for key in self._numbers]
        self._chance = np.array(chances)
        self._mark = np.zeros(len(chances), dtype=bool)

    def beside(self, people: Sequence[Authorship]) -> Numbers:
        """The numbers, in order, of all names that stand beside these people on their papers."""
        if len(people) == 1:
            team = self._team_of(people[0].paper)
            alone: Numbers = team[team != self._numbers[people[0].name.key]].astype(np.intp)
            return alone
        found = np.unique(np.concatenate([self._team_of(person.paper) for person in people]))
        own = {self._numbers[person.name.key] for person in people}
        return found[~np.isin(found, list(own))].astype(np.intp)

    def _team_of(self, paper: str) -> npt.NDArray[np.int32]:
        row = self._papers[paper]
        first, end = self._team_start[row : row + 2]
        return self._team[first : end if end - first <= _LARGEST_TEAM else first]

    def shared(self, some: Numbers, others: Numbers) -> float:
        """How many names that both hold stand for one person each, as far as chance tells."""
        self._mark[others] = True
        both = some[self._mark[some]]
        self._mark[others] = False
        return float(self._chance[both].sum()) if len(both) else 0.0

    def near(self, some: Numbers, others: Numbers) -> float:
        """Expected pairs of one of some and one of others who wrote together."""
        few, many = sorted((some, others), key=len)
        reached, by = self._reached(few)
        self._mark[many] = True
        among = self._mark[reached]
        self._mark[many] = False
        return float((self._chance[few][by[among]] * self._chance[reached[among]]).sum())

    def _reached(self, names: Numbers) -> tuple[npt.NDArray[np.int32], Numbers]:
        """All who wrote with any of some names, those of the first name first, and by which of the names."""
        first = self._near_start[names]
        counts = self._near_start[names + 1] - first
        by = np.repeat(np.arange(len(names)), counts)
        places = np.arange(len(by)) + (first - (np.cumsum(counts) - counts))[by]
        return self._near[places], by

    def of_each_two(self, people: Sequence[Authorship]) -> tuple[Matrix, Matrix]:
        """Of each two: expected shared co-authors, and expected pairs of co-authors who wrote together elsewhere."""
        beside = [self.beside([person]) for person in people]
        flat = np.concatenate(beside)
        owner = np.repeat(np.arange(len(people)), [len(names) for names in beside])
        numbers = np.unique(flat)
        there = np.zeros((len(people), len(numbers)), dtype=np.float32)
        there[owner, np.searchsorted(numbers, flat)] = 1.0
        weighted = there * self._chance[numbers].astype(np.float32)
        shared = (weighted @ there.T).astype(np.float64)
        neighbours = np.empty_like(shared)
        for first in range(0, len(people), _ROWS):
            reached = self._reached_by_each(beside[first : first + _ROWS], numbers)
            neighbours[first : first + _ROWS] = reached @ weighted.T
        return np.maximum(shared, shared.T), np.maximum((neighbours + neighbours.T) / 2, 0.0)

    def _reached_by_each(self, beside: Sequence[Numbers], numbers: Numbers) -> npt.NDArray[np.float32]:
        """For each row of names, how surely it leads to each of other names by somebody who wrote with that one."""
        flat = np.concatenate(beside)
        owner = np.repeat(np.arange(len(beside)), [len(names) for names in beside])
        reached, by = self._reached(flat)
        among = self._marked(numbers)[reached]
        reached, by = reached[among], by[among]
        places = owner[by] * len(numbers) + np.searchsorted(numbers, reached)
        sums = np.bincount(places, self._chance[flat][by], minlength=len(beside) * len(numbers))
        return sums.reshape(len(beside), len(numbers)).astype(np.float32)

    def _marked(self, numbers: npt.NDArray[np.int32] | Numbers) -> npt.NDArray[np.bool_]:
        marked = np.zeros_like(self._mark)
        marked[numbers] = True
        return marked


def _rows(
    rows: Sequence[int], values: Sequence[int], row_count: int, value_count: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """The different values of each row, in order, one row after the other; and where each row begins."""
    codes = np.array(rows, dtype=np.int64) * value_count + np.array(values, dtype=np.int64)
    return _split(np.unique(codes), row_count, value_count)


def _split(
    codes: npt.NDArray[np.int64], row_count: int, value_count: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    starts = np.searchsorted(codes, np.arange(row_count + 1) * value_count)
    return (codes % max(value_count, 1)).astype(np.int32), starts.astype(np.int64)


def _near(
    team: npt.NDArray[np.int32], start: npt.NDArray[np.int64], names: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """By name, all names that wrote with it in a small team, itself among them; and where each name's begin."""
    codes = [np.unique(found) for found in _pairs_in_teams(team.astype(np.int64), start, names)]
    return _split(np.unique(np.concatenate([*codes, np.zeros(0, np.int64)])), names, names)


def _pairs_in_teams(
    team: npt.NDArray[np.int64], start: npt.NDArray[np.int64], names: int
) -> Iterator[npt.NDArray[np.int64]]:
    sizes = np.diff(start)
    for size in range(1, LARGEST_CIRCLE + 1):
        firsts = start[:-1][sizes == size]
        if len(firsts):
            members = team[firsts[:, None] + np.arange(size)]
            yield (members[:, :, None] * names + members[:, None, :]).ravel()
