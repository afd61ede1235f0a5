"""The graph schema, read from ``schema/graph.yaml``: the one place that says what the graph may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from kg_builder.errors import SchemaError
from kg_builder.resources import shipped

# The loader in C is eight times as quick; it is missing where PyYAML was built without libyaml.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PropertyType = Literal["string", "integer", "float", "boolean", "date", "strings"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a label or a relationship type."""

    name: str
    type: PropertyType
    description: str
    index: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A node label: its properties, the one that is unique (`key`) and the one that is shown (`caption`)."""

    name: str
    description: str
    key: str
    caption: str
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type: where it may start and end, and its properties (those of evidence included)."""

    name: str
    description: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    properties: Mapping[str, Property]
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """Every label and relationship type of the graph, in the order of the schema file."""

    version: int
    labels: Mapping[str, Label]
    relationships: Mapping[str, RelationshipType]


def _properties(entries: Mapping[str, Mapping[str, Any]], where: str) -> dict[str, Property]:
    properties = {}
    for name, entry in entries.items():
        if entry.get("type") not in get_args(PropertyType):
            valid = ", ".join(get_args(PropertyType))
            raise SchemaError(f"{where}.{name}: type {entry.get('type')!r} is none of {valid}")
        properties[name] = Property(name, entry["type"], entry["description"], entry.get("index", False))
    return properties


def read_schema(path: Path) -> Schema:
    """Read a schema file.

    Args:
        path: a YAML file in the form of ``schema/graph.yaml``.

    Raises:
        SchemaError: the file is missing, is not YAML, or names a label or type that it does not define.
    """
    try:
        tree = cast(dict[str, Any], yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))  # noqa: S506
        evidence = _properties(tree["evidence"]["properties"], "evidence")
        labels = {
            name: Label(
                name,
                entry["description"],
                entry["key"],
                entry["caption"],
                _properties(entry["properties"], name),
            )
            for name, entry in tree["labels"].items()
        }
        relationships = {
            name: RelationshipType(
                name,
                entry["description"],
                tuple(entry["from"]),
                tuple(entry["to"]),
                _properties(entry.get("properties", {}), name) | (evidence if entry.get("evidence") else {}),
                bool(entry.get("evidence")),
            )
            for name, entry in tree["relationships"].items()
        }
    except OSError as error:
        raise SchemaError(f"{path}: cannot be read ({error.strerror}); reinstall kg-builder") from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"{path}: not a schema file ({error})") from error
    for kind in relationships.values():
        unknown = {*kind.starts, *kind.ends} - set(labels)
        if unknown:
            raise SchemaError(f"{path}: {kind.name} names unknown labels {sorted(unknown)}")
    return Schema(tree["version"], labels, relationships)


@cache
def graph_schema() -> Schema:
    """The schema that ships with the package."""
    return read_schema(shipped("schema") / "graph.yaml")
