"""Model families: one as a tree with the widest name on the left, several as indented lists side by side."""

from __future__ import annotations

from collections.abc import Iterator

from kg_builder.graph import Graph
from kg_builder.views.captions import LINE_COLUMNS, columns
from kg_builder.views.index import Index, read
from kg_builder.views.packing import ASPECT
from kg_builder.views.picture import Picture, Place, ShownNode, Wish, edge_of, key
from kg_builder.views.selection.importance import graded

#: Pixels from row to row, and the least from generation to generation of a tree.
_DOWN, _ACROSS = 24.0, 190.0
#: Pixels by which a list is indented for each generation, and that a column of a name and the gap behind it take.
_INDENT, _COLUMN, _GAP = 26.0, 9.5, 40.0
#: Where the reader asks for no number: nodes shown, those of one family, and the least family among many.
_MOST, _MOST_OF_ONE, _LEAST = 120, 20, 3
#: Radius in pixels of the least and of the widest name: rows lie close.
_RADII = (5.0, 9.0)


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the families of models, or one of them.

    Args:
        graph: the graph.
        wish: `focus`, where given, names any member of the family, which is then shown whole.
    """
    index = read(graph, {"Model"}, {"VARIANT_OF"})
    focus = index.find(wish.focus, ("Model",), "family") if wish.focus else None
    roots = [_root(index, focus)] if focus else _families(index)
    kept = _kept(index, roots, wish, whole=focus is not None)
    members = {k for family in kept.values() for k in family}
    weights = graded(index, members)
    return Picture(
        view="family",
        title=f"The family of {index.name(focus)}" if focus else "Model families",
        description="Models and their variants, the widest name on the left.",
        nodes=tuple(_node(index, k, weights[k]) for k in index.nodes if k in members),
        edges=tuple(
            edge_of(r)
            for r in index.relationships
            if key("Model", r.start) in members and key("Model", r.end) in members
        ),
        left_out=(*index.notes, *_left_out(index, roots, kept)),
        focus=focus,
        places=_tree(index, roots[0], kept[roots[0]]) if focus else _lists(index, kept),
        side="right",
    )


def _node(index: Index, name: str, weight: float) -> ShownNode:
    least, most = _RADII
    return index.shown(name, weight=weight, radius=round(least + (most - least) * weight, 1))


def _left_out(index: Index, roots: list[str], kept: dict[str, list[str]]) -> tuple[str, ...]:
    """A sentence on the families and the variants that are not shown, or nothing."""
    families = len(roots) - len(kept)
    variants = sum(len(_members(index, root)) - len(shown) for root, shown in kept.items())
    parts = [f"{families:,} smaller families"] if families else []
    parts += [f"{variants:,} variants of those shown"] if variants else []
    if not parts:
        return ()
    return (f"Not shown: {' and '.join(parts)}; --limit shows more, --focus one family whole.",)


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


def _kept(index: Index, roots: list[str], wish: Wish, whole: bool) -> dict[str, list[str]]:
    """The members shown of the largest families, as many as there is room for, the first in any case."""
    usual = wish.limit is None and not whole
    room = wish.most(len(index.nodes) if whole else _MOST)
    kept: dict[str, list[str]] = {}
    for root in roots:
        members = _members(index, root)
        shown = members[:_MOST_OF_ONE] if usual else members
        if kept and (len(shown) > room or (usual and len(members) < _LEAST)):
            break
        kept[root] = shown
        room -= len(shown)
    return kept


def _members(index: Index, root: str) -> list[str]:
    """A family, the nearest generations first, in each those with the most variants."""
    members = {root: None}
    for name in (queue := [root]):
        new = [k for k in index.origins(name, "VARIANT_OF") if k not in members]
        new.sort(key=lambda k: (-len(index.origins(k, "VARIANT_OF")), k))
        members |= dict.fromkeys(new)
        queue += new
    return list(members)


def _walk(index: Index, root: str, members: list[str]) -> Iterator[tuple[str, int, bool]]:
    """A family from top to bottom: a member, its generation, and whether it has variants among the members."""
    left = set(members) - {root}
    stack = [(root, 0)]
    while stack:
        name, generation = stack.pop()
        children = sorted(k for k in set(index.origins(name, "VARIANT_OF")) if k in left)
        left -= set(children)
        stack += [(child, generation + 1) for child in reversed(children)]
        yield name, generation, bool(children)


def _lists(index: Index, families: dict[str, list[str]]) -> dict[str, Place]:
    """Each family as a list, a line a member, indented by generation; the lists stand in columns."""
    tried = (_columns(index, families, count) for count in range(1, max(len(families), 1) + 1))
    return min(tried, key=_extent)


def _extent(places: dict[str, Place]) -> float:
    """The side of the screen that a picture needs."""
    xs, ys = zip(*(places.values() or [(0.0, 0.0)]), strict=True)
    width, height = max(xs) + LINE_COLUMNS * _COLUMN, max(ys)
    return float(max(width / ASPECT, height))


def _columns(index: Index, families: dict[str, list[str]], count: int) -> dict[str, Place]:
    height = sum(len(members) + 1 for members in families.values()) / count
    places: dict[str, Place] = {}
    left = widest = 0.0
    row = 0
    for root, members in families.items():
        # A list that would end far below the others begins a new column.
        if row and row + len(members) / 2 > height:
            left, widest, row = left + widest, 0.0, 0
        for name, generation, _ in _walk(index, root, members):
            places[name] = (left + generation * _INDENT, row * _DOWN)
            wide = min(columns(index.name(name)), LINE_COLUMNS) * _COLUMN + _GAP
            widest = max(widest, generation * _INDENT + wide)
            row += 1
        row += 1
    return places


def _tree(index: Index, root: str, members: list[str]) -> dict[str, Place]:
    """One family as a tree, a parent beside the middle of its children."""
    family = list(_walk(index, root, members))
    height = sum(not parent for _, _, parent in family) * _DOWN
    # As wide as it is high, so that names have room between the generations.
    deepest = max(generation for _, generation, _ in family)
    across = max(_ACROSS, height * ASPECT / (deepest + 1.6))
    places: dict[str, Place] = {}
    below: dict[int, list[float]] = {}
    # From the bottom to the top, children come before their parent.
    bottom = height
    for name, generation, parent in reversed(family):
        if parent:
            rows = below.pop(generation + 1)
            y = (rows[0] + rows[-1]) / 2
        else:
            bottom -= _DOWN
            y = bottom
        below.setdefault(generation, []).append(y)
        places[name] = (generation * across, y)
    return places
