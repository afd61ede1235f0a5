"""Views on demand, of graphs of any size: what a view needs is cut out of a large graph before it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa

from kg_builder.errors import ViewError
from kg_builder.explore.neighbourhood import Neighbourhood, around, between, important, numbers_of
from kg_builder.explore.search import FOUND, search
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.graph import Graph
from kg_builder.views.page import render
from kg_builder.views.picture import Answer, Picture, Wish
from kg_builder.views.viewing import picture

#: Up to so many nodes a view reads the whole graph, and shows what the command shows.
SMALL = 20_000
#: Of a larger graph, so many nodes are cut out, so that a view is drawn within seconds.
CUT = 8_000

#: Views about one thing, and the kinds of things that it may be.
FOCUSED = {
    "paper": ("Paper",),
    "model": ("Model", "Method"),
    "benchmark": ("Benchmark",),
    "compare": ("Model", "Method"),
    "family": ("Model",),
}
#: Steps from what a view is about to what it shows.
_STEPS = {"compare": 4, "family": 8}
#: What a view of no one thing begins with, where it is not papers.
_BEGINS_WITH = {"coauthors": ("Author", "Paper"), "family": ("Model",)}


def view_page(snapshot: SnapshotFile, name: str, wish: Wish) -> str:
    """The page of a view.

    Args:
        snapshot: the graph.
        name: one of `kg_builder.views.selection.VIEWS` that needs a graph alone.
        wish: what the reader asks for; a name with a mistake in it is forgiven.

    Raises:
        ViewError: there is no such view, or what it should show does not exist.
    """
    nodes = snapshot.rows("SELECT count(*) AS n FROM node WHERE label NOT IN ('Passage', 'Source')")[0]["n"]
    if nodes <= SMALL:
        return _page(snapshot.graph, picture(snapshot.graph, name, wish))
    wish = _found(snapshot, name, wish)
    cut = Neighbourhood(snapshot, _chosen(snapshot, name, wish))
    drawn = picture(cut, name, wish)
    what = "around what it is about" if wish.focus or wish.source else "that matter most"
    said = f"Drawn from the {cut.size:,} nodes {what}; the graph has {nodes:,}."
    return _page(cut, replace(drawn, left_out=(said, *drawn.left_out)))


def answer_page(snapshot: SnapshotFile, answer: Answer) -> str:
    """The page of the graph in an answer: its nodes and relationships, and what its values name."""
    texts = list(dict.fromkeys(_texts(answer.rows.rows)))
    cut = Neighbourhood(snapshot, numbers_of(snapshot, texts))
    return _page(cut, picture(cut, "query", Wish(answer=answer)))


def _page(graph: Graph, drawn: Picture) -> str:
    return render(drawn, graph.schema)


def _texts(value: object) -> Iterator[str]:
    """Every text of an answer that could be an id or a name."""
    if isinstance(value, str):
        if 0 < len(value) <= 1_000:
            yield value
            # Nodes and the ends of relationships stand as Label/id.
            yield value.partition("/")[2]
    elif isinstance(value, dict):
        # What a node or a relationship tells of itself names nothing else.
        for key, inner in value.items():
            if key != "properties":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _found(snapshot: SnapshotFile, name: str, wish: Wish) -> Wish:
    """The wish with ids in the place of names."""
    kinds = FOCUSED.get(name, FOUND)

    def exact(text: str | None) -> str | None:
        return text and _identified(snapshot, name, text, kinds)

    return replace(wish, focus=exact(wish.focus), source=exact(wish.source), target=exact(wish.target))


def _identified(snapshot: SnapshotFile, view: str, text: str, kinds: Iterable[str]) -> str:
    for kind in kinds:
        given = snapshot.rows(
            "SELECT label, id FROM node WHERE label = $label AND (id = $text OR label || '/' || id = $text)",
            {"label": kind, "text": text},
        )
        hits = [(r["label"], r["id"]) for r in given]
        hits = hits or [(h.label, h.id) for h in search(snapshot, text, label=kind, most=1).hits]
        if hits:
            return f"{hits[0][0]}/{hits[0][1]}"
    raise ViewError(f"view {view}: the graph has nothing called {text!r} that it could be about")


def _chosen(snapshot: SnapshotFile, name: str, wish: Wish) -> pa.Table:
    if name == "path" and wish.source and wish.target:
        return between(snapshot, wish.source, wish.target, CUT)
    if wish.focus:
        return around(snapshot, wish.focus, CUT, _STEPS.get(name, 2))
    return important(snapshot, _BEGINS_WITH.get(name, ("Paper",)), CUT)
