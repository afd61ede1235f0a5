"""Printed author lists as signatures: which piece is a name, and whether it names a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg_builder.document import Signature


def split_byline(line: str) -> tuple[list[str], bool]:
    """The pieces of a printed author list, and whether the list is complete.

    Args:
        line: the list as printed, without its label.

    Returns:
        The names in their order, and ``False`` where a ``+`` in the list says that it was cut off.
    """
    pieces = [piece.strip() for piece in line.split(",")]
    return [piece for piece in pieces if piece and piece != "+"], "+" not in pieces


def signatures(names: Iterable[str]) -> tuple[Signature, ...]:
    """One signature for each name."""
    return tuple(Signature(re.sub(r"\s+", " ", name).strip()) for name in names)
