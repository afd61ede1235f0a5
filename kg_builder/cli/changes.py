"""How the commands tell what a load does to a database: in numbers, as JSON, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg_builder.cli.options import Form
from kg_builder.cli.output import print_rows

if TYPE_CHECKING:
    from kg_builder.stores.neo4j.changes import Change, ChangeCounts

_COLUMNS = ("kind", "name", "add", "change", "remove", "release", "leave")


def print_counts(changes: ChangeCounts, form: Form) -> None:
    """Print how many changes there are, by label and type; as a table only where there are any."""
    rows = [[kind, name, *counted.values()] for kind, name, counted in changes.rows()]
    if rows or form is not Form.TABLE:
        print_rows(_COLUMNS, rows, form)


def counts(changes: ChangeCounts) -> list[dict[str, Any]]:
    """How many changes there are, by label and type, for JSON."""
    return [
        dict(zip(_COLUMNS, (kind, name, *counted.values()), strict=True))
        for kind, name, counted in changes.rows()
    ]


def example(change: Change) -> dict[str, Any]:
    """One change for JSON."""
    properties = {k: v for k, v in change.properties.items() if not k.startswith("_")}
    told: dict[str, Any] = {"action": change.action, "id": change.identity}
    told |= {"to": properties} if properties else {}
    told |= {"from": change.before} if change.before else {}
    return told | ({"reason": change.reason} if change.reason else {})


def in_words(change: Change, locations: Mapping[str, str]) -> str:
    """One change as a line.

    Args:
        change: what is done.
        locations: of the sources that it names, by id.
    """
    identity = change.identity
    for source, location in locations.items():
        identity = identity.replace(f"Source/{source}", f"Source/{location}")
    if change.reason:
        return f"{change.action} {identity}: {change.reason}"
    if change.action != "change":
        return f"{change.action} {identity}"
    parts = [
        f"{name}: {_located(change.before.get(name), locations)!r} → {_located(value, locations)!r}"
        for name, value in change.properties.items()
        if not name.startswith("_")
    ]
    return f"change {identity}: {', '.join(parts) or 'shared from now on'}"


def _located(value: Any, locations: Mapping[str, str]) -> Any:
    """A value, the ids of sources in it as their locations."""
    return [locations.get(v, v) for v in value] if isinstance(value, list) else value
