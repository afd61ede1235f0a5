"""Constraints and indexes: made from the schema, changed when it changes, told from those of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg_builder.errors import DatabaseError
from kg_builder.schema import Schema
from kg_builder.stores.neo4j.cypher import STATE_LABEL, quoted

if TYPE_CHECKING:
    from neo4j import Driver, ResultSummary, Transaction

#: Names of constraints and indexes that begin so are this project's.
PREFIX = "kg_"

_WAIT_SECONDS = 600
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A uniqueness constraint or an index on one property of a label."""

    name: str
    label: str
    on: str
    unique: bool

    @property
    def create(self) -> str:
        """The statement that makes it."""
        label, name = quoted(self.label), quoted(self.name)
        if self.unique:
            where = f"FOR (n:{label}) REQUIRE n.{quoted(self.on)} IS UNIQUE"
            return f"CREATE CONSTRAINT {name} IF NOT EXISTS {where}"
        return f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{quoted(self.on)})"

    @property
    def drop(self) -> str:
        """The statement that removes it."""
        return f"DROP {'CONSTRAINT' if self.unique else 'INDEX'} {quoted(self.name)} IF EXISTS"


@dataclass(frozen=True, slots=True)
class SchemaDifference:
    """What a database's constraints and indexes lack, and what of this project's they have too many.

    Args:
        present: what is there already, under whatever name.
        missing: what the schema asks for.
        surplus: this project's that the schema asks for no more.
    """

    present: tuple[SchemaRule, ...]
    missing: tuple[SchemaRule, ...]
    surplus: tuple[SchemaRule, ...]


def schema_rules(schema: Schema) -> list[SchemaRule]:
    """The constraints and indexes that a schema asks for: keys unique, marked properties indexed."""
    rules = [SchemaRule(f"{PREFIX}state", STATE_LABEL, "key", unique=True)]
    for label in schema.labels.values():
        rules.append(
            SchemaRule(f"{PREFIX}{label.name.lower()}_{label.key}", label.name, label.key, unique=True)
        )
        for name, entry in label.properties.items():
            if entry.index and name != label.key:
                rules.append(
                    SchemaRule(f"{PREFIX}{label.name.lower()}_{name}", label.name, name, unique=False)
                )
    return rules


def schema_difference(driver: Driver, database: str | None, schema: Schema) -> SchemaDifference:
    """Compare the constraints and indexes of a database with a schema; writes nothing."""
    there = _existing(driver, database)
    wanted = schema_rules(schema)
    covered = {(rule.label, rule.on, rule.unique) for rule in there}
    present = tuple(r for r in wanted if (r.label, r.on, r.unique) in covered)
    missing = tuple(r for r in wanted if r not in present)
    asked = {(r.label, r.on, r.unique) for r in wanted}
    surplus = tuple(r for r in there if r.name.startswith(PREFIX) and (r.label, r.on, r.unique) not in asked)
    return SchemaDifference(present, missing, surplus)


def apply_schema(
    driver: Driver, database: str | None, schema: Schema, count: Callable[[ResultSummary], None] | None = None
) -> SchemaDifference:
    """Bring the constraints and indexes of a database to a schema; those of others stay as they are.

    Args:
        driver: a connected driver.
        database: the database's name; ``None`` for the user's home database.
        schema: what the graph may hold.
        count: is given the summary of each statement that was run.

    Returns:
        What was there, what was made, and what was dropped.

    Raises:
        DatabaseError: existing nodes share a key; the message names them.
    """
    difference = schema_difference(driver, database, schema)
    steps = [(rule, rule.drop) for rule in difference.surplus]
    steps += [(rule, rule.create) for rule in difference.missing]
    if steps:
        with driver.session(database=database) as session, session.begin_transaction() as transaction:
            for rule, statement in steps:
                summary = _run(transaction, rule, statement, driver, database)
                if count is not None:
                    count(summary)
            transaction.commit()
    if difference.missing:
        driver.execute_query("CALL db.awaitIndexes($seconds)", seconds=_WAIT_SECONDS, database_=database)
    return difference


def rules_of_others(driver: Driver, database: str | None, schema: Schema) -> list[str]:
    """The names of all constraints and indexes that are not this project's, lookup indexes left out."""
    ours = {rule.name for rule in schema_rules(schema)}
    found = driver.execute_query(
        "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name",
        database_=database,
    ).records
    # A constraint that makes no index under its own name is none that Community Edition has.
    return [record["name"] for record in found if record["name"] not in ours]


def _run(
    transaction: Transaction, rule: SchemaRule, statement: str, driver: Driver, database: str | None
) -> ResultSummary:
    from neo4j import exceptions

    try:
        return transaction.run(statement).consume()
    except (exceptions.ClientError, exceptions.DatabaseError) as error:
        raise _conflict(driver, database, rule, error) from error


def _existing(driver: Driver, database: str | None) -> list[SchemaRule]:
    """Constraints and indexes of the kinds that this project makes, whoever made them."""
    unique = driver.execute_query(
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties "
        "WHERE type IN ['UNIQUENESS', 'NODE_PROPERTY_UNIQUENESS', 'NODE_KEY'] AND size(properties) = 1 RETURN *",
        database_=database,
    ).records
    indexes = driver.execute_query(
        "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint "
        "WHERE type = 'RANGE' AND entityType = 'NODE' AND owningConstraint IS NULL AND size(properties) = 1 "
        "RETURN *",
        database_=database,
    ).records
    return [
        SchemaRule(r["name"], r["labelsOrTypes"][0], r["properties"][0], unique=is_unique)
        for records, is_unique in ((unique, True), (indexes, False))
        for r in records
    ]


def _conflict(driver: Driver, database: str | None, rule: SchemaRule, error: Exception) -> DatabaseError:
    label, name = quoted(rule.label), quoted(rule.on)
    shared = driver.execute_query(
        f"MATCH (n:{label}) WITH n.{name} AS value, count(*) AS nodes WHERE value IS NOT NULL AND nodes > 1 "
        "RETURN value, nodes ORDER BY value LIMIT $rows",
        rows=_EXAMPLES,
        database_=database,
    ).records
    if rule.unique and shared:
        rows = ", ".join(f"{r['value']!r} ({r['nodes']} nodes)" for r in shared)
        return DatabaseError(
            f"the database holds {rule.label} nodes that share their {rule.on}: {rows}; "
            f"give each its own {rule.on} or remove the surplus ones, then try again"
        )
    said = " ".join(str(getattr(error, "message", error)).split())
    return DatabaseError(f"{rule.create}: Neo4j refuses it: {said}")
