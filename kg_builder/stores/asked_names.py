"""Names asked for that the graph does not have: taken for the one that comes near, or told with what comes near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from kg_builder.lookup import Lookup, Named, look_up
from kg_builder.schema import graph_schema
from kg_builder.stores.query_library import LibraryQuery
from kg_builder.stores.rows import Rows

#: Properties that hold other spellings of a node's caption, whichever label has them.
_SPELLINGS = ("arxiv_id", "aliases", "variants")


class Ask(Protocol):
    """An engine that answers a query which only reads."""

    def __call__(
        self, cypher: str, parameters: Mapping[str, Any], *, limit: int | None, timeout: float | None
    ) -> Rows:
        """Answer it with `limit` rows at most, within `timeout` seconds."""


def ask_as_meant(
    query: LibraryQuery, given: Mapping[str, Any], ask: Ask, *, limit: int | None, timeout: float | None
) -> Rows:
    """Answer a query of the library; where it finds nothing, by the names that come near those asked for.

    Args:
        query: the query.
        given: a value for each of its parameters.
        ask: the engine.
        limit: the most rows; ``None`` for all.
        timeout: seconds for each question to the engine; ``None`` for the engine's own.

    Returns:
        The rows; their notes tell how a name was understood that the graph does not have.
    """
    rows = ask(query.cypher, given, limit=limit, timeout=timeout)
    if rows.rows:
        return rows
    meant = dict(given)
    notes = []
    for name, label in _names(query):
        found = look_up(str(given[name]), _nodes(label, ask, timeout))
        if found.exact:
            continue
        notes.append(_note(label, given[name], found))
        if found.node is not None:
            meant[name] = found.node.id
    if meant != given:
        rows = ask(query.cypher, meant, limit=limit, timeout=timeout)
    return replace(rows, notes=tuple(notes))


def _names(query: LibraryQuery) -> Iterator[tuple[str, str]]:
    """The parameters that name a node, and the label of each."""
    labels = graph_schema().labels
    return ((p.name, p.type) for p in query.parameters.values() if p.type in labels)


def _nodes(label: str, ask: Ask, timeout: float | None) -> Iterator[Named]:
    properties = graph_schema().labels[label].properties
    columns = [graph_schema().labels[label].caption, *(p for p in _SPELLINGS if p in properties)]
    cypher = f"MATCH (n:{label}) RETURN n.id, {', '.join(f'n.{c}' for c in columns)} ORDER BY n.id"
    for identity, *spellings in ask(cypher, {}, limit=None, timeout=timeout).rows:
        flat = [s for given in spellings for s in (given if isinstance(given, list) else [given]) if s]
        yield Named(identity, tuple(flat or [identity]))


def _note(label: str, asked: object, found: Lookup) -> str:
    none = f"the graph has no {label.lower()} called {asked!r}"
    if found.node is not None:
        return f"{none}; taken for {found.node.spellings[0]}"
    return f"{none}; did you mean {' or '.join(found.offers)}?" if found.offers else none
