"""How far people are from one another, and the papers along the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.coverage import choose_papers
from kg_builder.analysis.projection import Projection
from kg_builder.analysis.who import find_person


@dataclass(frozen=True, slots=True)
class Step:
    """Two people who wrote together.

    Args:
        source: name of the one.
        target: name of the other.
        weight: of their tie, as the network weighs it.
        papers: id, title and day of each paper they wrote together, the earliest first.
    """

    source: str
    target: str
    weight: float
    papers: tuple[tuple[str, str, str | None], ...]


def collaboration_path(
    bylines: Bylines, projection: Projection, source: str, target: str
) -> tuple[Step, ...] | None:
    """The way from one person to another by the fewest collaborations.

    Of several ways as short, one by stronger ties is taken: the sum of 1/(1 + weight) along it is least.

    Args:
        bylines: what the network was projected from.
        projection: the network.
        source: id or name of the one.
        target: id or name of the other.

    Returns:
        The steps, as many as the collaboration distance; none where both are one person; ``None`` where no chain
        of co-authors joins them.

    Raises:
        AnalysisError: one of them is not in the network, or several share the name.
    """
    start, end = find_person(projection, source), find_person(projection, target)
    if start == end:
        return ()
    choose_papers(bylines, projection.window, projection.cap)
    graph = projection.graph
    # A full step outweighs all the differences together that ties can make along the longest way.
    costs = 1 + 1 / (1 + projection.weights) / (2 * graph.vcount())
    components = graph.connected_components().membership
    if components[start] != components[end]:
        return None
    way = graph.get_shortest_path(start, to=end, weights=costs.tolist(), output="vpath")
    return tuple(_step(bylines, projection, a, b) for a, b in pairwise(way))


def _step(bylines: Bylines, projection: Projection, one: int, other: int) -> Step:
    papers = bylines.connection.execute(
        """
        SELECT p.id, p.title, p.day::VARCHAR
        FROM team t JOIN paper p ON p.number = t.paper
        WHERE t.paper IN (SELECT paper FROM signed JOIN author ON number = author WHERE id = $one)
            AND t.paper IN (SELECT paper FROM signed JOIN author ON number = author WHERE id = $other)
        ORDER BY p.day NULLS LAST, p.id
        """,
        {"one": projection.ids[one], "other": projection.ids[other]},
    ).fetchall()
    weight = float(projection.weights[projection.graph.get_eid(one, other)])
    return Step(projection.names[one], projection.names[other], weight, tuple(papers))


def collaboration_distances(projection: Projection, person: str) -> pa.Table:
    """How many collaborations lie between a person and everyone else: an Erdős number from any person.

    Args:
        projection: the network.
        person: id or name.

    Returns:
        A row an author, in the order of `Projection.authors`: author, name, distance (0 for the person, null for
        those whom no chain of co-authors reaches).

    Raises:
        AnalysisError: the person is not in the network, or several share the name.
    """
    row = find_person(projection, person)
    steps = np.full(projection.authors.num_rows, -1, dtype=np.int32)
    order, layers, _ = projection.graph.bfs(row)
    for distance, (begin, end) in enumerate(pairwise(layers)):
        steps[order[begin:end]] = distance
    return pa.table(
        {
            "author": projection.authors.column("id"),
            "name": projection.authors.column("name"),
            "distance": pa.array(steps, mask=steps < 0),
        }
    )


def distance_counts(distances: pa.Table) -> list[dict[str, Any]]:
    """How many authors stand at each distance, those out of reach last.

    Example:
        >>> distance_counts(pa.table({"distance": pa.array([0, 1, 1, None])}))
        [{'distance': 0, 'authors': 1}, {'distance': 1, 'authors': 2}, {'distance': None, 'authors': 1}]
    """
    counted = distances.group_by("distance").aggregate([([], "count_all")]).to_pylist()
    rows = [{"distance": row["distance"], "authors": row["count_all"]} for row in counted]
    return sorted(rows, key=lambda row: (row["distance"] is None, row["distance"] or 0))
