"""The co-authorship network: authors, and a weighted tie between any two who signed a paper together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, get_args

import igraph
import networkx as nx
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.coverage import Coverage, Trust, Weighting, choose_papers, measure_trust
from kg_builder.analysis.ties import add_up_ties
from kg_builder.analysis.window import Window
from kg_builder.errors import AnalysisError, UsageError

#: Papers of more authors leave no ties unless told otherwise: few as they are, they would supply most of the pairs.
DEFAULT_CAP: Final = 50

WEIGHTINGS: Final[tuple[str, ...]] = get_args(Weighting)

#: The column of a tie that holds the weight of each counting.
_COLUMNS: Final = {"newman": "newman", "full": "papers", "fractional": "fractional"}


@dataclass(frozen=True)
class Projection:
    """A co-authorship network with what it was counted from.

    Args:
        authors: id, name, identity and papers (those counted) of each author, in the order of the ids.
        ties: source and target (row numbers of `authors`, source being less), papers, newman, fractional, first
            and last (days), in the order of the ends.
        weighting: which of the weights `weights` gives.
        window: the days that were asked for.
        cap: the most authors that a counted paper has; ``None`` where there was no limit.
        coverage: what was counted and what was left out.
        trust: how much rests on names alone.
    """

    authors: pa.Table
    ties: pa.Table
    weighting: Weighting
    window: Window
    cap: int | None
    coverage: Coverage
    trust: Trust

    @cached_property
    def graph(self) -> Any:
        """The bare igraph graph: vertex i is row i of `authors`, edge j is row j of `ties`."""
        ends = np.stack(
            [self.ties.column(c).to_numpy().astype(np.int64) for c in ("source", "target")], axis=1
        )
        # A memoryview of int64 is read without making a Python object of each end.
        edges: Any = ends.data if len(ends) else []
        return igraph.Graph(n=self.authors.num_rows, edges=edges)

    @cached_property
    def weights(self) -> npt.NDArray[np.float64]:
        """The weight of each tie, as `weighting` says."""
        column = self.ties.column(_COLUMNS[self.weighting])
        return np.asarray(column.to_numpy(), dtype=np.float64)

    @cached_property
    def names(self) -> list[str]:
        """The name of each author."""
        names: list[str] = self.authors.column("name").to_pylist()
        return names

    @cached_property
    def ids(self) -> list[str]:
        """The id of each author."""
        ids: list[str] = self.authors.column("id").to_pylist()
        return ids

    def to_igraph(self) -> Any:
        """An igraph graph of its own, with the columns of both tables and `weight` as attributes."""
        graph = self.graph.copy()
        for name in self.authors.column_names:
            graph.vs[name] = self.authors.column(name).to_pylist()
        for name in self.ties.column_names[2:]:
            graph.es[name] = _plain(self.ties.column(name).to_pylist())
        graph.es["weight"] = self.weights.tolist()
        return graph

    def to_networkx(self) -> nx.Graph[str]:
        """An undirected networkx graph keyed by author id, with plain Python values as attributes."""
        graph: nx.Graph[str] = nx.Graph()
        for author in self.authors.to_pylist():
            known = {name: value for name, value in author.items() if value is not None}
            graph.add_node(known.pop("id"), **known)
        for tie, weight in zip(self.ties.to_pylist(), self.weights.tolist(), strict=True):
            ends = self.ids[tie.pop("source")], self.ids[tie.pop("target")]
            values = zip(tie, _plain(tie.values()), strict=True)
            graph.add_edge(
                *ends, weight=weight, **{name: value for name, value in values if value is not None}
            )
        return graph


def _plain(values: Any) -> list[Any]:
    # Graph files know no dates.
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def project(
    bylines: Bylines,
    *,
    window: Window | None = None,
    cap: int | None = DEFAULT_CAP,
    weighting: Weighting = "newman",
) -> Projection:
    """Project author lists onto a network of authors.

    A paper of n authors adds to the tie of each of its pairs

    - ``full``: 1 (papers written together);
    - ``newman``: 1/(n-1), so that each author's strength is the number of papers written with others
      (Newman 2001, Phys. Rev. E 64, 016132);
    - ``fractional``: 2/(n(n-1)), so that each paper counts 1 in all
      (the schemes are compared by Leydesdorff and Park 2017, J. Informetrics 11(1)).

    All three are computed; `weighting` chooses the one that measures and communities go by.

    Args:
        bylines: who signed which paper.
        window: papers of these days; all where ``None``, those without a date too.
        cap: papers of more authors are left out, and `Projection.coverage` says what that leaves out.
        weighting: the weight that further measures go by.

    Returns:
        The network. Authors without a tie are in it; authors of left-out papers alone are not.

    Raises:
        AnalysisError: no paper with an author is left.
        UsageError: the cap is less than 1, or there is no such weighting.

    Example:
        >>> rows = pa.table({"paper": ["p"] * 3 + ["q"] * 2, "author": list("abc") + list("ab")})
        >>> network = project(Bylines.of_rows(rows))
        >>> [(t["source"], t["target"], t["newman"]) for t in network.ties.to_pylist()]
        [(0, 1, 1.5), (0, 2, 0.5), (1, 2, 0.5)]
    """
    if weighting not in WEIGHTINGS:
        raise UsageError(f"there is no weighting {weighting!r}; choose one of {', '.join(WEIGHTINGS)}")
    if cap is not None and cap < 1:
        raise UsageError(f"a cap of {cap} leaves no paper; give at least 1, or none at all with --no-cap")
    window = window or Window()
    coverage = choose_papers(bylines, window, cap)
    if not coverage.papers:
        raise AnalysisError(_why_empty(bylines, window, cap, coverage))
    bylines.run("ties")
    authors = bylines.table(
        "SELECT a.id, a.name, a.identity, m.papers FROM member m JOIN author a ON a.number = m.author ORDER BY m.node"
    )
    ties = add_up_ties(bylines.table("SELECT paper, node, size, day FROM place"), authors.num_rows)
    trust = measure_trust(authors, ties)
    return Projection(authors, ties, weighting, window, cap, coverage, trust)


def _why_empty(bylines: Bylines, window: Window, cap: int | None, coverage: Coverage) -> str:
    if not coverage.papers_in_graph:
        return "the graph holds no paper; read some first: kg-builder build SOURCE"
    if not coverage.papers_in_window:
        first, last = (
            bylines.connection.execute("SELECT min(day), max(day) FROM paper").fetchone() or (None,) * 2
        )
        known = f"its papers date from {first} to {last}" if first else "none of its papers has a date"
        undated = f", {coverage.papers_without_date:,} have no date" if coverage.papers_without_date else ""
        return f"no paper of the graph lies in {window}: {known}{undated}; widen --since and --until"
    if coverage.papers_over_cap:
        return (
            f"all {coverage.papers_over_cap:,} papers with authors in {window} have more than {cap} of them "
            f"(up to {coverage.largest_paper:,}); raise --cap, or give --no-cap"
        )
    return f"none of the {coverage.papers_in_window:,} papers in {window} names an author"
