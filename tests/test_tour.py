"""The tour of the examples runs from its first cell to its last, and shows what it says."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def outputs(kernels: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The kinds of output of each cell, by the first words of its last line."""
    folder = copytree(EXAMPLES, tmp_path_factory.mktemp("tour") / "examples")
    tour = nbformat.read(folder / "tour.ipynb", 4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(tour, timeout=300, kernel_name="tests", resources=resources).execute()
    return {
        cell.source: [kind for output in cell.outputs for kind in output.get("data", {})]
        for cell in tour.cells
        if cell.cell_type == "code"
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("kg_builder.build", "text/plain"),
        ('query("leaderboard"', "text/html"),
        ("graph.view(", "text/html"),
        ("graph.coauthors()", "image/png"),
    ],
)
def test_a_step_of_the_tour_shows_its_answer(outputs, words, kind):
    (shown,) = (kinds for source, kinds in outputs.items() if words in source)
    assert kind in shown


def test_the_tour_is_kept_without_outputs():
    tour = nbformat.read(EXAMPLES / "tour.ipynb", 4)
    assert not any(cell.get("outputs") for cell in tour.cells)
