"""``kg-builder export``: the graph as a file, or as a folder of files."""

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
    GEXF = "gexf"
    CSV = "csv"
    PARQUET = "parquet"
    NEO4J_ADMIN = "neo4j-admin"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    graph: GraphFile = DEFAULT_GRAPH,
    format: Annotated[
        ExportFormat,
        typer.Option(
            "-f",
            "--format",
            help="A file: jsonl (as APOC writes it), graphml (for networkx, Gephi, yEd), gexf (for Gephi, "
            "networkx). A folder: csv, parquet (a table for each label and type), neo4j-admin (for its importer).",
        ),
    ] = ExportFormat.JSONL,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="The file, standard output if not given; or the new folder.",
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="neo4j-admin: whose graph it will be; the workspace's name where not given."
        ),
    ] = None,
) -> None:
    """Write the whole graph to a file, or to a folder of tables.

    Example: kg-builder export -f parquet -o tables
    """
    from kg_builder.stores.files import export as write

    write(graph, format.value, output, owner=owner)
