"""``kg-builder plan``, ``load`` and ``pull``: the graph into Neo4j, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg_builder.cli.changes import counts, example, in_words, print_counts
from kg_builder.cli.neo4j_schema import DatabaseOption, connected, schema_app
from kg_builder.cli.options import (
    DEFAULT_GRAPH,
    Form,
    FormOption,
    GraphFile,
    SparkOption,
    spark_properties,
)
from kg_builder.cli.output import explain, print_object, print_rows, say
from kg_builder.cli.verbosity import Verbosity, verbosity
from kg_builder.errors import UsageError

if TYPE_CHECKING:
    from neo4j import Driver

    from kg_builder.stores.neo4j.writing import Progress
    from kg_builder.workspace.tables import TableGraph


class Target(StrEnum):
    """Where a graph can be loaded."""

    NEO4J = "neo4j"


class Engine(StrEnum):
    """What writes."""

    LOCAL = "local"
    SPARK = "spark"


ToOption = Annotated[Target, typer.Option("--to", help="The kind of database.")]
OwnerOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Whose graph it is; the workspace's name where not given."),
]
VerifyOption = Annotated[bool, typer.Option("--verify", help="Compare every value, not fingerprints alone.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(plan)
    app.command()(load)
    app.command()(pull)
    app.add_typer(schema_app, name="schema")


def plan(
    graph: GraphFile = DEFAULT_GRAPH,
    to: ToOption = Target.NEO4J,  # noqa: ARG001 - there is one kind so far
    database: DatabaseOption = None,
    owner: OwnerOption = None,
    verify: VerifyOption = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Say what a load would add, change and remove in Neo4j; write nothing.

    With -v also the first few of each kind, by name.

    Example: kg-builder plan -g papers.kg
    """
    from kg_builder.stores.neo4j.plan import plan as planned
    from kg_builder.stores.neo4j.plan import source_locations

    with _opened(graph, database) as (tables, driver):
        found = planned(tables, driver, database=database, owner=owner or graph.stem, verify=verify)
        verbose = verbosity() >= Verbosity.VERBOSE
        locations = source_locations(tables, driver, database, found.examples) if verbose else {}
    if form is Form.JSON:
        told = {
            "changes": counts(found.changes),
            "examples": [example(change) for change in found.examples],
            "constraints_and_indexes": {
                "create": [rule.name for rule in found.schema.missing],
                "drop": [rule.name for rule in found.schema.surplus],
            },
        }
        print_object(told)
        return
    print_counts(found.changes, form)
    for change in found.examples:
        explain(in_words(change, locations))
    if found.examples and not verbose:
        say("-v names the first few changes of each kind")
    if found.schema.missing or found.schema.surplus:
        say(f"constraints and indexes: {len(found.schema.missing)} new, {len(found.schema.surplus)} dropped")
    if found.is_empty:
        say("A load would write nothing.")


def load(
    graph: GraphFile = DEFAULT_GRAPH,
    to: ToOption = Target.NEO4J,  # noqa: ARG001 - there is one kind so far
    database: DatabaseOption = None,
    owner: OwnerOption = None,
    verify: VerifyOption = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Allow taking back more than a fifth of what was loaded.")
    ] = False,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Fill the empty local Neo4j by its importer, for large graphs.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What writes; spark fills an empty database by its connector.")
    ] = Engine.LOCAL,
    spark: SparkOption = None,
    form: FormOption = Form.TABLE,
) -> None:
    """Bring Neo4j to the state of the graph; only what differs is written.

    Example: kg-builder neo4j start && kg-builder load --to neo4j
    """
    from kg_builder.stores.neo4j.load import load as loaded

    if bulk:
        _load_bulk(graph, database, owner or graph.stem)
        return

    if engine is Engine.SPARK:
        _load_by_spark(graph, database, owner or graph.stem, spark_properties(spark))
        return
    with _opened(graph, database) as (tables, driver), _progress(tables) as progress:
        report = loaded(
            tables,
            driver,
            database=database,
            owner=owner or graph.stem,
            verify=verify,
            yes=yes,
            progress=progress,
        )
    for change in report.left:
        say(f"left as it is: {change.identity}: {change.reason}")
    if form is Form.JSON:
        told = {
            "changes": counts(report.changes),
            "counters": dict(sorted(report.counters.items())),
            "left": [example(change) for change in report.left],
            "seconds": round(report.seconds, 3),
        }
        print_object(told)
        return
    print_counts(report.changes, form)
    counted = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in report.counters.items())
    say(f"Neo4j: {counted or 'nothing to write'} ({report.seconds:.1f} s)")


def _load_bulk(graph: Path, database: str | None, owner: str) -> None:
    from kg_builder.stores.bounded_reading import bound_memory
    from kg_builder.stores.neo4j.bulk import bulk_load
    from kg_builder.stores.neo4j.local_server import LocalServer
    from kg_builder.workspace import Workspace

    if os.environ.get("NEO4J_URI") or database not in (None, "neo4j"):
        raise UsageError(
            "--bulk fills the database `neo4j` of the workspace's local server: unset NEO4J_URI and leave "
            "--database out, or load without --bulk"
        )
    with Workspace(graph) as workspace:
        bound_memory(workspace)
        seconds = bulk_load(workspace.graph(), LocalServer.of_workspace(graph), owner=owner)
    say(f"Neo4j holds the graph of {graph} ({seconds:.1f} s)")


def _load_by_spark(graph: Path, database: str | None, owner: str, spark: dict[str, str]) -> None:
    from kg_builder.stores.neo4j.connection import connection_settings
    from kg_builder.stores.spark_load import spark_load
    from kg_builder.workspace import Workspace

    settings = connection_settings(graph, database)
    with Workspace(graph) as workspace:
        scratch = graph.absolute().parent
        seconds = spark_load(workspace.graph(), settings, owner=owner, scratch=scratch, spark=spark)
    say(f"Neo4j holds the graph of {graph} ({seconds:.1f} s)")


def pull(
    graph: GraphFile = DEFAULT_GRAPH,
    source: Annotated[Target, typer.Option("--from", help="The kind of database.")] = Target.NEO4J,  # noqa: ARG001
    of: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The workspace whose local Neo4j is read, unless NEO4J_URI is set."
        ),
    ] = None,
    database: DatabaseOption = None,
    form: FormOption = Form.TABLE,
) -> None:
    """Make a new workspace with the graph that Neo4j holds, for queries, analysis and views.

    Example: kg-builder pull --from neo4j --of papers.kg -g copy.kg
    """
    from kg_builder.stores.neo4j.pull import pull as pulled

    with connected(of or graph, database) as driver:
        read = pulled(driver, graph, database=database)
    print_rows(("name", "count"), [[name, count] for name, count in read.items()], form)


@contextmanager
def _opened(graph: Path, database: str | None) -> Iterator[tuple[TableGraph, Driver]]:
    """The graph of a workspace and a driver to load it by."""
    from kg_builder.stores.bounded_reading import bound_memory
    from kg_builder.workspace import Workspace

    with Workspace(graph) as workspace, connected(graph, database) as driver:
        bound_memory(workspace)
        if workspace.graph_is_stale:
            say(f"warning: the last build of {graph} was cut off; this is the graph from before it")
        yield workspace.graph(), driver


@contextmanager
def _progress(tables: TableGraph) -> Iterator[Progress | None]:
    """A bar with rows a second and the time left, where there is a terminal to show it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kg_builder.workspace.tables import graph_tables

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    speed = TextColumn("{task.fields[speed]:,.0f} rows/s")
    columns = (TextColumn("Loading"), BarColumn(), MofNCompleteColumn(), speed, TimeRemainingColumn())
    everything = sum(tables.count(table) for table in graph_tables(tables.schema))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("load", total=everything, speed=0.0)

        def show_progress(written: int, total: int | None) -> None:
            bar.update(task, completed=written, total=everything if total is None else total)
            bar.update(task, speed=bar.tasks[0].speed or 0.0)

        yield show_progress
