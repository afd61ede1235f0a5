"""A picture: the nodes and edges that one view shows, and what it says about them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg_builder.graph import Node, Relationship
from kg_builder.stores.neo4j.changes import Change
from kg_builder.stores.rows import Rows

#: Where a node lies, in pixels at zoom 1; y grows downwards.
Place = tuple[float, float]


def key(label: str, identifier: str) -> str:
    """The one string by which a picture knows a node.

    >>> key("Model", "gpt-4o")
    'Model/gpt-4o'
    """
    return f"{label}/{identifier}"


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node of a picture.

    Args:
        label: its label in the schema.
        id: its id in the graph.
        name: what it is called, in full.
        properties: what the panel tells of it.
        caption: the words beside it; cut from the name unless given.
        weight: 0 to 1, how much it matters in this picture; decides its size and whose label goes first.
        colour: a number that stands for a colour of its own (a community, say) instead of the label's.
        date: the day from which a picture with a time slider shows it.
        group: what the legend counts it among, where not its label (a community, what a plan adds).
        within: key of the node that stands for it and others until the reader opens that.
        radius: how big it is drawn, in pixels, where its label and weight do not say.
    """

    label: str
    id: str
    name: str
    properties: dict[str, Any] = field(default_factory=dict)
    caption: str | None = None
    weight: float = 0.0
    colour: int | None = None
    date: str | None = None
    group: str | None = None
    within: str | None = None
    radius: float | None = None

    @property
    def key(self) -> str:
        """``Label/id``."""
        return key(self.label, self.id)


@dataclass(frozen=True, slots=True)
class ShownEdge:
    """An edge of a picture: a relationship of the graph, or one that the view derives from several.

    Args:
        type: relationship type, or the view's own word for what it derived.
        start: key of the node it leaves.
        end: key of the node it enters.
        properties: those of the relationship, evidence included.
        caption: words to be drawn along it.
        strength: how strongly it pulls its ends together in the layout; 1 is usual.
    """

    type: str
    start: str
    end: str
    properties: dict[str, Any] = field(default_factory=dict)
    caption: str = ""
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text and, where it names a node of the picture, that node's key."""

    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table beside the picture: a leaderboard, for example."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What one view shows.

    Args:
        view: the view's name.
        title: the heading of the page.
        description: one sentence on what is seen.
        nodes: in the order of the graph.
        edges: in the order of the graph; both ends are among the nodes.
        papers: title and link of every paper whose evidence is shown, by paper id.
        left_out: sentences that say what the view does not show, and how to see it; and what a name was taken for.
        faint: edge types that are not drawn until the reader asks for them.
        meanings: what a group of nodes or an edge type that is not in the schema means.
        focus: key of the node that the view is about.
        places: where nodes lie, for views whose places have a meaning; else they are laid out.
        table: a table beside the picture.
        notes: words that stand at a place of the picture, such as the dates above the columns of a timeline.
        side: where labels stand by preference, ``below`` or ``right``.
        timeline: whether the page has a slider over the dates of the nodes.
    """

    view: str
    title: str
    description: str
    nodes: tuple[ShownNode, ...]
    edges: tuple[ShownEdge, ...]
    papers: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    meanings: dict[str, str] = field(default_factory=dict)
    focus: str | None = None
    places: dict[str, Place] | None = None
    table: Table | None = None
    notes: tuple[tuple[str, Place], ...] = ()
    side: str = "below"
    timeline: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave back, and what the page about it is called.

    Args:
        rows: the answer, from any engine.
        title: the heading.
        description: a sentence on what was asked.
    """

    rows: Rows
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states of a graph, and what the page about it is called.

    Args:
        changes: from the earlier state to the later.
        title: the heading.
        description: a sentence on what is compared.
    """

    changes: Sequence[Change]
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asks a view for.

    Args:
        focus: id or name of the node that the view is about.
        source: where a path begins.
        target: where a path ends.
        authors: whether authors and the organisations among them are shown.
        limit: how many nodes at most; the most important are kept, and the page says what was left out.
            Without one each view shows as many as make a good picture; 0 is all.
        answer: what a query gave back, for the view of it.
        changes: what differs, for the view of that.
    """

    focus: str | None = None
    source: str | None = None
    target: str | None = None
    authors: bool = False
    limit: int | None = None
    answer: Answer | None = None
    changes: Changes | None = None

    def most(self, usual: int) -> int:
        """How many nodes at most, where a view usually shows so many."""
        return usual if self.limit is None else self.limit or sys.maxsize


def edge_of(relationship: Relationship, *, strength: float = 1.0, caption: str = "") -> ShownEdge:
    """A relationship of the graph as an edge of a picture."""
    return ShownEdge(
        relationship.type,
        key(relationship.start_label, relationship.start),
        key(relationship.end_label, relationship.end),
        relationship.properties,
        caption,
        strength,
    )


def key_of(node: Node) -> str:
    """The key of a node of the graph."""
    return key(node.label, node.id)
