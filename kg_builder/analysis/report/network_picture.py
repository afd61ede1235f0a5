"""The picture of a network by its communities: a disc for each of the largest, its most central members in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any, Final
from xml.sax.saxutils import escape

import igraph
import numpy as np
import numpy.typing as npt

from kg_builder.analysis.randomness import seeded
from kg_builder.analysis.report.charts import colour, svg
from kg_builder.analysis.study import Study

#: Communities drawn, the largest.
COMMUNITIES: Final = 12
#: Members drawn of each, those with the most weight inside it.
MEMBERS: Final = 18
#: Members named of each, where there is room.
_NAMED: Final = 4

#: Room above a disc for its title, and between two of them.
_TITLE, _GAP = 22.0, 12.0
#: Letters of a title, and how wide one is drawn (of titles, of names).
_LETTERS, _TITLE_LETTER, _NAME_LETTER = 30, 7.4, 6.3
_Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The picture, and what it shows.

    Args:
        svg: the picture.
        communities: how many are drawn.
        authors: how many are drawn.
        ties: how many are drawn.
    """

    svg: str
    communities: int
    authors: int
    ties: int


def draw_network(study: Study) -> NetworkPicture | None:
    """Draw the most central members of the largest communities; ``None`` where no two authors have a tie."""
    count = min(study.community_table.num_rows, COMMUNITIES)
    if not count:
        return None
    members = [_central(study, community) for community in range(count)]
    shown = [v for group in members for v in group]
    graph = study.projection.graph.induced_subgraph(shown)
    # Vertices keep their order in the subgraph, which is that of the whole graph.
    place = {v: number for number, v in enumerate(sorted(shown))}
    weights = _weights(study, sorted(shown), graph)
    radii = [13.0 * sqrt(len(group)) + 20.0 for group in members]
    titles = [name.text for name in study.community_names[:count]]
    centres = _discs(_between(study, count), np.array(radii), titles, study.settings.seed)
    points = np.zeros((len(shown), 2))
    for group, centre, radius in zip(members, centres, radii, strict=True):
        rows = [place[v] for v in group]
        points[rows] = centre + _inside(graph, sorted(rows), rows, radius - 12.0, study.settings.seed)
    canvas = _Canvas(study, members, place, centres, radii)
    body = canvas.discs() + canvas.ties(graph, points, weights) + canvas.authors(points) + canvas.titles()
    label = f"The {count} largest communities with their most central members"
    picture = svg(*canvas.size, label, f'<g transform="translate({canvas.shift})">{body}</g>')
    return NetworkPicture(picture, count, len(shown), graph.ecount())


def _central(study: Study, community: int) -> list[int]:
    """The members with the most weight inside their community, the most central first."""
    group, ties = study.communities.membership, study.projection.ties
    source, target = (ties.column(c).to_numpy() for c in ("source", "target"))
    within = (group[source] == community) & (group[target] == community)
    weights = study.projection.weights[within]
    size = len(group)
    own = np.bincount(source[within], weights=weights, minlength=size)
    own += np.bincount(target[within], weights=weights, minlength=size)
    inside = np.flatnonzero(group == community)
    order = np.lexsort((inside, -np.round(own[inside], 9)))
    return [int(v) for v in inside[order[:MEMBERS]]]


def _weights(study: Study, shown: list[int], graph: Any) -> list[float]:
    whole = study.projection.graph
    pairs = [(shown[a], shown[b]) for a, b in graph.get_edgelist()]
    return [float(study.projection.weights[i]) for i in whole.get_eids(pairs)] if pairs else []


def _between(study: Study, count: int) -> npt.NDArray[np.float64]:
    """The weight of the ties between each two of the first communities."""
    group, ties = study.communities.membership, study.projection.ties
    ends = [group[ties.column(c).to_numpy()].astype(np.int64) for c in ("source", "target")]
    kept = (ends[0] < count) & (ends[1] < count) & (ends[0] != ends[1])
    flat = np.bincount(
        ends[0][kept] * count + ends[1][kept], weights=study.projection.weights[kept], minlength=count * count
    ).reshape(count, count)
    return np.asarray(flat + flat.T, dtype=np.float64)


def _discs(joined: npt.NDArray[np.float64], radii: _Points, texts: list[str], seed: int) -> _Points:
    """Centres of discs that do not overlap, those with many ties close together."""
    count = len(radii)
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    graph = igraph.Graph(n=count, edges=pairs)
    weights = [0.05 + float(joined[a, b] / (joined.max() or 1.0)) for a, b in pairs]
    start = [(cos(2 * pi * i / count), sin(2 * pi * i / count)) for i in range(count)]
    with seeded(seed):
        found = graph.layout_fruchterman_reingold(weights=weights, seed=start, niter=400)
    points = np.asarray(found.coords, dtype=np.float64)
    points -= points.mean(axis=0)
    spread = float(np.abs(points).max()) or 1.0
    points *= np.array([1.4, 1.0]) * float(radii.sum()) / spread / 3.2
    # What is to be kept apart is a disc with its title above it.
    titles = np.array([min(len(text), _LETTERS) + 4 for text in texts]) * _TITLE_LETTER
    boxes = np.stack([np.maximum(2 * radii, titles) + _GAP, 2 * radii + _TITLE + _GAP], axis=1)
    for _ in range(300):
        points = _boxes_apart(points * 0.99, boxes)
    for _ in range(300):
        points = _boxes_apart(points, boxes)
    return points


def _boxes_apart(points: _Points, boxes: _Points) -> _Points:
    for a in range(len(points)):
        for b in range(a + 1, len(points)):
            gap = points[b] - points[a]
            lacking = (boxes[a] + boxes[b]) / 2 - np.abs(gap)
            if (lacking > 0).all():
                axis = int(np.argmin(lacking))
                push = lacking[axis] / 2 if gap[axis] >= 0 else -lacking[axis] / 2
                points[a, axis] -= push
                points[b, axis] += push
    return points


def _pushed(points: _Points, apart: float) -> _Points:
    for a in range(len(points)):
        for b in range(a + 1, len(points)):
            gap = points[b] - points[a]
            distance = float(np.hypot(*gap)) or 1e-9
            if distance < apart:
                points[a] -= gap / distance * (apart - distance) / 2
                points[b] += gap / distance * (apart - distance) / 2
    return points


def _inside(graph: Any, rows: list[int], order: list[int], radius: float, seed: int) -> _Points:
    """Places of one community's members around its centre, in the order asked for."""
    part = graph.induced_subgraph(rows)
    count = len(rows)
    golden = pi * (3 - sqrt(5))
    start = [(sqrt(i + 0.5) * cos(i * golden), sqrt(i + 0.5) * sin(i * golden)) for i in range(count)]
    with seeded(seed):
        found = part.layout_fruchterman_reingold(seed=start, niter=300)
    points = np.asarray(found.coords, dtype=np.float64)
    # Not the mean: somebody without a tie to the others lies far off.
    points -= np.median(points, axis=0)
    lengths = np.hypot(points[:, 0], points[:, 1])
    # Evenly many members on any area: each keeps its direction and its rank from the middle.
    rank = np.argsort(np.argsort(lengths, kind="stable"), kind="stable")
    wanted = radius * np.sqrt((rank + 0.3) / count)
    points *= (wanted / np.where(lengths > 0, lengths, 1.0))[:, None]
    points = _loosened(points, 21.0, radius)
    number = {row: i for i, row in enumerate(rows)}
    placed: _Points = points[[number[row] for row in order]]
    return placed


def _loosened(points: _Points, apart: float, radius: float) -> _Points:
    for _ in range(120):
        points = _pushed(points, apart)
        lengths = np.hypot(points[:, 0], points[:, 1])
        points *= np.minimum(1.0, radius / np.where(lengths > 0, lengths, 1.0))[:, None]
    return points


class _Canvas:
    """Writes the parts of the picture, in the order in which they lie upon one another."""

    def __init__(
        self,
        study: Study,
        members: list[list[int]],
        place: dict[int, int],
        centres: _Points,
        radii: list[float],
    ) -> None:
        self._study, self._members, self._place = study, members, place
        self._centres, self._radii = centres, radii
        reach = np.array(radii)[:, None]
        low = (centres - reach).min(axis=0) - np.array([70.0, 44.0])
        high = (centres + reach).max(axis=0) + np.array([70.0, 20.0])
        self.size = (float(round(high[0] - low[0])), float(round(high[1] - low[1])))
        self.shift = f"{-low[0]:.1f} {-low[1]:.1f}"

    def discs(self) -> str:
        return "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour(c)}" fill-opacity="0.08" '
            f'stroke="{colour(c)}" stroke-opacity="0.35"/>'
            for c, ((x, y), r) in enumerate(zip(self._centres, self._radii, strict=True))
        )

    def ties(self, graph: Any, points: _Points, weights: list[float]) -> str:
        greatest = max(weights, default=1.0)
        group = self._study.communities.membership
        shown = sorted(self._place)
        parts = []
        for (a, b), weight in zip(graph.get_edgelist(), weights, strict=True):
            one, other = int(group[shown[a]]), int(group[shown[b]])
            stroke = colour(one) if one == other else "var(--soft,#5b6675)"
            (x1, y1), (x2, y2) = points[a], points[b]
            parts.append(
                f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" '
                f'stroke-opacity="{0.35 if one == other else 0.22}" '
                f'stroke-width="{0.5 + 3.0 * sqrt(weight / greatest):.2f}"/>'
            )
        return "".join(parts)

    def authors(self, points: _Points) -> str:
        strength = self._study.measures.table.column("strength").to_numpy()
        greatest = max(float(strength[v]) for v in self._place)
        dots, labels = [], []
        # Titles are drawn above their discs, and no name may lie across one.
        taken = [
            (x - 120.0, y - r - _TITLE, x + 120.0, y - r)
            for (x, y), r in zip(self._centres, self._radii, strict=True)
        ]
        for community, group in enumerate(self._members):
            for rank, v in enumerate(group):
                x, y = points[self._place[v]]
                radius = 3.0 + 6.0 * sqrt(float(strength[v]) / (greatest or 1.0))
                name = self._study.projection.names[v]
                dots.append(
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour(community)}" '
                    f'stroke="var(--paper,#fff)"><title>{escape(name)}</title></circle>'
                )
                if rank < _NAMED:
                    labels.append(_label(name, x, y, radius, taken))
        return "".join(dots + labels)

    def titles(self) -> str:
        parts = []
        names = self._study.community_names
        for number, ((x, y), r) in enumerate(zip(self._centres, self._radii, strict=True)):
            text = names[number].text
            short = text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip(" ·") + "…"
            parts.append(
                f'<text x="{x:.1f}" y="{y - r - 5:.1f}" text-anchor="middle" style="font-weight:600;'
                f'paint-order:stroke;stroke:var(--paper,#fff);stroke-width:3px">{number + 1} {escape(short)}'
                f"<title>{escape(text)}</title></text>"
            )
        return "".join(parts)


def _label(
    name: str, x: float, y: float, radius: float, taken: list[tuple[float, float, float, float]]
) -> str:
    """The name beside its dot, on the first side that has room; none where no side has."""
    width = _NAME_LETTER * len(name)
    for left, line in (
        (x - width / 2, y - radius - 4),
        (x - width / 2, y + radius + 11),
        (x + radius + 3, y + 4),
        (x - radius - 3 - width, y + 4),
    ):
        box = (left, line - 10, left + width, line + 3)
        if all(box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in taken):
            taken.append(box)
            return (
                f'<text x="{left + width / 2:.1f}" y="{line:.1f}" text-anchor="middle" style="font-size:11px;'
                f'paint-order:stroke;stroke:var(--paper,#fff);stroke-width:3px">{escape(name)}</text>'
            )
    return ""
