"""The local server: its files are the owner's, its password is nowhere to be seen, it listens on loopback only."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import neo4j
import psutil
import pytest

from kg_builder.errors import LocalServerError
from kg_builder.stores.neo4j import local_server
from kg_builder.stores.neo4j.jars import neo4j_jars
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.loopback import free_port
from kg_builder.stores.neo4j.server_files import make_folders
from kg_builder.stores.neo4j.server_process import ServerProcess, remember, remembered

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("local") / "graph.kg"


@pytest.fixture(scope="module")
def stopped_at_the_end(workspace: Path, neo4j_version: str) -> Iterator[LocalServer]:
    server = LocalServer.of_workspace(workspace, version=neo4j_version)
    yield server
    server.stop()


@pytest.fixture
def server(stopped_at_the_end: LocalServer) -> LocalServer:
    """A running server of these tests' own, to be stopped and killed."""
    stopped_at_the_end.start()
    return stopped_at_the_end


@pytest.fixture
def bare(tmp_path: Path) -> LocalServer:
    """The folder of a server that was never started."""
    server = LocalServer.of_workspace(tmp_path / "graph.kg")
    make_folders(server.home)
    return server


def _kg_builder(workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from kg_builder.cli import main; main()"
    command = [sys.executable, "-c", code, "neo4j", *arguments, "-g", str(workspace)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240)


def _count(server: LocalServer) -> int:
    uri = server.status().uri
    assert uri is not None
    with neo4j.GraphDatabase.driver(uri, auth=(USERNAME, server.password())) as driver:
        found = driver.execute_query("MERGE (:Kept) WITH 1 AS x MATCH (n:Kept) RETURN count(n) AS n")
        return found.records[0]["n"]


def test_files_are_the_owners_alone(neo4j_server: LocalServer) -> None:
    assert stat.S_IMODE(neo4j_server.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(neo4j_server.password_file.stat().st_mode) == 0o600
    open_to_others = [
        path for path in neo4j_server.home.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def test_the_server_listens_on_loopback_only(neo4j_server: LocalServer) -> None:
    pid = neo4j_server.status().pid
    listening = [c.laddr.ip for c in psutil.Process(pid).net_connections() if c.status == psutil.CONN_LISTEN]
    assert listening
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}


def test_the_password_is_in_no_command_line_environment_or_log(
    stopped_at_the_end: LocalServer, workspace: Path, neo4j_version: str
) -> None:
    server = stopped_at_the_end
    seen: set[str] = set()
    with ThreadPoolExecutor() as pool:
        starting = pool.submit(_kg_builder, workspace, "start", "--neo4j-version", neo4j_version)
        while not starting.done():
            for process in psutil.process_iter():
                try:
                    seen.add(" ".join([*process.cmdline(), *process.environ().values()]))
                except psutil.Error:
                    continue
            time.sleep(0.05)
    started = starting.result()
    assert started.returncode == 0, started.stderr
    assert str(server.password_file) in started.stderr
    password = server.password()
    assert any("admin.args" in line for line in seen), "the moment of setting the password was seen"
    assert not [line for line in seen if password in line]
    assert password not in started.stdout + started.stderr
    files = [path for path in server.home.rglob("*") if path.is_file()]
    assert [path for path in files if password.encode() in path.read_bytes()] == [server.password_file]


def test_a_second_start_leaves_the_running_server_as_it_is(server: LocalServer) -> None:
    pid = server.status().pid
    assert server.start().pid == pid


def test_data_survive_a_kill_and_a_stop(server: LocalServer, workspace: Path) -> None:
    assert _count(server) == 1
    pid = server.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    psutil.Process(pid).wait(10)
    assert not server.status().running
    server.start()
    assert _count(server) == 1
    assert server.stop()
    server.start()
    assert _count(server) == 1


def test_the_command_line_tells_of_a_running_server_and_stops_it(
    server: LocalServer, workspace: Path
) -> None:
    told = json.loads(_kg_builder(workspace, "status", "-f", "json").stdout)
    assert told[0]["running"] is True
    assert told[0]["uri"] == server.status().uri
    assert "stopped" in _kg_builder(workspace, "stop").stderr
    assert not server.status().running
    assert not server.stop(), "there is nothing left to stop"


def test_a_strangers_process_is_never_ended(bare: LocalServer) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        try:
            started = psutil.Process(stranger.pid).create_time()
            remember(ServerProcess(stranger.pid, started, "@elsewhere", 7687), bare._process_file)
            assert not bare.status().running
            assert not bare.stop()
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_lost_password_is_told_with_a_remedy(bare: LocalServer) -> None:
    (bare.home / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(LocalServerError, match=r"password.*begin anew"):
        bare.password()


def test_a_damaged_process_file_is_told(bare: LocalServer) -> None:
    bare._process_file.write_text("{", encoding="utf-8")
    with pytest.raises(LocalServerError, match=r"process\.json: damaged"):
        remembered(bare._process_file)


def test_a_server_that_cannot_start_says_why(tmp_path: Path, neo4j_version: str) -> None:
    server = LocalServer(
        tmp_path / "home", neo4j_version, configuration={"server.memory.pagecache.size": "no size"}
    )
    with pytest.raises(LocalServerError, match=r"(?s)failed|did not start"):
        server.start()
    assert not server.status().running


def test_a_port_that_another_takes_first_is_left_to_it_and_the_password_with_us(
    tmp_path: Path, neo4j_version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = LocalServer(tmp_path / "home", neo4j_version)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0)
        taken = stranger.getsockname()[1]
        ports = iter([taken])
        monkeypatch.setattr(local_server, "free_port", lambda: next(ports, None) or free_port())
        try:
            uri = server.start().uri
            said = _said_to(stranger)
        finally:
            server.stop()
    assert uri is not None
    assert str(taken) not in uri
    assert said <= {b""}


def _said_to(listener: socket.socket) -> set[bytes]:
    """What those who connected said."""
    said: set[bytes] = set()
    with suppress(BlockingIOError):
        while True:
            connection, _ = listener.accept()
            with connection:
                said.add(connection.recv(1000))
    return said


def test_what_is_no_version_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(LocalServerError, match="is no Neo4j version"):
        neo4j_jars("../../etc", cache=tmp_path)
    assert list(tmp_path.iterdir()) == []
