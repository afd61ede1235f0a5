"""``kg-builder explore``: a local web application over the graph."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, GraphFile
from kg_builder.cli.output import say


class Where(StrEnum):
    """Where the graph is read."""

    WORKSPACE = "workspace"
    NEO4J = "neo4j"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explore)


def explore(
    graph: GraphFile = DEFAULT_GRAPH,
    source: Annotated[Where, typer.Option("--from", help="Where the graph is read.")] = Where.WORKSPACE,
    database: Annotated[str | None, typer.Option(metavar="NAME", help="The Neo4j database.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = 8377,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; other machines reach all but 127.0.0.1.")
    ] = "127.0.0.1",
    rows: Annotated[int, typer.Option(min=1, help="The most rows of an answer.")] = 10_000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a query is ended.")] = 30,
    browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Search the graph, look at it and ask it, in the browser; nothing is written, nothing leaves this machine.

    Open the address that is printed; end it with Ctrl-C.

    Example: kg-builder explore -g papers.kg --open
    """
    from kg_builder.explore.application import Limits
    from kg_builder.explore.serving import explore as serve
    from kg_builder.explore.serving import warning

    neo4j = None
    if source is Where.NEO4J:
        from kg_builder.stores.neo4j.connection import connection_settings

        neo4j = connection_settings(graph, database)
    if told := warning(host):
        say(told)
    say("reading the graph …")
    try:
        serve(
            graph,
            neo4j=neo4j,
            host=host,
            port=port,
            limits=Limits(timeout, rows),
            ready=_ready,
            open_browser=browser,
        )
    except KeyboardInterrupt:
        # The usual end.
        say("stopped")


def _ready(address: str) -> None:
    typer.echo(address)
    say("open this address; it holds the token of this start. Ctrl-C ends it.")
