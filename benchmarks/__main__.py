"""Measure speed and memory beside peers, and print a table: ``python -m benchmarks [--papers N ...] [--peers PYTHON]``.

It needs the corpora of ``../shared`` (or KG_BUILDER_SHARED), and ``pip install ".[test]"``. The peers are installed
into an environment of their own: ``python -m venv peers && peers/bin/pip install -r benchmarks/speed/peers.txt``.

The other benchmarks have commands of their own: ``python -m benchmarks.extraction``, ``benchmarks.identity``,
``benchmarks.coauthorship`` (with networkx and litstudy), ``benchmarks.neo4j`` (with BioCypher and neo4j-graphrag), and
the two minutes of the gate, ``benchmarks.speed.guard``.
"""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks.speed.corpora import Row, corpus_rows
from benchmarks.speed.growth import builds, exponent, start_up
from benchmarks.speed.guard import SHARED
from benchmarks.speed.synthetic import models_from


def show(row: Row) -> None:
    """Print a line of the table, as soon as it is known."""
    print(f"| {row.what} | {row.wall:.2f} | {row.cpu:.2f} | {row.peak_mb:,.0f} | {row.remark} |", flush=True)


def show_growth(papers: list[int], engine: str) -> None:
    """Builds of made-up papers in growing numbers, and the exponent."""
    sizes = builds(papers, models_from(SHARED / "data" / "hf-daily-json"), engine)
    for size in sizes:
        remark = f"{size.papers / size.build.wall:,.0f} papers a second, {size.workspace_mb:,.0f} MB on disk"
        what = f"{size.papers:,} made-up papers"
        show(Row(what, size.build.wall, size.build.cpu, size.build.peak_mb, remark))
    if len(sizes) > 1:
        base, counts = start_up(), [size.papers for size in sizes]
        cpu = exponent(counts, [size.build.cpu - base for size in sizes])
        memory = exponent(counts, [size.build.peak_mb for size in sizes])
        disk = exponent(counts, [size.workspace_mb for size in sizes])
        print(
            f"\nGrowth with the papers: CPU time ^{cpu:.2f} (target 1.05), memory ^{memory:.2f}, disk ^{disk:.2f}"
        )


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="how often each is run; the medians are printed")
    parser.add_argument(
        "--papers",
        type=int,
        nargs="*",
        default=[10_000, 30_000, 100_000],
        help="sizes of made-up sets; none for none",
    )
    parser.add_argument("--engine", default="processes", help="of the made-up sets")
    parser.add_argument("--no-corpora", action="store_true", help="only the made-up sets")
    parser.add_argument("--peers", metavar="PYTHON", help="the Python of an environment with the peers")
    wanted = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | s on the clock | s of CPU | MB | |\n|---|---|---|---|---|")
    if not wanted.no_corpora:
        for row in corpus_rows(SHARED / "data", wanted.runs, wanted.peers):
            show(row)
    if wanted.papers:
        show_growth(wanted.papers, wanted.engine)


if __name__ == "__main__":
    main()
