"""What papers are on: their topics, the names in their texts and the words of their titles, the rarer the heavier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg_builder.resolve.identity.clustering import Matrix
from kg_builder.resolve.identity.rows import Numbers, Rows
from kg_builder.resolve.identity.signatures import Authorship


@dataclass(frozen=True, slots=True)
class Topic:
    """How much each term stands for what some papers are on.

    Args:
        terms: their numbers, in order.
        values: how much.
        length: of the vector of the values.
    """

    terms: Numbers
    values: npt.NDArray[np.float64]
    length: float


class Topics:
    """What each signature's paper is on, as a vector of length 1.

    Args:
        people: everyone on every paper; they are named by their index from here on.
        terms: by paper, what it is on.
    """

    def __init__(self, people: Sequence[Authorship], terms: Mapping[str, Sequence[str]]) -> None:
        numbers: dict[str, int] = {}
        papers = {paper: row for row, paper in enumerate(terms)}
        listed = [
            sorted({numbers.setdefault(term, len(numbers)) for term in of_paper})
            for of_paper in terms.values()
        ]
        # The last row is empty: papers of which nothing is known.
        self._paper = np.array([papers.get(person.paper, len(papers)) for person in people], np.intp)
        start = np.cumsum([0, *map(len, listed), 0])
        self._terms = Rows(np.fromiter((n for row in listed for n in row), np.int32, start[-1]), start)
        self._values = self._weights(len(papers), len(numbers))
        self._sum = np.zeros(len(numbers))

    def _weights(self, papers: int, terms: int) -> npt.NDArray[np.float64]:
        counts = np.bincount(self._terms.values, minlength=terms)
        values = np.log(max(papers, 1) / np.maximum(counts, 1))[self._terms.values]
        row = np.repeat(np.arange(papers + 1), np.diff(self._terms.start))
        lengths = np.sqrt(np.bincount(row, values * values, minlength=papers + 1))
        weights: npt.NDArray[np.float64] = values / np.where(lengths, lengths, 1.0)[row]
        return weights

    def of(self, people: Sequence[int]) -> Topic:
        """What the papers of some signatures are on, taken together."""
        places, _ = self._terms.places(self._paper[people])
        terms, where = np.unique(self._terms.values[places], return_inverse=True)
        values = np.bincount(where, self._values[places], minlength=len(terms)).astype(np.float64)
        return Topic(terms.astype(np.intp), values, float(np.sqrt(values @ values)))

    def cosine(self, a: Topic, b: Topic) -> float:
        """Of the angle between two vectors; 0 where nothing is known of one."""
        if not a.length or not b.length:
            return 0.0
        self._sum[a.terms] = a.values
        dot = float(self._sum[b.terms] @ b.values)
        self._sum[a.terms] = 0.0
        return min(dot / (a.length * b.length), 1.0)

    def of_each_two(self, people: Sequence[int]) -> Matrix:
        """Cosine of each two signatures' papers, shape (n, n)."""
        places, rows = self._terms.places(self._paper[people])
        terms, columns = np.unique(self._terms.values[places], return_inverse=True)
        table = np.zeros((len(people), max(len(terms), 1)))
        table[rows, columns] = self._values[places]
        cosine: Matrix = np.clip(table @ table.T, 0.0, 1.0)
        return cosine
