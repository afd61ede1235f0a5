"""A part of a large graph: what lies around a thing, between two, or matters most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from kg_builder.errors import ViewError
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.graph import BATCH_ROWS, node_fields, relationship_fields
from kg_builder.schema import Schema
from kg_builder.workspace.tables import node_table, relationship_table

#: What lies beyond these says nothing of what lies before: a topic has all its papers, a metric all results.
_NO_WAY = "('Topic', 'Source', 'Metric', 'Passage')"
#: The longest way between two things that is looked for.
_LONGEST = 8


class Neighbourhood:
    """Some nodes of a snapshot and all relationships among them; satisfies `kg_builder.graph.Graph`.

    Args:
        snapshot: the whole graph.
        numbers: the nodes, a column `number`.
    """

    def __init__(self, snapshot: SnapshotFile, numbers: pa.Table) -> None:
        self.schema: Schema = snapshot.graph.schema
        self.state = ""
        self.size = numbers.num_rows
        self._connection = snapshot.connection.cursor()
        self._connection.register("chosen", numbers)

    def nodes(self, label: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The nodes of a label in Arrow batches, by id."""
        query = (
            f"SELECT t.* FROM {node_table(label)} t "  # noqa: S608 - a label of the schema
            "JOIN node n ON n.place = t.rowid JOIN chosen c ON c.number = n.number "
            f"WHERE n.label = '{label}' ORDER BY t.id"
        )
        return self._batches(query, node_fields(self.schema.labels[label]), rows)

    def relationships(self, kind: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The relationships of a type in Arrow batches, by their ends."""
        query = (
            f"SELECT t.* FROM {relationship_table(kind)} t JOIN edge e ON e.place = t.rowid "  # noqa: S608
            "JOIN chosen c ON c.number = e.node JOIN chosen d ON d.number = e.other "
            f"WHERE e.type = '{kind}' AND e.leaving "
            "ORDER BY t.start_label, t.start_id, t.end_label, t.end_id"
        )
        return self._batches(query, relationship_fields(self.schema.relationships[kind]), rows)

    def _batches(self, query: str, fields: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
        for batch in self._connection.sql(query).to_arrow_reader(rows):
            yield batch.cast(fields)


def around(snapshot: SnapshotFile, reference: str, most: int, steps: int) -> pa.Table:
    """The nodes within some steps of one, the nearest and then the most important first.

    Args:
        snapshot: the graph.
        reference: ``Label/id``.
        most: how many nodes at most.
        steps: how many steps away at most.
    """
    reached = _start(snapshot, reference)
    for _ in range(steps):
        reached = _wider(snapshot, reached, most)
        if reached.num_rows >= most:
            break
    return reached


def between(snapshot: SnapshotFile, source: str, target: str, most: int) -> pa.Table:
    """The nodes around both ends of a way, as far as the two meet, and their like.

    Raises:
        ViewError: they do not meet within so many nodes.
    """
    sides = [_start(snapshot, source), _start(snapshot, target)]
    for step in range(_LONGEST):
        meeting = set(sides[0]["number"].to_pylist()) & set(sides[1]["number"].to_pylist())
        if meeting:
            return pa.concat_tables(sides).group_by("number").aggregate([])
        # The smaller side is made wider.
        side = 0 if sides[0].num_rows <= sides[1].num_rows else 1
        sides[side] = _wider(snapshot, sides[side], most * (step + 1))
    raise ViewError(
        f"view path: no way of up to {_LONGEST} steps was found between {source} and {target} "
        "among what matters most around them"
    )


def important(snapshot: SnapshotFile, labels: Sequence[str], most: int) -> pa.Table:
    """The most important nodes of some labels and what is one step from them."""
    cursor = snapshot.connection.cursor()
    places = ", ".join(f"'{label}'" for label in labels)
    seeds = cursor.sql(
        f"SELECT number FROM node WHERE label IN ({places}) ORDER BY number LIMIT {most // 6}"  # noqa: S608
    ).to_arrow_table()
    reached = _wider(snapshot, seeds, most)
    # Metrics stand at results, and tell which way is up.
    return _wider(snapshot, reached, most, only="MEASURES")


def numbers_of(snapshot: SnapshotFile, texts: Sequence[str]) -> pa.Table:
    """The nodes whose id or name is one of some texts."""
    cursor = snapshot.connection.cursor()
    cursor.register("wanted", pa.table({"text": pa.array(texts, pa.string())}))
    return cursor.sql(
        """
        SELECT number FROM node WHERE id IN (SELECT text FROM wanted) AND label NOT IN ('Source')
        UNION
        SELECT number FROM node WHERE name IN (SELECT text FROM wanted)
            AND label NOT IN ('Source', 'Passage', 'Result')
        ORDER BY number
        """
    ).to_arrow_table()


def _start(snapshot: SnapshotFile, reference: str) -> pa.Table:
    label, _, identifier = reference.partition("/")
    cursor = snapshot.connection.cursor()
    return cursor.sql(
        "SELECT number FROM node WHERE label = $label AND id = $id",
        params={"label": label, "id": identifier},
    ).to_arrow_table()


def _wider(snapshot: SnapshotFile, reached: pa.Table, most: int, only: str | None = None) -> pa.Table:
    """The nodes reached and those one step further, the most important of these, as far as there is room."""
    room = max(0, most - reached.num_rows)
    cursor = snapshot.connection.cursor()
    cursor.register("reached", reached)
    kind = f"AND e.type = '{only}'" if only else "AND e.type NOT IN ('HAS_PASSAGE', 'LISTED_IN', 'HAS_TOPIC')"
    return cursor.sql(
        f"""
        SELECT number FROM reached
        UNION ALL
        (SELECT DISTINCT e.other AS number
         FROM reached r JOIN node n USING (number) JOIN edge e ON e.node = r.number
         WHERE n.label NOT IN {_NO_WAY} {kind} AND e.other NOT IN (SELECT number FROM reached)
         ORDER BY number LIMIT {room})
        """  # noqa: S608
    ).to_arrow_table()
