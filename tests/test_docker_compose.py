"""The Compose file keeps its promises: loopback only, no password in it, data in volumes, healthy when it answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).parent.parent / "docker-compose.yml"


@pytest.fixture
def compose() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def neo4j(compose: dict[str, Any]) -> dict[str, Any]:
    assert list(compose["services"]) == ["neo4j"]
    return compose["services"]["neo4j"]


def test_only_the_two_ports_are_published_and_on_loopback(neo4j: dict[str, Any]) -> None:
    assert neo4j["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]
    assert "network_mode" not in neo4j


def test_the_image_is_the_long_term_release_that_the_local_server_runs(neo4j: dict[str, Any]) -> None:
    from kg_builder.stores.neo4j.jars import NEO4J_VERSION

    series = NEO4J_VERSION.rpartition(".")[0]
    assert neo4j["image"] == f"neo4j:{series}-community"


def test_the_password_comes_from_the_environment_and_must_be_set(neo4j: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", neo4j["environment"]["NEO4J_AUTH"])
    # The image reads every NEO4J_ variable that it does not know as a setting, and refuses to start.
    assert "NEO4J_PASSWORD" not in neo4j["environment"]


def test_data_lie_in_a_declared_volume(compose: dict[str, Any], neo4j: dict[str, Any]) -> None:
    mounted = dict(volume.split(":") for volume in neo4j["volumes"])
    assert mounted == {"neo4j-data": "/data", "neo4j-logs": "/logs"}
    assert set(mounted) == set(compose["volumes"])


def test_plugins_and_memory_are_set(neo4j: dict[str, Any]) -> None:
    environment = neo4j["environment"]
    assert yaml.safe_load(environment["NEO4J_PLUGINS"]) == ["apoc", "graph-data-science"]
    for setting in ("heap_initial__size", "heap_max__size", "pagecache_size"):
        assert re.fullmatch(r"\$\{\w+:-\d+[GM]\}", environment[f"NEO4J_server_memory_{setting}"])


def test_health_is_an_answered_query_and_shows_no_password(neo4j: dict[str, Any]) -> None:
    how, command = neo4j["healthcheck"]["test"]
    assert how == "CMD-SHELL"
    assert "cypher-shell 'RETURN 1'" in command
    assert not re.search(r"\s(-p|--password)\b", command)
    # A doubled dollar is for the shell in the container; a single one Compose would replace.
    assert "$${NEO4J_AUTH#*/}" in command
