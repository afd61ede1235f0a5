"""How authors stand in a network: ties, components, cores and centralities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg_builder.analysis.betweenness import Betweenness, betweenness
from kg_builder.analysis.pagerank import pagerank
from kg_builder.analysis.projection import Projection
from kg_builder.analysis.tables import ranked


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of each author, and of the network as a whole.

    Args:
        table: a row an author, in the order of `Projection.authors`: author, name, papers, degree, strength,
            component, core, pagerank, betweenness, clustering.
        betweenness: how betweenness was counted.
        component_sizes: authors of each component, the largest first; `component` in the table is the place here.
        mean_degree: co-authors of an author on average.
        density: ties as a share of the pairs of authors.
        clustering: the mean of the authors' clustering, authors with fewer than two co-authors counting 0.
        transitivity: closed triples as a share of all connected triples.
    """

    table: pa.Table
    betweenness: Betweenness
    component_sizes: tuple[int, ...]
    mean_degree: float
    density: float
    clustering: float
    transitivity: float


def measure(projection: Projection, *, samples: int | None = None, seed: int = 1) -> Measures:
    """Measure every author of a network.

    - degree: number of co-authors; strength: sum of the weights of the ties;
    - component: its place by size, from 0;
    - core: the greatest k such that the author is in a group each of whom has k co-authors in it
      (Seidman 1983, Social Networks 5);
    - pagerank: weighted, damping 0.85, solved to a residual of 1e-12 (Brin and Page 1998);
    - betweenness: share of the other pairs' shortest paths that lead through the author, see `betweenness`;
    - clustering: share of the author's pairs of co-authors who wrote together (Watts and Strogatz 1998).

    Args:
        projection: the network.
        samples: authors from whom shortest paths are followed; the default is exact where that is quick.
        seed: which authors those are.

    Example:
        >>> from kg_builder.analysis.bylines import Bylines
        >>> from kg_builder.analysis.projection import project
        >>> rows = pa.table({"paper": ["p", "p", "q", "q"], "author": ["a", "b", "b", "c"]})
        >>> table = measure(project(Bylines.of_rows(rows))).table
        >>> table.column("degree").to_pylist(), table.column("betweenness").to_pylist()
        ([1, 2, 1], [0.0, 1.0, 0.0])
    """
    graph = projection.graph
    sizes, component = components(graph)
    central = betweenness(graph, samples=samples, seed=seed)
    local = np.asarray(graph.transitivity_local_undirected(mode="zero"), dtype=np.float64)
    overall = graph.transitivity_undirected(mode="zero")
    count = graph.vcount()
    table = pa.table(
        {
            "author": projection.authors.column("id"),
            "name": projection.authors.column("name"),
            "papers": projection.authors.column("papers"),
            "degree": pa.array(graph.degree(), pa.int32()),
            "strength": pa.array(strengths(projection)),
            "component": pa.array(component),
            "core": pa.array(graph.coreness(), pa.int32()),
            "pagerank": pa.array(_pagerank(projection)),
            "betweenness": pa.array(central.values),
            "clustering": pa.array(np.round(local, 12)),
        }
    )
    pairs = count * (count - 1) / 2
    return Measures(
        table=table,
        betweenness=central,
        component_sizes=tuple(int(size) for size in sizes),
        mean_degree=2 * graph.ecount() / count,
        density=graph.ecount() / pairs if pairs else 0.0,
        clustering=float(local.mean()),
        transitivity=float(overall),
    )


def components(graph: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The sizes of the connected components, the largest first, and the place in them of each vertex's own."""
    return ranked(np.asarray(graph.connected_components().membership, dtype=np.int64))


def strengths(projection: Projection) -> npt.NDArray[np.float64]:
    """The sum of the weights of each author's ties; with Newman's, the number of papers written with others."""
    total = np.zeros(projection.authors.num_rows)
    for end in ("source", "target"):
        total += np.bincount(
            projection.ties.column(end).to_numpy(), weights=projection.weights, minlength=len(total)
        )
    return np.asarray(np.round(total, 9), dtype=np.float64)


def _pagerank(projection: Projection) -> npt.NDArray[np.float64]:
    source, target = (projection.ties.column(end).to_numpy() for end in ("source", "target"))
    scores = pagerank(projection.authors.num_rows, source, target, projection.weights)
    # What lies beyond the solver's tolerance is noise.
    return np.asarray(np.round(scores, 12), dtype=np.float64)
