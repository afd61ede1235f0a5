"""The family of a model: the wider names above it, and the variants below."""

from __future__ import annotations

from dataclasses import dataclass

from kg_builder.explore.catalogue import Thing
from kg_builder.explore.snapshot import SnapshotFile

#: How far up and down is looked; names are rarely five deep, and a circle of names, which should not be, ends there.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Branch:
    """A variant and how far below the model it stands."""

    model: Thing
    depth: int


def wider_names(snapshot: SnapshotFile, model: Thing) -> list[Thing]:
    """The next wider name, the one above it, and so on up to the family."""
    chain: list[Thing] = []
    seen, at = {model.number}, model.number
    for _ in range(_DEEPEST):
        rows = snapshot.rows(
            """
            SELECT n.number, n.label, n.id, n.name FROM edge e JOIN node n ON n.number = e.other
            WHERE e.node = $number AND e.type = 'VARIANT_OF' AND e.leaving ORDER BY n.number LIMIT 1
            """,
            {"number": at},
        )
        if not rows or rows[0]["number"] in seen:
            break
        chain.append(Thing(**rows[0]))
        at = chain[-1].number
        seen.add(at)
    return chain


def variants(snapshot: SnapshotFile, model: Thing, most: int = 60) -> tuple[list[Branch], int]:
    """The variants below a model in the order of a tree, and how many there are."""
    rows = snapshot.rows(
        """
        WITH RECURSIVE below AS (
            SELECT $number::INTEGER AS number, 0 AS depth, [$number::INTEGER] AS way, []::VARCHAR[] AS names
            UNION ALL
            SELECT e.other, depth + 1, list_append(way, e.other), list_append(names, n.name)
            FROM below b JOIN edge e ON e.node = b.number AND e.type = 'VARIANT_OF' AND NOT e.leaving
            JOIN node n ON n.number = e.other
            WHERE depth < $deepest AND NOT list_contains(way, e.other)
        )
        SELECT n.number, n.label, n.id, n.name, depth, count(*) OVER () AS total
        FROM below JOIN node n USING (number) WHERE depth > 0 ORDER BY names LIMIT $most
        """,
        {"number": model.number, "deepest": _DEEPEST, "most": most},
    )
    total = rows[0]["total"] if rows else 0
    return [Branch(Thing(r["number"], r["label"], r["id"], r["name"]), r["depth"]) for r in rows], total
