"""A bulk load leaves the database as an ordinary load would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from emptying import empty_database
from graphs import MemoryGraph, content, node, relationship
from made_graphs import made_graph

from kg_builder.errors import DatabaseError, ExportError
from kg_builder.stores.folders import ARGUMENT_FILE, write_for_neo4j_admin
from kg_builder.stores.neo4j.bulk import bulk_load
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.import_files import write_import_files
from kg_builder.stores.neo4j.imported_store import adopt_imported, hand_over
from kg_builder.stores.neo4j.load import load
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.plan import plan
from kg_builder.stores.neo4j.reading_back import read_graph

pytestmark = pytest.mark.neo4j

HOSTILE = [
    'a "quoted", text\nin\r\nlines',
    "",
    " spaces ",
    "back\\slash\\",
    '\\"',
    "'",
    ";|,\t",
    "가 😀",
    "0.1",
]


def hostile_graph() -> MemoryGraph:
    nodes, relationships = made_graph(3)
    nodes += [node("Topic", f"hostile {n} {text}", name=text) for n, text in enumerate(HOSTILE)]
    nodes += [node("Model", "lists", name="L", aliases=HOSTILE)]
    nodes += [node("Paper", "p", title="P", authors_complete=False, votes=-(2**62))]
    nodes += [node("Result", "r", value=1e-320, from_value=0.1 + 0.2, text="r")]
    relationships += [relationship("Paper/p", "REPORTS", "Result/r", evidence=HOSTILE[0], confidence=1 / 3)]
    return MemoryGraph(nodes, relationships)


def test_it_equals_an_ordinary_load_and_is_for_an_empty_database(tmp_path: Path, neo4j_version: str) -> None:
    graph = hostile_graph()
    server = LocalServer(tmp_path / "graph.kg.neo4j", neo4j_version)
    try:
        bulk_load(graph, server, owner="tests")
        uri = server.status().uri
        assert uri is not None
        with connect(ConnectionSettings(uri, USERNAME, server.password(), "neo4j")) as driver:
            assert content(read_graph(driver, database="neo4j")) == content(graph)
            assert plan(graph, driver, database="neo4j", owner="tests", verify=True).is_empty
            assert not load(graph, driver, database="neo4j", owner="tests").counters
            with pytest.raises(DatabaseError, match=r"--bulk is for an empty one"):
                bulk_load(graph, server, owner="tests")
            empty_database(driver)
            driver.execute_query("CREATE INDEX theirs FOR (n:Person) ON (n.email)")
        with pytest.raises(DatabaseError, match=r"indexes of others \(theirs\)"):
            bulk_load(graph, server, owner="tests")
        assert not list(server.home.glob("import-*"))
    finally:
        server.stop()


def test_a_running_empty_server_and_one_that_never_ran_are_filled_alike(
    tmp_path: Path, neo4j_version: str
) -> None:
    graph = MemoryGraph(*made_graph(2))
    held = []
    for name in ("new", "running"):
        server = LocalServer(tmp_path / name, neo4j_version)
        try:
            if name == "running":
                server.start()
            bulk_load(graph, server, owner="tests")
            uri = server.status().uri
            assert uri is not None
            with connect(ConnectionSettings(uri, USERNAME, server.password(), "neo4j")) as driver:
                held.append(content(read_graph(driver, database="neo4j")))
        finally:
            server.stop()
    assert held == [content(graph)] * 2


def test_a_store_that_waits_for_the_next_start_is_not_replaced(tmp_path: Path, neo4j_version: str) -> None:
    """As if killed after the import and before the start: the first graph is there, and a second one refused."""
    server = LocalServer(tmp_path / "home", neo4j_version)
    assert server.is_new
    csv = write_import_files(MemoryGraph(*made_graph(2)), tmp_path / "csv", owner="tests")
    made = LocalServer(tmp_path / "made", neo4j_version)
    made.admin("database", "import", "full", *csv, "--", "neo4j")
    server.home.mkdir()
    hand_over(made.home, server.home)
    assert not server.is_new
    try:
        with pytest.raises(DatabaseError, match=r"--bulk is for an empty one"):
            bulk_load(MemoryGraph(*made_graph(3)), server, owner="tests")
    finally:
        server.stop()


def test_what_is_exported_for_another_machines_importer_is_the_same_graph(
    tmp_path: Path, neo4j_version: str
) -> None:
    graph = hostile_graph()
    exported = tmp_path / "exported"
    exported.mkdir()
    write_for_neo4j_admin(graph, exported, "tests")
    server = LocalServer(tmp_path / "graph.kg.neo4j", neo4j_version)
    server.admin("database", "import", "full", "neo4j", f"@{ARGUMENT_FILE}", folder=exported)
    try:
        uri = server.start().uri
        assert uri is not None
        with connect(ConnectionSettings(uri, USERNAME, server.password(), "neo4j")) as driver:
            report = load(graph, driver, database="neo4j", owner="tests", verify=True)
            assert set(report.counters) == {"constraints_added", "indexes_added"}
            assert content(read_graph(driver, database="neo4j")) == content(graph)
    finally:
        server.stop()


def test_what_a_kill_cut_off_is_finished_by_the_next_start(tmp_path: Path) -> None:
    """As if killed between the two moves: the store is in its place, its transactions are not yet."""
    home, made = tmp_path / "home", tmp_path / "made"
    for folder, content_of in ((home, "old"), (made, "new")):
        for part in ("databases", "transactions"):
            (folder / "data" / part / "neo4j").mkdir(parents=True)
            (folder / "data" / part / "neo4j" / "store").write_text(content_of, encoding="utf-8")
    hand_over(made, home)
    shutil.rmtree(home / "data" / "databases" / "neo4j")
    (home / "imported" / "data" / "databases" / "neo4j").rename(home / "data" / "databases" / "neo4j")
    adopt_imported(home)
    adopt_imported(home)
    stores = sorted(path.read_text(encoding="utf-8") for path in home.rglob("store"))
    assert stores == ["new", "new"]
    assert [path.name for path in home.iterdir()] == ["data"]


def test_a_list_that_the_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    graph = MemoryGraph([node("Model", "m", name="M", aliases=["a\x1fb"])])
    with pytest.raises(ExportError, match=r"U\+001F"):
        write_import_files(graph, tmp_path / "csv", owner="tests")
