"""Plan: what a load would do, found by the same comparison, and written nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg_builder.graph import Graph
from kg_builder.stores.neo4j import cypher
from kg_builder.stores.neo4j.changes import Action, Change, ChangeCounts
from kg_builder.stores.neo4j.difference import Difference
from kg_builder.stores.neo4j.marks import Layout
from kg_builder.stores.neo4j.migration import SchemaDifference, schema_difference
from kg_builder.stores.neo4j.reading import StoredGraph
from kg_builder.stores.neo4j.state import DatabaseState, check_owner, read_state

if TYPE_CHECKING:
    from neo4j import Driver

_EXAMPLES = 3


@dataclass(frozen=True)
class Comparison:
    """A graph beside what a database holds of it.

    Args:
        graph: the graph to be held.
        state: what the last load left written.
        layout: what the marks in the database mean, the graph's schema included.
        stored: the database as it is.
        difference: what must be done.
        verify: whether every value is compared.
    """

    graph: Graph
    state: DatabaseState | None
    layout: Layout
    stored: StoredGraph
    difference: Difference
    verify: bool

    @classmethod
    def of(
        cls, graph: Graph, driver: Driver, *, database: str | None, owner: str, verify: bool
    ) -> Comparison:
        """Look at a database; raises `DatabaseError` where it holds the graph of another owner."""
        state = read_state(driver, database)
        check_owner(state, owner)
        layout = (state.layout if state else Layout.empty()).extended(graph.schema)
        stored = StoredGraph(driver, database, layout, values=verify)
        difference = Difference(graph, stored, layout, driver, database)
        return cls(graph, state, layout, stored, difference, verify)

    @property
    def is_held(self) -> bool:
        """Whether the database holds this very graph, as far as fingerprints and counts tell."""
        if self.verify or self.state is None or not self.says_held(left=0):
            return False
        nodes = sum(self.stored.node_counts.values())
        relationships = sum(self.stored.relationship_counts.values())
        return nodes >= self.state.nodes and relationships >= self.state.relationships

    def says_held(self, *, left: int) -> bool:
        """Whether the database says that it holds this graph whole, with so much left in it."""
        state = self.state
        return state is not None and state.complete and state.state == self.graph.state and state.left == left

    def additions(self) -> Iterator[Change]:
        """All of the graph, nodes first: the difference where the database holds nothing."""
        for label in self.layout.labels:
            yield from self.difference.of_label(label)
        for kind in self.layout.types:
            yield from self.difference.of_type(kind)

    def owned_after(self, changes: ChangeCounts) -> tuple[int, int]:
        """How many nodes and relationships are this project's once the changes are written."""

        def grown(counted: Counter[tuple[str, Action]]) -> int:
            steps: dict[Action, int] = {"add": 1, "remove": -1, "release": -1}
            return sum(steps.get(action, 0) * count for (_, action), count in counted.items())

        nodes = self.difference.owned_nodes + grown(changes.nodes)
        return nodes, self.difference.owned_relationships + grown(changes.relationships)


@dataclass(frozen=True)
class Plan:
    """What a load would do.

    Args:
        changes: how much would be added, changed, removed, by label and type.
        examples: the first few of each.
        schema: what constraints and indexes lack, and have too many.
        owned: how many nodes and relationships of this project the database holds now.
    """

    changes: ChangeCounts
    examples: list[Change]
    schema: SchemaDifference
    owned: int

    @property
    def is_empty(self) -> bool:
        """Whether a load would write nothing."""
        writes = self.changes.total("add", "change", "remove", "release")
        return not (writes or self.schema.missing or self.schema.surplus)


def plan(
    graph: Graph, driver: Driver, *, database: str | None = None, owner: str, verify: bool = False
) -> Plan:
    """What `kg_builder.stores.neo4j.load.load` would do with the same arguments; writes nothing.

    Args:
        graph: the graph to be held.
        driver: a connected driver.
        database: the database's name; ``None`` for the user's home database.
        owner: the name under which this graph is kept.
        verify: compare every value, rather than trust the fingerprints.

    Raises:
        DatabaseError: the database holds the graph of another owner.
    """
    comparison = Comparison.of(graph, driver, database=database, owner=owner, verify=verify)
    schema = schema_difference(driver, database, graph.schema)
    changes, examples = ChangeCounts(), list[Change]()
    seen: Counter[tuple[bool, str, str]] = Counter()
    if comparison.is_held:
        assert comparison.state is not None
        owned = comparison.state.nodes + comparison.state.relationships
        return Plan(changes, examples, schema, owned)
    for change in comparison.difference:
        changes.add(change)
        kind = (change.is_node, change.name, change.action)
        seen[kind] += 1
        if seen[kind] <= _EXAMPLES:
            examples.append(change)
    return Plan(changes, examples, schema, comparison.difference.owned)


def source_locations(
    graph: Graph, driver: Driver, database: str | None, changes: Iterable[Change]
) -> dict[str, str]:
    """Where the sources are that changes name, as the graph says; of those that are gone from it, as the database says.

    Args:
        graph: the graph to be held.
        driver: a connected driver.
        database: the database's name; ``None`` for the user's home database.
        changes: nodes, relationships and lists of sources may name them.

    Returns:
        The locations by the ids of the sources.
    """
    named = {source for change in changes for source in change.sources}
    if not named:
        return {}
    rows = (row for batch in graph.nodes("Source") for row in batch.to_pylist())
    found = {row["id"]: row["location"] for row in rows if row["id"] in named}
    gone = [{"id": source} for source in sorted(named - found.keys())]
    query = cypher.current_nodes("Source")
    held = driver.execute_query(query, rows=gone, database_=database, routing_="r").records if gone else []
    return found | {
        record["key"][0]: record["properties"]["location"]
        for record in held
        if "location" in record["properties"]
    }
