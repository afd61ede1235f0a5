"""Measure co-authorship analysis: ``python -m benchmarks.coauthorship [WORKSPACE] [--papers N] [--litstudy PYTHON]``.

Each measurement runs in a process of its own on one core; CPU and wall-clock seconds and the peak of its memory are
printed. WORKSPACE is a graph, say of the whole ACL Anthology; without one, only made-up papers are measured. The
Python of an environment that has litstudy measures that one too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

_FOLDER = Path(__file__).parent


def measured(python: str, *arguments: str) -> list[dict[str, float | str]]:
    """What a measurement in a process of its own printed: an object a line."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(_FOLDER.parent.parent)}
    done = subprocess.run(
        [python, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return [
            {"step": f"failed: {last}", "cpu": float("nan"), "wall": float("nan"), "peak_mb": float("nan")}
        ]
    return [json.loads(line) for line in done.stdout.splitlines()]


def show(title: str, rows: list[dict[str, float | str]]) -> None:
    """Print the steps of a measurement."""
    print(f"\n{title}")
    for row in rows:
        print(
            f"  {row['step']:<44} {row['cpu']:>8.2f} s CPU {row['wall']:>8.2f} s wall {row['peak_mb']:>7.0f} MB peak"
        )
    print(f"  {'together':<44} {sum(float(r['cpu']) for r in rows):>8.2f} s CPU")


def main() -> None:
    """Run the measurements that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", nargs="?", help="a graph, such as of the ACL Anthology")
    parser.add_argument("--papers", type=int, default=2_000_000, help="made-up papers; 0 for none")
    parser.add_argument("--litstudy", metavar="PYTHON", help="the Python of an environment with litstudy")
    parser.add_argument("--no-peers", action="store_true", help="measure kg-builder alone")
    wanted = parser.parse_args()
    steps = str(_FOLDER / "steps.py")
    if wanted.workspace:
        show("kg-builder, the workspace", measured(sys.executable, steps, "graph", wanted.workspace))
        if not wanted.no_peers:
            show("networkx all the way", measured(sys.executable, steps, "networkx", wanted.workspace))
        if wanted.litstudy:
            lists = wanted.workspace + ".bylines.json"
            measured(sys.executable, steps, "bylines", wanted.workspace, lists)
            show("litstudy", measured(wanted.litstudy, str(_FOLDER / "litstudy_peer.py"), lists))
            Path(lists).unlink(missing_ok=True)
    if wanted.papers:
        made = str(Path(os.environ.get("TMPDIR", "/tmp")) / f"kg-builder-bylines-{wanted.papers}.parquet")
        if not Path(made).is_file():
            measured(sys.executable, steps, "make", str(wanted.papers), made)
        show(f"kg-builder, {wanted.papers:,} made-up papers", measured(sys.executable, steps, "made", made))


if __name__ == "__main__":
    main()
