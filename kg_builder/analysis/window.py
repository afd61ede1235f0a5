"""A window in time, and the periods by which growth is told."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg_builder.errors import UsageError

Period = Literal["year", "quarter", "month"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `since` to `until`, both included; open where ``None``.

    Example:
        >>> window = Window.parse("2024", "2024-06")
        >>> str(window), date(2024, 6, 30) in window, date(2024, 7, 1) in window
        ('2024-01-01 to 2024-06-30', True, False)
    """

    since: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, since: str | None = None, until: str | None = None) -> Window:
        """A window from years, months or days in ISO 8601; a year or a month is meant whole.

        Raises:
            UsageError: a date is none, or the window ends before it begins.
        """
        window = cls(_first_day("--since", since), _last_day("--until", until))
        if window.since and window.until and window.since > window.until:
            raise UsageError(f"the window ends ({window.until}) before it begins ({window.since})")
        return window

    def __contains__(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        if self.since is None and self.until is None:
            return "any date or none"
        return f"{self.since or 'the first paper'} to {self.until or 'the last paper'}"

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out, papers without a date included."""
        return self.since is None and self.until is None


def _parts(option: str, text: str) -> tuple[int, int | None, int | None]:
    found = _DATE.match(text.strip())
    if found is None:
        raise UsageError(f"{option} {text!r} is no date; write 2024, 2024-12 or 2024-12-24")
    year, month, day = found.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _first_day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    year, month, day = _parts(option, text)
    return _day(option, text, year, month or 1, day or 1)


def _last_day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    year, month, day = _parts(option, text)
    first = _day(option, text, year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def _day(option: str, text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no date ({error})") from error


def period_of(day: date, by: Period) -> str:
    """The period that a day lies in.

    >>> [period_of(date(2024, 12, 24), by) for by in ("year", "quarter", "month")]
    ['2024', '2024-Q4', '2024-12']
    """
    if by == "year":
        return f"{day.year:04}"
    if by == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}-{day.month:02}"


def periods_between(first: date, last: date, by: Period) -> list[str]:
    """All periods from the one of the first day to the one of the last, those without papers among them.

    >>> periods_between(date(2023, 11, 2), date(2024, 1, 30), "month")
    ['2023-11', '2023-12', '2024-01']
    """
    step = {"year": 12, "quarter": 3, "month": 1}[by]
    months = range(first.year * 12 + (first.month - 1) // step * step, last.year * 12 + last.month, step)
    return [period_of(date(month // 12, month % 12 + 1, 1), by) for month in months]
