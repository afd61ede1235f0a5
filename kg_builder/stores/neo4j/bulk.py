"""Bulk loading: the first load of a large graph into an empty local server, by neo4j-admin's importer."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg_builder.errors import DatabaseError
from kg_builder.graph import Graph
from kg_builder.schema import Schema
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.import_files import write_import_files
from kg_builder.stores.neo4j.imported_store import hand_over
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.locking import locked
from kg_builder.stores.neo4j.migration import apply_schema, rules_of_others
from kg_builder.stores.neo4j.server_files import make_folders

_DATABASE = "neo4j"
_DRAFT = "import-"


def bulk_load(graph: Graph, server: LocalServer, *, owner: str) -> float:
    """Fill the empty database of a local server; it is stopped meanwhile, and runs afterwards.

    The store is made apart and handed over when it is complete: a run that is cut off leaves the database
    empty as it was, or full.

    Args:
        graph: the graph to be held.
        server: the local server.
        owner: the name under which this graph is kept.

    Returns:
        The seconds it took.

    Raises:
        DatabaseError: the database is not empty, or has constraints or indexes of others.
        LocalServerError: the importer failed.
    """
    started = time.monotonic()
    make_folders(server.home)
    _refuse_what_would_be_lost(server, graph.schema)
    with locked(server.home / "import.lock"):
        for left_by_a_kill in server.home.glob(f"{_DRAFT}*"):
            shutil.rmtree(left_by_a_kill, ignore_errors=True)
        with TemporaryDirectory(dir=server.home, prefix=_DRAFT, ignore_cleanup_errors=True) as folder:
            arguments = write_import_files(graph, Path(folder) / "csv", owner=owner)
            staging = replace(server, home=Path(folder) / "staging")
            staging.admin("database", "import", "full", *arguments, "--", _DATABASE)
            # Somebody may have written meanwhile.
            _refuse_what_would_be_lost(server, graph.schema)
            server.stop()
            hand_over(staging.home, server.home)
    with connect(_settings(server)) as driver:
        apply_schema(driver, _DATABASE, graph.schema)
    return time.monotonic() - started


def _settings(server: LocalServer) -> ConnectionSettings:
    """Where the server answers; it is started where it does not run."""
    uri = server.start().uri
    assert uri is not None
    return ConnectionSettings(uri, USERNAME, server.password(), _DATABASE)


def _refuse_what_would_be_lost(server: LocalServer, schema: Schema) -> None:
    if server.is_new:  # a start, to be told that nothing is there, would cost as much as a small import
        return
    with connect(_settings(server)) as driver:
        held = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_=_DATABASE).records[0]
        if held["nodes"]:
            raise DatabaseError(
                f"the database holds {held['nodes']:,} nodes, and --bulk is for an empty one; load without --bulk"
            )
        theirs = rules_of_others(driver, _DATABASE, schema)
    if theirs:
        raise DatabaseError(
            f"the database has constraints or indexes of others ({', '.join(theirs)}), which --bulk would not "
            "keep; load without --bulk"
        )
