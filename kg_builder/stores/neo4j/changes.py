"""What a load would do, thing by thing, and how much of it there is."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

#: ``release``: hand a node back to whoever made it; ``leave``: not to be touched, as others need it.
Action = Literal["add", "change", "remove", "release", "leave"]

ACTIONS: tuple[Action, ...] = ("add", "change", "remove", "release", "leave")

_SPOOL_BYTES_IN_MEMORY = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a load would do to one node or relationship.

    Args:
        action: what is done.
        name: the label or type.
        key: a node's id; a relationship's start label, start id, end label and end id.
        properties: what is set, the mark included; ``None`` removes a property.
        before: the values that change, as the database has them now.
        reason: why something is left as it is.
    """

    action: Action
    name: str
    key: tuple[str, ...]
    properties: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    @property
    def is_node(self) -> bool:
        """Whether it is about a node."""
        return len(self.key) == 1

    @property
    def identity(self) -> str:
        """What is changed, as a message names it."""
        if self.is_node:
            return f"{self.name}/{self.key[0]}"
        start_label, start, end_label, end = self.key
        return f"{start_label}/{start}|{self.name}|{end_label}/{end}"

    @property
    def sources(self) -> set[str]:
        """The ids of the sources that it is about."""
        ends = [(self.name, self.key[0])] if self.is_node else [self.key[:2], self.key[2:]]
        listed = [*(self.properties.get("sources") or ()), *(self.before.get("sources") or ())]
        return {identity for label, identity in ends if label == "Source"} | set(listed)


class ChangeCounts:
    """How many changes of each kind there are, by label and by type."""

    def __init__(self) -> None:
        self.nodes: Counter[tuple[str, Action]] = Counter()
        self.relationships: Counter[tuple[str, Action]] = Counter()

    def add(self, change: Change) -> None:
        """Count one change."""
        (self.nodes if change.is_node else self.relationships)[change.name, change.action] += 1

    def total(self, *actions: Action) -> int:
        """How many changes of these kinds there are, nodes and relationships."""
        both = [*self.nodes.items(), *self.relationships.items()]
        return sum(count for (_, action), count in both if action in actions)

    def rows(self) -> list[tuple[str, str, dict[Action, int]]]:
        """For each label and type: ``node`` or ``relationship``, its name, and its numbers by action."""
        rows = []
        for kind, counted in (("node", self.nodes), ("relationship", self.relationships)):
            for name in sorted({name for name, _ in counted}):
                rows.append((kind, name, {action: counted[name, action] for action in ACTIONS}))
        return rows


class Spool:
    """Changes kept for a second reading: in memory while they are few, else in a temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed with the spool
            max_size=_SPOOL_BYTES_IN_MEMORY, mode="w+", encoding="utf-8"
        )

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, change: Change) -> None:
        """Keep a change."""
        row = [change.action, change.name, change.key, change.properties, change.before, change.reason]
        # What others wrote may be a date or a point; it is only ever shown.
        self._file.write(json.dumps(row, default=str) + "\n")

    def __iter__(self) -> Iterator[Change]:
        self._file.seek(0)
        for line in self._file:
            action, name, key, *rest = json.loads(line)
            yield Change(action, name, tuple(key), *rest)
