"""The sections on people: rankings, ties, bridges, suggestions, organisations, and one person's distances."""

from __future__ import annotations

import pyarrow as pa

from kg_builder.analysis.measures import strengths
from kg_builder.analysis.report.content import Block, Cell, Paragraph, Section, Table, printed
from kg_builder.analysis.report.wording import WEIGHTS, counted_papers
from kg_builder.analysis.study import PersonStudy, Study
from kg_builder.analysis.suggestions import CUTS, Check
from kg_builder.analysis.tables import top

#: Rows of a ranking; the tables beside the report hold all.
_TOP = 15

_RANKINGS = (
    ("strength", "Most weight", "the sum of the weights of the author's ties"),
    ("degree", "Most co-authors", "the number of different co-authors"),
    ("pagerank", "Highest PageRank", "weighted, damping 0.85"),
    (
        "betweenness",
        "Most between others",
        "share of the other pairs' shortest paths that lead through the author",
    ),
)


def authors_section(study: Study) -> Section:
    """Rankings of authors by several measures."""
    table = study.author_table()
    heads = {name: name for name in table.column_names} | {"degree": "co-authors"}
    blocks: list[Block] = []
    for column, caption, counted in _RANKINGS:
        columns = dict.fromkeys((column, "papers", "degree", "core", "clustering"))
        blocks.append(
            Table(
                caption,
                ("author", *(heads[c] for c in columns), "community", "identity"),
                [
                    (row["name"], *(row[c] for c in columns), row["community"] + 1, _known(row["identity"]))
                    for row in top(table, column, _TOP).to_pylist()
                ],
                f"{column}: {counted}; on {counted_papers(study)}. Equal values stand in the order of the ids.",
            )
        )
    return Section("authors", "Authors", blocks)


def ties_section(study: Study) -> Section:
    """The strongest ties."""
    projection = study.projection
    ties = projection.ties.append_column("weight", pa.array(projection.weights))
    rows = [
        (
            projection.names[tie["source"]],
            projection.names[tie["target"]],
            tie["weight"],
            tie["papers"],
            _day(tie["first"]),
            _day(tie["last"]),
        )
        for tie in top(ties, "weight", _TOP).to_pylist()
    ]
    table = Table(
        "The strongest ties",
        ("author", "co-author", "weight", "papers", "first", "last"),
        rows,
        f"Weight: {WEIGHTS[projection.weighting]}; on {counted_papers(study)}.",
    )
    return Section("ties", "Ties", [table])


def bridges_section(study: Study) -> Section:
    """Authors who join communities."""
    rows = study.bridges.slice(0, _TOP).to_pylist()
    table = Table(
        "Authors with ties to several communities, those between most others first",
        ("author", "community", "communities reached", "participation", "weight outside", "betweenness"),
        [
            (
                row["name"],
                row["community"] + 1,
                row["communities"],
                row["participation"],
                f"{100 * row['outside']:.0f} %",
                row["betweenness"],
            )
            for row in rows
        ],
        "Participation: 1 minus the sum of the squared shares of the author's strength that go to each community "
        "(Guimera and Amaral 2005); 0 where all stays in one. Weight outside: share of the strength that leaves the "
        "author's own community.",
    )
    return Section("bridges", "Bridging authors", [table])


def suggestions_section(study: Study) -> Section:
    """Pairs that may write together next, how such suggestions fared, and pairs that may be one person."""
    blocks: list[Block] = []
    if study.suggestions is None:
        blocks.append(Paragraph(f"Not computed: {study.unsuggested}."))
    else:
        rows = study.suggestions.to_pylist()
        apart, alike = ([row for row in rows if row["alike"] is same][:_TOP] for same in (False, True))
        counted = (
            "Pairs who share co-authors and have no paper together. Over the shared co-authors, each with k "
            "co-authors: Adamic-Adar is the sum of 1/ln k, resource allocation the sum of 1/k."
        )
        blocks.append(_pairs("Suggested by shared co-authors", apart, counted))
        if alike:
            warning = "These names may be one person's: decide with kg-builder people. " + counted
            blocks.append(_pairs("Perhaps not two people", alike, warning))
    blocks.append(_check(study.check) if study.check else Paragraph(f"Not checked: {study.unchecked}."))
    return Section("suggestions", "Who might write together", blocks)


def _pairs(caption: str, rows: list[dict[str, str | int | float]], counted: str) -> Table:
    columns = ("source", "target", "common", "adamic_adar", "resource_allocation")
    heads = ("author", "other author", "shared co-authors", "Adamic-Adar", "resource allocation")
    return Table(caption, heads, [tuple(row[c] for c in columns) for row in rows], counted)


def _check(check: Check) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (score.replace("_", " "), *(f"{100 * cuts[k]:.0f} %" for k in CUTS), check.area[score])
        for score, cuts in check.precision.items()
    ]
    rows.append(("chance", *([f"{100 * check.chance:.2f} %"] * len(CUTS)), 0.5))
    return Table(
        "How such suggestions fared",
        ("score", *(f"true of the first {k}" for k in CUTS), "area under the ROC curve"),
        rows,
        f"Suggested from the {check.known_papers:,} papers up to {check.last_day}, checked on the "
        f"{check.hidden_papers:,} later ones, which were hidden. Of {check.new_ties:,} new ties between authors known "
        f"by then, {check.found:,} were among the {check.candidates:,} pairs with shared co-authors: no score can find "
        "the others.",
    )


def organizations_section(study: Study) -> Section:
    """The network of organisations."""
    known = study.organizations
    if known is None:
        text = "No source of the papers counted names an organisation."
        return Section("organizations", "Organisations", [Paragraph(text)])
    projection = known.projection
    basis = (
        f"Of {known.papers:,} papers, sources name the organisation of {known.produced:,}; {known.signed:,} have an "
        f"organisation in the author list, {known.affiliated:,} an author of whom an affiliation is known. The rest of "
        "the papers is not in this network."
    )
    table = projection.authors.append_column("strength", pa.array(strengths(projection)))
    degree = pa.array(projection.graph.degree(), pa.int32())
    rows = top(table.append_column("degree", degree), "papers", _TOP).to_pylist()
    ranking = Table(
        f"Organisations with the most papers, of {projection.authors.num_rows:,}",
        ("organisation", "papers", "partners", "strength"),
        [(row["name"], row["papers"], row["degree"], row["strength"]) for row in rows],
        f"Partners: organisations behind one of the same papers. {WEIGHTS[projection.weighting]}, n being the number "
        "of organisations.",
    )
    return Section("organizations", "Organisations", [Paragraph(basis), ranking])


def person_section(study: Study) -> Section | None:
    """How far everyone is from the person who was asked for, and the path to the other."""
    person = study.person
    if person is None:
        return None
    blocks: list[Block] = [
        Table(
            f"How far others are from {person.name}",
            ("distance", "authors"),
            [
                ("out of reach" if row["distance"] is None else row["distance"], row["authors"])
                for row in person.distances
            ],
            f"The fewest collaborations from {person.name}, on {counted_papers(study)}.",
        )
    ]
    if person.to is not None:
        blocks.append(_path(person))
    return Section("person", person.name, blocks)


def _path(person: PersonStudy) -> Block:
    if person.path is None:
        return Paragraph(f"No chain of co-authors leads from {person.name} to {person.to}.")
    return Table(
        f"From {person.name} to {person.to}: {len(person.path)} steps",
        ("author", "co-author", "weight", "papers"),
        [
            (s.source, s.target, s.weight, "; ".join(_cited(*paper) for paper in s.papers))
            for s in person.path
        ],
        "The fewest steps there are; of several ways as short, one by stronger ties.",
    )


def _cited(id: str, title: str, day: str | None) -> str:
    return f"{title} ({id}, {day or 'undated'})"


def _known(identity: str | None) -> str:
    return {"name": "unverified", None: "–"}.get(identity, identity or "–")


def _day(day: object) -> str:
    return printed(None) if day is None else str(day)
