"""Dates as ISO, as precise as a source gives them."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Characters of a date in a mail.
_LONGEST_DATE = 100
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


def year_and_month(year: str | None, month: str | None) -> str | None:
    """A year, with its month where one is named.

    >>> year_and_month("2019", "July"), year_and_month("2019", "28 July 2 August"), year_and_month("2019", None)
    ('2019-07', '2019-07', '2019')
    """
    if not year or not re.fullmatch(r"(?:1[89]|20)\d\d", year):
        return None
    if month and month.isascii() and month.isdigit() and 1 <= int(month[:3]) <= len(_MONTHS):
        return f"{year}-{int(month):02d}"
    words = re.findall(r"[a-z]+", (month or "").casefold())
    named = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    return f"{year}-{named[0]:02d}" if named else year


def mail_date(text: str) -> str | None:
    """The day of a date as mails write it.

    >>> mail_date("Mon, 2 Apr 2007 19:18:42 GMT")
    '2007-04-02'
    """
    try:
        parts = parsedate(text[:_LONGEST_DATE])
        return date(*parts[:3]).isoformat() if parts else None
    except (ValueError, OverflowError, IndexError):
        return None
