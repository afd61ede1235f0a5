"""Which nodes matter most: for choosing among too many, and for their sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import log1p

from kg_builder.views.index import Index


def keep_connected(index: Index, candidates: Sequence[str], shown: Collection[str], room: int) -> set[str]:
    """The candidates that are tied most to what is shown already.

    Args:
        index: the graph.
        candidates: keys to choose from.
        shown: keys that are in the picture.
        room: how many at most.

    Returns:
        Keys; papers are ranked by votes, others by their ties to what is shown, both then by degree and key.
    """
    shown = set(shown)

    def rank(node: str) -> tuple[float, int, str]:
        if index.nodes[node].label == "Paper":
            ties = float(index.nodes[node].properties.get("votes") or 0)
        else:
            ties = float(sum(n in shown for n in index.neighbours(node)))
        return (-ties, -index.degree(node), node)

    return set(sorted(candidates, key=rank)[: max(room, 0)])


def graded(index: Index, shown: Collection[str]) -> dict[str, float]:
    """How much each node matters, from 0 to 1, on a logarithmic scale within its label.

    Papers count by votes, results not at all, the others by the number of their neighbours.
    """
    raw = {}
    for node in shown:
        label = index.nodes[node].label
        if label == "Paper":
            raw[node] = log1p(index.nodes[node].properties.get("votes") or 0)
        elif label == "Result":
            raw[node] = 0.0
        else:
            # One neighbour is the rule: it makes nobody important.
            raw[node] = log1p(max(len(index.neighbours(node)) - 1, 0))
    greatest: dict[str, float] = {}
    for node, value in raw.items():
        label = index.nodes[node].label
        greatest[label] = max(greatest.get(label, 0.0), value)
    # A scale of its own would make a giant of whoever has two neighbours where all others have one.
    least = log1p(_GIANT)
    return {n: v / max(greatest[index.nodes[n].label], least) for n, v in raw.items()}


#: Neighbours (or votes) that make a node as big as it can be, where no node has more.
_GIANT = 8


def said(index: Index, wanted: Iterable[str], shown: Collection[str]) -> tuple[str, ...]:
    """A sentence on what was left out, or nothing."""
    missing = Counter(index.nodes[k].label for k in wanted if k not in shown)
    if not missing:
        return ()
    parts = ", ".join(f"{n:,} {plural(label, n)}" for label, n in missing.items())
    return (
        f"Not shown: {parts}. The most connected, and the papers with the most votes, are kept; "
        "--limit shows more, and the views paper, model and benchmark show one thing whole.",
    )


def plural(label: str, count: int) -> str:
    """A label as a word for that many.

    >>> plural("Model", 1), plural("Benchmark", 2)
    ('model', 'benchmarks')
    """
    word = label.lower()
    return word if count == 1 else word + "s"
