"""The shortest ways from one node to another."""

from __future__ import annotations

from kg_builder.errors import ViewError
from kg_builder.graph import Graph
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, Wish
from kg_builder.views.selection.overview import connecting

#: What lies between would say nothing: everything has the same source and the same few topics and metrics.
_NO_WAY = {"Passage", "Source", "Topic", "Metric"}
_NO_STEP = {"HAS_PASSAGE", "LISTED_IN", "HAS_TOPIC", "MEASURES"}


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick every node on a shortest way between two.

    Args:
        graph: the graph.
        wish: `source` and `target` name both ends.
    """
    labels = [label for label in graph.schema.labels if label not in _NO_WAY]
    index = read(graph, labels, [t for t in graph.schema.relationships if t not in _NO_STEP])
    if not wish.source or not wish.target:
        raise ViewError("view path: say where it begins and ends, by --source and --target")
    source, target = (index.find(end, labels, "path") for end in (wish.source, wish.target))
    from_source, from_target = _distances(index, source), _distances(index, target)
    if target not in from_source:
        raise ViewError(f"view path: no way leads from {index.name(source)} to {index.name(target)}")
    length = from_source[target]
    on_way = [k for k in from_source if k in from_target and from_source[k] + from_target[k] == length]
    on_way.sort(key=lambda k: (k not in (source, target), -index.degree(k), k))
    shown = set(on_way[: wish.most(200)])
    edges = tuple(e for e in connecting(index, shown) if abs(from_source[e.start] - from_source[e.end]) == 1)
    missing = len(on_way) - len(shown)
    left_out = [f"Not shown: {missing:,} nodes on other ways of the same length."] if missing else []
    steps = "step" if length == 1 else "steps"
    return Picture(
        view="path",
        title=f"From {index.name(source)} to {index.name(target)}",
        description=f"All shortest ways between the two: {length} {steps}.",
        nodes=tuple(
            index.shown(k, weight=1.0 if k in (source, target) else 0.2) for k in index.nodes if k in shown
        ),
        edges=edges,
        papers=index.papers,
        left_out=(*index.notes, *left_out),
    )


def _distances(index: Index, start: str) -> dict[str, int]:
    """Steps from a node to every node that can be reached, in either direction of the relationships."""
    distances = {start: 0}
    for node in (queue := [start]):
        for near in index.neighbours(node):
            if near not in distances:
                distances[near] = distances[node] + 1
                queue.append(near)
    return distances
