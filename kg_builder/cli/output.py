"""What commands print: rows as a table, JSON or CSV on standard output, all else on standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

from kg_builder.cli.options import Form
from kg_builder.cli.verbosity import Verbosity, verbosity

#: Numbers below this are shown with all the digits they have.
_SMALL = 0.001


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
        from kg_builder.cli.tables import print_table

        numeric = [all(isinstance(row[n], int | float | None) for row in rows) for n in range(len(columns))]
        print_table(columns, [[_shown(value) for value in row] for row in rows], numeric)


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


def _shown(value: Any) -> str:
    """A cell of a table: numbers are rounded for the eye; JSON and CSV have them whole."""
    if isinstance(value, float) and abs(value) >= _SMALL:
        return _cell(round(value, 4))
    return "; ".join(map(_shown, value)) if isinstance(value, list | tuple) else _cell(value)
