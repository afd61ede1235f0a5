"""Growth exponents: how a cost grows with the number of papers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def exponent(papers: Sequence[float], costs: Sequence[float]) -> float:
    """The b of cost = a · papers^b, by least squares of the logarithms.

    >>> round(exponent([10, 100, 1000], [2, 20, 200]), 6)
    1.0
    """
    slope, _ = np.polyfit(np.log(papers), np.log(costs), 1)
    return float(slope)


def extrapolated(papers: Sequence[float], costs: Sequence[float], wanted: float) -> float:
    """The cost at another number of papers, along the fitted power law.

    >>> round(extrapolated([10, 100, 1000], [2, 20, 200], 1e6))
    200000
    """
    slope, start = np.polyfit(np.log(papers), np.log(costs), 1)
    return float(np.exp(start + slope * np.log(wanted)))
