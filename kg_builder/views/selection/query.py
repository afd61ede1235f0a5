"""The answer of a query as a picture: its nodes, relationships and paths, and the nodes that its values name.

A column of plain values is taken for nodes where nearly all of them are the id or the name of exactly one: of the
label that the column is called by (``paper``, ``models``), else of any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.errors import ViewError
from kg_builder.graph import ENDPOINTS, Graph, Node, Relationship, known
from kg_builder.stores.rows import Rows
from kg_builder.views.captions import full_name, printable
from kg_builder.views.index import Index
from kg_builder.views.picture import Cell, Picture, ShownEdge, Table, Wish, edge_of, key, key_of
from kg_builder.views.selection.importance import graded
from kg_builder.views.selection.overview import connecting
from kg_builder.views.selection.reading import matching, read_nodes

#: Nodes shown unless the reader asks for another number.
_MOST = 1_000
#: The share of a column's values that must name a node for the column to be one of nodes.
_CLEAR = 0.8
#: Rows of the table beside the picture.
_TABLE_ROWS = 500
#: Never named by a value: a passage is text, a source a hash, a result a number.
_NEVER_NAMED = {"Passage", "Source", "Result"}
_ROW = "SAME_ROW"
_MEANINGS = {_ROW: "Both stand in one row of the answer; no relationship of the graph joins them directly."}

#: Keys of the nodes that a row holds, those of each cell.
_Found = list[list[list[str]]]


def select(graph: Graph, wish: Wish) -> Picture:
    """Show what a query gave back.

    Args:
        graph: the graph that was asked, or one that holds the same nodes.
        wish: `answer` is what is shown; `limit` bounds the number of nodes, those of the first rows are kept.

    Returns:
        A picture with the answer as a table. Where the answer has relationships, they are drawn, else those
        that the graph has among the nodes; nodes of one row that nothing joins are joined by the row.
    """
    if wish.answer is None:
        raise ViewError("view query: say which query, by its name or by --cypher")
    rows = wish.answer.rows
    nodes, relationships = _graph_values(rows)
    nodes |= read_nodes(graph, _ends(relationships) - nodes.keys())
    named = _named(graph, rows)
    nodes |= named.nodes
    index = Index(graph.schema, nodes.values(), relationships or _among(graph, nodes))
    cells = _cells(rows, named.columns)
    order = list(dict.fromkeys(k for row in cells for cell in row for k in cell if k in nodes))
    order = list(dict.fromkeys([*order, *nodes]))
    shown = set(order[: wish.most(_MOST)])
    weights = graded(index, shown)
    if relationships:
        drawn = (edge_of(r) for r in index.relationships)
        edges = tuple(e for e in drawn if e.start in shown and e.end in shown)
    else:
        edges = tuple(_edges(connecting(index, shown), rows, cells, shown))
    return Picture(
        view="query",
        title=wish.answer.title,
        description=wish.answer.description or "What a query gave back.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown),
        edges=edges,
        papers=index.papers | _cited(graph, edges),
        left_out=_left_out(order, shown, rows),
        meanings=_MEANINGS,
        table=_table(rows, cells, wish.answer.title),
    )


def _cited(graph: Graph, edges: Iterable[ShownEdge]) -> dict[str, tuple[str, str | None]]:
    """Title and link of the papers whose sentences are the evidence, by id."""
    passages = {e.properties["passage"] for e in edges if "passage" in e.properties}
    papers = read_nodes(graph, {key("Paper", p.rsplit("/", 2)[0]) for p in passages})
    return {n.id: (full_name(n, "title"), n.properties.get("url")) for n in papers.values()}


def _graph_values(rows: Rows) -> tuple[dict[str, Node], list[Relationship]]:
    """The nodes and relationships that stand in the answer as such, in paths and lists too."""
    nodes: dict[str, Node] = {}
    relationships: dict[str, Relationship] = {}
    for value in (v for row in rows.rows for cell in row for v in _values(cell)):
        if value.get("type") == "node":
            node = _node(value)
            nodes.setdefault(key_of(node), node)
        else:
            relationship = _relationship(value)
            relationships.setdefault(relationship.id, relationship)
    return nodes, list(relationships.values())


def _values(cell: Any) -> Iterator[Mapping[str, Any]]:
    """The nodes and relationships in a cell, however deep."""
    if isinstance(cell, Mapping):
        if cell.get("type") in {"node", "relationship"} and "properties" in cell:
            yield cell
        else:
            for value in cell.values():
                yield from _values(value)
    elif isinstance(cell, list | tuple):
        for value in cell:
            yield from _values(value)


def _node(value: Mapping[str, Any]) -> Node:
    label, _, identity = str(value["id"]).partition("/")
    return Node(label, identity, dict(value["properties"]))


def _relationship(value: Mapping[str, Any]) -> Relationship:
    start, _, start_id = str(value["start"]["id"]).partition("/")
    end, _, end_id = str(value["end"]["id"]).partition("/")
    return Relationship(value["label"], start, start_id, end, end_id, dict(value["properties"]))


def _ends(relationships: Iterable[Relationship]) -> set[str]:
    return {k for r in relationships for k in (key(r.start_label, r.start), key(r.end_label, r.end))}


class _Named(NamedTuple):
    """The nodes that plain values of an answer name.

    Args:
        columns: of each column of nodes, the key of the node that a text names.
        nodes: those nodes by key.
    """

    columns: dict[int, dict[str, str]]
    nodes: dict[str, Node]


def _named(graph: Graph, rows: Rows) -> _Named:
    """Find the columns whose values name nodes, and those nodes."""
    texts = {i: set(_texts(row[i] for row in rows.rows)) for i in range(len(rows.columns))}
    wanted = set().union(*texts.values()) if texts else set()
    found = _candidates(graph, wanted)
    columns: dict[int, dict[str, str]] = {}
    nodes: dict[str, Node] = {}
    for i, values in texts.items():
        chosen = _clear(values, found, _label_of(graph, rows.columns[i]))
        if values and len(chosen) >= _CLEAR * len(values):
            columns[i] = {text: key_of(node) for text, node in chosen.items()}
            nodes |= {key_of(node): node for node in chosen.values()}
    return _Named(columns, nodes)


def _texts(cells: Iterable[Any]) -> Iterator[str]:
    for cell in cells:
        if isinstance(cell, str) and cell:
            yield cell
        elif isinstance(cell, list):
            yield from (value for value in cell if isinstance(value, str) and value)


def _label_of(graph: Graph, column: str) -> str | None:
    """The label that a column is called by, in the singular or the plural."""
    plain = column.rsplit(".", 1)[0].casefold()
    return next(
        (label for label in graph.schema.labels if plain in (label.casefold(), f"{label.casefold()}s")), None
    )


def _candidates(graph: Graph, wanted: set[str]) -> dict[str, list[Node]]:
    """The nodes whose id or name each text is; those of an id come first."""
    found: dict[str, list[Node]] = defaultdict(list)
    values = pa.array(sorted(wanted), pa.string())
    for by_id in (True, False):
        for label, description in graph.schema.labels.items():
            column = "id" if by_id else description.caption
            if label in _NEVER_NAMED or (column == "id") is not by_id or not wanted:
                continue
            for node in matching(graph, label, column, values):
                text = str(node.properties[column])
                if all(key_of(other) != key_of(node) for other in found[text]):
                    found[text].append(node)
    return found


def _clear(values: Iterable[str], found: Mapping[str, Sequence[Node]], label: str | None) -> dict[str, Node]:
    """The values that name exactly one node (of a label, where the column says so)."""
    clear: dict[str, Node] = {}
    for value in sorted(values):
        candidates = [n for n in found.get(value, ()) if label is None or n.label == label]
        exact = [n for n in candidates if n.id == value] or candidates
        if len(exact) == 1:
            clear[value] = exact[0]
    return clear


def _among(graph: Graph, nodes: Mapping[str, Node]) -> Iterator[Relationship]:
    """The relationships that the graph has among some nodes."""
    ids = pa.array(sorted({n.id for n in nodes.values()}), pa.string())
    labels = {n.label for n in nodes.values()}
    for kind, description in graph.schema.relationships.items():
        if not (labels & set(description.starts) and labels & set(description.ends)):
            continue
        for batch in graph.relationships(kind):
            both = pc.and_(pc.is_in(batch.column("start_id"), ids), pc.is_in(batch.column("end_id"), ids))
            for row in batch.filter(both).to_pylist():
                start_label, start, end_label, end = (row.pop(name) for name in ENDPOINTS)
                if key(start_label, start) in nodes and key(end_label, end) in nodes:
                    yield Relationship(kind, start_label, start, end_label, end, known(row))


def _cells(rows: Rows, columns: Mapping[int, Mapping[str, str]]) -> _Found:
    """The keys of the nodes that each cell holds or names."""

    def keys(cell: Any, names: Mapping[str, str]) -> list[str]:
        nodes = [key_of(_node(v)) for v in _values(cell) if v["type"] == "node"]
        return nodes + [names[text] for text in _texts([cell]) if text in names]

    return [[keys(cell, columns.get(i, {})) for i, cell in enumerate(row)] for row in rows.rows]


def _edges(edges: Sequence[ShownEdge], rows: Rows, cells: _Found, shown: set[str]) -> Iterator[ShownEdge]:
    """The edges of relationships; and for each row, what joins its first node to those left over."""
    yield from edges
    joined = {frozenset((e.start, e.end)) for e in edges}
    for row, found in zip(rows.rows, cells, strict=True):
        first, *others = list(dict.fromkeys(k for cell in found for k in cell if k in shown)) or [""]
        for other in others:
            if frozenset((first, other)) not in joined:
                joined.add(frozenset((first, other)))
                yield ShownEdge(_ROW, first, other, _plain_values(rows, row, found), strength=0.5)


def _plain_values(rows: Rows, row: list[Any], found: list[list[str]]) -> dict[str, Any]:
    """The values of a row that name no node, as properties of the edge that stands for the row."""
    plain = {c: v for c, v, keys in zip(rows.columns, row, found, strict=True) if not keys}
    return {c: v for c, v in plain.items() if isinstance(v, str | int | float) and v != ""}


def _table(rows: Rows, cells: _Found, title: str) -> Table:
    lines = [
        tuple(Cell(_text(value), keys[0] if keys else None) for value, keys in zip(row, found, strict=True))
        for row, found in zip(rows.rows[:_TABLE_ROWS], cells, strict=False)
    ]
    return Table(title, rows.columns, tuple(lines))


def _text(value: Any) -> str:
    """A value in one line, as the table shows it."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if value.get("type") == "relationship":
            return str(value["label"])
        if value.get("type") == "path":
            return " – ".join(_text(node) for node in value["nodes"])
        found = value.get("properties", {})
        return printable(str(found.get("name") or found.get("title") or value.get("id") or dict(value)))[:200]
    if isinstance(value, list | tuple):
        return ", ".join(_text(v) for v in value[:20])
    if isinstance(value, float):
        return f"{value:.6g}"
    return printable(str(value))[:300]


def _left_out(order: list[str], shown: set[str], rows: Rows) -> tuple[str, ...]:
    sentences = []
    if missing := len(order) - len(shown):
        sentences.append(
            f"Not shown: {missing:,} nodes. Those of the first rows are kept; --limit shows more."
        )
    if rows.truncated:
        sentences.append(f"The query has more rows than the {len(rows.rows):,} that were fetched.")
    if len(rows.rows) > _TABLE_ROWS:
        sentences.append(
            f"The table beside the picture holds the first {_TABLE_ROWS} of {len(rows.rows):,} rows."
        )
    if not order:
        sentences.append(
            "Nothing in the answer is a node of the graph or names one; the table holds all of it."
        )
    return tuple(sentences)
