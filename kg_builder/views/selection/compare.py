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
    "COMPARED": "The one is measured against the other; which is better is not said in a way that can be read off.",
}


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the models and methods that are measured against one another.

    Args:
        graph: the graph.
        wish: `focus`, where given, keeps one model or method and its rivals.
    """
    index = read(graph, _LABELS, _TYPES)
    edges = _measured(index)
    told = {frozenset((e.start, e.end)) for e in edges}
    edges += [e for e in _compared(index) if frozenset((e.start, e.end)) not in told]
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
    # Whose rivals all had to go says nothing.
    tied = {k for e in edges if e.start in shown and e.end in shown for k in (e.start, e.end)}
    shown &= tied | {focus}
    most = max(degrees.values(), default=1) or 1
    return Picture(
        view="compare",
        title=f"{index.name(focus)} compared" if focus else "Compared",
        description="Who is measured against whom; arrows run from the better to the worse.",
        nodes=tuple(index.shown(k, weight=degrees[k] / most) for k in index.nodes if k in shown),
        edges=tuple(e for e in edges if e.start in shown and e.end in shown),
        papers=index.papers,
        left_out=(*index.notes, *said(index, degrees, shown)),
        meanings=_MEANINGS,
        focus=focus,
    )


def _measured(index: Index) -> list[ShownEdge]:
    """An edge for the results of one against another; all that say the same of a pair stand on one edge."""
    pairs: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, node in index.nodes.items():
        if node.label != "Result":
            continue
        better = improves(index, key)
        for subject in index.targets(key, "OF"):
            for baseline in index.targets(key, "AGAINST"):
                type_ = "COMPARED" if better is None else "BETTER_THAN"
                first, second = (baseline, subject) if better is False else (subject, baseline)
                pairs[type_, first, second].append(key)
    return [
        ShownEdge(
            type_,
            first,
            second,
            {**_evidence(index, results[0]), "results": [index.name(r) for r in results]},
            _caption(index, results),
        )
        for (type_, first, second), results in pairs.items()
        if first != second and {index.nodes[first].label, index.nodes[second].label} <= set(_THINGS)
    ]


def improves(index: Index, result: str) -> bool | None:
    """Whether a result says that its subject is better than its baseline.

    Returns:
        True where it went up and more is better, or down and less is; False where it is the other way round;
        None where the result does not say: a bare score or ratio beside a baseline does not, nor does a fall
        of a metric of which nothing is known. A rise of such a metric is taken to be a gain.
    """
    found = index.nodes[result].properties
    direction = found.get("direction")
    if found.get("kind") == "absolute" or direction not in {"up", "down"}:
        return None
    metrics = {index.nodes[k].properties.get("higher_is_better") for k in index.targets(result, "MEASURES")}
    if metrics & {True, False}:
        return bool((direction == "up") is not (False in metrics))
    return True if direction == "up" else None


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
