"""The steps that are measured, each line printed being one: run by ``python -m benchmarks.coauthorship``."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path


@contextmanager
def step(name: str) -> Iterator[None]:
    """Measure what is done within."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    row = {
        "step": name,
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(row), flush=True)


def graph(path: str) -> None:
    """Everything that the target names, on a workspace."""
    from kg_builder.analysis.betweenness import betweenness
    from kg_builder.analysis.bylines import Bylines
    from kg_builder.analysis.communities import find_communities
    from kg_builder.analysis.measures import components
    from kg_builder.analysis.pagerank import pagerank
    from kg_builder.analysis.projection import project
    from kg_builder.workspace import Workspace

    with Workspace(Path(path)) as workspace:
        with step("author lists"):
            lists = Bylines.of_workspace(workspace)
        with step("projection with weights"):
            network = project(lists)
    with step("graph and components"):
        components(network.graph)
    with step("Leiden"):
        find_communities(network, stability=False)
    with step("PageRank"):
        ends = (network.ties.column(c).to_numpy() for c in ("source", "target"))
        pagerank(network.authors.num_rows, *ends, network.weights)
    with step("betweenness, sampled where large"):
        betweenness(network.graph)


def bylines(path: str, output: str) -> None:
    """Write the author lists of a workspace for packages that read none."""
    Path(output).write_text(json.dumps(_lists(path)), encoding="utf-8")


def _lists(path: str) -> list[list[str]]:
    from kg_builder.workspace import Workspace

    with Workspace(Path(path)) as workspace:
        rows = workspace.connection.execute(
            "SELECT end_id, start_id FROM relationships.\"AUTHORED\" WHERE start_label = 'Author' ORDER BY ALL"
        ).fetchall()
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, author in rows:
        papers[paper].append(author)
    return list(papers.values())


def networkx(path: str) -> None:
    """The same with networkx alone; Louvain stands for Leiden, which it has not."""
    import networkx as nx

    with step("author lists"):
        papers = [authors for authors in _lists(path) if len(authors) <= 50]
    with step("projection with weights"):
        network: nx.Graph[str] = nx.Graph()
        for authors in papers:
            network.add_nodes_from(authors)
            for one, other in combinations(authors, 2):
                tie = network.get_edge_data(one, other, {"weight": 0.0})
                network.add_edge(one, other, weight=tie["weight"] + 1 / (len(authors) - 1))
    with step("components"):
        list(nx.connected_components(network))
    with step("Louvain"):
        nx.community.louvain_communities(network, weight="weight", seed=1)
    with step("PageRank, tolerance 1e-12"):
        nx.pagerank(network, weight="weight", tol=1e-12 / len(network), max_iter=1000)
    with step("betweenness from 32 samples"):
        nx.betweenness_centrality(network, k=32, seed=1)


def make(papers: str, output: str) -> None:
    """Make up author lists."""
    import pyarrow.parquet

    from benchmarks.coauthorship.synthetic import signatures

    pyarrow.parquet.write_table(signatures(int(papers)), output)


def made(path: str) -> None:
    """Projection, Leiden and PageRank of made-up author lists."""
    import pyarrow.parquet

    from kg_builder.analysis.bylines import Bylines
    from kg_builder.analysis.communities import find_communities
    from kg_builder.analysis.pagerank import pagerank
    from kg_builder.analysis.projection import project

    with step("reading the file"):
        rows = pyarrow.parquet.read_table(path)
    with step(f"numbering {rows.num_rows:,} author places"):
        lists = Bylines.of_rows(rows)
        del rows
    with step("projection with weights"):
        network = project(lists)
    lists.connection.close()
    with step(f"graph of {network.ties.num_rows:,} ties"):
        network.graph  # noqa: B018 - built when first asked for
    with step("Leiden"):
        find_communities(network, stability=False)
    with step("PageRank"):
        ends = (network.ties.column(c).to_numpy() for c in ("source", "target"))
        pagerank(network.authors.num_rows, *ends, network.weights)


if __name__ == "__main__":
    {"graph": graph, "networkx": networkx, "bylines": bylines, "make": make, "made": made}[sys.argv[1]](
        *sys.argv[2:]
    )
