"""Packing: laid-out components put side by side, each as near to the middle as its outline allows.

Outlines are sets of grid cells, as in Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the
polyomino packing approach" (GD 2001), so that small components fill the bays of large ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]

#: How much wider than high the picture may become: that of a screen beside a panel.
ASPECT = 1.25

#: Cells across all components together, about: a finer grid packs closer and takes longer.
_CELLS = 6_000


def pack(components: Sequence[tuple[Points, Points]]) -> list[Points]:
    """Where each component goes.

    Args:
        components: of each, the centres of its nodes and the width and height of their boxes, the largest first.

    Returns:
        The offset to be added to the centres of each component.
    """
    area = sum(float(np.prod(np.ptp(c, axis=0) + s.max(axis=0))) for c, s in components)
    side = max((area / _CELLS) ** 0.5, 20.0)
    taken = np.zeros((64, 64), dtype=bool)
    offsets: list[Points] = []
    for centres, sizes in components:
        middle = (centres.min(axis=0) + centres.max(axis=0)) / 2
        cells = _outline(centres - middle, sizes, side)
        taken, at = _place(taken, cells)
        offsets.append(at * side - middle)
    return offsets


def _outline(centres: Points, sizes: Points, side: float) -> Cells:
    """The cells that a component covers: its hull's cells row by row, a margin of one cell around."""
    low = np.floor((centres - sizes / 2) / side).astype(np.int64) - 1
    high = np.ceil((centres + sizes / 2) / side).astype(np.int64) + 1
    covered: dict[int, tuple[int, int]] = {}
    for (left, top), (right, bottom) in zip(low.tolist(), high.tolist(), strict=True):
        for y in range(top, bottom):
            a, b = covered.get(y, (left, right))
            covered[y] = (min(a, left), max(b, right))
    # Edges cross the rows in between: no row may be wider open than both its neighbours need.
    return np.array([(x, y) for y, (a, b) in sorted(covered.items()) for x in range(a, b)], dtype=np.int64)


def _place(taken: npt.NDArray[np.bool_], cells: Cells) -> tuple[npt.NDArray[np.bool_], Points]:
    """Put cells at the free place nearest to the middle; the grid grows where there is none."""
    while True:
        middle = np.array(taken.shape[::-1]) // 2
        for offset in _rings(taken.shape):
            at = cells + middle + offset
            inside = (
                (at >= 0).all() and (at[:, 0] < taken.shape[1]).all() and (at[:, 1] < taken.shape[0]).all()
            )
            if inside and not taken[at[:, 1], at[:, 0]].any():
                taken[at[:, 1], at[:, 0]] = True
                return taken, offset.astype(np.float64)
        taken = np.pad(taken, [(ceil(taken.shape[0] / 2),) * 2, (ceil(taken.shape[1] / 2),) * 2])


def _rings(shape: tuple[int, ...]) -> Cells:
    """All offsets from the middle of a grid, the nearest first (across counts less than down)."""
    height, width = shape
    ys, xs = np.mgrid[-height // 2 : height // 2, -width // 2 : width // 2]
    offsets = np.stack([xs.ravel(), ys.ravel()], axis=1)
    distance = np.hypot(offsets[:, 0] / ASPECT, offsets[:, 1])
    return offsets[np.argsort(distance, kind="stable")]
