"""``kg-builder build`` and ``remove``: bring a workspace up to date with its sources, and forget sources."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, GraphFile
from kg_builder.cli.output import print_rows, say

if TYPE_CHECKING:
    from kg_builder.ingest import BuildReport, Progress

#: Warnings that are printed before the rest is only counted.
_WARNINGS = 20


class Engine(StrEnum):
    """How reading and extraction run."""

    LOCAL = "local"


FormChoice = Annotated[Form, typer.Option("-f", help="How to print the counts.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(build)
    app.command()(remove)


def build(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    graph: GraphFile = DEFAULT_GRAPH,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="The format; found from the content if not given."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="The location to record for what comes through standard input."),
    ] = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Also forget sources that have vanished from the folders given.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="How reading and extraction run.")
    ] = Engine.LOCAL,
    form: FormChoice = Form.TABLE,
) -> None:
    """Read sources into the workspace and compute the graph.

    Sources that are as they were are not read again.

    Example: kg-builder build digests/ -g papers.kg
    """
    from kg_builder.ingest import build as run

    del engine  # there is one so far
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    with _progress() as progress:
        report = run(sources, graph, format=format, name=name, stdin=stdin, sync=sync, progress=progress)
    _tell(report, graph, form)


def remove(
    sources: Annotated[
        list[str], typer.Argument(help="Sources as the workspace knows them: files, folders, globs.")
    ],
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormChoice = Form.TABLE,
) -> None:
    """Forget sources, and what only they supported.

    Example: kg-builder remove digests/2024/12/24.md -g papers.kg
    """
    from kg_builder.ingest import remove as run

    _tell(run(sources, graph), graph, form)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("sources"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[papers]} papers"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None, papers=0, rate="")

        def advance(done: int, total: int, papers: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{papers / elapsed:.0f}/s" if elapsed > 1 else ""
            bar.update(task, completed=done, total=total, papers=papers, rate=rate)

        yield advance


def _tell(report: BuildReport, graph: Path, form: Form) -> None:
    for problem in report.problems[:_WARNINGS]:
        say(f"warning: {problem}")
    if len(report.problems) > _WARNINGS:
        say(f"warning: … and {len(report.problems) - _WARNINGS} more")
    for notice in report.notices:
        say(f"note: {notice}")
    if report.passed_over:
        say(
            f"note: passed over {len(report.passed_over)} files of no known format: {report.passed_over[0]} …"
        )
    if report.refused:
        say(f"warning: {report.refused} facts were refused, since their evidence does not reproduce")
    removed = f", {len(report.removed)} forgotten" if report.removed else ""
    change = "" if report.changed else "; the graph is as it was"
    say(f"{graph}: {len(report.read)} sources read, {len(report.unchanged)} unchanged{removed}{change}")
    counts = [
        (name, count) for name, count in (*report.nodes.items(), *report.relationships.items()) if count
    ]
    print_rows(("kind", "count"), counts, form)
