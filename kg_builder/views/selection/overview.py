"""The overview: papers, the models, benchmarks and methods that they name, and the results they report."""

from __future__ import annotations

from collections.abc import Collection

from kg_builder.graph import Graph, Relationship
from kg_builder.views.index import Index, read
from kg_builder.views.picture import Picture, ShownEdge, Wish, edge_of, key
from kg_builder.views.selection.importance import graded, keep_connected, said

ENTITIES = ("Model", "Benchmark", "Method")
#: What a paper says of an entity; MENTIONS is drawn only where it says no more than that.
RELATIONS = ("INTRODUCES", "USES", "EVALUATES", "EVALUATES_ON", "COMPARES_WITH", "BASED_ON")
_RESULT_TYPES = ("REPORTS", "OF", "ON", "AGAINST")

#: Nodes shown unless the reader asks for another number.
_MOST = 320
#: How many of the nodes of a picture that cannot show all are papers.
_PAPERS = 0.3


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the papers with the most votes, what connects them, and their results.

    Args:
        graph: the graph.
        wish: `authors` adds authors and organisations; `limit` bounds the number of nodes.
    """
    labels = {"Paper", *ENTITIES, "Result", "Metric"}
    types = {*RELATIONS, *_RESULT_TYPES, "MENTIONS", "VARIANT_OF", "MEASURES"}
    if wish.authors:
        labels |= {"Author", "Organization"}
        types |= {"AUTHORED", "AFFILIATED_WITH", "PRODUCED_AT"}
    index = read(graph, labels, types)
    shown, left_out = _choose(index, wish)
    edges = connecting(index, shown)
    weights = graded(index, shown)
    return Picture(
        view="overview",
        title="Overview",
        description="Papers, the models, benchmarks and methods that they name, and the results they report.",
        nodes=tuple(index.shown(k, weight=weights[k]) for k in index.nodes if k in shown),
        edges=edges,
        papers=index.papers,
        left_out=left_out,
        faint=("MENTIONS",) if len(edges) > _FAINT_FROM else (),
    )


#: From this many edges on, mere mentions are not drawn until the reader asks for them.
_FAINT_FROM = 250


def _choose(index: Index, wish: Wish) -> tuple[set[str], tuple[str, ...]]:
    """The keys of the nodes to be shown, and what is said of the rest."""
    hidden = {"Metric"}
    wanted = [k for k, n in index.nodes.items() if n.label not in hidden and not _bare_family(index, k)]
    most = wish.most(_MOST)
    if len(wanted) <= most:
        return set(wanted), ()
    # Results are the leaves: where not all nodes fit, they give way to what connects papers.
    shown: set[str] = set()
    for labels, share in (
        (("Paper",), _PAPERS),
        (ENTITIES, 0.6 if wish.authors else 1.0),
        (("Author", "Organization"), 1.0),
    ):
        candidates = [k for k in wanted if index.nodes[k].label in labels]
        shown |= keep_connected(index, candidates, shown, int((most - len(shown)) * share))
    return shown, said(index, wanted, shown)


def _bare_family(index: Index, node: str) -> bool:
    """Whether a model stands only for a wider name that joins fewer than two others."""
    if index.nodes[node].label != "Model":
        return False
    kinds = [r.type for r in (*index.leaving(node), *index.entering(node))]
    return all(kind == "VARIANT_OF" for kind in kinds) and len(kinds) < 2


def connecting(index: Index, shown: Collection[str]) -> tuple[ShownEdge, ...]:
    """The edges among the nodes shown; a mention is left out where something more exact is said of the pair."""
    told = {
        (key(r.start_label, r.start), key(r.end_label, r.end))
        for r in index.relationships
        if r.type in RELATIONS
    }

    def visible(relationship: Relationship) -> bool:
        pair = (
            key(relationship.start_label, relationship.start),
            key(relationship.end_label, relationship.end),
        )
        if pair[0] not in shown or pair[1] not in shown:
            return False
        return relationship.type != "MENTIONS" or pair not in told

    return tuple(edge_of(r, strength=_PULL.get(r.type, 1.0)) for r in index.relationships if visible(r))


#: A result stays close to its paper; what it is about must not pull papers together.
_PULL = {"REPORTS": 2.0, "INTRODUCES": 2.0, "OF": 0.5, "ON": 0.3, "AGAINST": 0.3, "MENTIONS": 0.5}
