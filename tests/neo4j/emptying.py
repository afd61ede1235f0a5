"""Emptying the database of the tests."""

from __future__ import annotations

import neo4j


def empty_database(driver: neo4j.Driver) -> None:
    """Delete everything, in transactions small enough for the memory of a small server."""
    with driver.session(database="neo4j") as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
