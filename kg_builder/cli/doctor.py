"""``kg-builder doctor``: whether all is well, and what to do where it is not."""

from __future__ import annotations

from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    neo4j: Annotated[
        bool, typer.Option("--neo4j/--no-neo4j", help="Whether to examine Neo4j as well.")
    ] = True,
    database: Annotated[str | None, typer.Option(help="The name of the Neo4j database.")] = None,
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Examine the environment, the workspace and its Neo4j, and say what to do; nothing is written.

    Ends with 1 where something has to be mended.

    Example: kg-builder doctor -g papers.kg
    """
    from kg_builder.doctor import State, examine

    found = list(examine(graph, neo4j=neo4j, database=database))
    rows = [(f.state.value, f.subject, f.found, f.remedy) for f in found]
    print_rows(("state", "subject", "found", "what to do"), rows, form)
    if any(f.state is State.BAD for f in found):
        raise typer.Exit(1)
