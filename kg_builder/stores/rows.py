"""What a query gives back, in the same plain values from every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg_builder.errors import QueryError
from kg_builder.ids import relationship_id
from kg_builder.schema import graph_schema


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query.

    Args:
        columns: the names of the columns.
        rows: the values, a list for each row. Nodes, relationships and paths are maps in the form of the
            JSON export, dates and times those of Python.
        truncated: whether there were more rows than the limit let through.
        warnings: what the engine thinks is odd about the query, such as a label that the graph does not have.
        notes: how a name that was asked for was understood, where nothing is called exactly so.
    """

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool = False
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_maps(self) -> list[dict[str, Any]]:
        """Each row as a map from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def node_reference(labels: Sequence[str], identity: str) -> dict[str, Any]:
    """A node as the end of a relationship: ``{"id": "Model/gpt-4o", "labels": ["Model"]}``."""
    known = [label for label in graph_schema().labels if label in labels]
    return {"id": f"{(known or sorted(labels) or ['Node'])[0]}/{identity}", "labels": sorted(labels)}


def node_map(labels: Sequence[str], identity: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A node in the form of the JSON export."""
    return {"type": "node", **node_reference(labels, identity), "properties": _sorted(properties)}


def relationship_map(
    kind: str, start: Mapping[str, Any], end: Mapping[str, Any], properties: Mapping[str, Any]
) -> dict[str, Any]:
    """A relationship in the form of the JSON export.

    Args:
        kind: its type.
        start: the `node_reference` of its start.
        end: the `node_reference` of its end.
        properties: those that are known.
    """
    start_label, _, start_id = str(start["id"]).partition("/")
    end_label, _, end_id = str(end["id"]).partition("/")
    return {
        "type": "relationship",
        "id": relationship_id(start_label, start_id, kind, end_label, end_id),
        "label": kind,
        "start": dict(start),
        "end": dict(end),
        "properties": _sorted(properties),
    }


def path_map(nodes: list[dict[str, Any]], relationships: list[dict[str, Any]]) -> dict[str, Any]:
    """A path: its nodes and its relationships in the order they are passed."""
    return {"type": "path", "nodes": nodes, "relationships": relationships}


def _sorted(properties: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(properties.items()))


def timed_out(timeout: float | None) -> QueryError:
    """The error for a query that took longer than it was allowed, in seconds."""
    spent = "the time allowed" if timeout is None else f"{timeout:g} s"
    return QueryError(
        f"the query took longer than {spent} and was ended; narrow it, or allow more by --timeout"
    )
