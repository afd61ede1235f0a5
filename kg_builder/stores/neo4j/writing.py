"""Write changes in bounded batches, each one transaction that is written exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from kg_builder.stores.neo4j import cypher
from kg_builder.stores.neo4j.changes import Action, Change
from kg_builder.stores.neo4j.state import Run

#: Rows written in one transaction.
BATCH_ROWS = 5_000

#: Told the rows written so far and, where known, how many there will be.
Progress = Callable[[int, int | None], None]

#: The order of a load, as (node?, action): nodes come before what needs them, and go after it.
ORDER: tuple[tuple[bool, Action], ...] = (
    (True, "add"),
    (True, "change"),
    (False, "add"),
    (False, "change"),
    (False, "leave"),
    (False, "remove"),
    (False, "release"),
    (True, "remove"),
    (True, "release"),
    (True, "leave"),
)

#: What is written by one statement: action, label or type, and for relationships the labels of the ends.
_Kind = tuple[Action, str, str, str]


class ChangeWriter:
    """Writes changes, those of one kind in one statement.

    Args:
        run: the load at work.
        progress: is told how far it is.
    """

    def __init__(self, run: Run, progress: Progress | None = None) -> None:
        self._run = run
        self._progress = progress
        self._pending: dict[_Kind, list[dict[str, Any]]] = {}
        self._written = 0
        self.counters: Counter[str] = Counter()

    def write(self, changes: Iterable[Change], total: int | None = None) -> None:
        """Write all changes; those that set nothing are passed over.

        Args:
            changes: nodes before the relationships that need them.
            total: how many there will be in all calls, where known.
        """
        nodes = True
        for change in changes:
            if change.action == "leave" and not change.properties:
                continue
            if nodes and not change.is_node:
                self._flush_all(total)
                nodes = False
            kind = _kind(change)
            rows = self._pending.setdefault(kind, [])
            rows.append(_row(change))
            if len(rows) == BATCH_ROWS:
                self._flush(kind, total)
        self._flush_all(total)

    def _flush_all(self, total: int | None) -> None:
        for kind in list(self._pending):
            self._flush(kind, total)

    def _flush(self, kind: _Kind, total: int | None) -> None:
        rows = self._pending.pop(kind)
        action, is_node = kind[0], not kind[2]
        if not is_node:
            rows = in_locking_order(rows)
        made = "nodes_created" if is_node else "relationships_created"
        expected = {made: len(rows)} if action == "add" else {}
        self.counters.update(self._run.write(_statement(kind), rows, expected))
        self._written += len(rows)
        if self._progress is not None:
            self._progress(self._written, total)


def in_locking_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Relationships by their ends, then by their starts.

    A relationship locks both of its nodes until its batch is committed. Writers that take the nodes which
    many relationships share in one order wait for each other, and cannot come to wait in a circle.
    """
    return sorted(rows, key=lambda row: (row["end"], row["start"]))


def _kind(change: Change) -> _Kind:
    if change.is_node:
        return change.action, change.name, "", ""
    return change.action, change.name, change.key[0], change.key[2]


def _row(change: Change) -> dict[str, Any]:
    if not change.is_node:
        return {"start": change.key[1], "end": change.key[3], "properties": change.properties}
    if change.action == "add":
        return change.properties
    return {"id": change.key[0], "properties": change.properties}


def _statement(kind: _Kind) -> str:
    action, name, start_label, end_label = kind
    if not start_label:
        by_action = {"add": cypher.create_nodes, "remove": cypher.delete_nodes}
        return by_action.get(action, cypher.change_nodes)(name)
    of_relationships = {"add": cypher.create_relationships, "remove": cypher.delete_relationships}
    return of_relationships.get(action, cypher.change_relationships)(name, start_label, end_label)
