"""LaTeX as plain text, by pylatexenc."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import Any, Literal

_MARKS = ("\\", "$", "{", "}", "~", "--", "``", "''")
#: What is longer is no title, name or abstract, and is left as it is.
_LONGEST = 100_000


@cache
def _converter(math: Literal["text", "verbatim"]) -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    return LatexNodes2Text(keep_comments=True, math_mode=math)


def _converted(printed: str, math: Literal["text", "verbatim"]) -> str:
    if len(printed) > _LONGEST or not any(mark in printed for mark in _MARKS):
        return printed
    try:
        # A bare % is a percent sign in bibliographies, not the beginning of a comment.
        escaped = printed.replace("\\%", "%").replace("%", "\\%")
        return str(_converter(math).latex_to_text(escaped, tolerant_parsing=True))
    except RecursionError:
        return printed


@lru_cache(maxsize=2**15)
def plain_name(printed: str) -> str:
    r"""A name without LaTeX's accents and braces.

    >>> plain_name("Paul Erd{\\H o}s"), plain_name(r"Mart\'in Abadi")
    ('Paul Erdős', 'Martín Abadi')
    """
    return _converted(printed, "text")


def plain_text(printed: str) -> str:
    r"""A title or an abstract without LaTeX's accents and braces; formulas stay as written.

    >>> plain_text(r"{\'E}tude of $x^2$ in {BERT}: 50% better")
    'Étude of $x^2$ in BERT: 50% better'
    """
    return _converted(printed, "verbatim")
