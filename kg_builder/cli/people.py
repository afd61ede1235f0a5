"""``kg-builder people``: who is who, why, and decisions on it, kept in a file that can be reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg_builder.cli.options import DEFAULT_GRAPH, Form, FormOption, GraphFile
from kg_builder.cli.output import print_rows, say

if TYPE_CHECKING:
    from kg_builder.ingest.report import BuildReport

app = typer.Typer(
    no_args_is_help=True,
    help='Show and decide which signatures are one person.\n\nExample: kg-builder people why "Mina Seo" -g papers.kg',
)

AuthorName = Annotated[str, typer.Argument(metavar="AUTHOR", help="A name, or the id of an Author.")]
OtherAuthor = Annotated[str, typer.Argument(metavar="OTHER", help="Another name or id.")]
PeopleFile = Annotated[
    Path | None,
    typer.Option(
        "--people",
        metavar="FILE",
        help="The file of decisions: people.yaml beside the workspace, or the one named before.",
    ),
]
NameOption = Annotated[str | None, typer.Option("--name", help="What the person shall be called.")]


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="people")


@app.command()
def suggest(
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 20,
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """List the decisions that would help most, first.

    What a decision is worth stands in wrong_pairs: so many pairs of signatures are expected to be wrong as it is.

    Example: kg-builder people suggest --limit 10
    """
    from kg_builder.people import suggest_decisions

    columns = ("wrong_pairs", "probability", "first", "second", "signature", "other_signature", "reason")
    rows = [
        (s.wrong_pairs, s.probability, s.first, s.second, s.first_signature, s.second_signature, s.reason)
        for s in suggest_decisions(graph, limit)
    ]
    print_rows(columns, rows, form)
    if rows and form is Form.TABLE:
        say(
            "wrong_pairs: how many pairs of signatures are expected to be wrong as it is, which a decision would mend"
        )


@app.command()
def why(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, a spelling, or an id.")],
    graph: GraphFile = DEFAULT_GRAPH,
    form: FormOption = Form.TABLE,
) -> None:
    """Say who goes by a name, and why the signatures are taken for one person.

    Example: kg-builder people why "Mina Seo"
    """
    from kg_builder.people import explain_people

    people = explain_people(graph, name)
    columns = ("id", "name", "identity", "confidence", "reasons")
    rows = [(e.id, e.name, e.identity, e.confidence, list(e.reasons)) for e in people]
    if form is not Form.TABLE:
        whole = [(*row, list(e.signatures)) for row, e in zip(rows, people, strict=True)]
        print_rows((*columns, "signatures"), whole, form)
        return
    print_rows(columns, rows, form)
    typer.echo()
    signed = [(e.id, *one) for e in people for one in zip(e.signatures, e.titles, strict=True)]
    print_rows(("id", "signature", "title"), signed, form)


@app.command()
def merge(
    author: AuthorName,
    other: OtherAuthor,
    name: NameOption = None,
    people: PeopleFile = None,
    graph: GraphFile = DEFAULT_GRAPH,
) -> None:
    """Decide that two Authors are one person.

    Example: kg-builder people merge hf:first hf:second --name "Mina Seo"
    """
    from kg_builder.people import merge_people

    _tell(f"{author} and {other} are one person", merge_people(graph, author, other, name, people))


@app.command()
def apart(
    author: AuthorName, other: OtherAuthor, people: PeopleFile = None, graph: GraphFile = DEFAULT_GRAPH
) -> None:
    """Decide that two Authors, or two spellings or signatures of one, are different people.

    Example: kg-builder people apart "J. Park" "Jo Park"

    Example: kg-builder people apart "Jo Park" "Jo Park @ arxiv:2412.00001"
    """
    from kg_builder.people import keep_people_apart

    _tell(f"{author} and {other} are different people", keep_people_apart(graph, author, other, people))


@app.command()
def split(
    author: AuthorName,
    papers: Annotated[
        list[str], typer.Argument(metavar="PAPER...", help="Papers that another person wrote.")
    ],
    people: PeopleFile = None,
    graph: GraphFile = DEFAULT_GRAPH,
) -> None:
    """Decide that some papers of an Author are another person's.

    Example: kg-builder people split "Wei Li" arxiv:2412.00001
    """
    from kg_builder.people import split_person

    _tell(f"{', '.join(papers)}: another {author}", split_person(graph, author, papers, people))


@app.command()
def name(
    author: AuthorName,
    called: Annotated[str, typer.Argument(metavar="NAME", help="What the person shall be called.")],
    people: PeopleFile = None,
    graph: GraphFile = DEFAULT_GRAPH,
) -> None:
    """Decide what a person shall be called.

    Example: kg-builder people name "Ada Brun" "Ada Brún"
    """
    from kg_builder.people import name_person

    _tell(f"{author} is called {called}", name_person(graph, author, called, people))


@app.command()
def undo(people: PeopleFile = None, graph: GraphFile = DEFAULT_GRAPH) -> None:
    """Take back the last decision in the file.

    Example: kg-builder people undo
    """
    from kg_builder.people import undo_decision

    say(f"taken back: {undo_decision(graph, people).strip()}")


def _tell(what: str, report: BuildReport) -> None:
    for notice in report.notices:
        say(f"note: {notice}")
    say(what + ("" if report.changed else "; the graph is as it was"))
