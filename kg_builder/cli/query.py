"""``kg-builder query`` and ``kg-builder queries``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import typer

from kg_builder.cli.completion import parameters, query_names
from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import explain, print_rows, say
from kg_builder.errors import UsageError

if TYPE_CHECKING:
    from kg_builder.stores.query_library import LibraryQuery

#: As `kg_builder.stores.querying` has it; not imported from there, so that the help text comes at once.
Engine = Literal["embedded", "neo4j"]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("query")(query)
    app.command("queries")(queries)


def query(
    name: Annotated[
        str | None,
        typer.Argument(help="A query of the library.", show_default=False, autocompletion=query_names),
    ] = None,
    cypher: Annotated[str | None, typer.Option("--cypher", help="Any Cypher that only reads.")] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            "--parameter",
            metavar="KEY=VALUE",
            help="A parameter; JSON with --cypher.",
            autocompletion=parameters,
        ),
    ] = None,
    on: Annotated[str, typer.Option(help="The engine: embedded or neo4j.")] = "embedded",
    database: Annotated[str | None, typer.Option(help="The name of the Neo4j database.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="The most rows to print; 0 for all.")] = 1000,
    timeout: Annotated[float, typer.Option(min=0.001, help="Seconds after which the query is ended.")] = 60,
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Ask the graph: a query of the library by name, or any Cypher that only reads.

    Example: kg-builder query model-results -p model=GPT-4o -f json

    Example: kg-builder query --cypher "MATCH (m:Model) RETURN m.name LIMIT 5"
    """
    from kg_builder.stores.querying import query as ask

    rows = ask(
        graph,
        name,
        cypher=cypher,
        parameters=given_parameters(parameter or [], as_json=cypher is not None),
        on=engine_named(on),
        database=database,
        limit=limit or None,
        timeout=timeout,
    )
    explain(f"{len(rows.rows)} rows of {graph}, by the engine {on}")
    for note in rows.notes:
        say(f"note: {note}")
    print_rows(rows.columns, rows.rows, form)
    for warning in rows.warnings if cypher is not None else ():
        say(f"warning: {warning}")
    if not rows.rows:
        say("nothing was found")
    if rows.truncated:
        say(f"only the first {len(rows.rows)} rows are shown; --limit 0 shows all")


def queries(
    show: Annotated[
        str | None,
        typer.Option("--show", metavar="NAME", help="Show one query whole.", autocompletion=query_names),
    ] = None,
    form: FormOption = Form.TABLE,
) -> None:
    """List the library of queries, or show one of them.

    Example: kg-builder queries --show model-results
    """
    from kg_builder.stores.query_library import library_queries, library_query

    if show is not None:
        _show(library_query(show), form)
        return
    columns = ["name", "title", "parameters"]
    rows = [[q.name, q.title, ", ".join(q.parameters)] for q in library_queries().values()]
    print_rows(columns, rows, form)


def _show(shown: LibraryQuery, form: Form) -> None:
    if form is Form.TABLE:
        typer.echo(shown.cypher.rstrip())
        return
    columns = ["parameter", "type", "required", "default", "description"]
    rows = [[p.name, p.type, p.required, p.default, p.description] for p in shown.parameters.values()]
    print_rows(columns, rows, form)


def engine_named(name: str) -> Engine:
    """The engine that ``--on`` names."""
    if name not in get_args(Engine):
        raise UsageError(f"--on {name}: the engines are embedded and neo4j")
    return cast(Engine, name)


def given_parameters(given: list[str], *, as_json: bool) -> dict[str, Any]:
    """``key=value`` texts as a map; values are JSON where they have no declared type."""
    values: dict[str, Any] = {}
    for pair in given:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"-p {pair}: a parameter is given as key=value")
        if key in values:
            raise UsageError(f"-p {pair}: {key} is given twice")
        values[key] = _json(pair, text) if as_json else text
    return values


def _json(pair: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"-p {pair}: with --cypher a value is JSON, so text stands in double quotes: "
            f"-p '{pair.partition('=')[0]}={json.dumps(text, ensure_ascii=False)}'"
        ) from error
