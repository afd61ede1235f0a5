"""``kg-builder view``: an interactive page of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.completion import node_names, query_names, view_names
from kg_builder.cli.options import DEFAULT_GRAPH, GraphFile
from kg_builder.errors import UsageError
from kg_builder.views.selection import VIEWS

_EXAMPLES = (
    "Example: kg-builder view overview -o overview.html",
    "kg-builder view query leaderboard -p benchmark=MMLU",
    "kg-builder view diff --against last-week.kg",
)
_HELP = "\n\n".join(
    (
        "Write an interactive page: one file, that works offline.",
        *(f"{name}: {what}" for name, what in VIEWS.items()),
        *_EXAMPLES,
    )
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="view", help=_HELP)(view)


def view(
    name: Annotated[
        str, typer.Argument(help=f"One of {', '.join(VIEWS)}.", autocompletion=view_names)
    ] = "overview",
    query: Annotated[
        str | None,
        typer.Argument(
            help="For query: the name of a query of the library.",
            show_default=False,
            autocompletion=query_names,
        ),
    ] = None,
    focus: Annotated[
        str | None,
        typer.Option(metavar="ID", help="What it is about: an id or a name.", autocompletion=node_names),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Where a path begins.", autocompletion=node_names)
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="ID", help="Where a path ends.", autocompletion=node_names)
    ] = None,
    authors: Annotated[bool, typer.Option("--authors", help="Show authors.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Nodes at most, 0 for all; the page says what is left out.")
    ] = None,
    cypher: Annotated[
        str | None,
        typer.Option("--cypher", help="For query: any Cypher that only reads, in place of a name."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--parameter", metavar="KEY=VALUE", help="For query: a parameter; JSON with --cypher."
        ),
    ] = None,
    on: Annotated[str, typer.Option(help="For query: the engine, embedded or neo4j.")] = "embedded",
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="For diff: an earlier workspace or JSONL export; else what Neo4j holds."
        ),
    ] = None,
    database: Annotated[str | None, typer.Option(help="The name of the Neo4j database.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The page; NAME.html unless given.")
    ] = None,
    graph: GraphFile = DEFAULT_GRAPH,
) -> None:
    """Write the page and print its path."""
    from kg_builder.views.viewing import view as write_view

    if name != "query" and (query or cypher or parameter):
        raise UsageError(
            f"view {name}: only the view query asks one; kg-builder view query {query or 'NAME'}"
        )
    if name != "diff" and against:
        raise UsageError(
            f"view {name}: only the view diff compares; kg-builder view diff --against {against}"
        )
    question = None
    if name == "query":
        from kg_builder.cli.query import engine_named, given_parameters
        from kg_builder.views.question import Question

        given = given_parameters(parameter or [], as_json=cypher is not None)
        question = Question(query, cypher, given, engine_named(on), database)
    path = write_view(
        graph,
        name,
        focus=focus,
        source=source,
        target=target,
        authors=authors,
        limit=limit,
        question=question,
        against=against,
        database=database,
        output=output,
    )
    typer.echo(str(path))
