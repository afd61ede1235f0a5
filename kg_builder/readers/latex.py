"""Names written in LaTeX as plain text."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

_MARKS = ("\\", "$", "{", "}", "~")


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.ERROR)
    return LatexNodes2Text(keep_comments=True, math_mode="text")


def plain_name(printed: str) -> str:
    r"""A name without LaTeX's accents and braces.

    >>> plain_name("Paul Erd{\\H o}s"), plain_name(r"Mart\'in Abadi")
    ('Paul Erdős', 'Martín Abadi')
    """
    if not any(mark in printed for mark in _MARKS):
        return printed
    return str(_converter().latex_to_text(printed.replace("%", r"\%"), tolerant_parsing=True))
