"""Communities of authors, what they work on, who stands in their middle and who joins them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import igraph
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg_builder.analysis.measures import Measures
from kg_builder.analysis.projection import Projection
from kg_builder.analysis.randomness import seeded
from kg_builder.analysis.tables import ranked, top

#: Rounds of the Leiden algorithm, and those in networks of more than `_LARGE` ties, where each takes many seconds (on
#: the ACL Anthology all after the second add half a per cent to the modularity).
_ROUNDS, _FEW_ROUNDS, _LARGE = 10, 2, 2_000_000
#: Members of each community that are named as its most central.
_CENTRAL: Final = 5


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition of the authors of a network.

    Args:
        membership: the community of each author, numbered by size from 0.
        sizes: members of each community.
        modularity: of the partition, weighted; ``None`` where there is no tie.
        seed: of the random numbers.
        resolution: the higher, the smaller the communities.
        stability: how far another seed agrees (adjusted Rand index, 1 being the same partition), among the
            authors who have ties; ``None`` where not asked for.
    """

    membership: npt.NDArray[np.int32]
    sizes: tuple[int, ...]
    modularity: float | None
    seed: int
    resolution: float
    stability: float | None


def find_communities(
    projection: Projection, *, seed: int = 1, resolution: float = 1.0, stability: bool = True
) -> Communities:
    """Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019), for the greatest modularity.

    The same network, seed and version of igraph give the same communities; another seed gives similar ones, and
    `Communities.stability` says how similar.

    Args:
        projection: the network; its `weights` count.
        seed: of the random numbers.
        resolution: the gamma of modularity; the higher, the smaller the communities.
        stability: also run with the next seed, and compare.
    """
    graph = projection.graph
    if not graph.ecount():
        sizes, membership = ranked(np.arange(graph.vcount(), dtype=np.int64))
        return Communities(membership, tuple(sizes.tolist()), None, seed, resolution, None)
    found = _leiden(projection, seed, resolution)
    agreement = None
    if stability:
        other = _leiden(projection, seed + 1, resolution)
        tied = np.asarray(graph.degree()) > 0
        agreement = round(
            float(
                igraph.compare_communities(found[tied].tolist(), other[tied].tolist(), method="adjusted_rand")
            ),
            6,
        )
    sizes, membership = ranked(found)
    modularity = graph.modularity(found.tolist(), weights=projection.weights, resolution=resolution)
    return Communities(
        membership, tuple(sizes.tolist()), round(float(modularity), 9), seed, resolution, agreement
    )


def _leiden(projection: Projection, seed: int, resolution: float) -> npt.NDArray[np.int64]:
    rounds = _ROUNDS if projection.ties.num_rows <= _LARGE else _FEW_ROUNDS
    with seeded(seed):
        found = projection.graph.community_leiden(
            "modularity", weights=projection.weights, resolution=resolution, n_iterations=rounds
        )
    return np.asarray(found.membership, dtype=np.int64)


def community_table(projection: Projection, communities: Communities, smallest: int = 2) -> pa.Table:
    """What each community is made of.

    Args:
        projection: the network.
        communities: its communities.
        smallest: communities of fewer members are left out.

    Returns:
        A row a community: community, members, inside (weight of the ties within), outside (weight of the ties that
        lead out), and central (the names of the members with the most weight inside, the most central first).
    """
    count = len(communities.sizes)
    group = communities.membership
    source, target = (projection.ties.column(c).to_numpy() for c in ("source", "target"))
    within = group[source] == group[target]
    inner, outer = projection.weights * within, projection.weights * ~within
    inside = np.bincount(group[source], weights=inner, minlength=count)
    outside = np.bincount(group[source], weights=outer, minlength=count) + np.bincount(
        group[target], weights=outer, minlength=count
    )
    size = len(group)
    own = np.bincount(source, weights=inner, minlength=size) + np.bincount(
        target, weights=inner, minlength=size
    )
    order = np.lexsort((np.arange(size), -np.round(own, 9), group))
    starts = np.concatenate([[0], np.cumsum(communities.sizes)])
    shown = [c for c in range(count) if communities.sizes[c] >= smallest]
    central = [
        [projection.names[v] for v in order[starts[c] : min(starts[c] + _CENTRAL, starts[c + 1])]]
        for c in shown
    ]
    return pa.table(
        {
            "community": pa.array(shown, pa.int32()),
            "members": pa.array([communities.sizes[c] for c in shown], pa.int32()),
            "inside": pa.array([round(float(inside[c]), 9) for c in shown], pa.float64()),
            "outside": pa.array([round(float(outside[c]), 9) for c in shown], pa.float64()),
            "central": pa.array(central, pa.list_(pa.string())),
        }
    )


def bridging_authors(
    projection: Projection, communities: Communities, measures: Measures, count: int = 20
) -> pa.Table:
    """Authors with ties to several communities, those between most others first.

    The participation coefficient (Guimera and Amaral 2005, Nature 433) is 1 - sum over the communities s of
    (strength into s / strength)^2: 0 where all ties stay in one community, near 1 where they spread evenly over many.

    Returns:
        A row an author, by betweenness: author, name, community, communities (that ties lead to), participation,
        outside (share of the strength that leaves the own community) and betweenness.
    """
    size, groups = len(communities.membership), len(communities.sizes)
    group = communities.membership.astype(np.int64)
    source, target = (projection.ties.column(c).to_numpy().astype(np.int64) for c in ("source", "target"))
    keys = np.concatenate([source * groups + group[target], target * groups + group[source]])
    pairs, place = np.unique(keys, return_inverse=True)
    into = np.bincount(place, weights=np.tile(projection.weights, 2), minlength=len(pairs))
    author, community = np.divmod(pairs, groups)
    strength = np.bincount(author, weights=into, minlength=size)
    spread = 1 - np.bincount(author, weights=(into / strength[author]) ** 2, minlength=size)
    own = np.bincount(author, weights=into * (community == group[author]), minlength=size)
    reached = np.bincount(author, minlength=size)
    table = pa.table(
        {
            "author": measures.table.column("author"),
            "name": measures.table.column("name"),
            "community": pa.array(communities.membership),
            "communities": pa.array(reached.astype(np.int32)),
            "participation": pa.array(np.round(spread, 9)),
            "outside": pa.array(np.round(1 - own / np.where(strength > 0, strength, 1), 9)),
            "betweenness": measures.table.column("betweenness"),
        }
    )
    return top(table.filter(pa.array(reached > 1)), "betweenness", count)
