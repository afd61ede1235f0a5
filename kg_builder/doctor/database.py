"""Whether the Neo4j that a workspace is loaded into can be reached, may be written, and holds its graph."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.doctor.finding import Finding, State, command
from kg_builder.errors import KgBuilderError
from kg_builder.schema import graph_schema

if TYPE_CHECKING:
    from neo4j import Driver

    from kg_builder.stores.neo4j.connection import ConnectionSettings
    from kg_builder.stores.neo4j.state import DatabaseState

#: The first version whose Cypher and constraints are used.
_OLDEST = (5, 13)

_SUBJECT = "Neo4j"


def examine_database(graph: Path, database: str | None) -> Iterator[Finding]:
    """Look at the Neo4j that the environment names, or the workspace's local one.

    Args:
        graph: the workspace file.
        database: the name of the database.
    """
    from kg_builder.stores.neo4j.connection import connect, connection_settings
    from kg_builder.stores.neo4j.local_server import LocalServer

    if not os.environ.get("NEO4J_URI") and not LocalServer.of_workspace(graph).status().running:
        remedy = f"set NEO4J_URI, or start one with: {command('kg-builder neo4j start', graph)}"
        yield Finding(_SUBJECT, State.NOTE, "none is named, and the workspace's own does not run", remedy)
        return
    try:
        settings = connection_settings(graph, database)
        with connect(settings) as driver:
            yield from _examine(driver, settings, graph)
    except KgBuilderError as error:
        yield Finding(_SUBJECT, State.BAD, str(error))


def _examine(driver: Driver, settings: ConnectionSettings, graph: Path) -> Iterator[Finding]:
    from kg_builder.stores.neo4j.state import read_state

    yield _version(driver, settings.database)
    yield _plugins(driver, settings.database)
    yield _rights(driver, settings.database)
    state = read_state(driver, settings.database)
    yield _rules(driver, settings.database, graph, loaded=state is not None)
    yield _state(state, graph)


def _version(driver: Driver, database: str | None) -> Finding:
    query = "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition"
    record = driver.execute_query(query, database_=database, routing_="r").records[0]
    told = f"{record['version']} {record['edition']}"
    numbers = tuple(int(part) for part in record["version"].split("-")[0].split(".")[:2])
    if numbers < _OLDEST:
        remedy = f"kg-builder needs {'.'.join(map(str, _OLDEST))} or newer"
        return Finding("Neo4j version", State.BAD, told, remedy)
    return Finding("Neo4j version", State.GOOD, told)


def _plugins(driver: Driver, database: str | None) -> Finding:
    query = "SHOW FUNCTIONS YIELD name RETURN DISTINCT split(name, '.')[0] AS plugin"
    named = {r["plugin"] for r in driver.execute_query(query, database_=database, routing_="r").records}
    found = [plugin for plugin in ("apoc", "gds") if plugin in named]
    return Finding("Neo4j plugins", State.GOOD, ", ".join(found) or "none; kg-builder needs none")


def _rights(driver: Driver, database: str | None) -> Finding:
    """Whether the user may write: tried in a transaction that is rolled back."""
    from neo4j.exceptions import Neo4jError

    with driver.session(database=database) as session, session.begin_transaction() as transaction:
        try:
            transaction.run("CREATE (n:`_KgBuilder` {key: 'doctor'}) DELETE n").consume()
        except Neo4jError as error:
            told = f"the user may not write ({error.code})"
            return Finding("Neo4j rights", State.BAD, told, "grant the user the role `publisher` or more")
        finally:
            transaction.rollback()
    return Finding("Neo4j rights", State.GOOD, "the user may write")


def _rules(driver: Driver, database: str | None, graph: Path, *, loaded: bool) -> Finding:
    from kg_builder.stores.neo4j.migration import schema_difference

    found = schema_difference(driver, database, graph_schema())
    subject = "Neo4j constraints and indexes"
    if not (found.missing or found.surplus):
        return Finding(subject, State.GOOD, "as the schema asks")
    told = f"{len(found.missing)} missing, {len(found.surplus)} out of date"
    if not loaded:
        return Finding(subject, State.NOTE, f"{told}; the first load sees to them")
    return Finding(subject, State.NOTE, told, command("kg-builder schema apply", graph))


def _state(state: DatabaseState | None, graph: Path) -> Finding:
    from kg_builder.workspace import Workspace

    load = command("kg-builder load --to neo4j", graph)
    if state is None:
        return Finding("Neo4j graph", State.NOTE, "nothing was loaded yet", load)
    told = f"{state.nodes:,} nodes and {state.relationships:,} relationships of {state.owner}"
    if not state.complete:
        return Finding("Neo4j graph", State.BAD, f"a load of {state.owner} was interrupted", load)
    with Workspace(graph) as workspace:
        same = workspace.graph().state == state.state
    if not same:
        return Finding("Neo4j graph", State.NOTE, f"{told}; the workspace has another state", load)
    return Finding("Neo4j graph", State.GOOD, f"{told}, in the state of the workspace")
