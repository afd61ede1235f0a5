"""``kg-builder coauthors``: who wrote with whom, as a report with pictures, tables and graph files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg_builder.cli.completion import author_names
from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say
from kg_builder.errors import UsageError

if TYPE_CHECKING:
    from kg_builder.analysis.study import PersonStudy, Settings, Study

#: The folder where none is named.
_FOLDER = Path("coauthors")


class Weight(StrEnum):
    """How a tie weighs."""

    NEWMAN = "newman"
    FULL = "full"
    FRACTIONAL = "fractional"


class By(StrEnum):
    """The periods of growth."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(coauthors)


def coauthors(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Papers from this day, month or year on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Papers up to this day, month or year.")
    ] = None,
    by: Annotated[
        By | None, typer.Option("--by", help="The periods by which growth is told; what fits the dates.")
    ] = None,
    weight: Annotated[
        Weight,
        typer.Option(
            "--weight",
            help="What a paper of n authors adds to each tie: newman 1/(n-1), full 1, fractional 2/(n(n-1)).",
        ),
    ] = Weight.NEWMAN,
    cap: Annotated[
        int, typer.Option("--cap", min=1, metavar="N", help="Leave out papers of more authors.")
    ] = 50,
    no_cap: Annotated[bool, typer.Option("--no-cap", help="Count papers of any number of authors.")] = False,
    person: Annotated[
        str | None,
        typer.Option(
            "--person",
            metavar="NAME",
            help="How far everyone is from this author.",
            autocompletion=author_names,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="NAME", help="The path from --person to this author.", autocompletion=author_names
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of communities and samples.")] = 1,
    samples: Annotated[
        int | None,
        typer.Option(
            min=2, metavar="K", help="Authors whose paths betweenness follows; all in small networks."
        ),
    ] = None,
    resolution: Annotated[
        float, typer.Option(min=0.0, help="The higher, the smaller the communities.")
    ] = 1.0,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FOLDER",
            help=f"The report's folder; {_FOLDER} unless --person is given.",
        ),
    ] = None,
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Analyse who wrote with whom: report, pictures, tables and graph files.

    Example: kg-builder coauthors --since 2024-12 --by month -o december

    Example: kg-builder coauthors --person "Ada Brun" --to "Mina Seo"
    """
    from kg_builder.analysis.study import Settings
    from kg_builder.analysis.window import Window

    if to is not None and person is None:
        raise UsageError("--to names the end of a path; name where it begins with --person")
    settings = Settings(
        window=Window.parse(since, until),
        by=by.value if by else None,
        weighting=weight.value,
        cap=None if no_cap else cap,
        seed=seed,
        samples=samples,
        resolution=resolution,
        person=person,
        to=to,
    )
    if person is not None and output is None:
        _person_alone(graph, settings, form)
        return
    _report(graph, output or _FOLDER, settings, form)


def _report(graph: Path, folder: Path, settings: Settings, form: Form) -> None:
    from kg_builder.analysis.coauthors import coauthors as run
    from kg_builder.analysis.report.sections import key_figures

    found = run(graph, folder, settings)
    _tell_trust(found)
    if found.person:
        _print_person(found.person, form)
    else:
        print_rows(("figure", "value", "how it was counted"), key_figures(found), form)
    say(f"The report is in {folder / 'report.html'}; tables and graph files are beside it.")


def _tell_trust(found: Study) -> None:
    from kg_builder.analysis.report.wording import counted

    projection = found.projection
    coverage, trust = projection.coverage, projection.trust
    if coverage.papers_over_cap:
        say(
            f"note: left out: {counted(coverage.papers_over_cap, 'paper')} of more than {projection.cap} authors, with "
            f"{coverage.pairs_over_cap:,} pairs; --no-cap counts them"
        )
    if coverage.papers_cut_off:
        say(
            f"note: {coverage.papers_cut_off:,} papers have a cut-off author list; ties of theirs are missing"
        )
    say(f"note: {trust.authors_by_name:,} of {trust.authors:,} authors are told by their name alone")


def _person_alone(graph: Path, settings: Settings, form: Form) -> None:
    from kg_builder.analysis.bylines import Bylines
    from kg_builder.analysis.projection import project
    from kg_builder.analysis.study import study_person
    from kg_builder.workspace import Workspace

    with Workspace(graph) as workspace:
        bylines = Bylines.of_workspace(workspace)
        projection = project(bylines, window=settings.window, cap=settings.cap, weighting=settings.weighting)
        found = study_person(bylines, projection, settings)
    if found:
        _print_person(found, form)


def _print_person(person: PersonStudy, form: Form) -> None:
    if person.to is None:
        rows = [
            ("out of reach" if row["distance"] is None else row["distance"], row["authors"])
            for row in person.distances
        ]
        print_rows(("distance", "authors"), rows, form)
    elif person.path is None:
        say(f"No chain of co-authors leads from {person.name} to {person.to}.")
    else:
        say(f"{person.name} and {person.to} are {len(person.path)} collaborations apart.")
        steps = [
            (step.source, step.target, step.weight, id, title, day)
            for step in person.path
            for id, title, day in step.papers
        ]
        print_rows(("author", "co-author", "weight", "paper", "title", "date"), steps, form)
