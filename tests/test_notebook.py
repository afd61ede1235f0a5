"""A graph in a notebook: executed by Jupyter itself, its output as it is saved."""

from __future__ import annotations

import html
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from explore_server import keep
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from view_graphs import hostile_graph, small_graph

import kg_builder
from kg_builder.errors import QueryError, ReadOnlyError, UsageError, WorkspaceError


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep(small_graph(), tmp_path_factory.mktemp("notebook") / "papers.kg")


def executed(folder: Path, *cells: str) -> list[list[dict[str, Any]]]:
    """The outputs of each cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = NotebookClient(
        notebook, timeout=120, kernel_name="tests", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    nbformat.validate(notebook)
    return [cell.outputs for cell in notebook.cells]


def test_a_notebook_shows_a_query_as_a_data_frame_and_a_view_below_its_cell(kernels, graph):
    outputs = executed(
        graph.parent,
        "import kg_builder\ngraph = kg_builder.open('papers.kg')\ngraph",
        "graph.query('top-papers', limit=1)",
        "graph.view('model', focus='Heron-7B', height=500)",
    )
    assert outputs[0][0]["data"]["text/plain"] == "kg_builder.open('papers.kg')"
    assert "SwiftNet: Small Models Read Faster" in outputs[1][0]["data"]["text/html"]
    shown = outputs[2][0]["data"]
    assert shown["text/plain"] == "InlinePage(title='Heron-7B', height=500)"
    frame = re.fullmatch(
        r'<iframe title="Heron-7B" srcdoc="([^"]*)" sandbox="([^"]*)" [^<>]*></iframe>', shown["text/html"]
    )
    assert frame is not None
    page = html.unescape(frame[1]).replace('<base href="about:srcdoc">\n', "", 1)
    assert page == kg_builder.open(graph).view("model", focus="Heron-7B").html
    assert "allow-same-origin" not in frame[2]


def test_an_error_in_a_notebook_says_what_to_do(kernels, graph):
    with pytest.raises(
        CellExecutionError, match="there is no such workspace; make one with: kg-builder build"
    ):
        executed(graph.parent, "import kg_builder\nkg_builder.open('none.kg')")


def test_a_query_that_would_write_is_refused(graph):
    with pytest.raises(ReadOnlyError):
        kg_builder.open(graph).query(cypher="CREATE (n:Evil)")


def test_a_parameter_of_a_query_is_an_argument(graph):
    frame = kg_builder.open(graph).query("leaderboard", benchmark="ReadBench", limit=2)
    assert list(frame["value"]) == [80.25, 71.5]
    with pytest.raises(QueryError, match="no parameter 'benchmrk'"):
        kg_builder.open(graph).query("leaderboard", benchmrk="ReadBench")


def test_without_pandas_it_is_said_what_to_install(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r'pip install "kg-builder\[notebook\]"'):
        kg_builder.open(graph).query("top-papers")


def test_the_answer_of_a_query_is_a_view(graph):
    page = kg_builder.open(graph).view("query", query="leaderboard", parameters={"benchmark": "ReadBench"})
    assert page.title == "Leaderboard of a benchmark"


def test_a_view_is_saved_as_a_file(graph, tmp_path):
    page = kg_builder.open(graph).view()
    assert page.save(tmp_path / "overview.html").read_text(encoding="utf-8") == page.html


def test_who_wrote_with_whom_is_studied(graph):
    assert kg_builder.open(graph).coauthors(by="month") is not None


def test_hostile_text_does_not_leave_the_frame(tmp_path):
    graph = kg_builder.open(keep(hostile_graph(), tmp_path / "hostile.kg"))
    shown = graph.view("paper", focus="<script>alert(1)</script>")._repr_html_()
    assert shown.count("<") == 2
    assert shown.startswith('<iframe title="&lt;script&gt;alert(1)&lt;/script&gt;" srcdoc="')


def test_a_file_that_is_no_workspace_is_refused(tmp_path):
    (tmp_path / "x.kg").write_text("no", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        kg_builder.open(os.fspath(tmp_path / "x.kg"))
