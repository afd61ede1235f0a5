"""Options that every command shares."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg_builder.errors import UsageError
from kg_builder.version import __version__

GraphFile = Annotated[
    Path,
    typer.Option("-g", "--graph", metavar="FILE", help="The workspace file.", envvar="KG_BUILDER_GRAPH"),
]

#: The workspace where none is named.
DEFAULT_GRAPH = Path("graph.kg")


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormOption = Annotated[Form, typer.Option("-f", "--format", help="How to print rows.")]


SparkOption = Annotated[
    list[str] | None,
    typer.Option("--spark", metavar="NAME=VALUE", help="A Spark property, such as spark.master; repeatable."),
]


def spark_properties(given: list[str] | None) -> dict[str, str]:
    """The properties that ``--spark`` was given.

    >>> spark_properties(["spark.master=local[2]"])
    {'spark.master': 'local[2]'}
    """
    properties = {}
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals or not name.startswith("spark."):
            raise UsageError(f"--spark {text}: give a property as NAME=VALUE, such as spark.master=local[4]")
        properties[name] = value
    return properties


def print_version(wanted: bool) -> None:
    """Print the version and end, where it is asked for."""
    if wanted:
        typer.echo(f"kg-builder {__version__}")
        raise typer.Exit
