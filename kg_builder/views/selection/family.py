"""Model families as trees: the widest name on the left, its variants to the right."""

from __future__ import annotations

from math import sqrt

from kg_builder.graph import Graph
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, Place, Wish, edge_of, key
from kg_builder.views.selection.importance import graded

#: Pixels between the generations and between the leaves of a tree.
_ACROSS, _DOWN = 190.0, 46.0
#: Nodes shown unless the reader asks for another number, and the least family among many.
_MOST, _LEAST = 150, 3


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the families of models, or one of them.

    Args:
        graph: the graph.
        wish: `focus`, where given, names any member of the family.
    """
    index = read(graph, {"Model"}, {"VARIANT_OF"})
    focus = index.find(wish.focus, ("Model",), "family") if wish.focus else None
    roots = [_root(index, focus)] if focus else _families(index)
    kept = _kept(index, roots, wish.most(_MOST), least=_LEAST if wish.limit is None else 0)
    members = {k for root in kept for k in _members(index, root)}
    weights = graded(index, members)
    missing = len(roots) - len(kept)
    said = f"Not shown: {missing:,} smaller families; --limit shows more, --focus one of them."
    return Picture(
        view="family",
        title=f"The family of {index.name(focus)}" if focus else "Model families",
        description="Models and their variants, the widest name on the left.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in members),
        edges=tuple(
            edge_of(r)
            for r in index.relationships
            if key("Model", r.start) in members and key("Model", r.end) in members
        ),
        left_out=(said,) if missing else (),
        focus=focus,
        places=_trees(index, kept),
        side="right",
    )


def _root(index: Index, model: str) -> str:
    """The widest name; a circle of names, which should not be, ends where it began."""
    seen = [model]
    for name in seen:
        seen += [k for k in index.targets(name, "VARIANT_OF")[:1] if k not in seen]
    return seen[-1]


def _families(index: Index) -> list[str]:
    """The widest names that have variants, the largest families first."""
    roots = dict.fromkeys(_root(index, k) for k in index.nodes if any(index.leaving(k, "VARIANT_OF")))
    return sorted(roots, key=lambda k: (-len(_members(index, k)), k))


def _kept(index: Index, roots: list[str], most: int, least: int) -> list[str]:
    """The largest families, as many as there is room for, the first in any case."""
    kept = roots[:1]
    room = most - sum(len(_members(index, root)) for root in kept)
    for root in roots[1:]:
        size = len(_members(index, root))
        if size > room or size < least:
            break
        kept.append(root)
        room -= size
    return kept


def _members(index: Index, root: str) -> list[str]:
    members = {root: None}
    for name in (queue := [root]):
        new = [k for k in index.origins(name, "VARIANT_OF") if k not in members]
        members |= dict.fromkeys(new)
        queue += new
    return list(members)


def _trees(index: Index, roots: list[str]) -> dict[str, Place]:
    """Each tree below the one before, a parent beside the middle of its children; then a new column."""
    places: dict[str, Place] = {}
    rows = sum(len(_members(index, root)) for root in roots)
    columns = max(round(sqrt(rows * _DOWN / (3 * _ACROSS))), 1)
    height = rows * _DOWN / columns
    left = top = widest = 0.0
    for root in roots:
        if top > height:
            left, top, widest = left + widest + _ACROSS, 0.0, 0.0
        depth, bottom = _tree(index, root, places, left, top)
        widest, top = max(widest, depth), bottom + _DOWN
    return places


def _tree(index: Index, root: str, places: dict[str, Place], left: float, top: float) -> tuple[float, float]:
    """Place one tree.

    Returns:
        How far it reaches to the right of ``left``, and where it ends below.
    """
    deepest, row = 0.0, top
    # On the way down a node is put off until its children have their rows.
    stack: list[tuple[str, int, bool]] = [(root, 0, False)]
    seen = {root}
    children: dict[str, list[str]] = {}
    while stack:
        node, depth, back = stack.pop()
        if not back:
            children[node] = [k for k in sorted(set(index.origins(node, "VARIANT_OF"))) if k not in seen]
            seen |= set(children[node])
            stack.append((node, depth, True))
            stack += [(child, depth + 1, False) for child in reversed(children[node])]
            continue
        deepest = max(deepest, depth * _ACROSS)
        if rows := [places[child][1] for child in children[node]]:
            y = (rows[0] + rows[-1]) / 2
        else:
            y, row = row, row + _DOWN
        places[node] = (left + depth * _ACROSS, y)
    return deepest, row
