"""A real Neo4j for the tests: one server for the whole run, an empty database for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from digests import digest
from emptying import empty_database

from kg_builder import build
from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.jars import NEO4J_VERSION
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.loopback import LOOPBACK
from kg_builder.workspace import Workspace


@pytest.fixture(scope="session")
def neo4j_version() -> str:
    """The release under test: KG_BUILDER_NEO4J_VERSION, else the one that the project pins."""
    return os.environ.get("KG_BUILDER_NEO4J_VERSION", NEO4J_VERSION)


@pytest.fixture(scope="session", autouse=True)
def quick_java() -> Iterator[None]:
    """Java that starts sooner; only bulk work would miss the full compiler."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        yield


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, neo4j_version: str) -> Iterator[LocalServer]:
    server = LocalServer(tmp_path_factory.mktemp("neo4j") / "tests.kg.neo4j", neo4j_version)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(neo4j_server: LocalServer) -> ConnectionSettings:
    uri = neo4j_server.status().uri
    assert uri is not None, f"the server of the tests has gone; see {neo4j_server.log}"
    assert LOOPBACK in uri
    return ConnectionSettings(uri, USERNAME, neo4j_server.password(), "neo4j")


@pytest.fixture
def driver(settings: ConnectionSettings) -> Iterator[neo4j.Driver]:
    """A driver on a database without data and without rules of others; those of this project may be there."""
    auth = (settings.username, settings.password)
    with neo4j.GraphDatabase.driver(settings.uri, auth=auth, notifications_min_severity="OFF") as driver:
        empty_database(driver)
        _drop_rules(driver, "NOT name STARTS WITH 'kg_'")
        yield driver


@pytest.fixture
def bare_driver(driver: neo4j.Driver) -> neo4j.Driver:
    """A driver on a database that is as it was made."""
    _drop_rules(driver, "true")
    return driver


@pytest.fixture
def graph(tmp_path: Path, settings: ConnectionSettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one digest, and an environment that names the database of the tests."""
    monkeypatch.setenv("NEO4J_URI", settings.uri)
    monkeypatch.setenv("NEO4J_USERNAME", settings.username)
    monkeypatch.setenv("NEO4J_PASSWORD", settings.password)
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    build([str(tmp_path / "one.md")], tmp_path / "g.kg")
    return tmp_path / "g.kg"


@pytest.fixture
def loaded_graph(graph: Path, driver: neo4j.Driver) -> Path:
    """The same, loaded."""
    with Workspace(graph) as workspace:
        load(workspace.graph(), driver, owner="g")
    return graph


def _drop_rules(driver: neo4j.Driver, which: str) -> None:
    for what, plural in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
        found = driver.execute_query(
            f"SHOW {plural} YIELD name, type WHERE type <> 'LOOKUP' AND {which} RETURN name"
        )
        for (name,) in found.records:
            driver.execute_query(f"DROP {what} `{name}` IF EXISTS")
