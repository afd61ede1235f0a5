"""A load that is killed at any moment is finished by the next one, as if nothing had happened."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import neo4j
import psutil
import pytest
from graphs import MemoryGraph, content
from loading import graph_of

from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.plan import plan
from kg_builder.stores.neo4j.reading_back import read_graph

pytestmark = [pytest.mark.neo4j, pytest.mark.soak]

ROUNDS = int(os.environ.get("KG_BUILDER_SOAK_ROUNDS", "3"))


def _loading(settings: ConnectionSettings, seed: int) -> subprocess.Popen[str]:
    """A process that has connected and is about to load."""
    names = {
        "NEO4J_URI": settings.uri,
        "NEO4J_USERNAME": settings.username,
        "NEO4J_PASSWORD": settings.password,
    }
    command = [sys.executable, str(Path(__file__).parent / "loading.py"), str(seed)]
    process = subprocess.Popen(
        command, env=os.environ | names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _is_finished_by_the_next_load(driver: neo4j.Driver, graph: MemoryGraph) -> None:
    load(graph, driver, database="neo4j", owner="crash", yes=True)
    assert content(read_graph(driver, database="neo4j")) == content(graph)
    assert plan(graph, driver, database="neo4j", owner="crash", verify=True).is_empty


class Moments:
    """Random moments to kill at, spread over as long as a load takes; some fall after its end.

    Args:
        seed: of the choice.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._longest = 1.0
        self.within = 0

    def pass_within(self, loading: subprocess.Popen[str]) -> None:
        """Wait for the next moment, or for the end of the load where that comes first."""
        started = time.monotonic()
        try:
            loading.wait(self._chance.uniform(0, self._longest))
            self._longest = time.monotonic() - started
        except subprocess.TimeoutExpired:
            self._longest *= 1.1
            self.within += 1


def test_a_killed_client(driver: neo4j.Driver, settings: ConnectionSettings) -> None:
    moments = Moments(1)
    for number in range(ROUNDS):
        with _loading(settings, number) as loading:
            moments.pass_within(loading)
            loading.kill()
        _is_finished_by_the_next_load(driver, graph_of(number))
    assert moments.within, "some load was killed before its end"


def test_a_killed_server(driver: neo4j.Driver, neo4j_server: LocalServer) -> None:
    moments = Moments(2)
    for number in range(ROUNDS):
        with _loading(_running(neo4j_server), number) as loading:
            moments.pass_within(loading)
            process = psutil.Process(neo4j_server.status().pid)
            process.kill()
            process.wait(10)
            loading.kill()
        with connect(_running(neo4j_server)) as restarted:
            _is_finished_by_the_next_load(restarted, graph_of(number))
    assert moments.within, "some server was killed before the end of the load"


def _running(server: LocalServer) -> ConnectionSettings:
    """The server, started where it does not run."""
    status = server.start()
    assert status.uri is not None
    return ConnectionSettings(status.uri, USERNAME, server.password(), "neo4j")
