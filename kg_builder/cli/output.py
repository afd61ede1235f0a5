"""What commands print: rows as a table, JSON or CSV on standard output, all else on standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

from kg_builder.cli.options import Form
from kg_builder.cli.verbosity import Verbosity, verbosity


def say(text: str) -> None:
    """Tell the user something that is no result: on standard error, unless ``--quiet`` was given."""
    if verbosity() >= Verbosity.USUAL:
        print(text, file=sys.stderr)  # noqa: T201


def explain(text: str) -> None:
    """Tell what is done, where ``--verbose`` was given."""
    if verbosity() >= Verbosity.VERBOSE:
        print(text, file=sys.stderr)  # noqa: T201


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Form) -> None:
    """Print rows to standard output.

    Args:
        columns: the names of the columns.
        rows: the values, a sequence for each row.
        form: a table fitted to the terminal, JSON (a list of objects) or CSV (with a header).
    """
    if form is Form.JSON:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        print_object(objects)
    elif form is Form.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        _print_table(columns, rows)


def print_object(value: Any) -> None:
    """Print a value to standard output as JSON; what JSON has no form for, as a date, as its text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, list | tuple):
        return "; ".join(_cell(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # In a pipe there is no width to fit: every cell is printed whole.
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    if not sys.stdout.isatty():
        console.width = 1_000_000
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        numeric = all(isinstance(row[number], int | float) or row[number] is None for row in rows)
        table.add_column(column, justify="right" if numeric and rows else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)
