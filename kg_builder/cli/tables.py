"""Rows as a person reads them: a table where it fits, else one record below the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

#: Columns of a terminal that lie between two columns of a table.
_GAP = 2
#: A cell longer than this is prose; how narrow prose, and how narrow a phrase, can be set and still be read.
_PHRASE, _PROSE_WIDTH, _PHRASE_WIDTH = 60, 28, 14
#: A word longer than this may be broken.
_WORD = 34


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> None:
    """Print rows to standard output, as wide as the terminal.

    In a pipe there is no width to fit, and every cell is printed whole. On a terminal long cells are wrapped; where
    that would leave them no room to be read, each row is printed as lines of column and value.

    Args:
        columns: the names of the columns.
        rows: the cells, a sequence for each row.
        numeric: for each column, whether it is set to the right.
    """
    from rich.console import Console

    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    if not sys.stdout.isatty():
        console.width = 1_000_000
        with console.capture() as printed:
            _print_columns(console, columns, rows, numeric, None)
        sys.stdout.writelines(f"{line.rstrip()}\n" for line in printed.get().split("\n")[:-1])
        return
    cells = [(name, *(row[number] for row in rows)) for number, name in enumerate(columns)]
    widths = _widths(cells, console.width - _GAP * (len(columns) - 1))
    if widths is None:
        _print_records(console, columns, rows)
    else:
        _print_columns(console, columns, rows, numeric, widths)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """The width of each column, where all of them can be read with ease in that room.

    Args:
        columns: for each column its cells, the name first.
        room: the columns of the terminal that all may take together.
    """
    from rich.cells import cell_len

    widths = [max(cell_len(cells[0]), *map(_least_width, cells)) for cells in columns]
    wanted = [max(map(cell_len, cells)) for cells in columns]
    spare = room - sum(widths)
    if spare < 0:
        return None
    # The narrowest wishes first: then most columns get all they want, and the longest texts share what is left.
    order = sorted(range(len(columns)), key=lambda n: wanted[n] - widths[n])
    for position, number in enumerate(order):
        more = min(wanted[number] - widths[number], spare // (len(order) - position))
        widths[number] += more
        spare -= more
    return widths


def _least_width(cell: str) -> int:
    """The columns of a terminal that a cell needs to be read with ease."""
    from rich.cells import cell_len

    word = max((cell_len(word) for word in cell.split()), default=0)
    legible = _PHRASE_WIDTH if cell_len(cell) <= _PHRASE else _PROSE_WIDTH
    return min(cell_len(cell), max(legible, min(word, _WORD)))


def _print_columns(
    console: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    widths: Sequence[int] | None,
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(
            name,
            justify="right" if numeric[number] and rows else "left",
            overflow="fold",
            width=widths[number] if widths else None,
        )
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_records(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(rows):
        if number:
            console.print()
        record = Table.grid(padding=(0, _GAP, 0, 0))
        record.add_column(style="bold", no_wrap=True, width=max(map(len, columns)))
        record.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            if cell:
                record.add_row(name, Text(cell))
        console.print(record)
