"""A graph that was pulled from a database is not lost to a build: its sources are not in the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import digest
from explore_server import keep
from view_graphs import small_graph

from kg_builder import WorkspaceError, build, query
from kg_builder.curation import add_alias


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    """A workspace as `pull` makes it: nodes and relationships, no sources."""
    return keep(small_graph(), tmp_path / "pulled.kg")


def test_a_build_into_a_pulled_workspace_is_refused_and_the_graph_stays(pulled, tmp_path):
    before = query(pulled, "summary").rows
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="pulled from a database"):
        build([str(tmp_path / "one.md")], pulled)
    assert query(pulled, "summary").rows == before


def test_a_decision_on_names_in_a_pulled_workspace_is_refused_and_the_graph_stays(pulled):
    before = query(pulled, "summary").rows
    with pytest.raises(WorkspaceError, match="pulled from a database"):
        add_alias(pulled, "Heron 7", "Heron-7B", "Model")
    assert query(pulled, "summary").rows == before


def test_an_empty_workspace_is_built_into(tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    assert build([str(tmp_path / "one.md")], tmp_path / "g.kg").nodes["Paper"] == 1
