"""One model: its family, what it is based on, and the papers and results in which it stands."""

from __future__ import annotations

from kg_builder.graph import Graph
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, Wish
from kg_builder.views.selection.importance import graded, keep_connected, said
from kg_builder.views.selection.overview import ENTITIES, RELATIONS, connecting

_TYPES = {*RELATIONS, "MENTIONS", "VARIANT_OF", "REPORTS", "OF", "ON", "AGAINST", "MEASURES"}

#: Nodes shown unless the reader asks for another number.
_MOST = 90
#: Where not all fit: how many of them are kin, papers, and what these are about; results have the rest.
_SHARES = (0.15, 0.45, 0.25)


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick a model (or a method) and what is said of it.

    Args:
        graph: the graph.
        wish: `focus` names the model.
    """
    index = read(graph, {"Paper", *ENTITIES, "Result", "Metric"}, _TYPES)
    model = index.find(wish.focus, ("Model", "Method"), "model")
    wanted = _around(index, model)
    shown = _choose(index, model, wanted, wish.most(_MOST))
    weights = graded(index, shown) | {model: 1.0}
    return Picture(
        view="model",
        title=index.name(model),
        description="One model with its family, what it is based on, and the papers and results that name it.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown),
        edges=connecting(index, shown),
        papers=index.papers,
        left_out=(*index.notes, *said(index, wanted, shown)),
        focus=model,
    )


def _choose(index: Index, model: str, wanted: list[str], most: int) -> set[str]:
    """The model's family, the papers with the most votes, what these have most to do with, and their results."""
    if len(wanted) <= most:
        return set(wanted)
    kin = [*_wider(index, model), *index.neighbours(model, "VARIANT_OF", "BASED_ON")]
    of_label = {
        label: [k for k in wanted if index.nodes[k].label == label and k not in kin]
        for label in ("Paper", *ENTITIES, "Result")
    }
    things = [k for label in ENTITIES for k in of_label[label]]
    shown = {model}
    for candidates, share in zip((kin, of_label["Paper"], things), _SHARES, strict=True):
        shown |= keep_connected(index, [k for k in candidates if k not in shown], shown, int(most * share))
    # What is measured between nodes that are not shown says nothing.
    return shown | keep_connected(index, of_label["Result"], shown, most - len(shown))


def _around(index: Index, model: str) -> list[str]:
    """Keys of what stands around a model, itself first."""
    near = index.neighbours(model)
    wider = [k for k in _wider(index, model) if k != model]
    results = [k for k in near if index.nodes[k].label == "Result"]
    of_results = [
        k for r in results for k in (*index.targets(r, "ON", "OF", "AGAINST"), *index.origins(r, "REPORTS"))
    ]
    return list(dict.fromkeys([model, *near, *wider, *of_results]))


def _wider(index: Index, model: str) -> list[str]:
    """The chain of wider names, up to the family."""
    chain = [model]
    for name in chain:
        chain += [k for k in index.targets(name, "VARIANT_OF") if k not in chain]
    return chain
