"""A line of the table of results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What one way took.

    Args:
        name: what was run.
        seconds: the best of its rounds, wall clock.
        compared: how that stands to what it is measured against.
    """

    name: str
    seconds: float
    compared: str
