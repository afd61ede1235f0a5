"""The sections on the network as a whole: its picture, communities, growth and sizes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow.compute as pc

from kg_builder.analysis.report.charts import Series, lines, log_dots, stacked_bars
from kg_builder.analysis.report.content import Block, Figure, Paragraph, Section, Table
from kg_builder.analysis.report.network_picture import draw_network
from kg_builder.analysis.report.wording import counted_papers
from kg_builder.analysis.study import Study

#: Communities that the report lists; the tables beside it hold all.
_LISTED = 25
#: Periods that the report lists, the latest.
_PERIODS = 24


def network_section(study: Study) -> Section:
    """The picture of the largest communities."""
    picture = draw_network(study)
    if picture is None:
        return Section("network", "The network", [Paragraph("No two authors have a paper together.")])
    counted = (
        f"{picture.authors:,} of {study.projection.authors.num_rows:,} authors and {picture.ties:,} of "
        f"{study.projection.ties.num_rows:,} ties are drawn: the {picture.communities} largest communities, and of "
        "each the members with the most weight inside it. Larger dots have more strength, thicker lines more weight; "
        "where a disc lies means nothing beyond who is near whom."
    )
    return Section(
        "network",
        "The network",
        [Figure("network", "The largest communities and their most central members", picture.svg, counted)],
    )


def communities_section(study: Study) -> Section:
    """The communities, what they work on and who stands in their middle."""
    rows = study.community_table.slice(0, _LISTED).to_pylist()
    table = Table(
        f"The {len(rows)} largest of {study.community_table.num_rows:,} communities of two authors or more",
        ("no.", "community", "members", "weight inside", "weight outside", "most central"),
        [
            (
                row["community"] + 1,
                name.text,
                row["members"],
                row["inside"],
                row["outside"],
                ", ".join(row["central"]),
            )
            for row, name in zip(rows, study.community_names, strict=False)
        ],
        "Called after the models and benchmarks (else methods and topics) that the community's papers name most beyond "
        "what the others' would let expect (log-likelihood ratio), else after the most central member. Most central "
        "are the members with the most weight inside.",
    )
    return Section("communities", "Communities", [table])


def growth_section(study: Study) -> Section | None:
    """New and repeated collaborations, and the network as it grew."""
    rows = study.growth.to_pylist()
    if not rows:
        return None
    places = [row["period"] for row in rows]

    def series(name: str, column: str) -> Series:
        return Series(name, [row[column] for row in rows])

    new = (
        f"Per {study.settings.by}, on {counted_papers(study)}. A pair is new in the period of its first paper together "
        f"in the graph, and repeated in each later one. {_span(study)}"
    )
    so_far = "Counted from the first paper of the graph up to the end of each period, under the same cap."
    columns = tuple(rows[0])
    blocks: list[Block] = [
        Figure(
            "collaborations",
            "New and repeated collaborations",
            stacked_bars(
                "New and repeated collaborations by period",
                places,
                [series("new ties", "new_ties"), series("repeated ties", "repeated_ties")],
            ),
            new,
        ),
        Figure(
            "growth",
            "The network so far",
            lines(
                "Authors, and those in the largest component, by period",
                places,
                [
                    series("authors so far", "authors_so_far"),
                    series("of them in the largest component", "largest_component"),
                ],
            ),
            so_far,
        ),
        Table(
            f"Growth by {study.settings.by}" + (f", the last {_PERIODS}" if len(rows) > _PERIODS else ""),
            [column.replace("_", " ") for column in columns],
            [tuple(row[c] for c in columns) for row in rows[-_PERIODS:]],
            f"{new} {so_far}",
        ),
    ]
    return Section("growth", "Growth", blocks)


def _span(study: Study) -> str:
    first, last = (pc.min_max(study.projection.ties.column(end)).as_py() for end in ("first", "last"))
    if first["min"] is None:
        return ""
    return f"Papers together date from {first['min']} to {last['max']}: the first and last periods may be cut short."


def sizes_section(study: Study) -> Section:
    """How papers, authors and components are distributed."""
    degrees = study.measures.table.column("degree").to_numpy()
    values, counts = np.unique(degrees[degrees > 0], return_counts=True)
    at_least = np.cumsum(counts[::-1])[::-1]
    sizes = sorted(Counter(study.measures.component_sizes).items())
    blocks: list[Block] = [
        Figure(
            "paper-sizes",
            "Authors of a paper",
            log_dots("Papers by number of authors", "authors of the paper", "papers", study.paper_sizes),
            "All papers of the window, those over the cap too.",
        )
    ]
    if len(values):
        points = [(float(v), float(c)) for v, c in zip(values, at_least, strict=True)]
        blocks.append(
            Figure(
                "degrees",
                "Co-authors of an author",
                log_dots("Authors by number of co-authors", "co-authors, at least", "authors", points),
                f"How many authors have that many co-authors or more, on {counted_papers(study)}.",
            )
        )
    blocks.append(
        Figure(
            "components",
            "Components",
            log_dots("Components by size", "authors of the component", "components", sizes),
            "How many components have that many authors; the weights play no part.",
        )
    )
    return Section("sizes", "Distributions of size", blocks)
