"""A picture as a pyvis network: pyvis holds nodes, edges and options; the page is written by `page`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg_builder.views.arrangement import arranged
from kg_builder.views.captions import caption, columns, wrapped
from kg_builder.views.links import web_link
from kg_builder.views.palette import look
from kg_builder.views.picture import Picture, Place, ShownEdge, ShownNode

#: Radius in pixels of the least and of the most important node of a label.
_RADII = {"Paper": (9.0, 20.0), "Result": (7.5, 7.5)}
_USUAL_RADII = (7.5, 18.0)

#: Pixels that a column and a line of a label take.
_COLUMN, _LINE = 6.6, 14.0

#: Evidence properties that go to the page as such; `start` and `end` only place the mention in the sentence.
_EVIDENCE = frozenset({"evidence", "mention", "mention_start", "mention_end", "start", "end", "passage"})
#: What a reader of the page has no use for.
_UNSEEN = frozenset({"sources", "extractor"})

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False, "barnesHut": {"springLength": 95, "damping": 0.4}},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "tooltipDelay": 0},
    "nodes": {"chosen": False, "font": {"size": 0}},
    "edges": {"chosen": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}


def network(picture: Picture, cache: Path | None = None) -> tuple[Network, list[str]]:
    """The pyvis network of a picture, with every node in its place.

    Nodes and edges are put into pyvis's lists directly: its own `add_edge` looks through all edges for each
    (15,000 take ten seconds) and drops parallel ones.

    Args:
        picture: what is shown.
        cache: folder in which layouts are kept; none are without it.

    Returns:
        The network, and the evidence sentences that its edges refer to by number.
    """
    net = Network(directed=True, cdn_resources="in_line")
    net.options = OPTIONS
    numbers = {node.key: number for number, node in enumerate(picture.nodes)}
    ends = [(numbers[e.start], numbers[e.end], e.strength) for e in picture.edges]
    found = arranged(picture, [box(node) for node in picture.nodes], ends, cache)
    for number, node in enumerate(picture.nodes):
        item = _node(node, number, found.places[number])
        if found.communities is not None:
            item["cluster"] = int(found.communities[number])
        if node.within is not None:
            item["within"] = numbers[node.within]
        net.nodes.append(item)
    net.node_ids = list(range(len(net.nodes)))
    net.node_map = dict(enumerate(net.nodes))
    texts: dict[str, int] = {}
    parallel: dict[tuple[int, int], int] = {}
    for number, edge in enumerate(picture.edges):
        item = _edge(edge, number, numbers, texts)
        pair = (min(item["from"], item["to"]), max(item["from"], item["to"]))
        item["lane"] = parallel[pair] = parallel.get(pair, -1) + 1
        net.edges.append(item)
    return net, list(texts)


def radius(node: ShownNode) -> float:
    """How big a node is drawn, in pixels."""
    if node.radius is not None:
        return node.radius
    least, most = _RADII.get(node.label, _USUAL_RADII)
    return round(least + (most - least) * min(max(node.weight, 0.0), 1.0), 1)


def _words(node: ShownNode) -> str:
    return caption(node.label, node.name) if node.caption is None else wrapped(node.caption, 2)


def box(node: ShownNode) -> tuple[float, float]:
    """Width and height that a node and the label below it take."""
    lines = _words(node).split("\n")
    size = 2 * radius(node)
    # Hundreds of authors may stand around one paper: their labels take what room is left.
    if node.label == "Author" and node.weight == 0:
        return size + 4, size + 4
    return max(size, _COLUMN * max(map(columns, lines))) + 12, size + _LINE * len(lines) + 12


def _node(node: ShownNode, number: int, place: Place) -> dict[str, Any]:
    properties = {k: v for k, v in node.properties.items() if k not in _UNSEEN}
    link = web_link(properties.get("url"))
    if link:
        del properties["url"]
    return _without_nothing(
        {
            "id": number,
            "key": node.key,
            "group": node.group or node.label,
            "label": _words(node),
            "name": node.name,
            "shape": look(node.group or node.label).shape,
            "size": radius(node),
            "weight": round(node.weight, 3),
            "colour": node.colour,
            "x": int(place[0]),
            "y": int(place[1]),
            "date": node.date,
            "link": link,
            "properties": properties,
        }
    )


def _edge(edge: ShownEdge, number: int, numbers: dict[str, int], texts: dict[str, int]) -> dict[str, Any]:
    found = edge.properties
    item: dict[str, Any] = {
        "id": number,
        "from": numbers[edge.start],
        "to": numbers[edge.end],
        "type": edge.type,
        "caption": edge.caption or None,
        "confidence": None if found.get("confidence") is None else round(found["confidence"], 3),
        "paper": _paper(edge),
        "properties": {k: v for k, v in found.items() if k not in _EVIDENCE | _UNSEEN | {"confidence"}}
        or None,
    }
    if found.get("evidence"):
        item["text"] = texts.setdefault(found["evidence"], len(texts))
        item["mention"] = _mention(found)
    return _without_nothing(item)


def _mention(found: dict[str, Any]) -> list[int] | None:
    """Where in the evidence sentence the mention stands, in code points; nothing where it stands elsewhere."""
    start, first, last = found.get("start"), found.get("mention_start"), found.get("mention_end")
    if start is None or first is None or last is None:
        return None
    inside = 0 <= first - start < last - start <= len(found["evidence"])
    return [first - start, last - start] if inside else None


def _paper(edge: ShownEdge) -> str | None:
    """The id of the paper whose text is the evidence: a passage's id begins with it."""
    passage = edge.properties.get("passage")
    return passage.rsplit("/", 2)[0] if passage else None


def _without_nothing(item: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in item.items() if v is not None}
