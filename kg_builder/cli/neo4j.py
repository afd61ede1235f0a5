"""``kg-builder neo4j``: a real Neo4j on this machine, for one workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say

app = typer.Typer(
    no_args_is_help=True,
    help="A real Neo4j on this machine, without Docker.\n\nExample: kg-builder neo4j start -g papers.kg",
)

HeapOption = Annotated[str, typer.Option(help="Memory of the Java heap.")]
VersionOption = Annotated[str | None, typer.Option("--neo4j-version", help="The Neo4j release to run.")]


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="neo4j")


@app.command()
def start(
    graph: GraphFile = DEFAULT_GRAPH, heap: HeapOption = "512m", neo4j_version: VersionOption = None
) -> None:
    """Start the workspace's Neo4j: loopback only, a generated password, its files in GRAPH.neo4j.

    Example: kg-builder neo4j start -g papers.kg
    """
    from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer

    server = LocalServer.of_workspace(graph, version=neo4j_version, heap=heap)
    if not server.status().running:
        say(f"Starting Neo4j {server.version} …")
    status = server.start()
    say(f"Neo4j runs at {status.uri} (process {status.pid})")
    say(f"User: {USERNAME}; the password is in {server.password_file}")
    step = "load --to neo4j" if graph.is_file() else "build SOURCE"
    say(f"Next: kg-builder {step} -g {graph}")


@app.command()
def stop(graph: GraphFile = DEFAULT_GRAPH) -> None:
    """Stop the workspace's Neo4j; its data stay.

    Example: kg-builder neo4j stop -g papers.kg
    """
    from kg_builder.stores.neo4j.local_server import LocalServer

    stopped = LocalServer.of_workspace(graph).stop()
    say("Neo4j stopped." if stopped else f"No Neo4j of {graph} was running.")


@app.command()
def status(graph: GraphFile = DEFAULT_GRAPH, form: FormOption = Form.TABLE) -> None:
    """Say whether the workspace's Neo4j runs, and where.

    Example: kg-builder neo4j status -g papers.kg
    """
    from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer

    server = LocalServer.of_workspace(graph)
    now = server.status()
    columns = ("running", "uri", "user", "password_file", "pid")
    row = (now.running, now.uri, USERNAME, str(server.password_file), now.pid)
    print_rows(columns, [row], form)
