"""All pairs of authors of many papers at once, and what the papers of each pair add up to."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

#: Weights are summed as whole multiples of this, so that no order of papers changes a digit.
_UNIT: Final = 1e-12

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def add_up_ties(places: pa.Table, authors: int) -> pa.Table:
    """The tie of each pair of authors who signed a paper together.

    Args:
        places: a row an author place, by size of the paper, paper and author: paper and node (numbers), size (authors
            of the paper, 2 or more) and day (or null).
        authors: how many there are.

    Returns:
        A row a pair, by its ends: source, target, papers, newman, fractional, first and last (days).

    Example:
        >>> places = pa.table({"paper": [1, 1], "node": [0, 1], "size": [2, 2],
        ...                    "day": pa.array([None, None], pa.date32())})
        >>> add_up_ties(places, 2).select(["source", "target", "newman"]).to_pylist()
        [{'source': 0, 'target': 1, 'newman': 1.0}]
    """
    key, row = _pairs(places, authors)
    # Papers of one size, in their order, make long runs that a stable sort finds.
    order = np.argsort(key, kind="stable")
    row = row[order]
    key = key[order]
    del order
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    ends = key[starts]
    papers = np.diff(starts, append=len(key)).astype(np.int32)
    del key
    source = (ends // authors).astype(np.int32)
    target = (ends - source * np.int64(authors)).astype(np.int32)
    del ends
    size = places.column("size").to_numpy()[row]
    n = np.arange(2, size.max(initial=2) + 1, dtype=np.float64)
    columns = {
        "source": pa.array(source),
        "target": pa.array(target),
        "papers": pa.array(papers),
        "newman": pa.array(_sums(1 / (n - 1), size, starts)),
        "fractional": pa.array(_sums(2 / (n * (n - 1)), size, starts)),
    }
    return pa.table(columns | _days(places, row, starts))


def _pairs(places: pa.Table, authors: int) -> tuple[_Ints, npt.NDArray[np.int32]]:
    """For each pair on each paper ``source * authors + target``, and a row of the paper in `places`."""
    node = places.column("node").to_numpy().astype(np.int64)
    sizes, first, counts = np.unique(places.column("size").to_numpy(), return_index=True, return_counts=True)
    pairs = counts * (sizes.astype(np.int64) - 1) // 2
    keys, rows = np.empty(pairs.sum(), np.int64), np.empty(pairs.sum(), np.int32)
    done = 0
    for size, begin, count, found in zip(sizes.tolist(), first, counts, pairs, strict=True):
        # All papers of one size make a rectangle: its pairs of columns are the pairs of all of them.
        papers = node[begin : begin + count].reshape(-1, size)
        one, other = np.triu_indices(size, k=1)
        keys[done : done + found] = (papers[:, one] * authors + papers[:, other]).ravel()
        rows[done : done + found] = np.repeat(np.arange(begin, begin + count, size, dtype=np.int32), len(one))
        done += found
    return keys, rows


def _sums(weights: _Floats, size: npt.NDArray[np.int32], starts: _Ints) -> _Floats:
    """The sum over each pair's papers of the weight that a paper of that size, from 2, gives each of its pairs."""
    units = np.rint(weights / _UNIT).astype(np.int64)[size - 2]
    total = np.add.reduceat(units, starts) if len(starts) else units
    return np.asarray(np.round(total * _UNIT, 12), dtype=np.float64)


def _days(places: pa.Table, row: npt.NDArray[np.int32], starts: _Ints) -> dict[str, pa.Array]:
    """The first and the last day of each pair's papers; null where no paper has one."""
    days = places.column("day").combine_chunks().cast(pa.int32())
    known, found = np.asarray(days.is_valid()), {}
    for name, pick, none in (("first", np.minimum, 2**31 - 1), ("last", np.maximum, -(2**31))):
        filled = np.where(known, days.fill_null(0), none).astype(np.int32)[row]
        values = pick.reduceat(filled, starts) if len(starts) else filled
        found[name] = pa.array(values, pa.int32(), mask=values == none).cast(pa.date32())
    return found
