"""Author lists for tests of co-authorship."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from kg_builder.analysis.bylines import Bylines


def bylines(papers: Mapping[str, Sequence[str]], dates: Mapping[str, str] | None = None) -> Bylines:
    """The author lists of these papers, by paper id."""
    rows = [(paper, author) for paper, authors in papers.items() for author in authors]
    columns = {"paper": [p for p, _ in rows], "author": [a for _, a in rows]}
    if dates is not None:
        columns["date"] = [dates.get(p) for p in columns["paper"]]
    return Bylines.of_rows(
        pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    )


def pairs(edges: Iterable[tuple[object, object]]) -> Bylines:
    """A paper for each edge of a graph: its co-authorship network is that graph."""
    return bylines({f"paper {n}": [str(a), str(b)] for n, (a, b) in enumerate(edges)})
