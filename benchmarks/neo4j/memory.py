"""The client's memory and time with millions of relationships: python -m benchmarks.neo4j.memory [--papers N].

Each step is a process of its own, as it is typed: plan, load, load again, and load --bulk into a second server. The
greatest resident set of each is printed; the memory of the server and of Neo4j's importer is not the client's and does
not count.
"""

from __future__ import annotations

import argparse
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


# Asked by the process of itself: what is told of a process that has ended counts the importer that it ran, too.
_MEASURED = """
import atexit, resource, runpy, sys
peak = open(sys.argv.pop(), "w")
atexit.register(lambda: peak.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))
runpy.run_module("kg_builder", run_name="__main__")
"""


def measured(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and greatest resident set in megabytes of a command of kg-builder, without what it starts."""
    peak = folder / "peak"
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments, str(peak)], stdout=subprocess.DEVNULL, check=False
    )
    if ended.returncode:
        sys.exit(f"kg-builder {' '.join(arguments)} ended with {ended.returncode}")
    return time.monotonic() - started, int(peak.read_text(encoding="ascii")) / 1024


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
                seconds, peak = measured([*STEPS[step], "-g", str(workspace)], Path(folder))
                print(f"{step:<24} {seconds:>8.1f} s {peak:>6.0f} MB", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
