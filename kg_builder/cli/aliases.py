"""``kg-builder aliases``: which names are taken for one thing, why, and decisions on it."""

from __future__ import annotations

from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say

app = typer.Typer(
    help="Show and decide which names of models, benchmarks and the like are one thing.\n\n"
    "Example: kg-builder aliases -g papers.kg"
)

AliasName = Annotated[str, typer.Argument(metavar="ALIAS", help="The other name.")]
ThingName = Annotated[str, typer.Argument(metavar="NAME", help="The name that the thing is called by.")]
LabelOption = Annotated[
    str | None, typer.Option("--label", help="Model, Benchmark, Method, Metric or Organization.")
]


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="aliases")


@app.callback(invoke_without_command=True)
def show(context: typer.Context, graph: GraphFile = DEFAULT_GRAPH, form: FormOption = Form.TABLE) -> None:
    """Show which names are taken for one thing.

    Example: kg-builder aliases -g papers.kg
    """
    if context.invoked_subcommand is None:
        _print(graph, None, form)


@app.command()
def why(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name or an alias.")],
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Say why names are taken for one thing.

    Example: kg-builder aliases why GSM8K
    """
    _print(graph, name, form)


@app.command()
def add(
    alias: AliasName, name: ThingName, label: LabelOption = None, graph: GraphFile = DEFAULT_GRAPH
) -> None:
    """Take a name for another name of something.

    Example: kg-builder aliases add "AlpacaEval v2" "AlpacaEval 2.0"
    """
    from kg_builder.curation import add_alias

    report = add_alias(graph, alias, name, label)
    say(f"{alias} is another name for {name}" + ("" if report.changed else "; the graph is as it was"))


@app.command()
def remove(
    alias: AliasName, name: ThingName, label: LabelOption = None, graph: GraphFile = DEFAULT_GRAPH
) -> None:
    """Undo a merge: take a name for a thing of its own.

    Example: kg-builder aliases remove "GSM-8K" GSM8K
    """
    from kg_builder.curation import remove_alias

    report = remove_alias(graph, alias, name, label)
    say(f"{alias} is not {name}" + ("" if report.changed else "; the graph is as it was"))


def _print(graph: GraphFile, name: str | None, form: Form) -> None:
    from kg_builder.curation import aliases

    rows = [(a.label, a.name, a.alias, a.why) for a in aliases(graph, name)]
    print_rows(("label", "name", "alias", "why"), rows, form)
    if not rows:
        say(
            "no two names are taken for one thing" if name is None else f"no other name is taken for {name!r}"
        )
