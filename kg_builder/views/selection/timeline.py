"""Papers and what they name by date: time runs from left to right, one lane a label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from math import ceil

from kg_builder.graph import Graph
from kg_builder.views.index import read
from kg_builder.views.picture import Picture, Place, ShownNode, Wish
from kg_builder.views.selection.importance import graded, keep_connected, said
from kg_builder.views.selection.overview import ENTITIES, RELATIONS, connecting

_LANES = ("Paper", *ENTITIES)
#: Nodes shown unless the reader asks for another number.
_MOST = 120
#: Columns of time at most: days become weeks, months and years until there are no more.
_COLUMNS = 8
#: Pixels from node to node within a column, between columns, and between lanes.
_ACROSS, _DOWN, _GAP, _LANE = 190.0, 48.0, 30.0, 50.0
#: Nodes above each other at most; a column with more becomes wider.
_STACK = 9


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
    nodes = tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown)
    undated = len(index.nodes) - len(dated)
    left_out = said(index, dated, shown)
    if undated:
        left_out = (*left_out, f"{undated:,} nodes have no date.")
    places, notes = _places(nodes)
    return Picture(
        view="timeline",
        title="Timeline",
        description="Papers, and the models, benchmarks and methods at the day on which they are first named.",
        nodes=nodes,
        edges=connecting(index, shown),
        papers=index.papers,
        left_out=left_out,
        faint=tuple(sorted({*RELATIONS, "MENTIONS"} - {"INTRODUCES"})),
        places=places,
        notes=notes,
        side="right",
        timeline=True,
    )


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


def _places(nodes: tuple[ShownNode, ...]) -> tuple[dict[str, Place], tuple[tuple[str, Place], ...]]:
    """Columns of time side by side, each as wide as its fullest lane needs; in each lane the weightiest first.

    Returns:
        The places by key, and the dates above the columns.
    """
    name = period(str(node.date) for node in nodes)
    columns: dict[str, dict[str, list[ShownNode]]] = defaultdict(lambda: defaultdict(list))
    for node in sorted(nodes, key=lambda n: (-n.weight, n.key)):
        columns[name(str(node.date))][node.label].append(node)
    tops, top = {}, 0.0
    for lane in _LANES:
        tops[lane] = top
        top += max((min(len(c[lane]), _STACK) for c in columns.values()), default=0) * _DOWN + _LANE
    places: dict[str, Place] = {}
    notes = []
    left = 0.0
    for when in sorted(columns):
        wide = max(ceil(len(stack) / _STACK) for stack in columns[when].values())
        for lane, stack in columns[when].items():
            for number, node in enumerate(stack):
                column, row = divmod(number, _STACK)
                places[node.key] = (left + column * _ACROSS, tops[lane] + row * _DOWN)
        notes.append((when, (left + (wide - 1) * _ACROSS / 2, -_DOWN)))
        left += wide * _ACROSS + _GAP
    return places, tuple(notes)
