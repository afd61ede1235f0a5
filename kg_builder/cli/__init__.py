"""The command line: each command is a thin layer over one function of the library with the same verb."""

from __future__ import annotations

import os
import sys
import time
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

from kg_builder.cli import (
    aliases,
    build,
    coauthors,
    demo,
    doctor,
    evaluate,
    explore,
    export,
    load,
    neo4j,
    people,
    query,
    view,
)
from kg_builder.cli.configuration import configuration_file, read_configuration
from kg_builder.cli.next_steps import next_steps
from kg_builder.cli.options import print_version
from kg_builder.cli.output import explain
from kg_builder.cli.verbosity import Verbosity, add_verbosity, verbosity
from kg_builder.errors import KgBuilderError, UsageError

app = typer.Typer(
    name="kg-builder",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    help="Build knowledge graphs of research papers, with the sentence that proves each fact.",
)


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and end."),
    ] = False,
    graph: Annotated[
        str | None,
        typer.Option("-g", "--graph", metavar="FILE", help="The workspace file, here or behind the command."),
    ] = None,
) -> None:
    """Build knowledge graphs of research papers, with the sentence that proves each fact."""
    command = context.command
    assert isinstance(command, TyperGroup)
    file = configuration_file()
    if file is not None:
        context.default_map = read_configuration(file, command)
        context.call_on_close(lambda: explain(f"defaults of options: {file}"))
    if context.invoked_subcommand is None:
        _tell_next_steps(graph or (context.default_map or {}).get("query", {}).get("graph"))
    elif graph is not None:
        os.environ["KG_BUILDER_GRAPH"] = graph  # the default of every command's own option


for module in (
    build,
    aliases,
    people,
    query,
    view,
    explore,
    export,
    load,
    neo4j,
    coauthors,
    evaluate,
    doctor,
    demo,
):
    module.register(app)
add_verbosity(app)


def main() -> None:
    """Run the command line; errors become one line and an exit code: 1 a failure, 2 wrong usage."""
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    began = time.monotonic()
    try:
        command(standalone_mode=True)
    except UsageError as error:
        sys.exit(_tell(error, 2))
    except KgBuilderError as error:
        sys.exit(_tell(error, 1))
    except KeyboardInterrupt:
        print("kg-builder: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    finally:
        explain(f"{time.monotonic() - began:.1f} s in all")


def _tell(error: KgBuilderError, code: int) -> int:
    if verbosity() is Verbosity.VERBOSE:
        traceback.print_exception(error)
    print(f"kg-builder: {error}", file=sys.stderr)  # noqa: T201
    return code


def _tell_next_steps(graph: str | None) -> None:
    steps = next_steps(Path(graph) if graph else None)
    width = max(len(command) for command, _ in steps)
    for command, what in steps:
        typer.echo(f"{command:<{width}}  {what}")
    typer.echo("\n`kg-builder --help` lists every command, `kg-builder COMMAND --help` what it takes.")
