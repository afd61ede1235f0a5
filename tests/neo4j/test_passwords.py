"""Where a password comes from, and where it never goes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import neo4j
import psutil
import pytest

from kg_builder.errors import DatabaseError, LocalServerError
from kg_builder.stores.neo4j.connection import ConnectionSettings, connection_settings
from kg_builder.stores.neo4j.local_server import LocalServer
from kg_builder.stores.neo4j.private_files import write_private
from kg_builder.workspace import Workspace

pytestmark = pytest.mark.neo4j


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    for name in ("NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_file_that_only_its_owner_can_read_gives_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "password", "with space at the end \n")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    assert connection_settings().password == "with space at the end "


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o602])
def test_a_file_that_others_may_read_or_write_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    write_private(tmp_path / "password", "secret-of-many")
    (tmp_path / "password").chmod(mode)
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(DatabaseError, match=rf"others may .* mode is {mode:04o}; chmod 600") as refused:
        connection_settings()
    assert "secret-of-many" not in str(refused.value)


def test_the_local_servers_password_is_refused_once_others_may_read_it(tmp_path: Path) -> None:
    server = LocalServer.of_workspace(tmp_path / "graph.kg")
    server.home.mkdir()
    write_private(server.password_file, "secret")
    assert server.password() == "secret"
    server.password_file.chmod(0o644)
    with pytest.raises(LocalServerError, match=r"others may read or write it.*chmod 600"):
        server.password()


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "password").touch(mode=0o600)
        (tmp_path / "password").write_bytes(content)
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(DatabaseError, match=r"NEO4J_PASSWORD_FILE .*password: "):
        connection_settings()


COMMAND = [sys.executable, "-c", "from kg_builder.cli import main; main()"]


def test_a_terminal_is_asked_and_shows_nothing_of_the_answer(settings: ConnectionSettings) -> None:
    environment = os.environ | {"NEO4J_URI": settings.uri}
    terminal, other_end = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "schema", "show"],
        env=environment,
        stdin=other_end,
        stdout=subprocess.PIPE,
        stderr=other_end,
        start_new_session=True,
    ) as asked:
        os.close(other_end)
        shown = b""
        while b"Password of neo4j" not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, settings.password.encode() + b"\n")
        assert asked.stdout is not None
        answer = asked.stdout.read()
        assert asked.wait(60) == 0
    with suppress(OSError):  # where nothing more was shown
        shown += os.read(terminal, 10_000)
    os.close(terminal)
    assert b"kg_paper_id" in answer
    assert settings.password.encode() not in shown + answer


def test_a_load_leaves_no_trace_of_the_password(
    settings: ConnectionSettings, driver: neo4j.Driver, tmp_path: Path
) -> None:
    workspace = tmp_path / "small.kg"
    with Workspace(workspace, writable=True) as made, made.transaction() as connection:
        connection.execute("""INSERT INTO nodes."Topic" SELECT 't' || n, 'T' FROM range(20000) x(n)""")
        made.mark_graph_fresh()
    environment = os.environ | {"NEO4J_URI": settings.uri, "NEO4J_PASSWORD": settings.password}
    with subprocess.Popen(
        [*COMMAND, "load", "-g", str(workspace)],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as loading:
        seen: set[str] = set()
        while loading.poll() is None:
            for process in psutil.process_iter():
                try:
                    seen.add(" ".join(process.cmdline()))
                except psutil.Error:
                    continue
            time.sleep(0.1)
        assert loading.stdout is not None
        told = loading.stdout.read()
    assert loading.returncode == 0
    assert any("load" in line and str(workspace) in line for line in seen)
    assert not [line for line in seen if settings.password in line]
    assert settings.password.encode() not in told
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert workspace in files
    assert not [path for path in files if settings.password.encode() in path.read_bytes()]
