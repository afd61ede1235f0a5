"""Load: bring a database to the state of a graph by writing the difference and nothing else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg_builder.errors import DatabaseError
from kg_builder.graph import Graph
from kg_builder.stores.neo4j.changes import Change, ChangeCounts, Spool
from kg_builder.stores.neo4j.migration import SchemaDifference, apply_schema
from kg_builder.stores.neo4j.plan import Comparison
from kg_builder.stores.neo4j.state import Run, counters
from kg_builder.stores.neo4j.writing import ORDER, ChangeWriter, Progress

if TYPE_CHECKING:
    from neo4j import Driver

#: A load that would take back more than this share of what it owns asks first.
LARGE_REMOVAL = 0.2

_REASONS_SHOWN = 1_000


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Args:
        changes: how much was added, changed, removed, by label and type.
        left: what was left as it is because others need it (the first thousand).
        counters: what Neo4j counted, summed over all statements (``nodes_created``, ``properties_set``, …).
        schema: what constraints and indexes were made or dropped.
        seconds: how long it took.
    """

    changes: ChangeCounts
    left: list[Change]
    counters: Counter[str]
    schema: SchemaDifference
    seconds: float


def load(
    graph: Graph,
    driver: Driver,
    *,
    database: str | None = None,
    owner: str,
    verify: bool = False,
    yes: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Bring a database to the state of a graph.

    Loading the same graph again writes nothing. A load that was cut off at any moment is finished by
    the next one. What others wrote is not touched.

    Args:
        graph: the graph to be held.
        driver: a connected driver.
        database: the database's name; ``None`` for the user's home database.
        owner: the name under which this graph is kept; a database holds the graph of one owner.
        verify: compare every value, rather than trust the fingerprints, and mend what others edited.
        yes: allow taking back more than a fifth of what the database holds of this project.
        progress: is told how far the load is.

    Raises:
        DatabaseError: another owner's database, a large removal without ``yes``, another load at the
            same time, or a failure of Neo4j.
    """
    started = time.monotonic()
    counted: Counter[str] = Counter()
    comparison = Comparison.of(graph, driver, database=database, owner=owner, verify=verify)
    schema = apply_schema(driver, database, graph.schema, lambda summary: counted.update(counters(summary)))
    noted = _Noted()
    if not comparison.is_held:
        run = Run(driver, database, owner, comparison.layout)
        writer = ChangeWriter(run, progress)
        if comparison.stored.is_empty:
            writer.write(noted.noting(comparison.additions()))
        else:
            _write_difference(comparison, writer, noted, yes=yes)
        if run.begun or not comparison.says_held(left=noted.changes.total("leave")):
            nodes, relationships = comparison.owned_after(noted.changes)
            run.finish(graph.state, nodes, relationships, noted.changes.total("leave"))
        counted.update(writer.counters)
    return LoadReport(noted.changes, noted.left, counted, schema, time.monotonic() - started)


@dataclass
class _Noted:
    """What is to be reported of changes that pass by."""

    changes: ChangeCounts = field(default_factory=ChangeCounts)
    left: list[Change] = field(default_factory=list)

    def noting(self, changes: Iterable[Change]) -> Iterable[Change]:
        for change in changes:
            self.changes.add(change)
            if change.reason and len(self.left) < _REASONS_SHOWN:
                self.left.append(change)
            yield change


def _write_difference(comparison: Comparison, writer: ChangeWriter, noted: _Noted, *, yes: bool) -> None:
    """Find all changes, look at how many take something back, and only then write the first."""
    with ExitStack() as stack:
        spools = {step: stack.enter_context(Spool()) for step in ORDER}
        for change in noted.noting(comparison.difference):
            spools[change.is_node, change.action].add(change)
        if not yes:
            _refuse_large_removal(comparison, noted.changes)
        total = noted.changes.total("add", "change", "remove", "release")
        for step in ORDER:
            writer.write(spools[step], total)


def _refuse_large_removal(comparison: Comparison, changes: ChangeCounts) -> None:
    removed = changes.total("remove", "release")
    owned = comparison.difference.owned
    if removed > LARGE_REMOVAL * owned:
        raise DatabaseError(
            f"this load would take back {removed:,} of the {owned:,} nodes and relationships that "
            "kg-builder has in this database; see `kg-builder plan`, then load with --yes if it is meant"
        )
