"""A build that is killed at any moment leaves a workspace that opens, and that the next build completes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from digests import OTHER, digest, entry

from kg_builder import Workspace, build, export

ROUNDS = int(os.environ.get("KG_BUILDER_SOAK_ROUNDS", "3"))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for number in range(12):
        papers = (
            entry(title=f"Walk{number}{letter}: A Step", arxiv=f"2502.{number:02}{index:03}")
            for index, letter in enumerate("abcdefgh")
        )
        (folder / f"{number:02}.md").write_text(digest(*papers, OTHER), encoding="utf-8")
    return folder


def exported(graph: Path) -> bytes:
    export(graph, "jsonl", graph.with_suffix(".jsonl"))
    return graph.with_suffix(".jsonl").read_bytes()


@pytest.mark.soak
@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_a_killed_build_is_completed_by_the_next(sources, tmp_path, round_number):
    undisturbed, graph = tmp_path / "calm" / "g.kg", tmp_path / "killed" / "g.kg"
    for path in (undisturbed, graph):
        path.parent.mkdir()
    build([str(sources / "00.md")], undisturbed)
    build([str(sources / "00.md")], graph)
    started = time.monotonic()
    build([str(sources)], undisturbed)
    usual = time.monotonic() - started
    # The imports of the child take longer than its work: the clock starts when it begins to build.
    code = (
        "import sys, pathlib; from kg_builder.ingest import build; from kg_builder.extract.pipeline import pipeline; "
        "from kg_builder.extract import ExtractionSettings; pipeline(ExtractionSettings()); "
        "print('ready', flush=True); build([sys.argv[1]], pathlib.Path(sys.argv[2]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(sources), str(graph)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "ready\n"
        time.sleep(random.Random(round_number).uniform(0, 1.2 * usual))
        child.send_signal(signal.SIGKILL)
    with Workspace(graph) as workspace:
        assert workspace.graph().count('nodes."Paper"') in (9, 97)
    build([str(sources)], graph)
    assert exported(graph) == exported(undisturbed)
