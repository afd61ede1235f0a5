"""``kg-builder build`` and ``remove``: bring a workspace up to date with its sources, and forget sources."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, GraphFile, SparkOption, spark_properties
from kg_builder.cli.output import explain, print_rows, say
from kg_builder.cli.verbosity import Verbosity, verbosity
from kg_builder.errors import UsageError

if TYPE_CHECKING:
    from kg_builder.engines import EngineName
    from kg_builder.ingest import BuildReport, Progress

#: Warnings that are printed before the rest is only counted.
_WARNINGS = 20

#: Notes that are printed before the rest is only counted.
_NOTES = 5


class Engine(StrEnum):
    """How reading and extraction run."""

    AUTO = "auto"
    LOCAL = "local"
    PROCESSES = "processes"
    SPARK = "spark"


FormChoice = Annotated[Form, typer.Option("-f", help="How to print the counts.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(build)
    app.command()(remove)


def build(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, globs, or - for standard input.")
    ] = None,
    graph: GraphFile = DEFAULT_GRAPH,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="The sources' format; found from the content if not given."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="The location to record for what comes through standard input."),
    ] = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Also forget sources that have vanished from the folders given.")
    ] = False,
    people: Annotated[
        Path | None,
        typer.Option(
            "--people",
            metavar="FILE",
            help="Decisions on who is who, from now on; else people.yaml beside it.",
        ),
    ] = None,
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine",
            help="Where extraction runs: local, all cores, Spark, or (auto) all cores if there is much.",
        ),
    ] = Engine.AUTO,
    tables: Annotated[
        str | None,
        typer.Option(
            "--tables", metavar="DIR", help="With --engine spark: write record tables there, and stop."
        ),
    ] = None,
    with_graph: Annotated[
        bool, typer.Option("--with-graph", help="With --tables: compute the graph on Spark too, as tables.")
    ] = False,
    from_tables: Annotated[
        Path | None,
        typer.Option(
            "--from-tables", metavar="DIR", help="Take over such tables, with the graph if it is there."
        ),
    ] = None,
    spark: SparkOption = None,
    form: FormChoice = Form.TABLE,
) -> None:
    """Read sources into the workspace and compute the graph.

    Sources that are as they were are not read again.

    Example: kg-builder build digests/ -g papers.kg

    Example: kg-builder build digests/ -g papers.kg --people decisions/people.yaml

    Example: kg-builder build /mnt/papers --engine spark --tables /mnt/tables --with-graph
    """
    if from_tables is not None:
        if sources or sync or tables or with_graph or people or engine is not Engine.AUTO:
            raise UsageError(
                "--from-tables stands alone: leave out sources, --engine, --tables, --with-graph, --sync and "
                "--people"
            )
        from kg_builder.ingest.record_files import build_from_tables

        _tell(build_from_tables(from_tables, graph), graph, form)
        return
    if format is not None:
        _check_format(format)
    if not sources:
        raise UsageError("name the sources to build from: files, folders, globs, or - for standard input")
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    if engine is Engine.SPARK:
        if people:
            raise UsageError(
                "--people does not go with --engine spark; build on Spark, then run: "
                "kg-builder build SOURCE --people FILE"
            )
        if with_graph and not tables:
            raise UsageError("--with-graph goes with --tables DIR, where the graph's tables are to be")
        _build_on_spark(sources, graph, format, name, stdin, sync, tables, with_graph, spark or [], form)
        return
    if tables or with_graph or spark:
        raise UsageError("--tables, --with-graph and --spark belong to --engine spark")
    from kg_builder.ingest import build as run

    with _progress() as progress:
        report = run(
            sources,
            graph,
            format=format,
            name=name,
            stdin=stdin,
            sync=sync,
            people=people,
            engine=cast("EngineName", engine.value),
            progress=progress,
        )
    _tell(report, graph, form)


def _check_format(name: str) -> None:
    from kg_builder.readers import READERS

    if name in READERS:
        return
    near = get_close_matches(name, READERS, n=1)
    if name in list(Form):
        hint = f"-f {name} is how the counts are printed"
    else:
        hint = f"did you mean {near[0]}?" if near else f"the formats are {', '.join(READERS)}"
    raise UsageError(f"--format {name}: there is no such format of sources; {hint}")


def _build_on_spark(
    sources: list[str],
    graph: Path,
    format: str | None,
    name: str | None,
    stdin: bytes | None,
    sync: bool,
    tables: str | None,
    with_graph: bool,
    spark: list[str],
    form: Form,
) -> None:
    from kg_builder.ingest.spark import build_on_spark, write_tables

    if sync:
        raise UsageError(
            "--sync does not go with --engine spark; build on Spark, then run: kg-builder build SOURCE --sync"
        )
    properties = spark_properties(spark)
    if tables:
        write_tables(
            sources,
            tables,
            graph,
            format=format,
            name=name,
            stdin=stdin,
            with_graph=with_graph,
            spark=properties,
        )
        say(f"{tables}: written; open it with: kg-builder build --from-tables {tables} -g {graph}")
        return
    report = build_on_spark(sources, graph, format=format, name=name, stdin=stdin, spark=properties)
    _tell(report, graph, form)


def remove(
    sources: Annotated[
        list[str], typer.Argument(help="Sources as the workspace knows them: files, folders, globs.")
    ],
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormChoice = Form.TABLE,
) -> None:
    """Forget sources, and what only they supported.

    The files stay where they are; `kg-builder query sources` lists what the workspace knows.

    Example: kg-builder remove digests/2024/12/24.md -g papers.kg
    """
    from kg_builder.ingest import remove as run

    report = run(sources, graph)
    left = [location for location in report.removed if (graph.parent / location).is_file()]
    if left:
        say(
            f"note: {left[0]} is still where it was; move it away, or the next build of its folder reads it again"
        )
    _tell(report, graph, form)


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
    shown = len(report.notices) if verbosity() is Verbosity.VERBOSE else _NOTES
    for notice in report.notices[:shown]:
        say(f"note: {notice}")
    if len(report.notices) > shown:
        say(f"note: … and {len(report.notices) - shown} more of the kind; -v shows them")
    for location in report.read:
        explain(f"read {location}")
    if report.passed_over:
        say(
            f"note: passed over {len(report.passed_over)} files of no known format: {report.passed_over[0]} …"
        )
    if report.refused:
        say(f"warning: {report.refused} facts were refused, since their evidence does not reproduce")
    done = [f"{len(which)} {what}" for which, what in _happened(report) if which]
    change = "" if report.changed else "; the graph is as it was"
    say(f"{graph}: sources: {', '.join(done) or 'none'}{change}")
    counts = [
        (name, count) for name, count in (*report.nodes.items(), *report.relationships.items()) if count
    ]
    print_rows(("kind", "count"), counts, form)


def _happened(report: BuildReport) -> tuple[tuple[Sequence[object], str], ...]:
    return (report.read, "read"), (report.unchanged, "unchanged"), (report.removed, "forgotten")
