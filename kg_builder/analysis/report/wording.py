"""Phrases that several sections use."""

from __future__ import annotations

from typing import Final

from kg_builder.analysis.study import Study

#: What each weighting gives a tie.
WEIGHTS: Final = {
    "newman": "each paper of n authors adds 1/(n-1) to each of its ties (Newman 2001)",
    "full": "each paper adds 1 to each of its ties (full counting)",
    "fractional": "each paper of n authors adds 2/(n(n-1)) to each of its ties, 1 in all (fractional counting)",
}


def counted(number: int, thing: str) -> str:
    """A number of things.

    Example:
        >>> counted(1, "paper"), counted(1200, "paper")
        ('1 paper', '1,200 papers')
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def counted_papers(study: Study) -> str:
    """Which papers a number was counted on."""
    cap = study.projection.cap
    limit = "of any number of authors" if cap is None else f"of 1 to {cap} authors"
    return f"papers {limit}, {study.settings.window}"
