"""Who is measured against whom: an arrow from the better to the worse, with the numbers."""

from __future__ import annotations

from collections import defaultdict

from kg_builder.graph import Graph
from kg_builder.views.captions import value_text
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, ShownEdge, Wish, edge_of
from kg_builder.views.selection.importance import said

_LABELS = {"Paper", "Model", "Method", "Benchmark", "Metric", "Result"}
_TYPES = {"INTRODUCES", "COMPARES_WITH", "REPORTS", "OF", "ON", "AGAINST", "MEASURES"}
_THINGS = ("Model", "Method")
#: Nodes shown unless the reader asks for another number.
_MOST = 300
_MEANINGS = {
    "BETTER_THAN": "A result is reported of the one against the other; the better one comes first.",
    "COMPARED": "The paper that introduces the one measures it against the other, without saying by how much.",
}


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the models and methods that are measured against one another.

    Args:
        graph: the graph.
        wish: `focus`, where given, keeps one model or method and its rivals.
    """
    index = read(graph, _LABELS, _TYPES)
    edges = [*_measured(index), *_compared(index)]
    told = {frozenset((e.start, e.end)) for e in edges if e.type == "BETTER_THAN"}
    edges = [e for e in edges if e.type == "BETTER_THAN" or frozenset((e.start, e.end)) not in told]
    focus = index.find(wish.focus, _THINGS, "compare") if wish.focus else None
    if focus:
        edges = [e for e in edges if focus in (e.start, e.end)]
    degrees: dict[str, int] = defaultdict(int)
    for edge in edges:
        degrees[edge.start] += 1
        degrees[edge.end] += 1
    if focus:
        degrees.setdefault(focus, 0)
    shown = set(sorted(degrees, key=lambda k: (k != focus, -degrees[k], k))[: wish.most(_MOST)])
    most = max(degrees.values(), default=1) or 1
    return Picture(
        view="compare",
        title=f"{index.name(focus)} compared" if focus else "Compared",
        description="Who is measured against whom; arrows run from the better to the worse.",
        nodes=tuple(index.shown(k, weight=degrees[k] / most) for k in index.nodes if k in shown),
        edges=tuple(e for e in edges if e.start in shown and e.end in shown),
        papers=index.papers,
        left_out=said(index, degrees, shown),
        meanings=_MEANINGS,
        focus=focus,
    )


def _measured(index: Index) -> list[ShownEdge]:
    """An edge for each result with a subject and a baseline; the numbers of one pair stand on one edge."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, node in index.nodes.items():
        if node.label != "Result":
            continue
        for subject in index.targets(key, "OF"):
            for baseline in index.targets(key, "AGAINST"):
                better = improves(index, key)
                pairs[(subject, baseline) if better else (baseline, subject)].append(key)
    return [
        ShownEdge(
            "BETTER_THAN",
            better,
            worse,
            {**_evidence(index, results[0]), "results": [index.name(r) for r in results]},
            _caption(index, results),
        )
        for (better, worse), results in pairs.items()
        if better != worse and {index.nodes[better].label, index.nodes[worse].label} <= set(_THINGS)
    ]


def improves(index: Index, result: str) -> bool:
    """Whether a result speaks for its subject: it went up where more is better, or down where less is.

    A result that only gives a number, or by how many times, is told by papers in favour of its subject.
    """
    direction = index.nodes[result].properties.get("direction")
    if direction is None:
        return True
    metrics = [index.nodes[k].properties.get("higher_is_better") for k in index.targets(result, "MEASURES")]
    if False in metrics:
        return bool(direction == "down")
    # Of a metric of which nothing is known, a fall is not counted against the subject: times and costs fall.
    return bool(direction == "up" or True not in metrics)


def _evidence(index: Index, result: str) -> dict[str, object]:
    return next((dict(r.properties) for r in index.entering(result, "REPORTS")), {})


def _caption(index: Index, results: list[str]) -> str:
    first = value_text(index.nodes[results[0]].properties)
    return f"{first} and {len(results) - 1} more" if len(results) > 1 else first


def _compared(index: Index) -> list[ShownEdge]:
    """An edge from what a paper introduces to what the paper compares with."""
    edges: dict[tuple[str, str], ShownEdge] = {}
    for key, node in index.nodes.items():
        if node.label != "Paper":
            continue
        own = [k for k in index.targets(key, "INTRODUCES") if index.nodes[k].label in _THINGS]
        for relationship in index.leaving(key, "COMPARES_WITH"):
            for subject in own:
                edge = edge_of(relationship)
                if edge.end != subject and index.nodes[edge.end].label in _THINGS:
                    pair = (subject, edge.end)
                    edges.setdefault(pair, ShownEdge("COMPARED", *pair, relationship.properties))
    return list(edges.values())
