"""``kg-builder evaluate``: how well a graph agrees with annotated papers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated papers, one JSON object a line.")],
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="An export as JSON lines, rather than -g.")
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Also list what is missed, wrong or too much.")
    ] = False,
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Print precision, recall and F1 with a 95 % interval, for a graph built from the gold's own sources.

    Example: kg-builder evaluate benchmarks/extraction/gold/daily-papers-ko.jsonl -g papers.kg
    """
    from kg_builder.evaluation import evaluate as score
    from kg_builder.stores.files import export as write

    with tempfile.TemporaryDirectory() as folder:
        if export is None:
            export = Path(folder) / "export.jsonl"
            write(graph, "jsonl", export)
        report = score(gold, export)
    columns = ("kind", "precision", "recall", "f1", "low", "high", "right", "extra", "missed")
    rows = [
        (
            row.kind,
            *(
                round(share, 4)
                for share in (row.counts.precision, row.counts.recall, row.counts.f1, *row.interval)
            ),
            row.counts.found,
            row.counts.extra,
            row.counts.missed,
        )
        for row in report.rows
    ]
    print_rows(columns, rows, form)
    good, total = report.evidence
    say(f"{report.papers} papers; evidence reproduces in {good} of {total} extracted relationships")
    for paper in report.missing:
        say(f"warning: the graph lacks {paper}")
    if errors:
        for row in report.rows:
            for error in row.errors:
                typer.echo(f"{row.kind}: {error}")
