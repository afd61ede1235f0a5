"""Packing: laid-out components put side by side, each as near to the middle as its outline allows.

Outlines are sets of grid cells, as in Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the
polyomino packing approach" (GD 2001), so that small components fill the bays of large ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Cells = npt.NDArray[np.int64]
Grid = npt.NDArray[np.bool_]

#: How much wider than high the packing grows. Labels make components wide and flat: this comes out at about
#: 1.2 to 1, the room that a screen leaves between the legend and the panel.
ASPECT = 0.9

#: Cells of the grid, about: a finer one packs closer and takes longer.
_CELLS = 30_000
#: The least side of a cell, in pixels.
_SIDE = 20.0


def pack(components: Sequence[tuple[Points, Points]]) -> list[Points]:
    """Where each component goes.

    Args:
        components: of each, the centres of its nodes and the width and height of their boxes, the largest first.

    Returns:
        The offset to be added to the centres of each component.
    """
    area = sum(float(np.prod(np.ptp(c, axis=0) + s.max(axis=0))) for c, s in components)
    side = max((area / _CELLS) ** 0.5, _SIDE)
    taken = np.zeros((32, 40), dtype=bool)
    offsets: list[Points] = []
    for centres, sizes in components:
        middle = (centres.min(axis=0) + centres.max(axis=0)) / 2
        outline = _outline(centres - middle, sizes, side)
        taken, origin = _place(taken, outline)
        offsets.append(origin * side - middle)
    return offsets


def _outline(centres: Points, sizes: Points, side: float) -> Cells:
    """The cells that a component covers: in each row all from its leftmost to its rightmost box."""
    low = np.floor((centres - sizes / 2) / side).astype(np.int64)
    high = np.ceil((centres + sizes / 2) / side).astype(np.int64) + 1
    rows: dict[int, tuple[int, int]] = {}
    for (left, top), (right, bottom) in zip(low.tolist(), high.tolist(), strict=True):
        for y in range(top, bottom):
            a, b = rows.get(y, (left, right))
            rows[y] = (min(a, left), max(b, right))
    return np.array([(x, y) for y, (a, b) in sorted(rows.items()) for x in range(a, b)], dtype=np.int64)


def _place(taken: Grid, cells: Cells) -> tuple[Grid, Points]:
    """Put cells at the free place nearest to the middle; the grid grows until there is one.

    Returns:
        The grid with the cells taken, and where their origin lies, in cells from the middle of the grid.
    """
    low = cells.min(axis=0)
    shape = cells - low
    width, height = (shape.max(axis=0) + 1).tolist()
    while True:
        across, down = taken.shape[1] - width + 1, taken.shape[0] - height + 1
        if across > 0 and down > 0:
            blocked = np.zeros((down, across), dtype=bool)
            for x, y in shape.tolist():
                blocked |= taken[y : y + down, x : x + across]
            if not blocked.all():
                distance = np.where(blocked, np.inf, _distances(down, across))
                y, x = np.unravel_index(int(np.argmin(distance)), distance.shape)
                taken[shape[:, 1] + y, shape[:, 0] + x] = True
                middle = np.array([taken.shape[1] // 2, taken.shape[0] // 2])
                return taken, (np.array([x, y]) - low - middle).astype(np.float64)
        # An even number on both sides: the middle stays the same cell.
        taken = np.pad(taken, [(side // 4 + 1,) * 2 for side in taken.shape])


def _distances(down: int, across: int) -> Points:
    """How far each place is from the middle one, across counting less than down."""
    ys, xs = np.ogrid[:down, :across]
    distances: Points = np.hypot((xs - (across - 1) / 2) / ASPECT, ys - (down - 1) / 2)
    return distances
