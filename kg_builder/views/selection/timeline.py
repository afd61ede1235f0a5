"""Papers and what they name by date: time runs from left to right, one lane a label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from kg_builder.graph import Graph
from kg_builder.views.captions import caption, wrapped
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, Place, ShownNode, Wish
from kg_builder.views.selection.importance import graded, keep_connected, said
from kg_builder.views.selection.overview import ENTITIES, RELATIONS, connecting

_LANES = ("Paper", *ENTITIES)
#: Nodes shown unless the reader asks for another number.
_MOST = 90
#: Columns of time at most: days become weeks, months and years until there are no more.
_COLUMNS = 8
#: Pixels from node to node within a column, between columns, and between lanes.
_ACROSS, _DOWN, _GAP, _LANE = 200.0, 30.0, 20.0, 26.0
#: Width and height in pixels that a usual window leaves for the picture, and what a column of a name takes there.
_STAGE, _COLUMN = (620.0, 690.0), 6.5
#: Radius in pixels of the least and of the most important node.
_RADII = (5.0, 10.0)
#: Nodes above each other at least, where there are more; a column with more becomes wider.
_LEAST_STACK = 4


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick papers that have a date, and what is named, at the day on which it is first named.

    Args:
        graph: the graph.
        wish: `limit` bounds the number of nodes.
    """
    index = read(graph, set(_LANES), {*RELATIONS, "MENTIONS"})
    most = wish.most(_MOST)
    dated = [k for k in index.nodes if index.first_date(k)]
    papers = [k for k in dated if index.nodes[k].label == "Paper"]
    shown = keep_connected(index, papers, (), most * 2 // 5)
    others = [k for k in dated if index.nodes[k].label != "Paper"]
    shown |= keep_connected(index, others, shown, most - len(shown))
    weights = graded(index, shown)
    nodes = tuple(_node(index, k, weights[k]) for k in index.nodes if k in shown)
    places, notes = _places(nodes)
    width = _name_width(places)
    undated = len(index.nodes) - len(dated)
    left_out = said(index, dated, shown)
    if undated:
        left_out = (*left_out, f"{undated:,} nodes have no date.")
    return Picture(
        view="timeline",
        title="Timeline",
        description="Papers, and the models, benchmarks and methods at the day on which they are first named.",
        nodes=tuple(replace(node, caption=_in_line(node, width)) for node in nodes),
        edges=connecting(index, shown),
        papers=index.papers,
        left_out=left_out,
        faint=tuple(sorted({*RELATIONS, "MENTIONS"} - {"INTRODUCES"})),
        places=places,
        notes=notes,
        side="right",
        timeline=True,
    )


def _node(index: Index, key: str, weight: float) -> ShownNode:
    least, most = _RADII
    return index.shown(key, weight=weight, radius=round(least + (most - least) * weight, 1))


def _in_line(node: ShownNode, width: int) -> str:
    """The name in one line of so many columns."""
    return wrapped(caption(node.label, node.name).replace("\n", " "), 1, width)


def _name_width(places: dict[str, Place]) -> int:
    """The columns that a name may take beside its node, before it runs into the next column of nodes."""
    width, height = _size(places)
    scale = min(_STAGE[0] / width, _STAGE[1] / max(height, 1.0), 1.25)
    return max(int((_ACROSS * scale - 22) / _COLUMN), 8)


def period(dates: Iterable[str]) -> Callable[[str], str]:
    """The finest division of time that gives few columns: day, week (by its Monday), month, quarter or year.

    >>> period(["2024-12-24", "2024-12-25"])("2024-12-24")
    '2024-12-24'
    >>> period(f"2024-{month:02}-01" for month in range(1, 13))("2024-12-24")
    '2024 Q4'
    """
    known = set(dates)
    for name in (_day, _week, _month, _quarter):
        if len({name(d) for d in known}) <= _COLUMNS:
            return name
    return _year


def _day(text: str) -> str:
    return text[:10]


def _week(text: str) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        # A month or a year alone, as some sources have it.
        return text
    return (day - timedelta(days=day.weekday())).isoformat()


def _month(text: str) -> str:
    return text[:7]


def _quarter(text: str) -> str:
    month = text[5:7]
    return f"{text[:4]} Q{(int(month) + 2) // 3}" if month.isdigit() else text[:4]


def _year(text: str) -> str:
    return text[:4]


#: By period and label, the nodes, the weightiest first.
_Columns = dict[str, dict[str, list[ShownNode]]]


def _places(nodes: tuple[ShownNode, ...]) -> tuple[dict[str, Place], tuple[tuple[str, Place], ...]]:
    """Columns of time side by side, as high as makes the picture fill a screen.

    Returns:
        The places by key, and the dates above the columns.
    """
    name = period(str(node.date) for node in nodes)
    columns: _Columns = defaultdict(lambda: defaultdict(list))
    for node in sorted(nodes, key=lambda n: (-n.weight, n.key)):
        columns[name(str(node.date))][node.label].append(node)
    highest = max((len(stack) for lanes in columns.values() for stack in lanes.values()), default=1)
    heights = range(min(_LEAST_STACK, highest), highest + 1)

    def side(found: tuple[dict[str, Place], object]) -> float:
        width, height = _size(found[0])
        return max(width / _STAGE[0], height / _STAGE[1])

    return min((_stacked(columns, height) for height in heights), key=side)


def _size(places: dict[str, Place]) -> Place:
    """Width and height of the picture, names included."""
    xs, ys = zip(*(places.values() or [(0.0, 0.0)]), strict=True)
    return (max(xs) - min(xs) + _ACROSS, max(ys) - min(ys))


def _stacked(columns: _Columns, most: int) -> tuple[dict[str, Place], tuple[tuple[str, Place], ...]]:
    """The places with at most so many nodes above each other; a fuller column becomes wider."""
    tops, top = {}, 0.0
    for lane in _LANES:
        tops[lane] = top
        top += max((min(len(c[lane]), most) for c in columns.values()), default=0) * _DOWN + _LANE
    places: dict[str, Place] = {}
    notes = []
    left = 0.0
    for when in sorted(columns):
        wide = max(ceil(len(stack) / most) for stack in columns[when].values())
        for lane, stack in columns[when].items():
            for number, node in enumerate(stack):
                column, row = divmod(number, most)
                places[node.key] = (left + column * _ACROSS, tops[lane] + row * _DOWN)
        notes.append((when, (left + (wide - 1) * _ACROSS / 2 + _ACROSS / 4, -2.4 * _DOWN)))
        left += wide * _ACROSS + _GAP
    return places, tuple(notes)
