"""What papers are on: their topics, the names in their texts and the words of their titles, the rarer the heavier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kg_builder.resolve.identity.clustering import Matrix

Vector = tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]
_NOTHING: Vector = (np.zeros(0, np.int32), np.zeros(0))


class Topics:
    """The terms of each paper of a corpus, as vectors of length 1.

    Args:
        terms: by paper, what it is on.
    """

    def __init__(self, terms: Mapping[str, Sequence[str]]) -> None:
        numbers: dict[str, int] = {}
        self._papers = {paper: row for row, paper in enumerate(terms)}
        listed = [
            [numbers.setdefault(term, len(numbers)) for term in dict.fromkeys(of_paper)]
            for of_paper in terms.values()
        ]
        self._start = np.cumsum([0, *map(len, listed)])
        self._terms = np.fromiter((n for row in listed for n in row), np.int32, self._start[-1])
        counts = np.bincount(self._terms, minlength=len(numbers))
        self._weight = np.log(max(len(terms), 1) / np.maximum(counts, 1))

    def vector(self, paper: str) -> Vector:
        """The terms of a paper, by number, and how much each stands for what it is on."""
        row = self._papers.get(paper)
        if row is None:
            return _NOTHING
        terms = self._terms[self._start[row] : self._start[row + 1]]
        values = self._weight[terms]
        length = np.sqrt(values @ values)
        return (terms, values / length) if length else _NOTHING

    def of_each_two(self, papers: Iterable[str]) -> Matrix:
        """Cosine of each two papers' terms, shape (n, n)."""
        vectors = [self.vector(paper) for paper in papers]
        terms, columns = np.unique(np.concatenate([v[0] for v in vectors]), return_inverse=True)
        table = np.zeros((len(vectors), max(len(terms), 1)))
        rows = np.repeat(np.arange(len(vectors)), [len(v[0]) for v in vectors])
        table[rows, columns] = np.concatenate([v[1] for v in vectors])
        cosine: Matrix = np.clip(table @ table.T, 0.0, 1.0)
        return cosine
