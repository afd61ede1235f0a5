"""Decisions on names: what the alias file that ships says, and what the user of a workspace decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kg_builder.ids import slug

_ALIAS_FILE = Path(__file__).parent / "aliases.yaml"


@dataclass(frozen=True, slots=True)
class NameDecision:
    """That two names of a label are, or are not, one thing.

    Args:
        label: a label of the schema.
        alias: the other name.
        name: the name that the thing shall be called by.
        same: whether they are one thing.
        reason: ``alias file`` or ``decision``.
    """

    label: str
    alias: str
    name: str
    same: bool = True
    reason: str = "decision"


class NameDecisions:
    """All decisions; of two on the same alias the later one holds.

    Args:
        decisions: the alias file's first, then the user's in their order.
    """

    def __init__(self, decisions: Iterable[NameDecision] = ()) -> None:
        self._same: dict[tuple[str, str], NameDecision] = {}
        self._apart: dict[tuple[str, str], NameDecision] = {}
        for decision in decisions:
            key = (decision.label, slug(decision.alias))
            if slug(decision.alias) == slug(decision.name):
                continue  # one name already
            if decision.same:
                self._break_circle(decision)
                self._same[key] = decision
                self._apart.pop(key, None)
            else:
                self._apart[key] = decision
                self._same.pop(key, None)

    def _break_circle(self, new: NameDecision) -> None:
        """Drop the older decision by which the new one would lead back to its own alias."""
        key = (new.label, slug(new.name))
        while older := self._same.get(key):
            following = (new.label, slug(older.name))
            if following[1] == slug(new.alias):
                del self._same[key]
            key = following

    def same(self, label: str, alias: str) -> NameDecision | None:
        """The decision by which a name is another name for something, chains followed to their end."""
        decision = self._same.get((label, slug(alias)))
        while decision and (further := self._same.get((label, slug(decision.name)))):
            decision = further
        return decision

    def kept_apart(self, label: str, name: str) -> bool:
        """Whether the user took a name out of a merge."""
        return (label, slug(name)) in self._apart

    def apart(self, label: str, alias: str, name: str) -> bool:
        """Whether the user decided that these two names are not one thing."""
        decision = self._apart.get((label, slug(alias)))
        return decision is not None and slug(decision.name) == slug(name)

    def stands_alone(self, label: str, key: str) -> bool:
        """Whether a group holds only a name that was kept apart."""
        return key.startswith("=") and self.kept_apart(label, key[1:])


@cache
def shipped_decisions() -> tuple[NameDecision, ...]:
    """What the alias file says: label, then the name, then its other names."""
    tree = yaml.safe_load(_ALIAS_FILE.read_text(encoding="utf-8"))
    return tuple(
        NameDecision(label, alias, name, reason="alias file")
        for label, names in tree.items()
        for name, aliases in names.items()
        for alias in aliases
    )
