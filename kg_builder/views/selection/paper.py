"""One paper: what it names, what it reports, who wrote it."""

from __future__ import annotations

from kg_builder.graph import Graph
from kg_builder.views.index import read
from kg_builder.views.picture import Picture, Wish
from kg_builder.views.selection.importance import graded, keep_connected, said
from kg_builder.views.selection.overview import ENTITIES, RELATIONS, connecting

_LABELS = {"Paper", *ENTITIES, "Result", "Metric", "Author", "Organization", "Topic"}
_ABOUT = ("OF", "ON", "AGAINST")
_TYPES = {
    *RELATIONS,
    *_ABOUT,
    "REPORTS",
    "MEASURES",
    "MENTIONS",
    "VARIANT_OF",
    "AUTHORED",
    "PRODUCED_AT",
    "HAS_TOPIC",
    "CITES",
}

#: Authors shown unless all are asked for: a list of hundreds would hide the paper behind its names.
_FEW_AUTHORS = 12

#: Nodes shown unless the reader asks for another number.
_MOST = 400


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick a paper and all that is one step from it, and what its results are about.

    Args:
        graph: the graph.
        wish: `focus` names the paper; `authors` shows all of them.
    """
    index = read(graph, _LABELS, _TYPES)
    paper = index.find(wish.focus, ("Paper",), "paper")
    authors = list(index.entering(paper, "AUTHORED"))
    authors.sort(key=lambda r: (r.properties.get("position") or 0, r.start))
    names = [f"{r.start_label}/{r.start}" for r in authors]
    few = names if wish.authors else names[:_FEW_AUTHORS]
    near = [k for k in index.neighbours(paper) if k not in set(names) and index.nodes[k].label != "Metric"]
    results = [k for k in near if index.nodes[k].label == "Result"]
    about = [k for r in results for k in index.targets(r, *_ABOUT)]
    wanted = list(dict.fromkeys([paper, *near, *about, *few]))
    shown = {paper} | keep_connected(index, wanted[1:], {paper, *results}, wish.most(_MOST) - 1)
    left_out = [*index.notes, *said(index, wanted, shown)]
    if len(few) < len(names):
        left_out.append(
            f"The first {len(few)} of {len(names)} authors are shown; --authors shows all of them."
        )
    weights = graded(index, shown) | {paper: 1.0}
    return Picture(
        view="paper",
        title=index.name(paper),
        description="One paper with what it names, what it reports and who wrote it.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown),
        edges=connecting(index, shown),
        papers=index.papers,
        left_out=tuple(left_out),
        focus=paper,
    )
