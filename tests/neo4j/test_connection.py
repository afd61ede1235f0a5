"""Connecting: one clear line for whatever is wrong, and the password in none of them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect, connection_settings
from kg_builder.stores.neo4j.local_server import LocalServer

pytestmark = pytest.mark.neo4j

SECRET = "no-such-password-1"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)


def _message(settings: ConnectionSettings) -> str:
    with pytest.raises(DatabaseError) as raised, connect(settings):
        pass
    told = "".join(traceback.format_exception(raised.value))
    assert settings.password not in told
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_the_environment_names_the_database(
    settings: ConnectionSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", settings.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", settings.password)
    assert connection_settings(None, "neo4j") == settings
    with connect(settings) as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_a_running_local_server_needs_no_environment(neo4j_server: LocalServer) -> None:
    workspace = neo4j_server.home.with_suffix("")
    assert LocalServer.of_workspace(workspace).home == neo4j_server.home
    found = connection_settings(workspace)
    assert found.uri == neo4j_server.status().uri
    with connect(found):
        pass


def test_without_any_database_both_ways_are_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"kg-builder neo4j start.*NEO4J_URI"):
        connection_settings(tmp_path / "graph.kg")


def test_a_uri_without_a_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:7687")
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with pytest.raises(DatabaseError, match="set NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE"):
        connection_settings()


def test_an_absent_server_is_told_in_one_line() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
        assert "no Neo4j answers at " + uri in _message(ConnectionSettings(uri, "neo4j", SECRET))


def test_a_wrong_password_is_told_in_one_line(settings: ConnectionSettings) -> None:
    assert "refuses user 'neo4j'" in _message(replace(settings, password=SECRET))


def test_a_wrong_database_is_told_in_one_line(settings: ConnectionSettings) -> None:
    assert "has no database 'nowhere'" in _message(replace(settings, database="nowhere"))


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "no address", "bolt+x://127.0.0.1"])
def test_what_is_no_address_is_told_in_one_line(uri: str) -> None:
    assert "is no address of a Neo4j" in _message(ConnectionSettings(uri, "neo4j", SECRET))


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s"])
def test_an_encrypted_address_is_not_silently_spoken_to_in_the_clear(
    settings: ConnectionSettings, scheme: str
) -> None:
    uri = settings.uri.replace("bolt", scheme)
    assert "no Neo4j answers" in _message(replace(settings, uri=uri))


def test_neither_settings_nor_their_repr_show_the_password() -> None:
    assert SECRET not in repr(ConnectionSettings("bolt://127.0.0.1", "neo4j", SECRET))


def test_the_command_line_says_one_line_and_exits_with_1(
    settings: ConnectionSettings, tmp_path: Path
) -> None:
    environment = os.environ | {"NEO4J_URI": settings.uri, "NEO4J_PASSWORD": SECRET}
    code = "from kg_builder.cli import main; main()"
    command = [sys.executable, "-c", code, "schema", "show", "-g", str(tmp_path / "graph.kg")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "refuses user" in run.stderr
    assert SECRET not in run.stderr
