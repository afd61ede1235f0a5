"""``kg-builder view``: an interactive page of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, GraphFile
from kg_builder.views.selection import VIEWS

_HELP = "Write an interactive page: one file, that works offline.\n\n" + "\n\n".join(
    f"{name}: {what}" for name, what in VIEWS.items()
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="view", help=_HELP)(view)


def view(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(VIEWS)}.")] = "overview",
    focus: Annotated[
        str | None, typer.Option(metavar="ID", help="What it is about: an id or a name.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="Where a path begins.")] = None,
    target: Annotated[str | None, typer.Option(metavar="ID", help="Where a path ends.")] = None,
    authors: Annotated[bool, typer.Option("--authors", help="Show authors.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Nodes at most; the page says what is left out.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The page; NAME.html unless given.")
    ] = None,
    graph: GraphFile = DEFAULT_GRAPH,
) -> None:
    """Write the page and print its path."""
    from kg_builder.views.viewing import view as write_view

    path = write_view(
        graph, name, focus=focus, source=source, target=target, authors=authors, limit=limit, output=output
    )
    typer.echo(str(path))
