"""Running a program and measuring it: wall-clock and CPU seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took.

    Args:
        wall: seconds on the clock.
        cpu: seconds of CPU, user and system, of all its processes.
        peak_mb: the most memory that its processes held together, resident, sampled five times a second.
        output: what it printed.
    """

    wall: float
    cpu: float
    peak_mb: float
    output: str


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Run:
    """Run a program to its end.

    Args:
        command: the program and its arguments.
        environment: what is put into its environment.
        folder: where it works, which is here where not said.

    Raises:
        RuntimeError: it failed; with the last line that it said.
    """
    started = time.monotonic()
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        cwd=folder,
    ) as program:
        before = os.times()
        peak = [0.0]
        watch = threading.Thread(target=_watch, args=(program, peak))
        watch.start()
        output, errors = program.communicate()
        watch.join()
        after = os.times()
    if program.returncode:
        raise RuntimeError(f"{command}: {(errors.strip().splitlines() or ['no message'])[-1]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.monotonic() - started, cpu, peak[0], output)


def _watch(program: subprocess.Popen[str], peak: list[float]) -> None:
    while program.poll() is None:
        try:
            parent = psutil.Process(program.pid)
            held = sum(p.memory_info().rss for p in (parent, *parent.children(recursive=True)))
            peak[0] = max(peak[0], held / 2**20)
        except psutil.Error:  # a process ended while it was looked at
            continue
        finally:
            time.sleep(0.2)


def median(runs: Sequence[Run]) -> Run:
    """The medians of several runs, each figure for itself."""
    return Run(
        statistics.median(r.wall for r in runs),
        statistics.median(r.cpu for r in runs),
        statistics.median(r.peak_mb for r in runs),
        runs[-1].output,
    )


def repeated(times: int, once: Callable[[], Run]) -> Run:
    """The median of running something several times."""
    return median([once() for _ in range(times)])
