"""A first look: the example digests become a graph that answers, and that can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from kg_builder.ingest import build
from kg_builder.resources import shipped
from kg_builder.stores.querying import query
from kg_builder.stores.rows import Rows
from kg_builder.views.viewing import view

_EXAMPLES = ("daily-papers-ko.md", "daily-papers-en.md")


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the demo: what it is, the command that asks it, and the answer."""

    title: str
    command: str
    rows: Rows


def run_demo(folder: Path) -> Iterator[Step]:
    """Copy the example digests, build their graph, ask it, and draw the overview.

    Args:
        folder: where the digests, the workspace and the page go; made where it is not there.

    Yields:
        Each question with its answer; the page is written after the last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _EXAMPLES:
        copyfile(shipped("examples") / name, folder / name)
    graph = folder / "graph.kg"
    build([str(folder / name) for name in _EXAMPLES], graph)
    for title, name in (
        ("Which papers got the most votes?", "top-papers"),
        ("Which models are most compared with?", "most-compared-models"),
        ("Which papers share two authors or more?", "shared-authors"),
    ):
        yield Step(title, f"kg-builder query {name} -g {graph}", query(graph, name))
    view(graph, "overview", output=folder / "overview.html")
