"""The command line: each command is a thin layer over one function of the library with the same verb."""

from __future__ import annotations

import sys

import typer

from kg_builder.cli import aliases, build, coauthors, demo, evaluate, export, load, neo4j, people, query, view
from kg_builder.cli.options import print_version
from kg_builder.errors import KgBuilderError, UsageError

app = typer.Typer(
    name="kg-builder",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Build knowledge graphs of research papers, with the sentence that proves each fact.",
)


@app.callback()
def root(version: bool = typer.Option(False, "--version", callback=print_version, is_eager=True)) -> None:
    """Build knowledge graphs of research papers, with the sentence that proves each fact."""


for module in (build, aliases, people, query, view, export, load, neo4j, coauthors, evaluate, demo):
    module.register(app)


def main() -> None:
    """Run the command line; errors become one line and an exit code: 1 a failure, 2 wrong usage."""
    try:
        app()
    except UsageError as error:
        sys.exit(_tell(error, 2))
    except KgBuilderError as error:
        sys.exit(_tell(error, 1))
    except KeyboardInterrupt:
        print("kg-builder: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(130)


def _tell(error: KgBuilderError, code: int) -> int:
    print(f"kg-builder: {error}", file=sys.stderr)  # noqa: T201
    return code
