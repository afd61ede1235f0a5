"""One benchmark: who is measured on it, and the leaderboard of the results reported."""

from __future__ import annotations

from kg_builder.graph import Graph, Node
from kg_builder.views.captions import value_text
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Cell, Picture, Table, Wish
from kg_builder.views.selection.importance import graded, keep_connected, said
from kg_builder.views.selection.overview import ENTITIES, RELATIONS, connecting

_TYPES = {*RELATIONS, "MENTIONS", "REPORTS", "OF", "ON", "AGAINST", "MEASURES"}
_KINDS = ("absolute", "change", "delta", "ratio")

#: Nodes shown unless the reader asks for another number.
_MOST = 120


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick a benchmark, the results on it, whose they are and which papers report them.

    Args:
        graph: the graph.
        wish: `focus` names the benchmark.
    """
    index = read(graph, {"Paper", *ENTITIES, "Result", "Metric"}, _TYPES)
    benchmark = index.find(wish.focus, ("Benchmark",), "benchmark")
    near = index.neighbours(benchmark)
    results = [k for k in near if index.nodes[k].label == "Result"]
    around = [k for r in results for k in (*index.targets(r, "OF", "AGAINST"), *index.origins(r, "REPORTS"))]
    wanted = list(dict.fromkeys([benchmark, *near, *around]))
    shown = {benchmark} | keep_connected(index, wanted[1:], {benchmark, *results}, wish.most(_MOST) - 1)
    weights = graded(index, shown) | {benchmark: 1.0}
    return Picture(
        view="benchmark",
        title=index.name(benchmark),
        description="One benchmark with the results reported on it, whose they are, and who reports them.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown),
        edges=connecting(index, shown),
        papers=index.papers,
        left_out=(*index.notes, *said(index, wanted, shown)),
        focus=benchmark,
        table=leaderboard(index, benchmark, results) if results else None,
    )


def leaderboard(index: Index, benchmark: str, results: list[str]) -> Table:
    """Results on a benchmark, metric by metric, the best first.

    Scores come before gains and ratios, which cannot be ranked among them. What is best is what the metric
    says; where it does not say, more is taken to be better.
    """

    def metric(result: str) -> str:
        return index.names(index.targets(result, "MEASURES"))

    def order(result: str) -> tuple[str, int, str, float, str]:
        found = index.nodes[result].properties
        kind = _KINDS.index(found["kind"]) if found.get("kind") in _KINDS else len(_KINDS)
        value = float(found.get("value") or 0.0)
        best_first = -value if kind > 1 or _higher_is_better(index, result) else value
        return (metric(result), kind, found.get("unit") or "", best_first, result)

    rows = tuple(
        (
            Cell(value_text(index.nodes[r].properties), r),
            *(_first(index, index.targets(r, type_)) for type_ in ("OF", "MEASURES", "AGAINST")),
        )
        for r in sorted(results, key=order)
    )
    return Table(f"Results on {index.name(benchmark)}", ("Value", "Of", "Metric", "Against"), rows)


def _higher_is_better(index: Index, result: str) -> bool:
    metrics: list[Node] = [index.nodes[k] for k in index.targets(result, "MEASURES")]
    return all(m.properties.get("higher_is_better", True) for m in metrics)


def _first(index: Index, nodes: list[str]) -> Cell:
    """The names of some nodes, with a way to the first."""
    return Cell(index.names(nodes), nodes[0] if nodes else None)
