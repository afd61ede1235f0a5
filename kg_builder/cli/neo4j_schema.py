"""``kg-builder schema``: constraints and indexes in Neo4j; and the connection that all commands on Neo4j share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say

if TYPE_CHECKING:
    from neo4j import Driver

    from kg_builder.stores.neo4j.migration import SchemaRule

DatabaseOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="The database; the user's home database where not given.")
]
schema_app = typer.Typer(
    no_args_is_help=True,
    help="Constraints and indexes of the graph in Neo4j.\n\nExample: kg-builder schema show -g papers.kg",
)


@schema_app.command()
def show(
    graph: GraphFile = DEFAULT_GRAPH, database: DatabaseOption = None, form: FormOption = Form.TABLE
) -> None:
    """List the constraints and indexes that the graph asks for, and whether Neo4j has them.

    Example: kg-builder schema show
    """
    from kg_builder.schema import graph_schema
    from kg_builder.stores.neo4j.migration import schema_difference

    with connected(graph, database) as driver:
        difference = schema_difference(driver, database, graph_schema())
    rows = [_rule(rule, "present") for rule in difference.present]
    rows += [_rule(rule, "missing") for rule in difference.missing]
    rows += [_rule(rule, "no longer asked for") for rule in difference.surplus]
    print_rows(("name", "label", "property", "kind", "status"), rows, form)


@schema_app.command()
def apply(graph: GraphFile = DEFAULT_GRAPH, database: DatabaseOption = None) -> None:
    """Bring the constraints and indexes of Neo4j to what the graph asks for.

    Example: kg-builder schema apply
    """
    from kg_builder.schema import graph_schema
    from kg_builder.stores.neo4j.migration import apply_schema

    with connected(graph, database) as driver:
        done = apply_schema(driver, database, graph_schema())
    say(f"{len(done.missing)} made, {len(done.surplus)} dropped, {len(done.present)} were there")


@contextmanager
def connected(graph: Path, database: str | None) -> Iterator[Driver]:
    """A driver to the Neo4j that a workspace is loaded into."""
    from kg_builder.stores.neo4j.connection import connect, connection_settings

    with connect(connection_settings(graph, database)) as driver:
        yield driver


def _rule(rule: SchemaRule, status: str) -> list[str]:
    return [rule.name, rule.label, rule.on, "unique" if rule.unique else "index", status]
