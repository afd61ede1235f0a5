"""Values out of foreign records: what is of the kind asked for, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def text_in(value: object) -> str | None:
    """The text, where it is one and not blank.

    >>> text_in("a "), text_in(" "), text_in(7)
    ('a ', None, None)
    """
    return value if isinstance(value, str) and value.strip() else None


def line_in(value: object) -> str | None:
    """The text on one line, without spare spaces.

    >>> line_in("Attention Is\\n  All You Need")
    'Attention Is All You Need'
    """
    text = text_in(value)
    return " ".join(text.split()) if text else None


def integer_in(value: object) -> int | None:
    """The whole number that is not negative, where it is one.

    >>> integer_in(3), integer_in("12"), integer_in(True), integer_in(-1)
    (3, 12, None, None)
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def items_in(value: object) -> list[Any]:
    """The list, where it is one."""
    return value if isinstance(value, list) else []


def record_in(value: object) -> Mapping[str, Any]:
    """The mapping, where it is one."""
    return value if isinstance(value, dict) else {}


def lines_in(value: object) -> tuple[str, ...]:
    """The texts of a list, each on one line and each once, in their order.

    >>> lines_in(["a  b", "c", "a b", 7])
    ('a b', 'c')
    """
    return tuple(dict.fromkeys(line for item in items_in(value) if (line := line_in(item))))
