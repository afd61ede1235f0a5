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


def test_a_killed_client(driver: neo4j.Driver, settings: ConnectionSettings) -> None:
    chance = random.Random(1)
    longest = 1.0
    done = 0
    for number in range(ROUNDS):
        with _loading(settings, number) as loading:
            started = time.monotonic()
            try:
                loading.wait(chance.uniform(0, longest))
                done += 1
                longest = time.monotonic() - started
            except subprocess.TimeoutExpired:
                longest *= 1.1
            loading.kill()
        _is_finished_by_the_next_load(driver, graph_of(number))
    assert done < ROUNDS, "some load was killed before its end"


def test_a_killed_server(driver: neo4j.Driver, neo4j_server: LocalServer) -> None:
    chance = random.Random(2)
    for number in range(-(-ROUNDS // 3)):
        status = neo4j_server.start()
        assert status.uri is not None
        settings = ConnectionSettings(status.uri, USERNAME, neo4j_server.password(), "neo4j")
        with _loading(settings, number) as loading:
            time.sleep(chance.uniform(0, 1.0))
            process = psutil.Process(status.pid)
            process.kill()
            process.wait(10)
            loading.kill()
        status = neo4j_server.start()
        assert status.uri is not None
        settings = ConnectionSettings(status.uri, USERNAME, neo4j_server.password(), "neo4j")
        with connect(settings) as driver:
            _is_finished_by_the_next_load(driver, graph_of(number))
