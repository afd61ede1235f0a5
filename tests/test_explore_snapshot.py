"""What ``kg-builder explore`` serves is a snapshot: a build goes on meanwhile, and its state is taken up when asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from explore_server import Server, keep, serving
from view_graphs import small_graph

from kg_builder.explore.snapshot import WorkspaceOrigin, take_snapshot
from kg_builder.workspace import Workspace


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(keep(small_graph(), tmp_path / "papers.kg")) as running:
        yield running


def add_model(graph: Path, name: str) -> None:
    with Workspace(graph, writable=True) as workspace, workspace.transaction() as connection:
        connection.execute(
            'INSERT INTO nodes."Model" BY NAME SELECT ? AS id, ? AS name', [name.lower(), name]
        )
        workspace.mark_graph_fresh()


def folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


def processes_of(parent: int) -> list[int]:
    """Its workers."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def test_a_new_state_is_offered_and_taken_up_when_asked(server, tmp_path):
    assert "Take it up" not in server.get("/").text
    # The file is open to whoever writes: a build goes on.
    add_model(tmp_path / "papers.kg", "Kestrel-9B")
    assert "Take it up" in server.get("/").text
    assert "Kestrel-9B" not in server.get("/search", q="kestrel").text
    assert server.ask("MATCH (m:Model {id: 'kestrel-9b'}) RETURN m").text.count("Kestrel-9B") == 0
    after = server.post("/renew")
    assert "Take it up" not in after.text
    assert "Kestrel-9B" in server.get("/search", q="kestrel").text
    assert "Kestrel-9B</a>" in server.ask("MATCH (m:Model {id: 'kestrel-9b'}) RETURN m").text
    assert len(list(server.folder.glob("kg-builder-explore-*/*"))) == 1


def kept_in(folder: Path) -> list[Path]:
    return sorted((folder / "papers.kg.snapshot").glob("*.explore.duckdb"))


def test_the_snapshot_is_kept_for_the_next_start_until_the_graph_changes(tmp_path):
    graph = keep(small_graph(), tmp_path / "papers.kg")
    first = take_snapshot(WorkspaceOrigin(graph), folder(tmp_path, "first"))
    (kept,) = kept_in(tmp_path)
    # What only the kept one has shows that the second start takes it over.
    with duckdb.connect(str(kept)) as connection:
        connection.execute("INSERT INTO word VALUES ('taken-over', 1)")
    second = take_snapshot(WorkspaceOrigin(graph), folder(tmp_path, "second"))
    assert second.file.rows("SELECT uses FROM word WHERE word = 'taken-over'") == [{"uses": 1}]
    assert first.file.rows("SELECT uses FROM word WHERE word = 'taken-over'") == []
    add_model(graph, "Kestrel-9B")
    third = take_snapshot(WorkspaceOrigin(graph), folder(tmp_path, "third"))
    assert third.file.rows("SELECT name FROM node WHERE id = 'kestrel-9b'") == [{"name": "Kestrel-9B"}]
    assert [kept] != kept_in(tmp_path)
    assert len(kept_in(tmp_path)) == 1


def test_a_kept_snapshot_that_is_damaged_is_made_anew(tmp_path):
    graph = keep(small_graph(), tmp_path / "papers.kg")
    take_snapshot(WorkspaceOrigin(graph), folder(tmp_path, "first"))
    (kept,) = kept_in(tmp_path)
    kept.unlink()
    kept.write_bytes(b"no database")
    again = take_snapshot(WorkspaceOrigin(graph), folder(tmp_path, "second"))
    assert again.file.rows("SELECT name FROM node WHERE id = 'heron-7b'") == [{"name": "Heron-7B"}]


def test_while_a_build_writes_the_old_state_stays(server, tmp_path):
    add_model(tmp_path / "papers.kg", "Kestrel-9B")
    with Workspace(tmp_path / "papers.kg", writable=True):
        refused = server.post("/renew")
    assert refused.status == 400
    assert "another process has it open" in refused.text
    assert "Heron-7B" in server.get("/search", q="heron").text


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_ends_at_once_and_leaves_nothing_behind(server, number, code):
    server.ask("RETURN 1 AS x")
    workers = processes_of(server.process.pid)
    assert workers
    began = time.monotonic()
    assert server.stop(number) == code
    assert time.monotonic() - began < 5
    assert list(server.folder.glob("kg-builder-*")) == []
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), 2)


def test_it_ends_at_once_though_a_query_runs(server):
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        body = f"word={server.word}&cypher=UNWIND+range(1,100000)+AS+a+UNWIND+range(1,1000000)+AS+b+RETURN+sum(a*b)"
        raw.sendall(
            f"POST {server.root}/query HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {server.cookie}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        time.sleep(1)
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 6
    assert processes_of(server.process.pid) == []


def test_a_missing_workspace_is_told(tmp_path):
    done = explore("-g", str(tmp_path / "none.kg"), "--port", "0")
    assert done.returncode == 1
    assert "there is no such workspace" in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path):
    graph = keep(small_graph(), tmp_path / "papers.kg")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = explore("-g", str(graph), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "name another with --port" in done.stderr


def explore(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg_builder", "explore", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
