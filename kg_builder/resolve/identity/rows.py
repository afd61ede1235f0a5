"""Rows of numbers of different lengths, held one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of numbers.

    Args:
        values: of all rows.
        start: where each row begins among them, and last, where the last one ends.

    Example:
        >>> rows = Rows.of_pairs(np.array([1, 1, 0, 1]), np.array([7, 5, 6, 7]), 2, 10)
        >>> rows.of(1).tolist(), rows.of_each([1, 0, 1])[0].tolist()
        ([5, 7], [5, 7, 6, 5, 7])
    """

    values: npt.NDArray[np.int32]
    start: Numbers

    @classmethod
    def of_pairs(cls, rows: Numbers, values: Numbers, row_count: int, value_count: int) -> Rows:
        """The different values that are paired with each row, in order."""
        return cls.of_codes(distinct(rows.astype(np.int64) * value_count + values), row_count, value_count)

    @classmethod
    def of_codes(cls, codes: npt.NDArray[np.int64], row_count: int, value_count: int) -> Rows:
        """Rows of pairs in order, each as ``row * value_count + value``."""
        start = np.searchsorted(codes, np.arange(row_count + 1) * value_count)
        return cls((codes % max(value_count, 1)).astype(np.int32), start)

    def of(self, row: int) -> npt.NDArray[np.int32]:
        """One row."""
        return self.values[self.start[row] : self.start[row + 1]]

    def of_each(self, rows: Sequence[int] | Numbers) -> tuple[npt.NDArray[np.int32], Numbers]:
        """Some rows, one after the other, and from which of them each number is."""
        places, by = self.places(rows)
        return self.values[places], by

    def places(self, rows: Sequence[int] | Numbers) -> tuple[Numbers, Numbers]:
        """Where the numbers of some rows are, one row after the other, and to which of the rows each belongs."""
        chosen = np.asarray(rows, dtype=np.intp)
        first = self.start[chosen]
        counts = self.start[chosen + 1] - first
        by = np.repeat(np.arange(len(chosen)), counts)
        return np.arange(len(by)) + (first - (np.cumsum(counts) - counts))[by], by


def distinct(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The different ones of some numbers, in order; the numbers are sorted in place, since they may be very many.

    Example:
        >>> distinct(np.array([3, 1, 3])).tolist()
        [1, 3]
    """
    numbers.sort()
    first = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]
