"""The mark that every node and relationship of this project carries: whose properties are whose, and a fingerprint.

A mark is one short string, such as ``3.17..9f86d081884c7d65``: the number of the label or type, a bit for
each property that the graph knows, a bit for each of those that somebody else wrote first, and the
fingerprint of the properties. What the bits mean is the database's `Layout`, which only ever grows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg_builder.schema import Schema
from kg_builder.stores.neo4j.cypher import MARK
from kg_builder.stores.neo4j.fingerprints import fingerprint, fingerprints

_MARK = re.compile(r"(-?)(\d+)\.([0-9a-f]+)\.([0-9a-f]*)\.([0-9a-f]{16})")

#: Property names in the order of their bits, or labels.
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the mark of a node or relationship says.

    Args:
        kind: the number of its label or type in the layout.
        known: bits of the properties that the graph gives it.
        kept: bits of those among them that somebody else had written before.
        fingerprint: of all properties that the graph gives it.
        left: whether the graph has it no more, but somebody else's work is tied to it.
    """

    kind: int
    known: int
    kept: int
    fingerprint: str
    left: bool = False

    @classmethod
    def parse(cls, text: object) -> Mark | None:
        """The mark that a property holds, or ``None`` where it holds none."""
        found = _MARK.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            return None
        left, kind, known, kept, digest = found.groups()
        return cls(int(kind), int(known, 16), int(kept or "0", 16), digest, bool(left))

    def __str__(self) -> str:
        kept = f"{self.kept:x}" if self.kept else ""
        return f"{'-' if self.left else ''}{self.kind}.{self.known:x}.{kept}.{self.fingerprint}"

    @property
    def written(self) -> int:
        """Bits of the properties that this project wrote."""
        return self.known & ~self.kept

    def as_left(self) -> Mark:
        """The same, of what the graph has no more."""
        return replace(self, left=True)


@dataclass(frozen=True)
class Layout:
    """What the numbers and bits of a database's marks mean.

    Entries are only ever added, at the end: marks written under an older schema keep their meaning, and
    what that schema knew is still found and taken back.

    Args:
        labels: property names of each label, in the order of their bits.
        types: property names of each relationship type.
        starts: labels from which each relationship type may start.
    """

    labels: Mapping[str, Names]
    types: Mapping[str, Names]
    starts: Mapping[str, Names]

    @classmethod
    def empty(cls) -> Layout:
        """The layout of a database that holds nothing of this project."""
        return cls({}, {}, {})

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """The layout that `to_json` wrote."""
        tables = json.loads(text)
        return cls(
            *({k: tuple(v) for k, v in tables[part].items()} for part in ("labels", "types", "starts"))
        )

    def to_json(self) -> str:
        """The layout as text, to be kept in the database."""
        return json.dumps({"labels": self.labels, "types": self.types, "starts": self.starts})

    def extended(self, schema: Schema) -> Layout:
        """This layout with whatever else a schema knows."""
        labels, types, starts = dict(self.labels), dict(self.types), dict(self.starts)
        for label in schema.labels.values():
            labels[label.name] = _joined(labels.get(label.name, ()), label.properties)
        for kind in schema.relationships.values():
            types[kind.name] = _joined(types.get(kind.name, ()), kind.properties)
            starts[kind.name] = _joined(starts.get(kind.name, ()), kind.starts)
        return Layout(labels, types, starts)

    def label_of(self, mark: Mark | None) -> str | None:
        """The label that a node's mark names."""
        labels = list(self.labels)
        return labels[mark.kind] if mark is not None and mark.kind < len(labels) else None


def _joined(names: Names, more: Iterable[str]) -> Names:
    return names + tuple(name for name in more if name not in names)


class Marker:
    """Writes and reads the marks of one label or relationship type.

    Args:
        kind: the number of the label or type in the layout.
        names: its property names, in the order of their bits.
    """

    def __init__(self, kind: int, names: Names) -> None:
        self.kind = kind
        self._bits = {name: 1 << place for place, name in enumerate(names)}

    @classmethod
    def of_label(cls, layout: Layout, label: str) -> Marker:
        """The marker of a label's nodes."""
        return cls(list(layout.labels).index(label), layout.labels[label])

    @classmethod
    def of_type(cls, layout: Layout, kind: str) -> Marker:
        """The marker of a type's relationships."""
        return cls(list(layout.types).index(kind), layout.types[kind])

    def mark(self, properties: Mapping[str, Any], kept: Iterable[str] = ()) -> Mark:
        """The mark of something with these properties."""
        return Mark(self.kind, self._sum(properties), self._sum(kept), fingerprint(properties))

    def marks(self, columns: Mapping[str, pa.Array], count: int) -> pa.Array:
        """The marks of many things as text, from the columns of their properties: quicker than one by one.

        Args:
            columns: the properties by name; null where unknown.
            count: how many things there are.
        """
        known = pa.array([0] * count, pa.int64())
        for name, column in columns.items():
            known = pc.add(known, pc.multiply(pc.is_valid(column).cast(pa.int64()), self._bits[name]))
        # Few combinations of properties occur, and only Python writes them in base 16.
        combined = known.dictionary_encode()
        begun = pa.array([f"{self.kind}.{bits:x}.." for bits in combined.dictionary.to_pylist()], pa.string())
        return pc.binary_join_element_wise(begun.take(combined.indices), fingerprints(columns, count), "")

    def names(self, bits: int) -> list[str]:
        """The property names that bits stand for."""
        return [name for name, bit in self._bits.items() if bits & bit]

    def of_stored(self, mark: Mark, properties: Mapping[str, Any]) -> Mark:
        """The mark that would fit the values as they are stored, wherever they come from."""
        known = {name: properties[name] for name in self.names(mark.known) if name in properties}
        return replace(mark, fingerprint=fingerprint(known))

    def _sum(self, names: Iterable[str]) -> int:
        total = 0
        for name in names:
            total |= self._bits[name]
        return total


def without_mark(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as the graph knows them."""
    return {name: value for name, value in properties.items() if name != MARK}


def without_empty_lists(column: pa.Array) -> pa.Array:
    """A column of a graph's table with null for the lists that hold nothing: they are properties not known."""
    if not pa.types.is_list(column.type):
        return column
    return pc.if_else(pc.equal(pc.list_value_length(column), 0), pa.scalar(None, column.type), column)
