"""What changes: nodes and relationships that are added, changed and removed, told apart by colour, shape and sign."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kg_builder.errors import ViewError
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.changes import Action, Change
from kg_builder.views.captions import caption, printable
from kg_builder.views.picture import Cell, Picture, ShownEdge, ShownNode, Table, Wish, key
from kg_builder.views.selection.importance import plural
from kg_builder.views.selection.reading import read_nodes
from kg_builder.views.wording import wording

#: Nodes shown unless the reader asks for another number, and rows of the table.
_MOST, _TABLE_ROWS = 200, 500
#: Told of in numbers only: a paper's passages and sources come and go with it, and its authors' ties with them.
_UNSHOWN = {"Passage", "Source", "CO_AUTHORED"}
_UNCHANGED = "Unchanged"
#: By action: the group of nodes, the type of edges and the sign before the name.
_SIGNS: Mapping[Action, tuple[str, str, str]] = {
    "add": ("Added", "ADDED", "+"),
    "change": ("Changed", "CHANGED", "~"),
    "remove": ("Removed", "REMOVED", "−"),
    "release": ("Left alone", "LEFT_ALONE", "="),
    "leave": ("Left alone", "LEFT_ALONE", "="),
}
_MEANINGS = {
    "Added": "A node that is new (+).",
    "Changed": "A node of which a property differs (~).",
    "Removed": "A node that goes (−).",
    "Left alone": "A node that somebody else needs: it is not touched (=).",
    _UNCHANGED: "A node that stays as it is; a relationship of it changes.",
    "ADDED": "A relationship that is new (+).",
    "CHANGED": "A relationship of which a property differs (~).",
    "REMOVED": "A relationship that goes (−).",
    "LEFT_ALONE": "A relationship that somebody else needs: it is not touched (=).",
}


def select(graph: Graph, wish: Wish) -> Picture:
    """Show changes, and the nodes that changed relationships join.

    Args:
        graph: the graph after the changes; names are read from it.
        wish: `changes` is what is shown; `limit` bounds the number of nodes.
    """
    if wish.changes is None:
        raise ViewError("view diff: say against what, by --against and a workspace or an export")
    changes = [c for c in wish.changes.changes if not _is_unshown(c)]
    nodes = {key(c.name, c.key[0]): c for c in changes if c.is_node}
    relationships = [c for c in changes if not c.is_node]
    degrees = Counter(end for c in relationships for end in _ends(c))
    order = sorted({*nodes, *degrees}, key=lambda k: (k not in nodes, -degrees[k], k))
    shown = set(order[: wish.most(_MOST)])
    tabled = {k for c in changes[:_TABLE_ROWS] for k in _keys(c)}
    names = _names(graph, shown | tabled, nodes)
    most = max(degrees.values(), default=1)
    return Picture(
        view="diff",
        title=wish.changes.title,
        description=wish.changes.description,
        nodes=tuple(_node(k, nodes.get(k), names[k], degrees[k] / most) for k in order if k in shown),
        edges=tuple(_edge(c) for c in relationships if shown.issuperset(_ends(c))),
        left_out=_left_out(wish.changes.changes, order, shown),
        meanings=_MEANINGS,
        table=_table(changes, names),
    )


def _is_unshown(change: Change) -> bool:
    labels = (change.name,) if change.is_node else (change.name, change.key[0], change.key[2])
    return not _UNSHOWN.isdisjoint(labels)


def _keys(change: Change) -> tuple[str, ...]:
    """The keys of the nodes that a change is about."""
    return (key(change.name, change.key[0]),) if change.is_node else _ends(change)


def _ends(change: Change) -> tuple[str, str]:
    start_label, start, end_label, end = change.key
    return key(start_label, start), key(end_label, end)


def _names(graph: Graph, shown: set[str], nodes: Mapping[str, Change]) -> dict[str, str]:
    """What each node is called: as the graph has it, for one that goes as it was called, else by its id."""
    names = {k: k.partition("/")[2] for k in shown}
    for k, change in nodes.items():
        told = change.before | change.properties
        caption_of = (
            graph.schema.labels[change.name].caption if change.name in graph.schema.labels else "name"
        )
        if k in names and told.get(caption_of):
            names[k] = str(told[caption_of])
    for k, node in read_nodes(graph, shown).items():
        names[k] = str(node.properties.get(graph.schema.labels[node.label].caption) or node.id)
    return names


def _node(identity: str, change: Change | None, name: str, weight: float) -> ShownNode:
    label, _, node = identity.partition("/")
    group, _, sign = _SIGNS[change.action] if change else (_UNCHANGED, "", "")
    return ShownNode(
        label,
        node,
        name,
        {"label": label, "id": node} | (_told(change) if change else {}),
        caption=f"{sign} {caption(label, name)}".strip(),
        weight=weight,
        group=group,
    )


def _edge(change: Change) -> ShownEdge:
    start, end = _ends(change)
    _, type_, sign = _SIGNS[change.action]
    return ShownEdge(type_, start, end, _told(change), f"{sign} {wording(change.name)[0]}")


def _told(change: Change) -> dict[str, Any]:
    """The properties of a change, each that differs as it was and as it will be."""
    told: dict[str, Any] = {"reason": change.reason} if change.reason else {}
    for name, value in {**change.before, **change.properties}.items():
        # What begins so is the mark that a load leaves in Neo4j, of no use to a reader.
        if name.startswith("_"):
            continue
        if change.action == "change":
            told[name] = f"{_value(change.before.get(name))} → {_value(change.properties.get(name))}"
        elif name != "id":
            told[name] = value
    return told


def _value(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _table(changes: Sequence[Change], names: Mapping[str, str]) -> Table:
    rows = []
    for change in changes[:_TABLE_ROWS]:
        sign = _SIGNS[change.action][2]
        cells = [Cell(printable(names[k])[:120], k) for k in _keys(change)]
        cells += [Cell("")] * (2 - len(cells))
        rows.append((Cell(f"{sign} {change.name}"), *cells))
    return Table("Changes", ("Change", "What", "To"), tuple(rows))


def _left_out(changes: Sequence[Change], order: Sequence[str], shown: set[str]) -> tuple[str, ...]:
    sentences = []
    if missing := len(order) - len(shown):
        sentences.append(f"Not shown: {missing:,} nodes with fewer changes; --limit shows more.")
    unshown: dict[str, Counter[Action]] = defaultdict(Counter)
    for change in changes:
        if change.name in _UNSHOWN:
            unshown[change.name][change.action] += 1
    for name, counts in sorted(unshown.items()):
        told = ", ".join(f"{n:,} {_SIGNS[a][0].lower()}" for a, n in sorted(counts.items()))
        what = "co-authorships" if name == "CO_AUTHORED" else plural(name, 2)
        sentences.append(f"Not drawn: {what} ({told}).")
    if not changes:
        sentences.append("Nothing differs.")
    return tuple(sentences)
