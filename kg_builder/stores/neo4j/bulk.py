"""Bulk loading: the first load of a large graph into an empty local server, by neo4j-admin's importer."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg_builder.errors import DatabaseError
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.import_files import write_import_files
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.migration import apply_schema

_DATABASE = "neo4j"
_STORES = ("databases", "transactions")


def bulk_load(graph: Graph, server: LocalServer, *, owner: str) -> float:
    """Fill the empty database of a local server; it is stopped meanwhile, and runs afterwards.

    The store is made apart and moved into place when it is complete, so that a run that is cut off
    leaves the empty database as it was.

    Args:
        graph: the graph to be held.
        server: the local server.
        owner: the name under which this graph is kept.

    Returns:
        The seconds it took.

    Raises:
        DatabaseError: the database is not empty.
        LocalServerError: the importer failed.
    """
    started = time.monotonic()
    with connect(_settings(server)) as driver:
        held = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_=_DATABASE).records[0]
        if held["nodes"]:
            raise DatabaseError(
                f"the database holds {held['nodes']:,} nodes, and --bulk is for an empty one; load without --bulk"
            )
    with TemporaryDirectory(dir=server.home, prefix="import-") as folder:
        arguments = write_import_files(graph, Path(folder) / "csv", owner=owner)
        staging = replace(server, home=Path(folder) / "staging")
        staging.admin("database", "import", "full", *arguments, "--", _DATABASE)
        server.stop()
        _move_into_place(staging.home, server.home)
    server.start()
    with connect(_settings(server)) as driver:
        apply_schema(driver, _DATABASE, graph.schema)
    return time.monotonic() - started


def _settings(server: LocalServer) -> ConnectionSettings:
    uri = server.start().uri
    assert uri is not None
    return ConnectionSettings(uri, USERNAME, server.password(), _DATABASE)


def _move_into_place(staging: Path, home: Path) -> None:
    for part in _STORES:
        old, new = home / "data" / part / _DATABASE, staging / "data" / part / _DATABASE
        shutil.rmtree(old, ignore_errors=True)
        if new.is_dir():
            new.rename(old)
