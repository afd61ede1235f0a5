"""A real Neo4j for the tests: one server for the whole run, an empty database for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import neo4j
import pytest
from emptying import empty_database

from kg_builder.stores.neo4j.connection import ConnectionSettings
from kg_builder.stores.neo4j.jars import NEO4J_VERSION
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.loopback import LOOPBACK


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


def _drop_rules(driver: neo4j.Driver, which: str) -> None:
    for what, plural in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
        found = driver.execute_query(
            f"SHOW {plural} YIELD name, type WHERE type <> 'LOOKUP' AND {which} RETURN name"
        )
        for (name,) in found.records:
            driver.execute_query(f"DROP {what} `{name}` IF EXISTS")
