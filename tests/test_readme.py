"""What the README and the tutorial show is what really happens: every console block is run, its output compared."""

from __future__ import annotations

from pathlib import Path

import console
import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return console.prepared(tmp_path)


@pytest.mark.parametrize("page", console.PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_page_prints_what_is_shown(page, folder):
    steps = console.page_steps(page)
    assert len(steps) >= 8
    running = False
    try:
        for step in steps:
            if step.command.startswith("kg-builder neo4j"):
                running = "start" in step.command
            printed = console.run(step.command, folder)
            assert console.fits(step.shown, printed), f"$ {step.command}\nprinted:\n" + "\n".join(printed)
    finally:
        if running:
            console.run("kg-builder neo4j stop -g papers.kg", folder)


def test_a_page_that_shows_what_is_not_printed_is_found_out():
    assert not console.fits(["a", "c"], ["a", "b"])
    assert not console.fits([], ["a"])
    assert not console.fits(["a", "…"], ["b", "c"])
    assert console.fits(["a", "…"], ["a", "b", "c"])
