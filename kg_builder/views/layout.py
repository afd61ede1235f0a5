"""Where nodes lie: each connected component by itself, then all of them packed close together.

Positions are a function of the graph alone: igraph starts from given places and a random number generator of
its own, and everything is walked in the order of the input. The browser only draws.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import ceil, cos, pi, sin, sqrt
from typing import Any

import igraph
import numpy as np
import numpy.typing as npt

from kg_builder.views.packing import ASPECT, pack
from kg_builder.views.picture import Place

#: Pixels between two neighbours, at zoom 1.
EDGE_LENGTH = 105.0

#: Up to this many nodes of a component Kamada and Kawai's layout is used: the clearest, and quadratic in time.
_SMALL = 1_500

#: Directions tried for each component, and from how many nodes on it is to fill the screen.
_TURNS, _FILLING = 36, 30

#: How often boxes that overlap are pushed apart.
_PUSHES = 60

_SEED = 20_241_224
Points = npt.NDArray[np.float64]


def layout(boxes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int, float]]) -> list[Place]:
    """Places for the nodes of a picture.

    Args:
        boxes: width and height in pixels that each node needs, its label included.
        edges: numbers of both ends, and how strongly they are drawn together.

    Returns:
        The centre of each node in whole pixels, the middle of the picture being (0, 0).
    """
    if not boxes:
        return []
    graph = igraph.Graph(n=len(boxes), edges=[(a, b) for a, b, _ in edges])
    graph.es["weight"] = [w for _, _, w in edges]
    # Ties of one pair pull together once, with all their strength.
    graph.simplify(combine_edges={"weight": "sum"})
    components = sorted(graph.connected_components(), key=lambda c: (-len(c), c[0]))
    sizes = np.asarray(boxes, dtype=np.float64)
    alone = [c[0] for c in components if len(c) == 1]
    groups = [c for c in components if len(c) > 1]
    shapes = [_component(graph.induced_subgraph(c), sizes[c]) for c in groups]
    if alone:
        groups.append(alone)
        shapes.append(_rows(sizes[alone]))
    places = np.zeros((len(boxes), 2))
    offsets = pack([(s, sizes[g]) for s, g in zip(shapes, groups, strict=True)])
    for group, shape, offset in zip(groups, shapes, offsets, strict=True):
        places[group] = shape + offset
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    return [(float(x), float(y)) for x, y in np.rint(places)]


def _component(graph: Any, sizes: Points) -> Points:
    """Lay out one connected component, the longer side across."""
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - places, no secrets
    try:
        points = _drawn(graph)
    finally:
        igraph.set_random_number_generator(random)
    lengths = [float(np.hypot(*(points[a] - points[b]))) for a, b in graph.get_edgelist()]
    points *= EDGE_LENGTH / max(float(np.mean(lengths)), 1e-9)
    rounds = _PUSHES if len(points) <= _SMALL else _PUSHES // 5
    return apart(_roomy(_turned(points), sizes), sizes, rounds)


def _roomy(points: Points, sizes: Points) -> Points:
    """Points drawn out until the area that they cover is twice that of their boxes."""
    covered = float(np.prod(np.ptp(points, axis=0) + sizes.mean(axis=0)))
    needed = 2.0 * float(np.prod(sizes, axis=1).sum())
    roomy: Points = points * max(1.0, (needed / covered) ** 0.5)
    return roomy


def _drawn(graph: Any) -> Points:
    count = graph.vcount()
    start = spiral(count)
    if count > _SMALL:
        from kg_builder.views.clusters import clustered

        places, _ = clustered(count, [(*e.tuple, e["weight"]) for e in graph.es])
        return places
    places = graph.layout_kamada_kawai(seed=start, maxiter=50 * count)
    return np.asarray(places.coords, dtype=np.float64)


def spiral(count: int) -> list[Place]:
    """Evenly spread starting places: the sunflower's spiral (Vogel 1979), in the order of the nodes."""
    golden = pi * (3 - sqrt(5))
    return [(sqrt(i + 0.5) * cos(i * golden), sqrt(i + 0.5) * sin(i * golden)) for i in range(count)]


def _turned(points: Points) -> Points:
    """Points turned to lie well on a screen: small components along their length, large ones to fill it."""
    centred = points - points.mean(axis=0)
    angles = np.arange(0, pi, pi / _TURNS)
    turns = [centred @ np.array([[cos(a), sin(a)], [-sin(a), cos(a)]]) for a in angles]
    spans = np.array([np.ptp(turn, axis=0) for turn in turns])
    spread = spans[:, 1] if len(points) < _FILLING else np.maximum(spans[:, 0] / ASPECT, spans[:, 1])
    # Rounded, so that a tie does not hang on the last bit of a float.
    best: Points = turns[int(np.argmin(np.round(spread / max(float(spread.max()), 1e-9), 6)))]
    return best


def apart(points: Points, sizes: Points, rounds: int) -> Points:
    """Push boxes that overlap apart, a half each, along the axis on which they overlap less.

    Args:
        points: centres.
        sizes: width and height of each box.
        rounds: how often at most.
    """
    points = points.copy()
    reach = float(sizes.max())
    for _ in range(rounds):
        pairs = _near(points, reach)
        if not len(pairs):
            break
        first, second = pairs[:, 0], pairs[:, 1]
        gap = points[second] - points[first]
        overlap = (sizes[first] + sizes[second]) / 2 - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1)
        if not hit.any():
            break
        first, second, gap, overlap = first[hit], second[hit], gap[hit], overlap[hit]
        axis = np.argmin(overlap, axis=1)
        rows = np.arange(len(axis))
        sign = np.where(gap[rows, axis] >= 0, 1.0, -1.0)
        push = sign * (overlap[rows, axis] / 2 + 0.5) * 0.8
        np.add.at(points, (first, axis), -push)
        np.add.at(points, (second, axis), push)
    return points


def _near(points: Points, reach: float) -> npt.NDArray[np.int64]:
    """Pairs of points less than ``reach`` apart on both axes, found in order of their x."""
    order = np.argsort(points[:, 0], kind="stable")
    xs = points[order, 0]
    ends = np.searchsorted(xs, xs + reach, side="left")
    counts = ends - np.arange(len(xs)) - 1
    first = np.repeat(np.arange(len(xs)), counts)
    second = first + 1 + (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts))
    pairs = np.stack([order[first], order[second]], axis=1)
    level = np.abs(points[pairs[:, 0], 1] - points[pairs[:, 1], 1]) < reach
    near: npt.NDArray[np.int64] = pairs[level]
    return near


def _rows(sizes: Points) -> Points:
    """Nodes without neighbours, in rows."""
    across = ceil(sqrt(len(sizes) * 1.5))
    cell = sizes.max(axis=0) + 10
    return np.array([((i % across) * cell[0], (i // across) * cell[1]) for i in range(len(sizes))])
