"""Groups of signatures by average linkage, under the rule that some may never be together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
_NEVER = -1e9


def average_linkage(scores: Matrix, apart: npt.NDArray[np.bool_], groups: list[list[int]]) -> list[list[int]]:
    """Join groups, the best pair first, as long as their mean score is positive.

    Args:
        scores: log-odds that two are one person; symmetric, shape (n, n).
        apart: which two may never be together; symmetric, shape (n, n).
        groups: what belongs together from the start; every index in exactly one group.

    Returns:
        The groups, each sorted, by their first members.

    >>> scores = np.array([[0.0, 2.0, -1.0], [2.0, 0.0, -3.0], [-1.0, -3.0, 0.0]])
    >>> average_linkage(scores, np.zeros((3, 3), dtype=bool), [[0], [1], [2]])
    [[0, 1], [2]]
    """
    members = [sorted(group) for group in sorted(groups, key=min)]
    n = len(members)
    chosen = np.zeros((n, len(scores)))
    for row, group in enumerate(members):
        chosen[row, group] = 1.0
    total = chosen @ scores @ chosen.T
    forbidden = (chosen @ apart @ chosen.T) > 0
    size = chosen.sum(axis=1)
    mean: Matrix = np.where(forbidden, _NEVER, total / np.outer(size, size))
    np.fill_diagonal(mean, _NEVER)
    # The best partner of each group is kept, so that a join looks again only at the groups it concerns.
    best: npt.NDArray[np.intp] = mean.argmax(axis=1)
    best_mean = mean[np.arange(n), best]
    while n > 1:
        first = int(best_mean.argmax())
        if best_mean[first] <= 0:
            break
        first, second = sorted((first, int(best[first])))
        members[first] += members[second]
        members[second] = []
        total[first] += total[second]
        total[:, first] = total[first]
        forbidden[first] |= forbidden[second]
        forbidden[:, first] = forbidden[first]
        size[first] += size[second]
        means: Matrix = np.where(forbidden[first], _NEVER, total[first] / (size[first] * size))
        means[[first, second]] = _NEVER
        means[[k for k, group in enumerate(members) if not group]] = _NEVER
        mean[first, :] = mean[:, first] = means
        mean[second, :] = mean[:, second] = _NEVER
        again = np.flatnonzero((best == first) | (best == second) | (means > best_mean))
        best[again] = mean[again].argmax(axis=1)
        best_mean = mean[np.arange(n), best]
    return sorted(sorted(group) for group in members if group)
