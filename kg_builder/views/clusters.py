"""Where the nodes of a large picture lie: each community in a disc of its own, tied communities side by side.

A force layout of twenty thousand nodes is a ball of wool. Communities (Leiden: Traag, Waltman and van Eck 2019) are
laid out one by one, then as discs, drawn together by the ties between them and pushed apart where they overlap.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, sqrt
from typing import Any

import igraph
import numpy as np
import numpy.typing as npt

from kg_builder.views.layout import apart, spiral
from kg_builder.views.packing import pack

Points = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

#: Pixels at zoom 1 between neighbours in a disc, and between discs.
_SPACING, _GAP = 34.0, 46.0
#: Up to this many nodes a community is laid out by Kamada and Kawai; above by Fruchterman and Reingold.
_SMALL = 120
_ROUNDS = 250
#: How much of the area of a picture the discs cover, before they are pushed apart.
_COVER = 0.45
_PUSHES = 80
#: Groups of communities that are packed into each other's bays; the rest, small all of them, stand in rows.
_PACKED = 120
_SEED = 20_241_224


def clustered(count: int, edges: Sequence[tuple[int, int, float]]) -> tuple[Points, Numbers]:
    """Places and communities of the nodes of a large picture.

    Args:
        count: how many nodes there are.
        edges: numbers of both ends, and how strongly they are drawn together.

    Returns:
        The centre of each node in whole pixels, and the number of its community, the largest being 0.
    """
    graph = igraph.Graph(n=count, edges=[(a, b) for a, b, _ in edges])
    graph.es["weight"] = [w for _, _, w in edges]
    graph.simplify(combine_edges={"weight": "sum"})
    with seeded():
        found = graph.community_leiden("modularity", weights="weight", n_iterations=3)
        ranked = sorted(found, key=lambda members: (-len(members), members[0]))
        community = np.zeros(count, dtype=np.int64)
        inner = np.zeros((count, 2))
        for rank, members in enumerate(ranked):
            community[members] = rank
            inner[members] = _disc(graph, members)
        radii = np.array([_radius(len(members)) for members in ranked])
        centres = _discs(graph, community, radii)
    return np.rint(centres[community] + inner), community


@contextmanager
def seeded() -> Iterator[None]:
    """igraph with random numbers of its own, that begin the same each time."""
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - places, no secrets
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _radius(count: int) -> float:
    """The radius in pixels of the disc of so many nodes."""
    return 0.62 * _SPACING * sqrt(count) + (_SPACING / 4 if count > 1 else 0)


def _disc(graph: Any, members: list[int]) -> Points:
    """A community's nodes about their middle, none farther away than the radius of its disc."""
    count = len(members)
    if count == 1:
        return np.zeros((1, 2))
    part = graph.induced_subgraph(members)
    if count <= _SMALL:
        places = part.layout_kamada_kawai(seed=spiral(count), maxiter=20 * count)
    else:
        places = part.layout_fruchterman_reingold(
            seed=spiral(count), weights="weight", niter=_ROUNDS, grid="grid"
        )
    points = np.asarray(places.coords, dtype=np.float64)
    points -= points.mean(axis=0)
    distance = np.hypot(*points.T)
    # What lies far out is drawn in, so that one long arm does not press all the rest into a dot.
    reach = max(float(np.quantile(distance, 0.9)), 1e-9) * 1.1
    pull = np.minimum(1.0, reach / np.maximum(distance, 1e-9)) ** 0.75
    points *= pull[:, None]
    drawn: Points = points * (_radius(count) / max(float(np.hypot(*points.T).max()), 1e-9))
    return drawn


def _discs(graph: Any, community: Numbers, radii: Points) -> Points:
    """The centres of the discs: those that are tied laid out together, then all packed."""
    ends = community[np.asarray(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)]
    between = ends[:, 0] != ends[:, 1]
    ties = igraph.Graph(n=len(radii), edges=ends[between])
    ties.es["weight"] = np.asarray(graph.es["weight"])[between]
    ties.simplify(combine_edges={"weight": "sum"})
    groups = sorted(ties.connected_components(), key=lambda g: (-float((radii[g] ** 2).sum()), g[0]))
    shapes = [_tied(ties.induced_subgraph(g), radii[g]) for g in groups[:_PACKED]]
    if rest := [c for g in groups[_PACKED:] for c in g]:
        groups = [*groups[:_PACKED], rest]
        shapes.append(_rows(radii[rest]))
    boxes = [np.repeat(2 * radii[g][:, None] + _GAP / 2, 2, axis=1) for g in groups]
    centres = np.zeros((len(radii), 2))
    for group, shape, offset in zip(groups, shapes, pack(list(zip(shapes, boxes, strict=True))), strict=True):
        centres[group] = shape + offset
    middle = (centres.min(axis=0) + centres.max(axis=0)) / 2 if len(centres) else 0
    placed: Points = centres - middle
    return placed


def _tied(ties: Any, radii: Points) -> Points:
    """The centres of discs that are tied, large ones and strong ties close to the middle."""
    if len(radii) == 1:
        return np.zeros((1, 2))
    weights = [float(np.log1p(w)) for w in ties.es["weight"]]
    places = ties.layout_fruchterman_reingold(seed=spiral(len(radii)), weights=weights, niter=2 * _ROUNDS)
    points = np.asarray(places.coords, dtype=np.float64)
    points -= points.mean(axis=0)
    boxes = np.repeat(2 * radii[:, None] + _GAP, 2, axis=1)
    needed = float((boxes[:, 0] ** 2).sum()) / _COVER
    # Discs in a line cover next to nothing: they count as a quarter as wide as they are long.
    long, wide = sorted(np.ptp(points, axis=0).tolist(), reverse=True)
    points *= sqrt(needed / max(long * max(wide, long / 4), 1e-9))
    return apart(points, boxes, _PUSHES)


def _rows(radii: Points) -> Points:
    """Discs in rows as wide as they are high together, the largest first."""
    order = np.argsort(-radii, kind="stable")
    side = 2 * radii[order] + _GAP / 2
    across = max(ceil(sqrt(len(radii) * 1.4)), 1)
    places = np.zeros((len(radii), 2))
    top = 0.0
    for first in range(0, len(order), across):
        row = slice(first, first + across)
        lefts = np.cumsum(side[row]) - side[row] / 2
        places[order[row]] = np.stack([lefts, np.full(len(lefts), top + side[first] / 2)], axis=1)
        top += float(side[first])
    return places
