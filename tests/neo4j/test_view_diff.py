"""The view of what a load would change, against a real Neo4j."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import OTHER, digest, entry

from kg_builder import build
from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j.load import load
from kg_builder.views.viewing import view
from kg_builder.workspace import Workspace

pytestmark = pytest.mark.neo4j


def page(graph: Path) -> str:
    return view(graph, "diff", output=graph.parent / "diff.html").read_text(encoding="utf-8")


def test_before_the_first_load_everything_is_to_be_added(graph, driver):
    text = page(graph)
    assert "+ TinyWalk" in text
    assert "− TinyWalk" not in text


def test_what_came_and_what_went_since_the_load_is_shown(loaded_graph):
    (loaded_graph.parent / "one.md").write_text(digest(OTHER), encoding="utf-8")
    build([str(loaded_graph.parent / "one.md")], loaded_graph)
    text = page(loaded_graph)
    assert "+ GreyMap" in text
    assert "− arxiv:2501.00001" in text  # what goes is known by its id alone


def test_what_changed_since_the_load_is_shown(loaded_graph):
    (loaded_graph.parent / "one.md").write_text(digest(entry(votes=99)), encoding="utf-8")
    build([str(loaded_graph.parent / "one.md")], loaded_graph)
    assert "~ TinyWalk" in page(loaded_graph)


def test_the_view_writes_nothing_into_the_database(graph, driver):
    page(graph)
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0


def test_a_database_of_another_owner_is_told(graph, driver):
    with Workspace(graph) as workspace:
        load(workspace.graph(), driver, owner="somebody-else")
    with pytest.raises(DatabaseError, match="somebody-else"):
        page(graph)
