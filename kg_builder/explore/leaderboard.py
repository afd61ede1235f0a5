"""The leaderboards of a benchmark: the scores stated on it, metric by metric, the best first."""

from __future__ import annotations

from dataclasses import dataclass

from kg_builder.explore.catalogue import Stated, Thing, stated
from kg_builder.explore.snapshot import SnapshotFile

# Scores and what a change leads to can be ranked; differences and ratios cannot be ranked among them. What is
# best is what the metric says; where it does not say, more is taken to be better.
_RANKED = """
    SELECT e.other AS number, coalesce(metric.id, '') AS metric, metric.higher_is_better, r.unit,
        rank() OVER (
            PARTITION BY metric.id, r.unit
            ORDER BY CASE WHEN metric.higher_is_better = false THEN r.value ELSE -r.value END
        ) AS rank
    FROM edge e
    JOIN node n ON n.number = e.other
    JOIN nodes."Result" r ON r.rowid = n.place
    LEFT JOIN edge m ON m.node = e.other AND m.type = 'MEASURES' AND m.leaving
    LEFT JOIN node mn ON mn.number = m.other
    LEFT JOIN nodes."Metric" metric ON metric.rowid = mn.place
    WHERE e.node = $number AND e.type = 'ON' AND NOT e.leaving
        AND r.kind IN ('absolute', 'change') AND r.value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Board:
    """What is measured by one metric in one unit on a benchmark.

    Args:
        metric: the metric's id; empty where the results name none.
        name: what it is called.
        unit: the unit, where there is one.
        higher_is_better: which way is up; ``None`` where nobody knows, and more is taken to be better.
        total: how many results there are.
    """

    metric: str
    name: str
    unit: str | None
    higher_is_better: bool | None
    total: int


def boards(snapshot: SnapshotFile, benchmark: Thing) -> list[Board]:
    """The boards of a benchmark, the longest first."""
    rows = snapshot.rows(
        f"""
        SELECT metric, coalesce(any_value(n.name), '') AS name, unit, any_value(higher_is_better) AS higher_is_better,
            count(*) AS total
        FROM ({_RANKED}) LEFT JOIN node n ON n.label = 'Metric' AND n.id = metric
        GROUP BY metric, unit ORDER BY total DESC, metric, unit
        """,  # noqa: S608
        {"number": benchmark.number},
    )
    return [Board(**row) for row in rows]


def ranked(
    snapshot: SnapshotFile, benchmark: Thing, board: Board, first: int = 0, most: int = 50
) -> list[Stated]:
    """One page of a board, the best first; equal scores share a place."""
    rows = snapshot.rows(
        f"""
        SELECT number, rank FROM ({_RANKED})
        WHERE metric = $metric AND unit IS NOT DISTINCT FROM $unit
        ORDER BY rank, number LIMIT $most OFFSET $first
        """,  # noqa: S608
        {
            "number": benchmark.number,
            "metric": board.metric,
            "unit": board.unit,
            "most": most,
            "first": first,
        },
    )
    return stated(snapshot, [r["number"] for r in rows], [r["rank"] for r in rows])


def unranked(
    snapshot: SnapshotFile, benchmark: Thing, first: int = 0, most: int = 20
) -> tuple[list[Stated], int]:
    """The gains and ratios stated on a benchmark, and how many there are."""
    rows = snapshot.rows(
        """
        SELECT e.other AS number, count(*) OVER () AS total
        FROM edge e JOIN node n ON n.number = e.other JOIN nodes."Result" r ON r.rowid = n.place
        WHERE e.node = $number AND e.type = 'ON' AND NOT e.leaving
            AND (coalesce(r.kind, '') NOT IN ('absolute', 'change') OR r.value IS NULL)
        ORDER BY e.other LIMIT $most OFFSET $first
        """,
        {"number": benchmark.number, "most": most, "first": first},
    )
    return stated(snapshot, [r["number"] for r in rows]), rows[0]["total"] if rows else 0
