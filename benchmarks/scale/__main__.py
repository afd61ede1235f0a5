"""Measure growth: ``python -m benchmarks.scale FOLDER [--papers N ...] [--scratch DIR]``.

FOLDER holds sources, such as a few hundred days of listings. They are read and extracted once; then their records are
multiplied (`multiply.sql`) to each number of papers, the graph is computed and exported, each in a process of its own.
Printed are CPU and wall-clock seconds, the peak of memory, sizes on disk, and the growth exponent of each.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.scale.growth import exponent, extrapolated

_STEPS = Path(__file__).with_name("steps.py")
_ROOT = Path(__file__).parent.parent.parent

#: Works in OpenAlex, for which the fitted growth is written beside what was measured.
OPENALEX_WORKS = 250e6

#: What is printed of a size: step, cost, unit, decimal places.
_COSTS = (
    *((step, "cpu", "s CPU", 1) for step in ("papers", "names", "people", "graph", "export")),
    ("graph", "wall", "s wall", 1),
    ("graph", "peak_mb", "MB peak", 0),
    *(("counts", cost, unit, 0) for cost, unit in (("workspace_mb", "MB"), ("export_mb", "MB"))),
    *(("counts", cost, "", 0) for cost in ("nodes", "relationships")),
)


def measured(*arguments: str) -> dict[str, dict[str, Any]]:
    """What a measurement in a process of its own printed, by step."""
    done = subprocess.run(
        [sys.executable, str(_STEPS), *arguments], check=True, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    )
    return {row.pop("step"): row for row in map(json.loads, done.stdout.splitlines())}


def main() -> None:
    """Run the measurements that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="sources to draw from")
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--scratch", type=Path, help="where to work; a temporary folder where not given")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=wanted.scratch) as scratch:
        seed = Path(scratch, "seed.kg")
        drawn = measured("extract", str(wanted.folder.resolve()), str(seed))
        read = drawn["all"]["cpu"] / drawn["papers"]["papers"]
        print(
            f"read, extract and compute: {drawn['papers']['papers']} papers of {drawn['papers']['source_mb']:.1f} MB, "
            f"{drawn['all']['cpu']:.1f} s CPU, {1 / read:.0f} papers a CPU second"
        )
        runs = []
        for papers in wanted.papers:
            copies = math.ceil(papers / drawn["papers"]["papers"])
            file = Path(scratch, f"{papers}.kg")
            runs.append(measured("grow", str(seed), str(copies), str(file)))
            for written in (file, file.with_suffix(".jsonl")):
                written.unlink()
    show(runs)


def show(runs: list[dict[str, dict[str, Any]]]) -> None:
    """Print a row for each cost, a column for each size."""
    papers = [run["counts"]["papers"] for run in runs]
    print(f"{'papers':<28}" + "".join(f"{n:>14,}" for n in papers) + f"{'exponent':>10}{'at 250M':>16}")
    for step, cost, unit, places in _COSTS:
        values = [run[step][cost] for run in runs]
        name = f"{step if cost in ('cpu', 'wall', 'peak_mb') else cost.removesuffix('_mb')} {unit}"
        row = f"{name:<28}" + "".join(f"{value:>14,.{places}f}" for value in values)
        if len(runs) > 1:
            row += f"{exponent(papers, values):>10.2f}{extrapolated(papers, values, OPENALEX_WORKS):>16,.0f}"
        print(row)


if __name__ == "__main__":
    main()
