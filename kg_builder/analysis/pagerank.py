"""PageRank of an undirected weighted network, the same to the last digit in every run.

igraph's own solver shares its work among threads whose order changes the last digits, and a report would differ from
run to run. Undirected, the equations are symmetric and positive definite, and conjugate gradients solve them quickly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

#: The share of steps that follow a tie (Brin and Page 1998).
DAMPING: Final = 0.85
#: The residual, relative to the right side (both L2), at which the solver stops.
TOLERANCE: Final = 1e-12

_MOST_ROUNDS: Final = 200
_Vector = npt.NDArray[np.float64]


def pagerank(
    count: int, source: npt.NDArray[np.integer], target: npt.NDArray[np.integer], weights: _Vector
) -> _Vector:
    """The PageRank of each vertex; all sum to 1.

    With A the weights, D the strengths and d the damping, x is proportional to the solution of
    (I - d A D^-1) x = 1, which y = D^(-1/2) x makes symmetric. Who has no tie is followed by anyone alike.

    Args:
        count: of the vertices.
        source: one end of each tie.
        target: the other.
        weights: of each tie, greater than 0.

    Example:
        >>> ends = np.array([0, 1]), np.array([1, 2])
        >>> np.round(pagerank(3, *ends, np.ones(2)), 4).tolist()
        [0.2568, 0.4865, 0.2568]
    """
    strength = np.bincount(source, weights, count) + np.bincount(target, weights, count)
    root = np.sqrt(np.where(strength > 0, strength, 1.0))
    scaled = DAMPING * weights / (root[source] * root[target])

    def apply(vector: _Vector) -> _Vector:
        followed = np.bincount(source, scaled * vector[target], count)
        followed += np.bincount(target, scaled * vector[source], count)
        return np.asarray(vector - followed, dtype=np.float64)

    solution = root * _conjugate_gradients(apply, 1.0 / root)
    return np.asarray(solution / solution.sum(), dtype=np.float64)


def _conjugate_gradients(apply: Callable[[_Vector], _Vector], right: _Vector) -> _Vector:
    """Hestenes and Stiefel 1952; sums are numpy's own, since those of BLAS depend on the machine's threads."""
    solution = right.copy()
    residual = right - apply(solution)
    direction = residual.copy()
    square = float((residual * residual).sum())
    enough = TOLERANCE**2 * float((right * right).sum())
    for _ in range(_MOST_ROUNDS):
        if square <= enough:
            break
        image = apply(direction)
        step = square / float((direction * image).sum())
        solution += step * direction
        residual -= step * image
        previous, square = square, float((residual * residual).sum())
        direction = residual + square / previous * direction
    return solution
