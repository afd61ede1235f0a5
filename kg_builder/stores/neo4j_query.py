"""Cypher on Neo4j for reading: the same guard, limits and values as on the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg_builder.errors import QueryError
from kg_builder.stores.neo4j.cypher import MARK
from kg_builder.stores.read_only import check_query
from kg_builder.stores.rows import Rows, node_map, node_reference, path_map, relationship_map, timed_out

if TYPE_CHECKING:
    from neo4j import Driver, Session

#: Labels and properties that begin so, in whatever case, mark ownership and state; they are never shown.
OWN_MARK = MARK.lower()

_REFERENCES = (
    "MATCH (n) WHERE elementId(n) IN $ids RETURN elementId(n) AS place, labels(n) AS labels, n.id AS id"
)


def run_on_neo4j(
    driver: Driver,
    cypher: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    database: str | None = None,
    limit: int | None = None,
    timeout: float | None = None,
) -> Rows:
    """Answer a query that only reads, on Neo4j.

    Args:
        driver: an open driver (see `kg_builder.stores.neo4j.connection.connect`).
        cypher: the query.
        parameters: the values of its ``$parameters``.
        database: the database's name; the user's home database where ``None``.
        limit: the greatest number of rows to return; all where ``None``.
        timeout: seconds after which the server ends the query; its own setting where ``None``.

    Raises:
        ReadOnlyError: the query would do more than read (see `check_read_only`).
        QueryError: it is wrong, misses a parameter, or took too long.
    """
    from neo4j import READ_ACCESS, Query
    from neo4j.exceptions import ClientError, TransientError

    check_query(cypher, parameters or {})
    with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        try:
            # The text is the user's own, checked above; values travel as parameters.
            result = session.run(Query(cypher, timeout=timeout), dict(parameters or {}))
            columns = tuple(result.keys())
            records = result.fetch(limit + 1) if limit is not None else list(result)
            result.consume()
        except (ClientError, TransientError) as error:
            raise _query_error(error, timeout) from error
        values = [list(record.values()) for record in records[:limit]]
        references = _references(session, values)
    rows = [[_plain(value, references) for value in row] for row in values]
    return Rows(columns, rows, truncated=limit is not None and len(records) > limit)


def _query_error(error: Exception, timeout: float | None) -> Exception:
    code = str(getattr(error, "code", ""))
    if "TransactionTimedOut" in code:
        return timed_out(timeout)
    if code.startswith("Neo.ClientError.Statement.") or ".Transaction.Terminated" in code:
        said = " ".join(str(getattr(error, "message", error)).split())
        return QueryError(f"the query failed: {said}")
    return error


def _references(session: Session, values: object) -> dict[str, dict[str, Any]]:
    """The ends of the relationships in an answer; the driver knows only their element ids."""
    ids = sorted(set(_places(values)))
    if not ids:
        return {}
    found = session.run(_REFERENCES, ids=ids)
    return {row["place"]: node_reference(_shown(row["labels"]), row["id"] or row["place"]) for row in found}


def _places(value: object) -> list[str]:
    from neo4j.graph import Path, Relationship

    if isinstance(value, Relationship):
        return [node.element_id for node in value.nodes if node is not None]
    if isinstance(value, Path):
        return [node.element_id for node in value.nodes]
    if isinstance(value, list):
        return [place for part in value for place in _places(part)]
    if isinstance(value, dict):
        return [place for part in value.values() for place in _places(part)]
    return []


def _is_mark(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(OWN_MARK)


def _shown(names: Iterable[str]) -> list[str]:
    return [name for name in names if not _is_mark(name)]


def _plain(value: Any, references: Mapping[str, dict[str, Any]]) -> Any:
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        # The node that keeps the state of loads is all marks.
        properties = {} if any(map(_is_mark, value.labels)) else _plain(dict(value), references)
        return node_map(_shown(value.labels), properties.get("id", value.element_id), properties)
    if isinstance(value, Relationship):
        start, end = (references[node.element_id] for node in value.nodes if node is not None)
        return relationship_map(value.type, start, end, _plain(dict(value), references))
    if isinstance(value, Path):
        nodes = [_plain(node, references) for node in value.nodes]
        return path_map(nodes, [_plain(part, references) for part in value.relationships])
    if isinstance(value, list):
        # keys(n) and labels(n) are lists, too.
        return [_plain(part, references) for part in value if not _is_mark(part)]
    if isinstance(value, dict):
        return {k: _plain(v, references) for k, v in value.items() if not _is_mark(k)}
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    from neo4j.spatial import Point
    from neo4j.time import Date, DateTime, Duration, Time

    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    if isinstance(value, Duration):
        months, days, seconds, nanoseconds = value
        known = {"months": months, "days": days, "seconds": seconds}
        return known | ({"nanoseconds": nanoseconds} if nanoseconds else {})
    if isinstance(value, Point):
        return {"srid": value.srid, **dict(zip("xyz", value, strict=False))}
    return value
