"""How time grows with the number of papers: builds of growing made-up sets, and the exponent fitted over them."""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.measured import Run, run
from benchmarks.speed.synthetic import Model, write_papers

KG_BUILDER = (sys.executable, "-m", "kg_builder")


@dataclass(frozen=True, slots=True)
class Size:
    """A build of so many papers."""

    papers: int
    build: Run
    workspace_mb: float


def builds(sizes: Sequence[int], models: Sequence[Model], engine: str) -> list[Size]:
    """A build of each size, from files to finished workspace."""
    measured = []
    for papers in sizes:
        with tempfile.TemporaryDirectory(prefix="kg-builder-growth-") as temporary:
            folder = Path(temporary)
            write_papers(folder / "papers", papers, list(models))
            graph = folder / "graph.kg"
            done = run([*KG_BUILDER, "build", folder / "papers", "-g", graph, "--engine", engine])
            measured.append(Size(papers, done, graph.stat().st_size / 2**20))
    return measured


def exponent(papers: Sequence[float], took: Sequence[float]) -> float:
    """The slope of the straight line through the points in logarithms, by least squares: took ~ papers^exponent.

    >>> round(exponent([10, 100, 1000], [1, 10, 100]), 6)
    1.0
    """
    x, y = [math.log(p) for p in papers], [math.log(t) for t in took]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle_x) ** 2 for a in x)


def start_up() -> float:
    """CPU seconds that a build takes whatever its size: of one paper."""
    with tempfile.TemporaryDirectory(prefix="kg-builder-growth-") as temporary:
        folder = Path(temporary)
        write_papers(folder / "papers", 1, [Model(None, "A title", ("One sentence.", "Another sentence."))])
        return run(
            [*KG_BUILDER, "build", folder / "papers", "-g", folder / "graph.kg", "--engine", "local"]
        ).cpu
