"""An exported graph (JSON lines as APOC writes them), as evaluation reads it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg_builder.errors import EvaluationError


def name_key(name: str) -> str:
    """A name without case, white space, hyphens and underscores."""
    return re.sub(r"[\s\-‐-―_]+", "", unicodedata.normalize("NFKC", name).casefold())


def author_key(name: str) -> str:
    """An author's name without case, accents and anything but letters and digits."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of the export; its ends are node ids."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Any]


@dataclass(slots=True)
class ExportedGraph:
    """Nodes and relationships of an export, with the look-ups that evaluation needs."""

    labels: dict[str, str] = field(default_factory=dict)
    properties: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    leaving: dict[str, list[Relationship]] = field(default_factory=lambda: defaultdict(list))
    paper_of: dict[str, str] = field(default_factory=dict)
    bylines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def name(self, node: str) -> str:
        """The node's name, or nothing."""
        return str(self.properties[node].get("name") or "")

    def names(self, node: str) -> list[str]:
        """The node's name and its aliases."""
        return [self.name(node), *(self.properties[node].get("aliases") or [])]

    def entity_key(self, node: str, known: Container[str]) -> str:
        """The key of the first name or alias that the gold knows, else of the name."""
        keys = [name_key(name) for name in self.names(node)]
        return next((key for key in keys if key in known), keys[0])

    def author(self, node: str, printed: Container[str]) -> str:
        """The key of the variant that is printed on the paper, else of the name."""
        keys = [author_key(n) for n in (self.name(node), *(self.properties[node].get("variants") or []))]
        return next((key for key in keys if key in printed), keys[0])

    def targets(self, node: str, *types: str) -> list[str]:
        """Where the node's relationships of these types end."""
        return [r.end for r in self.leaving.get(node, ()) if r.type in types]


def read_export(path: Path) -> ExportedGraph:
    """Read an export.

    Raises:
        EvaluationError: the file cannot be read, or a line is no node and no relationship.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return graph_of(lines, str(path))
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read ({error.strerror})") from error


def graph_of(lines: Iterable[str], location: str = "the export") -> ExportedGraph:
    """The graph of an export's lines.

    Raises:
        EvaluationError: a line is no node and no relationship.
    """
    graph = ExportedGraph()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _add(graph, json.loads(line))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise EvaluationError(
                f"{location}:{number}: neither a node nor a relationship of an export ({error!r}); make one with "
                "kg-builder export -f jsonl"
            ) from error
    for node, label in graph.labels.items():
        if label == "Paper":
            for name in ("arxiv_id", "id", "url", "title"):
                if graph.properties[node].get(name):
                    graph.paper_of.setdefault(str(graph.properties[node][name]), node)
    return graph


def _add(graph: ExportedGraph, row: Mapping[str, Any]) -> None:
    if row["type"] == "node":
        graph.labels[row["id"]] = row["labels"][0]
        graph.properties[row["id"]] = row.get("properties", {})
        return
    found = Relationship(row["label"], row["start"]["id"], row["end"]["id"], row.get("properties", {}))
    graph.relationships.append(found)
    graph.leaving[found.start].append(found)
    if found.type == "AUTHORED":
        graph.bylines[found.end].append(found.start)
