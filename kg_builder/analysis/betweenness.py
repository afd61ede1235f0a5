"""Betweenness: exact in small networks, estimated from sampled authors in large ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg_builder.analysis.randomness import seeded

#: Authors times ties, summed over the components, up to which every author's paths are followed: some seconds' work.
EXACT_WORK: Final = 200_000_000
#: Authors from whom paths are followed in a larger network.
SAMPLES: Final = 512


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Betweenness of every author, and how far it may be trusted.

    Args:
        values: of each author, as a share of the pairs of the others, 0 to 1.
        sources: authors from whom shortest paths were followed; ``None`` where from all, so that it is exact.
        seed: the seed of the sample.
        top_20: of the twenty highest by one half of the sample, the share also among those by the other half;
            the whole sample does better than that. ``None`` where exact.
        top_100: the same of the hundred highest.
    """

    values: npt.NDArray[np.float64]
    sources: int | None
    seed: int
    top_20: float | None
    top_100: float | None


def betweenness(graph: Any, *, samples: int | None = None, seed: int = 1) -> Betweenness:
    """Betweenness by Brandes' algorithm (2001), each tie one step long, whatever its weight.

    Sampled, it is the mean over the sources, drawn without replacement, times their number (Brandes and Pich 2007),
    which estimates the exact value without bias.

    Args:
        graph: an undirected igraph graph.
        samples: sources to sample; unless given, all are taken in a small network, `SAMPLES` in a large one.
        seed: which ones.

    Returns:
        Values divided by the number of pairs of the other authors, (n-1)(n-2)/2.
    """
    count = graph.vcount()
    parts = graph.connected_components()
    # In a component of two or less nobody is between anybody.
    population = [v for part in parts if len(part) > 2 for v in part]
    if samples is None and _work(graph, parts) > EXACT_WORK:
        samples = SAMPLES
    pairs = max((count - 1) * (count - 2) / 2, 1.0)
    if samples is None or samples >= len(population):
        values = np.asarray(graph.betweenness(directed=False), dtype=np.float64)
        return Betweenness(np.round(values / pairs, 12), None, seed, None, None)
    with seeded(seed) as generator:
        chosen = generator.sample(population, samples)
    middle = samples // 2
    one, other = _followed(graph, chosen[:middle]), _followed(graph, chosen[middle:])
    values = (one + other) * (len(population) / samples / pairs)
    return Betweenness(
        np.round(values, 12), samples, seed, _agreement(one, other, 20), _agreement(one, other, 100)
    )


def _work(graph: Any, parts: Any) -> int:
    degrees = np.asarray(graph.degree(), dtype=np.int64)
    return sum(len(part) * int(degrees[part].sum()) // 2 for part in parts)


def _followed(graph: Any, sources: list[int]) -> npt.NDArray[np.float64]:
    if not sources:
        return np.zeros(graph.vcount())
    # Each pair is met from one of its ends only where that end is a source: half of it counts for each.
    return np.asarray(graph.betweenness(directed=False, sources=sorted(sources)), dtype=np.float64)


def _agreement(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64], top: int) -> float | None:
    if len(first) < top:
        return None
    highest = [set(np.argsort(-values, kind="stable")[:top].tolist()) for values in (first, second)]
    return len(highest[0] & highest[1]) / top
