"""The doctor finds what is wrong with a workspace and says what to do."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest
from digests import built

from kg_builder import query
from kg_builder.cli import main
from kg_builder.doctor import Finding, State, examine
from kg_builder.workspace import Workspace


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("doctor"))


@pytest.fixture
def graph(whole: Path, tmp_path: Path) -> Path:
    return Path(copyfile(whole, tmp_path / "g.kg"))


def findings(graph: Path) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(graph, neo4j=False)}


def damage(graph: Path, statement: str) -> None:
    with Workspace(graph, writable=True) as workspace:
        workspace.connection.execute(statement)


def test_a_workspace_in_order_has_nothing_to_mend(graph):
    found = findings(graph)
    assert [f for f in found.values() if f.state is State.BAD] == []
    assert found["workspace"].found == "1 source, 1 paper"


def test_a_missing_workspace_is_found_with_how_to_make_one(tmp_path):
    found = findings(tmp_path / "none.kg")["workspace"]
    assert found.state is State.BAD
    assert "kg-builder build" in found.found


def test_a_workspace_without_sources_is_told_how_to_get_some(tmp_path):
    graph = tmp_path / "empty.kg"
    with Workspace(graph, writable=True):
        pass
    assert findings(graph)["workspace"].remedy == f"kg-builder build SOURCE -g {graph}"


def test_a_remedy_names_no_workspace_where_the_usual_one_is_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Workspace(Path("graph.kg"), writable=True):
        pass
    assert findings(Path("graph.kg"))["workspace"].remedy == "kg-builder build SOURCE"


@pytest.mark.parametrize(
    ("statement", "subject", "told"),
    [
        ('UPDATE nodes."Paper" SET votes = 1000', "graph", "not as the last build left them"),
        ("UPDATE meta SET value = 'yes' WHERE key = 'graph_stale'", "graph", "was interrupted"),
        ('UPDATE nodes."Passage" SET text = text[2:]', "evidence", "do not stand where they say"),
        ('DELETE FROM nodes."Model"', "relationships", "lead to no node"),
        ("UPDATE source SET source = 'another'", "records", "belong to no source"),
    ],
)
def test_damage_is_found_and_the_remedy_told(graph, statement, subject, told):
    damage(graph, statement)
    found = findings(graph)[subject]
    assert found.state is State.BAD
    assert told in found.found
    assert "build" in found.remedy


def test_an_entry_that_could_not_be_read_is_worth_knowing(graph):
    damage(graph, "INSERT INTO problem VALUES ('s', 'one.md', 3, 'A paper', 'broken', true, false, false)")
    found = findings(graph)["sources"]
    assert (found.state, found.found) == (State.NOTE, "1 entry could not be read")


def test_the_snapshot_is_out_of_date_until_somebody_asks(graph):
    assert findings(graph)["snapshot"].state is State.NOTE
    query(graph, "top-papers")
    assert findings(graph)["snapshot"].state is State.GOOD


def test_a_package_that_is_too_old_is_named(graph, monkeypatch):
    import importlib.metadata

    right = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda n: "0.1" if n == "duckdb" else right(n))
    found = findings(graph)["packages"]
    assert found.state is State.BAD
    assert found.found.startswith("duckdb 0.1")


def test_without_a_neo4j_the_doctor_says_how_to_get_one(graph, monkeypatch):
    monkeypatch.delenv("NEO4J_URI", raising=False)
    (found,) = (f for f in examine(graph) if f.subject == "Neo4j")
    assert found.state is State.NOTE
    assert found.remedy.endswith(f"kg-builder neo4j start -g {graph}")


def test_a_neo4j_that_cannot_be_reached_is_to_be_mended(graph, monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret-word")
    (found,) = (f for f in examine(graph) if f.subject == "Neo4j")
    assert found.state is State.BAD
    assert "secret-word" not in found.found


@pytest.mark.parametrize(("statement", "code"), [("SELECT 1", 0), ('DELETE FROM nodes."Model"', 1)])
def test_the_command_ends_with_1_where_something_is_to_be_mended(graph, statement, code, monkeypatch, capsys):
    damage(graph, statement)
    monkeypatch.setattr("sys.argv", ["kg-builder", "doctor", "--no-neo4j", "-g", str(graph)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert "evidence" in capsys.readouterr().out
