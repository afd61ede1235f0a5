"""The part of a graph that a view reads, held in memory: nodes by key, relationships by both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from kg_builder.errors import ViewError
from kg_builder.graph import ENDPOINTS, Graph, Node, Relationship, known
from kg_builder.lookup import Named, look_up
from kg_builder.schema import Schema
from kg_builder.views.captions import full_name, printable, value_text
from kg_builder.views.picture import ShownNode, key, key_of


class Index:
    """Nodes of some labels and the relationships of some types among them.

    Args:
        schema: what the graph may hold.
        nodes: the nodes.
        relationships: relationships; those with an end that is not among the nodes are dropped.
    """

    def __init__(self, schema: Schema, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> None:
        self.schema = schema
        self.nodes: dict[str, Node] = {key_of(n): n for n in nodes}
        self.relationships: list[Relationship] = []
        #: Sentences on what was taken for what.
        self.notes: list[str] = []
        self._leaving: dict[str, list[Relationship]] = defaultdict(list)
        self._entering: dict[str, list[Relationship]] = defaultdict(list)
        for relationship in relationships:
            start = key(relationship.start_label, relationship.start)
            end = key(relationship.end_label, relationship.end)
            if start in self.nodes and end in self.nodes:
                self.relationships.append(relationship)
                self._leaving[start].append(relationship)
                self._entering[end].append(relationship)

    def leaving(self, node: str, *types: str) -> Iterator[Relationship]:
        """The relationships that start at a node, of the types named or of all."""
        return (r for r in self._leaving.get(node, ()) if not types or r.type in types)

    def entering(self, node: str, *types: str) -> Iterator[Relationship]:
        """The relationships that end at a node, of the types named or of all."""
        return (r for r in self._entering.get(node, ()) if not types or r.type in types)

    def targets(self, node: str, *types: str) -> list[str]:
        """Keys of the nodes that relationships of these types lead to."""
        return [key(r.end_label, r.end) for r in self.leaving(node, *types)]

    def origins(self, node: str, *types: str) -> list[str]:
        """Keys of the nodes that relationships of these types come from."""
        return [key(r.start_label, r.start) for r in self.entering(node, *types)]

    def neighbours(self, node: str, *types: str) -> list[str]:
        """Keys of the nodes at the other end, outgoing first, each once."""
        return list(dict.fromkeys([*self.targets(node, *types), *self.origins(node, *types)]))

    def degree(self, node: str) -> int:
        """How many relationships touch a node."""
        return len(self._leaving.get(node, ())) + len(self._entering.get(node, ()))

    def name(self, node: str) -> str:
        """What a node is called, in full; a result by what it says: ``+31 % preference against GPT-4o``."""
        found = self.nodes[node]
        if found.label == "Result":
            about = (f"{word} {names}".strip() for word, names in self.about(node))
            return " ".join([value_text(found.properties), *about])
        # Another database's labels are not in the schema.
        label = self.schema.labels.get(found.label)
        return full_name(found, label.caption if label else "name")

    def names(self, nodes: Iterable[str]) -> str:
        """The names of several nodes in one line."""
        return ", ".join(self.name(n) for n in nodes)

    def shown(
        self,
        node: str,
        *,
        weight: float = 0.0,
        colour: int | None = None,
        caption: str | None = None,
        radius: float | None = None,
    ) -> ShownNode:
        """A node as a picture shows it."""
        found = self.nodes[node]
        words = value_text(found.properties) if found.label == "Result" else None
        return ShownNode(
            found.label,
            found.id,
            self.name(node),
            found.properties,
            caption=words or caption,
            weight=weight,
            colour=colour,
            date=self.first_date(node),
            radius=radius,
        )

    def about(self, result: str) -> Iterator[tuple[str, str]]:
        """What a result measures, of what, on what and against what: a word and the names, where known."""
        for word, type_ in (("", "MEASURES"), ("of", "OF"), ("on", "ON"), ("against", "AGAINST")):
            if names := self.names(self.targets(result, type_)):
                yield word, names

    def first_date(self, node: str) -> str | None:
        """The first day on which a paper that names the node was listed; for a paper, its own."""
        found = self.nodes[node]
        if found.label == "Paper":
            return found.properties.get("date") or found.properties.get("published")
        papers = [self.nodes[n] for n in self.neighbours(node) if self.nodes[n].label == "Paper"]
        dates = [p.properties.get("date") or p.properties.get("published") for p in papers]
        return min((d for d in dates if d), default=None)

    @cached_property
    def papers(self) -> dict[str, tuple[str, str | None]]:
        """Title and link of each paper, by id."""
        return {
            n.id: (self.name(k), n.properties.get("url")) for k, n in self.nodes.items() if n.label == "Paper"
        }

    def find(self, text: str | None, labels: Collection[str], view: str) -> str:
        """The key of the node that the reader means; `notes` says so where it is called otherwise.

        Args:
            text: an id (with or without ``Label/``), an arXiv id, a name, an alias, or the beginning of a name.
            labels: labels it may have, the likeliest first.
            view: the view that asks, for the message.

        Raises:
            ViewError: nothing was named, or nothing is called so; the message offers similar names.
        """
        kinds = " or ".join(label.lower() for label in labels)
        nothing = f"the graph has no {kinds}" if len(labels) < 4 else "the graph has nothing"
        if not text:
            raise ViewError(f"view {view}: say which {kinds} it is about, by --focus and an id or a name")
        for label in labels:
            if key(label, text.removeprefix(f"{label}/")) in self.nodes:
                return key(label, text.removeprefix(f"{label}/"))
        # What bears one name under several labels is of the likeliest.
        named: dict[Named, str] = {}
        for label in labels:
            for identity, node in self.nodes.items():
                if node.label == label:
                    names = (self.name(identity), *node.properties.get("aliases", []))
                    named.setdefault(Named(node.id, names), identity)
        found = look_up(text, named)
        if found.node is None:
            offer = f"; did you mean {', '.join(map(printable, found.offers))}?" if found.offers else ""
            raise ViewError(f"view {view}: {nothing} called {text!r}{offer}")
        meant = named[found.node]
        if not found.exact:
            name = printable(self.name(meant))
            self.notes.append(f"T{nothing[1:]} called {text!r}; taken for {name}.")
        return meant


def read(graph: Graph, labels: Collection[str], types: Collection[str]) -> Index:
    """Read what a view needs of a graph.

    Args:
        graph: the graph.
        labels: labels of the nodes to be read.
        types: types of the relationships to be read.
    """
    return Index(graph.schema, _nodes(graph, labels), _relationships(graph, types))


def _nodes(graph: Graph, labels: Collection[str]) -> Iterator[Node]:
    for label in graph.schema.labels:
        if label in labels:
            for batch in graph.nodes(label):
                for row in batch.to_pylist():
                    yield Node(label, row["id"], known(row))


def _relationships(graph: Graph, types: Collection[str]) -> Iterator[Relationship]:
    for kind in graph.schema.relationships:
        if kind in types:
            for batch in graph.relationships(kind):
                for row in batch.to_pylist():
                    start_label, start, end_label, end = (row.pop(name) for name in ENDPOINTS)
                    yield Relationship(kind, start_label, start, end_label, end, known(row))
