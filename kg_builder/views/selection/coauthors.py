"""Who writes with whom: the strongest ties, communities in colours."""

from __future__ import annotations

import random
from zlib import crc32

import igraph

from kg_builder.graph import Graph, Relationship
from kg_builder.views.index import read
from kg_builder.views.picture import Picture, Wish, edge_of, key

#: Ties drawn of each author: more would make a ball of every paper with many authors.
_STRONGEST = 5
_SEED = 7
#: Nodes shown unless the reader asks for another number.
_MOST = 300


def select(graph: Graph, wish: Wish) -> Picture:
    """Pick the authors with the most papers, and the strongest ties among them.

    Args:
        graph: the graph.
        wish: `focus`, where given, keeps one author, the co-authors, and theirs among themselves.
    """
    index = read(graph, {"Author", "Paper"}, {"CO_AUTHORED", "AUTHORED"})
    authors = [k for k, n in index.nodes.items() if n.label == "Author"]
    focus = index.find(wish.focus, ("Author",), "coauthors") if wish.focus else None
    wanted = [focus, *index.neighbours(focus, "CO_AUTHORED")] if focus else authors
    papers = {k: len(index.targets(k, "AUTHORED")) for k in wanted}
    ties = {k: len(index.neighbours(k, "CO_AUTHORED")) for k in wanted}
    shown = set(sorted(wanted, key=lambda k: (k != focus, -papers[k], -ties[k], k))[: wish.most(_MOST)])
    among = [
        r
        for r in index.relationships
        if r.type == "CO_AUTHORED" and key("Author", r.start) in shown and key("Author", r.end) in shown
    ]
    drawn = _strongest(among)
    groups = _communities(sorted(shown), among)
    most = max(papers.values(), default=1) or 1
    return Picture(
        view="coauthors",
        title=f"Co-authors of {index.name(focus)}" if focus else "Co-authors",
        description="Who writes with whom; colours are communities, found from all ties among those shown.",
        nodes=tuple(
            index.shown(k, weight=papers[k] / most, colour=groups[k]) for k in index.nodes if k in shown
        ),
        edges=tuple(edge_of(r, strength=float(r.properties.get("weight") or 1.0)) for r in drawn),
        left_out=(*index.notes, *_said(len(wanted) - len(shown), len(among) - len(drawn))),
        focus=focus,
    )


def _strongest(ties: list[Relationship]) -> list[Relationship]:
    """Of each author the strongest ties; a tie stays where either end counts it among its strongest."""

    def strength(number: int) -> tuple[float, int]:
        tie = ties[number]
        weight = float(tie.properties.get("weight") or tie.properties.get("papers") or 0.0)
        # All ties of one long author list weigh the same: by order the first names would get them all.
        return (-weight, crc32(tie.id.encode("utf-8", "replace")))

    of: dict[str, list[int]] = {}
    for number, tie in enumerate(ties):
        of.setdefault(tie.start, []).append(number)
        of.setdefault(tie.end, []).append(number)
    kept = {n for numbers in of.values() for n in sorted(numbers, key=strength)[:_STRONGEST]}
    return [tie for number, tie in enumerate(ties) if number in kept]


def _communities(authors: list[str], ties: list[Relationship]) -> dict[str, int]:
    """The community of each author, the largest being 0 (Leiden: Traag, Waltman and van Eck 2019)."""
    numbers = {author: number for number, author in enumerate(authors)}
    pairs = [(numbers[key("Author", t.start)], numbers[key("Author", t.end)]) for t in ties]
    graph = igraph.Graph(n=len(authors), edges=pairs)
    weights = [float(t.properties.get("weight") or 1.0) for t in ties]
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - communities, no secrets
    try:
        found = graph.community_leiden("modularity", weights=weights, n_iterations=5)
    finally:
        igraph.set_random_number_generator(random)
    ranked = sorted(found, key=lambda members: (-len(members), min(members)))
    return {authors[member]: rank for rank, members in enumerate(ranked) for member in members}


def _said(authors: int, ties: int) -> tuple[str, ...]:
    sentences = []
    if authors:
        sentences.append(f"Not shown: {authors:,} authors with fewer papers; --limit shows more.")
    if ties:
        sentences.append(
            f"Of each author the {_STRONGEST} strongest ties are drawn; {ties:,} weaker ones are not."
        )
    return tuple(sentences)
