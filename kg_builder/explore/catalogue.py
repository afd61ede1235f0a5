"""What pages tell of a thing: its properties, its relationships section by section, its results, its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg_builder.explore.marking import Piece, marked
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.graph import ENDPOINTS, known
from kg_builder.views.captions import value_text
from kg_builder.workspace.tables import node_table, relationship_table


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph, by the number that the snapshot gives it."""

    number: int
    label: str
    id: str
    name: str
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as seen from one of its ends.

    Args:
        other: what stands at the other end.
        properties: those of the relationship.
        quote: its evidence, the words that name the target marked; nothing where it has none.
        paper: the paper whose text that is.
    """

    other: Thing
    properties: dict[str, Any]
    quote: tuple[Piece, ...] = ()
    paper: Thing | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The relationships of one type that leave or enter a thing.

    Args:
        type: their type.
        leaving: whether they leave it; ``None`` where the type has no direction.
        total: how many there are.
        ties: one page of them.
    """

    type: str
    leaving: bool | None
    total: int
    ties: tuple[Tie, ...] = ()


def counts(snapshot: SnapshotFile) -> dict[str, int]:
    """How many nodes there are of each label."""
    rows = snapshot.rows("SELECT label, count(*) AS nodes FROM node GROUP BY label")
    found = {row["label"]: row["nodes"] for row in rows}
    return {label: found[label] for label in snapshot.graph.schema.labels if label in found}


def most_important(snapshot: SnapshotFile, label: str, first: int = 0, most: int = 10) -> list[Thing]:
    """The things of a label, the most important first."""
    rows = snapshot.rows(
        "SELECT number, label, id, name FROM node WHERE label = $label ORDER BY number LIMIT $most OFFSET $first",
        {"label": label, "first": first, "most": most},
    )
    return [Thing(**row) for row in rows]


def thing(snapshot: SnapshotFile, label: str, identifier: str) -> Thing | None:
    """The thing of a label and an id, with its properties; ``None`` where there is none."""
    if label not in snapshot.graph.schema.labels:
        return None
    rows = snapshot.rows(
        "SELECT number, label, id, name, place FROM node WHERE label = $label AND id = $id",
        {"label": label, "id": identifier},
    )
    if not rows:
        return None
    place = rows[0].pop("place")
    found = snapshot.rows(
        f"SELECT * FROM {node_table(label)} WHERE rowid = $place",  # noqa: S608 - a label of the schema
        {"place": place},
    )
    return Thing(**rows[0], properties=known(found[0]))


def sections(snapshot: SnapshotFile, of: Thing) -> list[Section]:
    """Every type of relationship that a thing has, in the order of the schema, without the ties themselves."""
    rows = snapshot.rows(
        """
        SELECT type, CASE WHEN type NOT IN (SELECT unnest($mutual)) THEN leaving END AS leaving, count(*) AS total
        FROM edge WHERE node = $number GROUP BY ALL
        """,
        {"number": of.number, "mutual": list(MUTUAL)},
    )
    order = list(snapshot.graph.schema.relationships)
    rows.sort(key=lambda row: (order.index(row["type"]), not row["leaving"]))
    return [Section(**row) for row in rows]


#: Types without a direction: which end comes first tells nothing.
MUTUAL = ("CO_AUTHORED",)

#: What a type of relationship is sorted by, where not by the importance of what stands at the other end.
_ORDERS = {
    "AUTHORED": ("position", "ASC"),
    "CO_AUTHORED": ("papers", "DESC"),
    "AFFILIATED_WITH": ("papers", "DESC"),
    "MENTIONS": ("count", "DESC"),
}


def section(
    snapshot: SnapshotFile, of: Thing, type_: str, leaving: bool | None, first: int = 0, most: int = 20
) -> Section:
    """One page of the relationships of a type.

    Args:
        snapshot: where to look.
        of: the thing.
        type_: the type.
        leaving: whether those that leave it are asked for, or those that enter it; ``None`` for both.
        first: how many to pass over.
        most: how many to return.
    """
    table = relationship_table(type_)
    column, direction = _ORDERS.get(type_, (None, "ASC"))
    # The authors of a paper stand in their order; the papers of an author by importance.
    order = (
        f'r."{column}" {direction} NULLS LAST, ' if column and not (leaving and type_ == "AUTHORED") else ""
    )
    rows = snapshot.rows(
        f"""
        SELECT n.number AS _number, n.label AS _label, n.id AS _id, n.name AS _name,
            count(*) OVER () AS _total, r.*
        FROM edge e JOIN node n ON n.number = e.other JOIN {table} r ON r.rowid = e.place
        WHERE e.node = $number AND e.type = $type AND e.leaving = coalesce($leaving, e.leaving)
        ORDER BY {order} n.number LIMIT $most OFFSET $first
        """,  # noqa: S608 - a type of the schema
        {"number": of.number, "type": type_, "leaving": leaving, "most": most, "first": first},
    )
    total = rows[0]["_total"] if rows else 0
    return Section(type_, leaving, total, tuple(_ties(snapshot, rows)))


def _ties(snapshot: SnapshotFile, rows: Sequence[dict[str, Any]]) -> list[Tie]:
    papers = papers_of_passages(snapshot, [row["passage"] for row in rows if row.get("passage")])
    ties = []
    for row in rows:
        other = Thing(row["_number"], row["_label"], row["_id"], row["_name"])
        properties = known({k: v for k, v in row.items() if not k.startswith("_") and k not in ENDPOINTS})
        paper = papers.get(properties.get("passage", ""))
        ties.append(Tie(other, properties, marked(properties), paper))
    return ties


def papers_of_passages(snapshot: SnapshotFile, passages: Sequence[str]) -> dict[str, Thing]:
    """The paper of each passage, by the passage's id."""
    if not passages:
        return {}
    rows = snapshot.rows(
        """
        SELECT t.id AS passage, p.number, p.label, p.id, p.name
        FROM node t JOIN edge e ON e.node = t.number AND e.type = 'HAS_PASSAGE' AND NOT e.leaving
        JOIN node p ON p.number = e.other
        WHERE t.label = 'Passage' AND t.id IN (SELECT unnest($passages))
        """,
        {"passages": list(dict.fromkeys(passages))},
    )
    return {row.pop("passage"): Thing(**row) for row in rows}


@dataclass(frozen=True, slots=True)
class Stated:
    """A result, with all that is known of it.

    Args:
        result: the node.
        value: in few characters, with its unit.
        about: what stands around it: ``OF``, ``ON``, ``AGAINST``, ``MEASURES``.
        paper: the paper that reports it.
        quote: the sentence that says so.
        confidence: 0 to 1.
        rank: its place on a leaderboard, from 1, where it is on one.
    """

    result: Thing
    value: str
    about: dict[str, list[Thing]]
    paper: Thing | None
    quote: tuple[Piece, ...]
    confidence: float | None
    rank: int | None = None


def results(
    snapshot: SnapshotFile, of: Thing, type_: str, leaving: bool, first: int = 0, most: int = 20
) -> tuple[list[Stated], int]:
    """The results of a thing, the most important papers' first, and how many there are."""
    rows = snapshot.rows(
        """
        SELECT e.other AS number, count(*) OVER () AS total
        FROM edge e LEFT JOIN edge p ON p.node = e.other AND p.type = 'REPORTS' AND NOT p.leaving
        WHERE e.node = $number AND e.type = $type AND e.leaving = $leaving
        ORDER BY p.other, e.other LIMIT $most OFFSET $first
        """,
        {"number": of.number, "type": type_, "leaving": leaving, "most": most, "first": first},
    )
    return stated(snapshot, [row["number"] for row in rows]), rows[0]["total"] if rows else 0


def stated(
    snapshot: SnapshotFile, numbers: Sequence[int], ranks: Sequence[int] | None = None
) -> list[Stated]:
    """Results by their numbers, in that order."""
    if not numbers:
        return []
    # Written out, they let the scan pass over all other rows.
    among = ", ".join(map(str, numbers))
    nodes = snapshot.rows(
        f"""
        SELECT n.number AS _number, n.name AS _name, r.*
        FROM node n JOIN nodes."Result" r ON r.rowid = n.place
        WHERE n.number IN ({among}) AND n.label = 'Result'
        """  # noqa: S608 - numbers
    )
    around = snapshot.rows(
        f"""
        SELECT e.node AS _node, e.type AS _type, n.number AS _number, n.label AS _label, n.id AS _id,
            n.name AS _name, r.*
        FROM edge e JOIN node n ON n.number = e.other
        LEFT JOIN relationships."REPORTS" r ON e.type = 'REPORTS' AND r.rowid = e.place
        WHERE e.node IN ({among}) ORDER BY n.number
        """  # noqa: S608
    )
    about: dict[int, dict[str, list[Thing]]] = defaultdict(lambda: defaultdict(list))
    reports: dict[int, dict[str, Any]] = {}
    for row in around:
        other = Thing(row["_number"], row["_label"], row["_id"], row["_name"])
        about[row["_node"]][row["_type"]].append(other)
        if row["_type"] == "REPORTS":
            reports[row["_node"]] = known({k: v for k, v in row.items() if not k.startswith("_")})
    found = {row["_number"]: known(row) for row in nodes}
    places = dict(zip(numbers, ranks, strict=True)) if ranks else {}
    return [
        _stated(number, found[number], about[number], reports.get(number, {}), places.get(number))
        for number in numbers
        if number in found
    ]


def _stated(
    number: int,
    row: dict[str, Any],
    about: dict[str, list[Thing]],
    report: dict[str, Any],
    rank: int | None,
) -> Stated:
    properties = {k: v for k, v in row.items() if not k.startswith("_")}
    papers = about.get("REPORTS", [])
    return Stated(
        Thing(number, "Result", properties["id"], row["_name"], properties),
        value_text(properties),
        dict(about),
        papers[0] if papers else None,
        marked(report),
        report.get("confidence"),
        rank,
    )
