"""Dates as ISO, as precise as a source gives them."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-./]?)(\d\d)\2(\d\d)(?!\d)")


def iso_date(text: str) -> str | None:
    """The first real date in a text, as ISO, or ``None``.

    >>> iso_date("2024/12/24.md"), iso_date("Daily Papers (2024-12-24)"), iso_date("2024/13/40")
    ('2024-12-24', '2024-12-24', None)
    """
    for found in _DAY.finditer(text):
        year, _, month, day = found.groups()
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return None
