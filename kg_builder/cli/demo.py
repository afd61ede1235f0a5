"""``kg-builder demo``: the example digests, built, summarised, queried and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.options import Form
from kg_builder.cli.output import print_rows, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the demo's files go.")
    ] = Path("kg-builder-demo"),
) -> None:
    """Build a graph from the example digests, ask it three questions and draw it.

    Example: kg-builder demo
    """
    from kg_builder.demo import run_demo

    say(f"Reading the example digests into {folder / 'graph.kg'} …")
    for step in run_demo(folder):
        typer.echo(f"\n{step.title}\n$ {step.command}")
        print_rows(step.rows.columns, step.rows.rows, Form.TABLE)
    typer.echo(f"\nThe overview is in {folder / 'overview.html'}: open it in a browser.")
