"""The client's memory and time with millions of relationships: python -m benchmarks.neo4j.memory [--papers N].

Each step is a process of its own, as it is typed: plan, load, load again, and load --bulk into a second server. The
greatest resident set of each is printed; the server's memory is not the client's and does not count.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.neo4j.made_workspace import USES_A_PAPER, make_workspace
from kg_builder.stores.neo4j.local_server import LocalServer

STEPS = {
    "plan": ("plan",),
    "load": ("load",),
    "load, the same again": ("load",),
    "load --bulk": ("load", "--bulk"),
}


def measured(arguments: list[str]) -> tuple[float, float]:
    """Seconds and greatest resident set in megabytes of a command of kg-builder."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "kg_builder", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"kg-builder {' '.join(arguments)} ended with {process.returncode}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print a row a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=833_334, help="with six relationships each")
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=list(STEPS))
    wanted = parser.parse_args()
    print(f"{wanted.papers * USES_A_PAPER:,} relationships")
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "made.kg"
        make_workspace(workspace, wanted.papers)
        server = LocalServer.of_workspace(workspace, heap="1g")
        server.start()
        try:
            for step in wanted.steps:
                if "--bulk" in STEPS[step]:
                    server.stop()
                    shutil.rmtree(server.home)
                    server.start()
                seconds, peak = measured([*STEPS[step], "-g", str(workspace)])
                print(f"{step:<24} {seconds:>8.1f} s {peak:>6.0f} MB", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
