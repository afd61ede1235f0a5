"""What a network counts, what it leaves out, and how much of it rests on names alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.analysis.bylines import SQL, Bylines
from kg_builder.analysis.window import Window

Weighting = Literal["newman", "full", "fractional"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers behind a network; each is a count within the window unless its name says otherwise.

    Args:
        papers_in_graph: all papers, whatever their date.
        papers_without_date: of those, papers of no known date; no bounded window has them.
        papers_in_window: papers whose date lies in the window.
        papers_without_author: papers with no author who is a person.
        papers_with_one_author: papers that bring an author and no tie.
        papers: papers counted: with an author, and not over the cap.
        papers_cut_off: of those, papers whose author list every source cuts off, so that ties are missing.
        papers_by_listing_date: of those, papers dated by the day that first listed them, not by publication.
        papers_dated_by_year: of those, papers whose date is a year alone; it counts as its first day.
        papers_dated_by_month: the same for a month.
        signatures: author places on counted papers.
        pairs: pairs of authors, summed over the counted papers: the weight of full counting.
        shared_signatures: author places on counted papers with two authors or more; half of it is Newman's weight.
        shared_papers: counted papers with two authors or more: the weight of fractional counting.
        papers_over_cap: papers left out for having more authors than the cap.
        pairs_over_cap: pairs of authors on them.
        signatures_over_cap: author places on them.
        largest_paper: authors of the paper that has most, left out or not.
        authors_over_cap_alone: authors lost from the network, having signed no other paper.
    """

    papers_in_graph: int
    papers_without_date: int
    papers_in_window: int
    papers_without_author: int
    papers_with_one_author: int
    papers: int
    papers_cut_off: int
    papers_by_listing_date: int
    papers_dated_by_year: int
    papers_dated_by_month: int
    signatures: int
    pairs: int
    shared_signatures: int
    shared_papers: int
    papers_over_cap: int
    pairs_over_cap: int
    signatures_over_cap: int
    largest_paper: int
    authors_over_cap_alone: int

    def weight(self, weighting: Weighting) -> float:
        """The sum of all ties' weights.

        A paper of n authors brings n(n-1)/2 with full counting, n/2 with Newman's and 1 with fractional counting.
        """
        return {"full": self.pairs, "newman": self.shared_signatures / 2, "fractional": self.shared_papers}[
            weighting
        ]

    def weight_over_cap(self, weighting: Weighting) -> float:
        """What the papers over the cap would have added to it."""
        return {
            "full": self.pairs_over_cap,
            "newman": self.signatures_over_cap / 2,
            "fractional": self.papers_over_cap,
        }[weighting]


@dataclass(frozen=True, slots=True)
class Trust:
    """How much of a network rests on authors of whom only the name is known.

    Args:
        authors: all authors of the network.
        authors_by_name: of those, authors told by their name alone.
        signatures_by_name: author places of theirs.
        ties: all ties.
        ties_by_name: ties of which an end, or both, is told by the name alone.
    """

    authors: int
    authors_by_name: int
    signatures_by_name: int
    ties: int
    ties_by_name: int


def choose_papers(bylines: Bylines, window: Window, cap: int | None) -> Coverage:
    """Fill tables ``chosen`` (papers in the window) and ``team`` (those under the cap), and count them.

    Args:
        bylines: the author lists.
        window: papers without a date lie in the open window alone.
        cap: the most authors that a counted paper has; no limit where ``None``.
    """
    connection = bylines.connection
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE chosen AS
        SELECT number AS paper, size, day, published, digits, complete FROM paper
        WHERE $everything OR (day >= coalesce($since, day) AND day <= coalesce($until, day))
        """,
        {"everything": window.is_open, "since": window.since, "until": window.until},
    )
    limit = bylines.one("SELECT coalesce(max(size), 0) FROM chosen") if cap is None else cap
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE team AS SELECT * FROM chosen WHERE size BETWEEN 1 AND $cap",
        {"cap": limit},
    )
    query = (SQL / "coverage.sql").read_text(encoding="utf-8")
    row = bylines.table(query, {"cap": limit}).to_pylist()[0]
    return Coverage(**row)


def measure_trust(authors: pa.Table, ties: pa.Table) -> Trust:
    """How much of a network rests on names alone.

    Args:
        authors: identity and papers of each.
        ties: source and target, rows of `authors`.
    """
    by_name = np.asarray(pc.fill_null(pc.equal(authors.column("identity"), "name"), False))
    source, target = (ties.column(end).to_numpy() for end in ("source", "target"))
    return Trust(
        authors=authors.num_rows,
        authors_by_name=int(by_name.sum()),
        signatures_by_name=int(authors.column("papers").to_numpy()[by_name].sum()),
        ties=ties.num_rows,
        ties_by_name=int((by_name[source] | by_name[target]).sum()),
    )
