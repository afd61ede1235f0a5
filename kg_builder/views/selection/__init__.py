"""What of a graph each view shows: one module a view, each a function from a graph and a wish to a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from kg_builder.errors import ViewError

if TYPE_CHECKING:  # the names of the views stand in the command line's help, which shall come at once
    from kg_builder.graph import Graph
    from kg_builder.views.picture import Picture, Wish

#: The views, in the order of the help text, each with what it shows.
VIEWS: Mapping[str, str] = {
    "overview": "papers with the models, benchmarks and methods they name, and their results",
    "paper": "one paper with everything said about it (--focus)",
    "model": "one model: its variants, what it is based on, who uses and beats it (--focus)",
    "benchmark": "one benchmark with its leaderboard (--focus)",
    "compare": "who is measured against whom, arrows from better to worse",
    "coauthors": "who writes with whom, communities in colours",
    "family": "model families as trees",
    "timeline": "papers and what they name, by date",
    "path": "the shortest ways from one node to another (--source, --target)",
    "diff": "what a load into Neo4j would change, or what differs from an earlier state (--against)",
    "query": "whatever a query gives back, as a graph (its name, or --cypher)",
}

#: Views that need more than a graph: an answer, or another graph.
NEEDING_MORE = frozenset({"query", "diff"})


def select(graph: Graph, name: str, wish: Wish) -> Picture:
    """Pick what a view shows.

    Args:
        graph: the graph.
        name: one of `VIEWS`.
        wish: what the reader asks for.

    Raises:
        ViewError: there is no such view, or what it should show does not exist.
    """
    if name not in VIEWS:
        near = get_close_matches(name.casefold(), VIEWS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the views are {', '.join(VIEWS)}"
        raise ViewError(f"there is no view {name!r}; {hint}")
    choose: Callable[[Graph, Wish], Picture] = import_module(f"{__name__}.{name}").select
    return choose(graph, wish)
