"""Pictures too large to be drawn node by node: communities first, each of which opens to its most important members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg_builder.views.arrangement import arranged
from kg_builder.views.picture import Picture, ShownEdge, ShownNode
from kg_builder.views.selection.importance import plural

COMMUNITY = "Community"
_TIED = "TIED"
_MEANINGS = {
    COMMUNITY: "Nodes that have more to do with each other than with the rest; a click opens it.",
    _TIED: "Relationships lead from the one community to the other.",
}
#: Communities in a page, and nodes within all of them together.
_MOST_COMMUNITIES, _MOST_MEMBERS = 1_500, 20_000
#: Members of a community that are in the page in any case.
_LEAST = 6
#: Ties drawn of each community: the strongest.
_TIES = 3
#: Pixels of the stage, about: bubbles are sized for the first sight of the whole.
_STAGE = 800.0

Numbers = npt.NDArray[np.int64]


def folded(picture: Picture, cache: Path | None = None) -> Picture:
    """Fold a picture into communities.

    Args:
        picture: any; of its nodes those with the greatest weight stay in the page, shared out among communities.
        cache: folder in which layouts are kept.

    Returns:
        A picture of the communities, with members that are within them; it says what was left out.
    """
    numbers = {node.key: number for number, node in enumerate(picture.nodes)}
    ends = np.array([(numbers[e.start], numbers[e.end]) for e in picture.edges], dtype=np.int64).reshape(
        -1, 2
    )
    ties = [(a, b, e.strength) for (a, b), e in zip(ends.tolist(), picture.edges, strict=True)]
    laid_out = arranged(replace(picture, places=None), [(20.0, 20.0)] * len(numbers), ties, cache)
    assert laid_out.communities is not None
    community, places = laid_out.communities, laid_out.places
    members = _members(picture.nodes, community)[:_MOST_COMMUNITIES]
    kept = _kept(members, len(picture.nodes))
    names = [_named(picture.nodes, of) for of in members]
    extent = float(np.ptp(places, axis=0).max())
    bubbles = [
        _bubble(picture.nodes, of, name, len(stay), number, len(members[0]))
        for number, (of, name, stay) in enumerate(zip(members, names, kept, strict=True))
    ]
    inside = [
        replace(picture.nodes[n], within=bubble.key)
        for bubble, stay in zip(bubbles, kept, strict=True)
        for n in stay
    ]
    shown = {node.key for node in inside}
    centres = {b.key: _centre(places[of]) for b, of in zip(bubbles, members, strict=True)}
    return replace(
        picture,
        nodes=tuple(_sized(b, places[of], extent) for b, of in zip(bubbles, members, strict=True))
        + tuple(inside),
        edges=(
            *_community_ties(community[ends], bubbles),
            *(e for e in picture.edges if e.start in shown and e.end in shown),
        ),
        places=centres | {n.key: (float(x), float(y)) for n in inside for x, y in [places[numbers[n.key]]]},
        left_out=(*picture.left_out, _said(picture, members, kept)),
        meanings=picture.meanings | _MEANINGS,
        focus=None,
    )


def _members(nodes: Sequence[ShownNode], community: Numbers) -> list[list[int]]:
    """The members of each community, the largest first; in each the most important first."""
    found: list[list[int]] = [[] for _ in range(int(community.max()) + 1)]
    for number in sorted(range(len(nodes)), key=lambda n: (-nodes[n].weight, n)):
        found[community[number]].append(number)
    return found


def _kept(members: list[list[int]], total: int) -> list[list[int]]:
    """The members of each community that are in the page: its share, and a few in any case."""
    share = _MOST_MEMBERS / total
    return [of[: max(round(len(of) * share), _LEAST)] for of in members]


def _named(nodes: Sequence[ShownNode], members: Sequence[int]) -> str:
    first = nodes[members[0]].name[:80]
    return f"{first} and {len(members) - 1:,} more" if len(members) > 1 else first


def _bubble(
    nodes: Sequence[ShownNode], members: Sequence[int], name: str, kept: int, number: int, greatest: int
) -> ShownNode:
    counts = Counter(nodes[n].label for n in members)
    told = {plural(label, 2): count for label, count in counts.most_common()}
    return ShownNode(
        COMMUNITY,
        nodes[members[0]].key,
        name,
        {"members": len(members), "in this page": kept, **told},
        weight=sqrt(len(members) / greatest),
        colour=number,
        group=COMMUNITY,
    )


def _sized(bubble: ShownNode, places: npt.NDArray[np.float64], extent: float) -> ShownNode:
    """A bubble as large as the disc of its members at first sight, when the page shrinks nodes less than places."""
    radius = float(np.ptp(places, axis=0).max()) / 2 + 10
    return replace(bubble, radius=round(radius * (_STAGE / max(extent, 1.0)) ** 0.3, 1))


def _centre(places: npt.NDArray[np.float64]) -> tuple[float, float]:
    x, y = (places.min(axis=0) + places.max(axis=0)) / 2
    return float(x), float(y)


def _community_ties(ends: Numbers, bubbles: Sequence[ShownNode]) -> list[ShownEdge]:
    """Of each community the strongest ties to others."""
    between = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    pairs, counts = np.unique(between[(between < len(bubbles)).all(axis=1)], axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    drawn: Counter[int] = Counter()
    ties = []
    for number in order.tolist():
        a, b = pairs[number].tolist()
        if drawn[a] < _TIES or drawn[b] < _TIES:
            drawn.update((a, b))
            count = int(counts[number])
            ties.append(ShownEdge(_TIED, bubbles[a].key, bubbles[b].key, {"relationships": count}))
    return ties


def _said(picture: Picture, members: list[list[int]], kept: list[list[int]]) -> str:
    total, inside = len(picture.nodes), sum(map(len, kept))
    outside = total - sum(map(len, members))
    rest = f" {outside:,} nodes in the smallest communities are not shown." if outside else ""
    return (
        f"{total:,} nodes are too many for one picture: they are shown as {len(members):,} communities, and "
        f"{inside:,} of the nodes, the most important ones, stand within them.{rest} The views paper, model and "
        "benchmark show one thing whole."
    )
