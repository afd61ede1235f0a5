"""``kg-builder plan``, ``load``, ``schema`` and ``pull``, as they are typed."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest
from digests import OTHER, digest
from graphs import content
from typer.testing import CliRunner

from kg_builder import build, remove
from kg_builder.cli import app
from kg_builder.errors import DatabaseError, UsageError
from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.local_server import LocalServer
from kg_builder.workspace import Workspace

pytestmark = pytest.mark.neo4j


@pytest.fixture
def run(settings: ConnectionSettings, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NEO4J_URI", settings.uri)
    monkeypatch.setenv("NEO4J_USERNAME", settings.username)
    monkeypatch.setenv("NEO4J_PASSWORD", settings.password)

    def command(*arguments: str | Path) -> str:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return command


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with two topics and a paper."""
    path = tmp_path / "small.kg"
    with Workspace(path, writable=True) as workspace, workspace.transaction() as connection:
        connection.execute("""INSERT INTO nodes."Topic" VALUES ('a', 'A'), ('b', 'B')""")
        connection.execute("""INSERT INTO nodes."Paper" (id, title) VALUES ('p', 'P')""")
        connection.execute("""INSERT INTO relationships."HAS_TOPIC" VALUES ('Paper', 'p', 'Topic', 'a')""")
        workspace.mark_graph_fresh()
    return path


def test_plan_load_and_load_again(run, workspace: Path) -> None:
    planned = json.loads(run("plan", "--to", "neo4j", "-g", workspace, "-f", "json"))
    loaded = json.loads(run("load", "--to", "neo4j", "-g", workspace, "-f", "json"))
    assert planned["changes"] == loaded["changes"]
    assert [(row["name"], row["add"]) for row in loaded["changes"]] == [
        ("Paper", 1),
        ("Topic", 2),
        ("HAS_TOPIC", 1),
    ]
    assert {"action": "add", "id": "Topic/a", "to": {"id": "a", "name": "A"}} in planned["examples"]
    again = json.loads(run("load", "-g", workspace, "-f", "json"))
    assert (again["changes"], again["counters"]) == ([], {})


def test_plan_names_changes_where_asked_and_sources_by_their_location(run, loaded_graph: Path) -> None:
    (loaded_graph.parent / "two.md").write_text(digest(OTHER), encoding="utf-8")
    build([str(loaded_graph.parent / "two.md")], loaded_graph)
    remove(["one.md"], loaded_graph)
    result = CliRunner().invoke(app, ["plan", "-g", str(loaded_graph), "-v"])
    assert "remove Source/one.md" in result.stderr
    assert "add Source/two.md" in result.stderr
    assert re.search(r"add Paper/\S+\|LISTED_IN\|Source/two\.md", result.stderr)
    short = CliRunner().invoke(app, ["plan", "-g", str(loaded_graph)])
    assert short.stdout == result.stdout
    assert short.stderr.splitlines() == ["-v names the first few changes of each kind"]


def test_the_owner_is_the_workspaces_name_unless_it_is_said(
    run, workspace: Path, driver: neo4j.Driver
) -> None:
    run("load", "-g", workspace)
    owner = driver.execute_query("MATCH (s:_KgBuilder) RETURN s.owner AS owner").records[0]["owner"]
    assert owner == "small"
    with pytest.raises(DatabaseError, match="graph of 'small'"):
        run("load", "-g", workspace, "--owner", "other")


def test_a_pull_gives_the_workspace_back(run, workspace: Path, tmp_path: Path) -> None:
    run("load", "-g", workspace)
    run("pull", "--from", "neo4j", "-g", tmp_path / "pulled.kg")
    with Workspace(tmp_path / "pulled.kg") as pulled, Workspace(workspace) as original:
        assert content(pulled.graph()) == content(original.graph())


def test_a_pull_reads_the_local_server_of_another_workspace(
    run, workspace: Path, tmp_path: Path, neo4j_server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", "-g", workspace)
    monkeypatch.delenv("NEO4J_URI")
    run("pull", "--of", neo4j_server.home.with_suffix(""), "-g", tmp_path / "pulled.kg")
    with Workspace(tmp_path / "pulled.kg") as pulled, Workspace(workspace) as original:
        assert content(pulled.graph()) == content(original.graph())


def test_schema_show_and_apply(run, workspace: Path, bare_driver: neo4j.Driver) -> None:
    before = json.loads(run("schema", "show", "-g", workspace, "-f", "json"))
    assert {row["status"] for row in before} == {"missing"}
    run("schema", "apply", "-g", workspace)
    after = json.loads(run("schema", "show", "-g", workspace, "-f", "json"))
    assert {row["status"] for row in after} == {"present"}


def test_bulk_is_for_the_local_server(run, workspace: Path) -> None:
    with pytest.raises(UsageError, match="unset NEO4J_URI"):
        run("load", "--bulk", "-g", workspace)


def test_a_terminal_sees_rows_a_second_and_the_time_left(
    settings, driver: neo4j.Driver, tmp_path: Path
) -> None:
    path = tmp_path / "topics.kg"
    with Workspace(path, writable=True) as workspace, workspace.transaction() as connection:
        connection.execute("""INSERT INTO nodes."Topic" SELECT 't' || n, 'T' FROM range(30000) x(n)""")
        workspace.mark_graph_fresh()
    names = {
        "NEO4J_URI": settings.uri,
        "NEO4J_PASSWORD": settings.password,
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    command = [sys.executable, "-m", "kg_builder", "load", "-g", str(path)]
    terminal, other_end = pty.openpty()
    with subprocess.Popen(
        command, env=os.environ | names, stdout=subprocess.DEVNULL, stderr=other_end
    ) as loading:
        os.close(other_end)
        shown = b""
        with suppress(OSError):  # the terminal's way to say that the other end is closed
            while piece := os.read(terminal, 10_000):
                shown += piece
    os.close(terminal)
    assert loading.returncode == 0
    seen = shown.decode()
    assert re.search(r"\d+/30000\S* [\d,]+ rows/s \S*\d:\d\d:\d\d", seen)
    assert "30000/30000" in seen
