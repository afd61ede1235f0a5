"""How a network grows: authors, new and repeated collaborations, and the largest component, period by period."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import pyarrow as pa

from kg_builder.analysis.bylines import SQL, Bylines
from kg_builder.analysis.projection import DEFAULT_CAP
from kg_builder.analysis.tables import rows_table
from kg_builder.analysis.window import Period, Window, period_of, periods_between

_COUNT = pa.int64()
_COLUMNS = {
    "period": pa.string(),
    "papers": _COUNT,
    "papers_of_one": _COUNT,
    "authors_per_paper": pa.float64(),
    "authors": _COUNT,
    "new_authors": _COUNT,
    "ties": _COUNT,
    "new_ties": _COUNT,
    "repeated_ties": _COUNT,
    "authors_so_far": _COUNT,
    "ties_so_far": _COUNT,
    "largest_component": _COUNT,
}


#: The most days that months and quarters tell of; more are told by years.
_LONGEST: Final[tuple[tuple[Period, int], ...]] = (("month", 2 * 366), ("quarter", 6 * 366))


def fitting_period(bylines: Bylines, window: Window) -> Period:
    """The periods that tell most of papers of these days: a graph of fifteen months has three years and says little.

    Example:
        >>> rows = pa.table({"paper": ["p", "q"], "author": ["a", "a"], "date": ["2023-11-21", "2025-02-28"]})
        >>> fitting_period(Bylines.of_rows(rows), Window())
        'month'
    """
    days = bylines.one(
        "SELECT max(day) - min(day) FROM paper WHERE day >= coalesce($since, day) AND day <= coalesce($until, day)",
        {"since": window.since, "until": window.until},
    )
    return next((period for period, longest in _LONGEST if days is not None and days <= longest), "year")


def growth(
    bylines: Bylines, by: Period = "year", *, window: Window | None = None, cap: int | None = DEFAULT_CAP
) -> pa.Table:
    """The network by periods.

    Args:
        bylines: who signed which paper.
        by: ``year``, ``quarter`` or ``month``.
        window: the periods told of. An author or a tie is new where no earlier paper of the graph has it, before
            the window too; the counts so far reach back to the first paper as well.
        cap: papers of more authors are left out.

    Returns:
        A row a period, those without papers among them: papers, papers_of_one (author), authors_per_paper (mean),
        authors and ties active in it, new_authors, new_ties, repeated_ties (pairs who wrote together in an earlier
        period too), authors_so_far, ties_so_far, and largest_component (authors in it, so far). Papers without a
        date are not in it.

    Example:
        >>> rows = pa.table({"paper": ["p", "p", "q", "q"], "author": ["a", "b", "a", "b"],
        ...                  "date": ["2023-05-01", "2023-05-01", "2024-02", "2024-02"]})
        >>> table = growth(Bylines.of_rows(rows))
        >>> table.select(["period", "new_ties", "repeated_ties"]).to_pylist()[1]
        {'period': '2024', 'new_ties': 0, 'repeated_ties': 1}
    """
    window = window or Window()
    bylines.connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE history AS
        SELECT number AS paper, size, day, date_trunc($by, day)::DATE AS period FROM paper
        WHERE size BETWEEN 1 AND coalesce($cap, size) AND day <= coalesce($until, day)
        """,
        {"by": by, "cap": cap, "until": window.until},
    )
    bylines.run("growth")
    counts = bylines.table((SQL / "growth_counts.sql").read_text(encoding="utf-8")).to_pylist()
    if not counts:
        return rows_table([], _COLUMNS)
    largest = _largest_components(bylines)
    rows = _so_far(counts, largest, by)
    since = period_of(window.since, by) if window.since else ""
    return rows_table([row for row in rows if row["period"] >= since], _COLUMNS)


def _so_far(counts: list[dict[str, Any]], largest: dict[Any, int], by: Period) -> list[dict[str, Any]]:
    known = {period_of(row["period"], by): row for row in counts}
    authors = ties = component = 0
    rows = []
    for period in periods_between(counts[0]["period"], counts[-1]["period"], by):
        row = known.get(period, {})
        new_authors, active, new_ties = (row.get(c, 0) for c in ("new_authors", "ties", "new_ties"))
        authors += new_authors
        ties += new_ties
        component = max(largest.get(row.get("period"), component), 1)
        rows.append(
            {
                "period": period,
                "papers": row.get("papers", 0),
                "papers_of_one": row.get("alone", 0),
                "authors_per_paper": row.get("mean_size"),
                "authors": row.get("authors", 0),
                "new_authors": new_authors,
                "ties": active,
                "new_ties": new_ties,
                "repeated_ties": active - new_ties,
                "authors_so_far": authors,
                "ties_so_far": ties,
                "largest_component": component,
            }
        )
    return rows


def _largest_components(bylines: Bylines) -> dict[Any, int]:
    """The size of the largest component at the end of each period that brought new ties."""
    reader = bylines.connection.execute(
        "SELECT period, source, target FROM tie_period WHERE period = first ORDER BY period"
    )
    parent: dict[int, int] = {}
    size: dict[int, int] = defaultdict(lambda: 1)
    largest: dict[Any, int] = {}
    greatest = 1
    while rows := reader.fetchmany(100_000):
        for period, source, target in rows:
            one, other = _root(parent, source), _root(parent, target)
            if one != other:
                if size[one] < size[other]:
                    one, other = other, one
                parent[other] = one
                size[one] += size[other]
                greatest = max(greatest, size[one])
            largest[period] = greatest
    return largest


def _root(parent: dict[int, int], member: int) -> int:
    while (above := parent.get(member, member)) != member:
        # Halving the path keeps later walks short.
        parent[member] = parent.get(above, above)
        member = above
    return member
