"""Ctrl-C during a build with workers: all processes end at once, and the next build completes the workspace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from digests import digest, entry

from kg_builder import build, export

# What Ctrl-C interrupts: it tells of every batch that came back.
PROGRAM = """
import pathlib, sys
from kg_builder.cli import main
import kg_builder.ingest as ingest
build = ingest.build
def telling(*arguments, **options):
    options["progress"] = lambda done, total, papers: papers and print(papers, flush=True)
    return build(*arguments, **options)
ingest.build = telling
sys.argv = ["kg-builder", "build", sys.argv[1], "-g", sys.argv[2], "--engine", "processes"]
main()
"""


def ended(group: int, within: float = 5.0) -> bool:
    """Whether the last process of a group ends in time; helpers of the workers do so once they see them gone."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name == "nt", reason="there are no process groups")
def test_ctrl_c_ends_a_build_at_once_and_the_next_one_completes_it(tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(40):
        papers = (entry(title=f"Walk{number}{i}: A Step", arxiv=f"25{number:02}.{i:05}") for i in range(50))
        (sources / f"{number:02}.md").write_text(digest(*papers), encoding="utf-8")
    (tmp_path / "calm").mkdir()
    (tmp_path / "broken").mkdir()
    command = [sys.executable, "-c", PROGRAM, str(sources), str(tmp_path / "broken" / "g.kg")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        assert int(child.stdout.readline()) < 1000
        started = time.monotonic()
        os.killpg(child.pid, signal.SIGINT)
        _, errors = child.communicate(timeout=30)
        took = time.monotonic() - started
    assert child.returncode == 130
    assert "Traceback" not in errors
    assert ended(child.pid)
    # A second on a machine that does nothing else; the tests may have to share theirs.
    assert took < 5
    exports = []
    for graph in (tmp_path / "broken" / "g.kg", tmp_path / "calm" / "g.kg"):
        build([str(sources)], graph, engine="local")
        export(graph, "jsonl", graph.with_suffix(".jsonl"))
        exports.append(graph.with_suffix(".jsonl").read_bytes())
    assert exports[0] == exports[1]
