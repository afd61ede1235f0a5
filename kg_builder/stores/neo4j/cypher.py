"""The Cypher that loads and reads the graph: names quoted, and only from the schema; values as parameters."""

from __future__ import annotations

from collections.abc import Iterable

#: The property by which nodes and relationships of this project are known; never exported.
MARK = "_kg"

#: The label of the one node that says what the database holds, and of whom.
STATE_LABEL = "_KgBuilder"


def quoted(name: str) -> str:
    """A label, type or property name as Cypher writes it, whatever it holds.

    >>> print(quoted("Paper"), quoted("a`b"))
    `Paper` `a``b`
    """
    return "`" + name.replace("`", "``") + "`"


def create_nodes(label: str) -> str:
    """Make nodes; a row is the properties of one."""
    return f"UNWIND $rows AS row CREATE (n:{quoted(label)}) SET n = row"


def change_nodes(label: str) -> str:
    """Set and remove properties of nodes; a null removes."""
    return f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}}) SET n += row.properties"


def delete_nodes(label: str) -> str:
    """Delete nodes of this project that nothing is tied to."""
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}}) "
        f"WHERE n.{MARK} IS NOT NULL AND NOT EXISTS {{ (n)--() }} DELETE n"
    )


def _ends(start_label: str, end_label: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{quoted(start_label)} {{id: row.start}}) "
        f"MATCH (b:{quoted(end_label)} {{id: row.end}})"
    )


def create_relationships(kind: str, start_label: str, end_label: str) -> str:
    """Make relationships between nodes that exist."""
    return f"{_ends(start_label, end_label)} CREATE (a)-[r:{quoted(kind)}]->(b) SET r = row.properties"


def change_relationships(kind: str, start_label: str, end_label: str) -> str:
    """Set and remove properties of relationships; where there are several of this project's, one stays."""
    return (
        f"{_ends(start_label, end_label)} MATCH (a)-[r:{quoted(kind)}]->(b) WHERE r.{MARK} IS NOT NULL "
        "WITH row, collect(r) AS ours "
        "FOREACH (r IN ours[..1] | SET r += row.properties) FOREACH (r IN ours[1..] | DELETE r)"
    )


def delete_relationships(kind: str, start_label: str, end_label: str) -> str:
    """Delete the relationships of this project between two nodes."""
    return (
        f"{_ends(start_label, end_label)} MATCH (a)-[r:{quoted(kind)}]->(b) "
        f"WHERE r.{MARK} IS NOT NULL DELETE r"
    )


def page_of_nodes(label: str, *, with_properties: bool) -> str:
    """The next nodes of a label by id, each with its mark."""
    properties = "properties(n)" if with_properties else "null"
    return (
        f"MATCH (n:{quoted(label)}) WHERE n.id > $after "
        f"RETURN n.id AS id, n.{MARK} AS mark, {properties} AS properties ORDER BY n.id LIMIT $rows"
    )


def page_of_relationships(kind: str, start_label: str, *, with_properties: bool) -> str:
    """The next start nodes by id, each with the relationships of this project that leave it."""
    properties = "properties(r)" if with_properties else "null"
    return (
        f"MATCH (a:{quoted(start_label)}) WHERE a.id > $after WITH a ORDER BY a.id LIMIT $rows "
        f"RETURN a.id AS start, a.{MARK} AS mark, [(a)-[r:{quoted(kind)}]->(b) WHERE r.{MARK} IS NOT NULL | "
        f"[coalesce(b.{MARK}, labels(b)), b.id, r.{MARK}, {properties}]] AS relationships ORDER BY start"
    )


def current_nodes(label: str) -> str:
    """What nodes hold now, and whether somebody else's relationship is tied to them."""
    return (
        f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}}) "
        "RETURN [n.id] AS key, properties(n) AS properties, labels(n) AS labels, "
        f"EXISTS {{ (n)-[r]-() WHERE r.{MARK} IS NULL }} AS tied"
    )


def current_relationships(kind: str, start_label: str, end_label: str) -> str:
    """What relationships of this project hold now."""
    return (
        f"{_ends(start_label, end_label)} MATCH (a)-[r:{quoted(kind)}]->(b) WHERE r.{MARK} IS NOT NULL "
        f"RETURN [$start_label, row.start, $end_label, row.end] AS key, properties(r) AS properties"
    )


def counts(labels: Iterable[str], types: Iterable[tuple[str, str]]) -> str:
    """How many nodes a label has, and relationships a type has from a label; from the count store."""
    nodes = [f"COUNT {{ MATCH (:{quoted(label)}) }}" for label in labels]
    ends = [f"COUNT {{ MATCH (:{quoted(start)})-[:{quoted(kind)}]->() }}" for kind, start in types]
    return f"RETURN [{', '.join(nodes)}] AS nodes, [{', '.join(ends)}] AS relationships"
