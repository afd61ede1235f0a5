"""``kg-builder export``: the graph as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, GraphFile


class ExportFormat(StrEnum):
    """The formats of `kg_builder.export`."""

    JSONL = "jsonl"
    GRAPHML = "graphml"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    graph: GraphFile = DEFAULT_GRAPH,
    format: Annotated[
        ExportFormat,
        typer.Option(
            "-f", "--format", help="jsonl (as APOC writes it) or graphml (for networkx, Gephi, yEd)."
        ),
    ] = ExportFormat.JSONL,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file; standard output if not given."),
    ] = None,
) -> None:
    """Write the whole graph to a file.

    Example: kg-builder export -f jsonl -o graph.jsonl
    """
    from kg_builder.stores.files import export as write

    write(graph, format.value, output)
