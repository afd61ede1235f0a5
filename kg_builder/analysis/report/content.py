"""The parts that a report is made of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences, as plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and how its numbers were counted.

    Args:
        caption: what it shows.
        columns: the heads.
        rows: a cell for each column.
        counted: how its numbers were counted.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    counted: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and how its numbers were counted.

    Args:
        name: of the file, without suffix.
        caption: what it shows.
        svg: the picture.
        counted: how its numbers were counted.
    """

    name: str
    caption: str
    svg: str
    counted: str


Block = Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading."""

    anchor: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Content:
    """A report: title, a line below it, and sections."""

    title: str
    subtitle: str
    sections: Sequence[Section]


def printed(cell: Cell) -> str:
    """A cell as text: thousands parted by commas, four significant digits of fractions.

    Example:
        >>> [printed(cell) for cell in (12345, 0.00123456, 1234.5, 2.0, None, "GSM8K")]
        ['12,345', '0.001235', '1,234.5', '2', '–', 'GSM8K']
    """
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.4g}" if abs(cell) < 1 else f"{cell:,.2f}".rstrip("0").rstrip(".")
    return f"{cell:,}" if isinstance(cell, int) else cell


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent.

    Example:
        >>> share(1, 3), share(1, 100_000), share(0, 0)
        ('33.3 %', 'less than 0.1 %', '0 %')
    """
    if not whole or not part:
        return "0 %"
    percent = 100 * part / whole
    return "less than 0.1 %" if percent < 0.05 else f"{percent:.1f} %"
