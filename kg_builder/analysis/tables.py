"""Groups ranked by size, and rows of tables in a stated order."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def ranked(membership: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Groups in order of size, then of their first member.

    Args:
        membership: the number of each member's group; the numbers may be any from 0.

    Returns:
        The sizes, the largest first, and the rank of each member's group, from 0.

    Example:
        >>> sizes, rank = ranked(np.array([5, 2, 2, 5, 2]))
        >>> sizes.tolist(), rank.tolist()
        ([3, 2], [1, 0, 0, 1, 0])
    """
    _, first, group, sizes = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return sizes[order].astype(np.int64), rank[group]


def top(table: pa.Table, by: str, count: int) -> pa.Table:
    """The rows with the greatest values of a column; equal ones stay in the order of the table.

    Example:
        >>> top(pa.table({"name": ["a", "b", "c"], "papers": [1, 2, 2]}), "papers", 2).column("name").to_pylist()
        ['b', 'c']
    """
    place = pa.array(range(table.num_rows), pa.int64())
    order = pc.sort_indices(
        pa.table({"value": table.column(by), "place": place}),
        sort_keys=[("value", "descending"), ("place", "ascending")],
    )
    return table.take(order[:count])


def rows_table(rows: list[dict[str, Any]], columns: dict[str, pa.DataType]) -> pa.Table:
    """A table of rows, with these columns even where there is no row."""
    return pa.Table.from_pylist(rows, schema=pa.schema(list(columns.items())))
