"""A source that changed writes its change and nothing else; a second load of the same state, nothing at all."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import neo4j
import pytest
from digests import OTHER, digest, entry
from graphs import content

from kg_builder import Workspace, build
from kg_builder.stores.neo4j.load import LoadReport, load
from kg_builder.stores.neo4j.plan import plan
from kg_builder.stores.neo4j.reading_back import read_graph

pytestmark = pytest.mark.neo4j

#: A few values that nothing else has, so that a load that wrote too much would be told.
UNCHANGED = [
    entry(title=f"Study {n}: The Number {n}", arxiv=f"2502.{n:05}", authors=f"Ada Brun, Writer Nr{n}")
    for n in range(40)
]


def _loaded(path: Path, driver: neo4j.Driver) -> tuple[LoadReport, dict[str, Any]]:
    """The load's report, and the graph that is held, by ids."""
    with Workspace(path) as workspace:
        graph = workspace.graph()
        planned = plan(graph, driver, database="neo4j", owner="tests")
        report = load(graph, driver, database="neo4j", owner="tests")
        assert planned.changes.rows() == report.changes.rows()
        held = content(read_graph(driver, database="neo4j"))
        assert held == content(graph)
    return report, {json.dumps(row[:-1]): row for row in held}


def test_one_changed_digest_writes_only_its_change(driver: neo4j.Driver, tmp_path: Path) -> None:
    first, changing = tmp_path / "first.md", tmp_path / "changing.md"
    first.write_text(digest(*UNCHANGED), encoding="utf-8")
    changing.write_text(digest(entry(), OTHER, date="2025-01-03"), encoding="utf-8")
    build([str(first), str(changing)], tmp_path / "graph.kg")
    _, before = _loaded(tmp_path / "graph.kg", driver)

    changing.write_text(digest(entry(votes=8), date="2025-01-03"), encoding="utf-8")
    build([str(changing)], tmp_path / "graph.kg")
    report, after = _loaded(tmp_path / "graph.kg", driver)

    expected = Counter[str]()
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one != other:
            expected["add" if one is None else "remove" if other is None else "change"] += 1
    assert expected["remove"], "a paper went"
    assert expected["change"], "votes changed"
    counted = {action: report.changes.total(action) for action in ("add", "change", "remove")}
    assert counted == {action: expected[action] for action in counted}
    made = report.counters["nodes_created"] + report.counters["relationships_created"]
    gone = report.counters["nodes_deleted"] + report.counters["relationships_deleted"]
    assert (made, gone) == (expected["add"], expected["remove"])

    again, _ = _loaded(tmp_path / "graph.kg", driver)
    assert not again.counters
