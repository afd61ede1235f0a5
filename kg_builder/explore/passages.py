"""The text of a paper, the words marked that its facts stand on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg_builder.explore.catalogue import Thing
from kg_builder.explore.marking import Piece, cut
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.workspace.tables import relationship_table


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage of a paper."""

    section: str
    language: str | None
    pieces: tuple[Piece, ...]


def passages(snapshot: SnapshotFile, paper: Thing, most: int = 40) -> list[MarkedPassage]:
    """The passages of a paper in reading order, without its title."""
    rows = snapshot.rows(
        """
        SELECT p.id, p.section, p.language, p.text
        FROM edge e JOIN node n ON n.number = e.other JOIN nodes."Passage" p ON p.rowid = n.place
        WHERE e.node = $number AND e.type = 'HAS_PASSAGE' AND e.leaving AND coalesce(p.section, '') <> 'title'
        ORDER BY p.position, p.id LIMIT $most
        """,
        {"number": paper.number, "most": most},
    )
    spans = _spans(snapshot, paper)
    return [
        MarkedPassage(
            row["section"] or "text", row["language"], cut(row["text"] or "", spans.get(row["id"], []))
        )
        for row in rows
    ]


def _spans(snapshot: SnapshotFile, paper: Thing) -> dict[str, list[tuple[int, int]]]:
    """Where names and numbers stand that relationships of the paper were read from, by passage."""
    parts = [
        f"SELECT r.passage, r.mention_start, r.mention_end FROM edge e "  # noqa: S608 - types of the schema
        f"JOIN {relationship_table(kind.name)} r ON r.rowid = e.place "
        f"WHERE e.node = $number AND e.type = '{kind.name}' AND e.leaving"
        for kind in snapshot.graph.schema.relationships.values()
        if kind.has_evidence and "Paper" in kind.starts
    ]
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in snapshot.rows(" UNION ALL ".join(parts), {"number": paper.number}):
        if row["passage"] is not None and row["mention_start"] is not None:
            found[row["passage"]].append((row["mention_start"], row["mention_end"]))
    return found
