"""What a database says of itself: whose graph it holds, in which state, and which load is at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j.cypher import STATE_LABEL, quoted
from kg_builder.stores.neo4j.marks import Layout

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction
    from neo4j.graph import Node

_STATE = f"(s:{quoted(STATE_LABEL)} {{key: 'state'}})"


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What the last load left written.

    Args:
        owner: the name of the workspace whose graph this is.
        complete: whether that load came to its end.
        state: the fingerprint of the graph that it loaded.
        layout: what the marks in this database mean.
        nodes: how many nodes it owned then.
        relationships: how many relationships it owned then.
        left: how many things it had to leave as others need them.
    """

    owner: str
    complete: bool
    state: str
    layout: Layout
    nodes: int
    relationships: int
    left: int


def read_state(driver: Driver, database: str | None) -> DatabaseState | None:
    """What the last load left written, or ``None`` where there was none."""
    records = driver.execute_query(f"MATCH {_STATE} RETURN s", database_=database, routing_="r").records
    if not records:
        return None
    node: Node = records[0]["s"]
    return DatabaseState(
        owner=node["owner"],
        complete=node["status"] == "complete",
        state=node.get("state", ""),
        layout=Layout.from_json(node["layout"]),
        nodes=node.get("nodes", 0),
        relationships=node.get("relationships", 0),
        left=node.get("left", 0),
    )


def complete_state(owner: str, state: str, layout: Layout, nodes: int, relationships: int) -> dict[str, Any]:
    """The properties of the state node of a database that was filled whole, other than by a load."""
    return {
        "key": "state",
        "owner": owner,
        "status": "complete",
        "state": state,
        "layout": layout.to_json(),
        "nodes": nodes,
        "relationships": relationships,
        "left": 0,
    }


def check_owner(state: DatabaseState | None, owner: str) -> None:
    """Raise `DatabaseError` where the database holds the graph of another owner."""
    if state is not None and state.owner != owner:
        raise DatabaseError(
            f"this database holds the graph of {state.owner!r}, and a database holds one: load {owner!r} into "
            f"another database (--database), or say --owner {state.owner} to replace what {state.owner!r} loaded"
        )


class Run:
    """One load at work: each of its batches is written once, and none after another load has begun.

    A batch and the note that it was written are one transaction. A batch whose commit was not
    acknowledged is therefore not written again when the driver tries anew.
    """

    def __init__(self, driver: Driver, database: str | None, owner: str, layout: Layout) -> None:
        self._driver = driver
        self._database = database
        self._batch = 0
        self.begun = False
        self._id = uuid4().hex
        self._owner = owner
        self._layout = layout

    def begin(self) -> None:
        """Write that a load is at work, where something other than `write` is to write its rows."""
        if not self.begun:
            self._begin()

    def _begin(self) -> None:
        """Write that a load is at work; what an earlier one left undone is this one's to finish."""

        def begin(transaction: ManagedTransaction) -> None:
            held = transaction.run(f"MERGE {_STATE} SET s.lock = $run RETURN s.owner AS owner", run=self._id)
            owner = held.single(strict=True)["owner"]
            if owner is not None and owner != self._owner:
                raise DatabaseError(f"{owner!r} began to load into this database at the same moment")
            transaction.run(
                f"MATCH {_STATE} SET s.run = $run, s.batch = 0, s.status = 'loading', s.owner = $owner, "
                "s.layout = $layout",
                run=self._id,
                owner=self._owner,
                layout=self._layout.to_json(),
            ).consume()

        self._write(begin)
        self.begun = True

    def write(
        self, statement: str, rows: list[dict[str, Any]], expected: Mapping[str, int]
    ) -> dict[str, int]:
        """Run a statement over the rows in one transaction, and say what Neo4j counted.

        Args:
            statement: Cypher that reads ``$rows``.
            rows: its rows.
            expected: counters that must come out so, or nothing of this batch is written.

        Raises:
            DatabaseError: another load has begun since, or a counter came out otherwise.
        """
        if not self.begun:
            self._begin()
        self._batch += 1
        batch = self._batch
        counted: dict[str, int] = {}

        def write(transaction: ManagedTransaction) -> None:
            if self._take_turn(transaction) >= batch:
                return
            summary = transaction.run(statement, rows=rows).consume()
            counted.clear()
            counted.update(counters(summary))
            for name, count in expected.items():
                if counted.get(name, 0) != count:
                    raise DatabaseError(
                        f"only {counted.get(name, 0)} of {count} came out as {name.replace('_', ' ')} by "
                        f"{statement!r}: nodes that they need were removed meanwhile; load again"
                    )
            transaction.run(f"MATCH {_STATE} SET s.batch = $batch", batch=batch).consume()

        self._write(write)
        return counted

    def finish(self, state: str, nodes: int, relationships: int, left: int) -> None:
        """Write that the database holds this state of the graph, whole.

        Args:
            state: the graph's fingerprint.
            nodes: how many nodes are this project's.
            relationships: how many relationships are.
            left: how many things were left as others need them.
        """
        if not self.begun:
            self._begin()

        def finish(transaction: ManagedTransaction) -> None:
            self._take_turn(transaction)
            transaction.run(
                f"MATCH {_STATE} SET s.status = 'complete', s.state = $state, s.nodes = $nodes, "
                "s.relationships = $relationships, s.left = $left",
                state=state,
                nodes=nodes,
                relationships=relationships,
                left=left,
            ).consume()

        self._write(finish)

    def _take_turn(self, transaction: ManagedTransaction) -> int:
        """Lock the state node, make sure that this load is the one at work, and say its last batch."""
        record = transaction.run(
            f"MATCH {_STATE} SET s.lock = $run WITH s RETURN s.run AS run, s.batch AS batch", run=self._id
        ).single()
        if record is None or record["run"] != self._id:
            raise DatabaseError(
                "another load into this database has begun since; let it end, then load again if need be"
            )
        batch: int = record["batch"]
        return batch

    def _write(self, work: Any) -> None:
        with self._driver.session(database=self._database) as session:
            session.execute_write(work)


def counters(summary: Any) -> dict[str, int]:
    """What Neo4j counted in a statement's summary, without the zeros."""
    counted: Mapping[str, Any] = vars(summary.counters)
    return {name: value for name, value in counted.items() if type(value) is int and value and name[0] != "_"}
