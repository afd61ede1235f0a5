"""Evaluation of names, of what a paper introduces, and of its relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg_builder.evaluation.exported import ExportedGraph, Relationship, name_key
from kg_builder.evaluation.tally import Tally

Entity = Mapping[str, Any]
RELATION_OF_ROLE = {
    "uses": "USES",
    "based_on": "USES",
    "evaluates": "EVALUATES",
    "evaluates_on": "EVALUATES_ON",
    "compares_with": "COMPARES_WITH",
}
_RELATIONS = frozenset(RELATION_OF_ROLE.values())


def accepted(entity: Entity) -> frozenset[str]:
    """The keys by which the gold lets an entity be called."""
    return frozenset(name_key(name) for name in (entity["name"], *entity.get("aliases", ())))


def _keys(entities: list[Entity]) -> set[str]:
    return {key for entity in entities for key in accepted(entity)}


@dataclass(slots=True)
class NameTallies:
    """The tallies that names and relations fill."""

    models: Tally
    benchmarks: Tally
    introduces: Tally
    introduced_as: Tally
    relations: Tally


@dataclass(frozen=True, slots=True)
class _Found:
    """What the graph tells of one paper, by the keys of the gold.

    Args:
        graph: the export.
        leaving: the relationships that leave the paper.
        introduced: the nodes that it introduces.
        known: the keys of the gold's entities.
    """

    graph: ExportedGraph
    leaving: list[Relationship]
    introduced: set[str]
    known: set[str]

    def key(self, node: str) -> str:
        """The key by which the gold knows a node."""
        return self.graph.entity_key(node, self.known)

    def bases(self) -> set[str]:
        """The nodes on which what the paper introduces is based."""
        return {base for node in self.introduced for base in self.graph.targets(node, "BASED_ON")}

    def labelled(self, *labels: str) -> dict[str, str]:
        """The names of the nodes of some labels that the paper leads to, itself or by what it introduces."""
        touched = {r.end for r in self.leaving} | self.bases()
        return {self.key(n): self.graph.name(n) for n in sorted(touched) if self.graph.labels[n] in labels}

    def relations(self) -> dict[tuple[str, str], str]:
        """The relations, by type and key of where they lead; what is introduced uses what it is based on."""
        found = {
            (r.type, self.key(r.end)): f"{r.type} {self.graph.name(r.end)}"
            for r in self.leaving
            if r.type in _RELATIONS and self.graph.labels[r.end] in ("Model", "Benchmark", "Dataset")
        }
        for base in sorted(self.bases()):
            if self.graph.labels[base] == "Model":
                found.setdefault(("USES", self.key(base)), f"BASED_ON {self.graph.name(base)}")
        return found


def score_names(
    tallies: NameTallies, graph: ExportedGraph, gold: Mapping[str, Any], paper: str | None
) -> None:
    """Compare a paper's names and relations with the gold.

    Args:
        tallies: where the counts go.
        graph: the export.
        gold: the paper's line of the gold file.
        paper: the paper's node, or ``None`` where the export lacks it.
    """
    ident = str(gold["id"])
    entities: list[Entity] = gold["entities"]
    leaving = graph.leaving.get(paper, []) if paper is not None else []
    introduced = {r.end for r in leaving if r.type == "INTRODUCES"}
    found = _Found(graph, leaving, introduced, _keys(entities))
    optional = _keys([e for e in entities if e.get("optional")])
    owed = [e for e in entities if not e.get("optional")]
    new = [e for e in owed if "introduces" in e["roles"]]
    models = {accepted(e): e["name"] for e in owed if e["type"] == "Model" and e not in new}
    tallies.models.compare(ident, models, optional | _keys(new), found.labelled("Model"))
    benchmarks = {accepted(e): e["name"] for e in owed if e["type"] == "Benchmark"}
    tallies.benchmarks.compare(ident, benchmarks, optional, found.labelled("Benchmark", "Dataset"))
    perhaps_new = _keys([e for e in owed if any("introduces" in role for role in e["roles"])])
    tallies.introduces.compare(
        ident,
        {accepted(e): e["name"] for e in new},
        optional | perhaps_new,
        {found.key(n): graph.name(n) for n in sorted(introduced)},
    )
    _score_labels(tallies.introduced_as, found, ident, new)
    wanted, tolerated = _wanted_relations(entities)
    tallies.relations.compare(ident, wanted, tolerated, found.relations())


def _score_labels(tally: Tally, found: _Found, ident: str, new: list[Entity]) -> None:
    """Of what the paper introduces and the graph has, how much has the gold's label."""
    for entity in new:
        labels = {found.graph.labels[n] for n in found.introduced if found.key(n) in accepted(entity)}
        if labels:
            counts = tally.of(ident)
            right = entity["type"] in labels
            counts.found += right
            counts.extra += not right
            if not right:
                tally.errors.append(
                    f"wrong   {ident}: {entity['name']} is a {entity['type']}, got {sorted(labels)}"
                )


def _wanted_relations(
    entities: list[Entity],
) -> tuple[dict[frozenset[tuple[str, str]], str], set[tuple[str, str]]]:
    """The relations that the gold wants, each as the (type, key) of which any is right; and those it lets pass."""
    wanted: dict[frozenset[tuple[str, str]], str] = {}
    tolerated: set[tuple[str, str]] = set()
    for entity in entities:
        if entity.get("optional") or entity["type"] == "Method":
            tolerated |= {(relation, key) for relation in _RELATIONS for key in accepted(entity)}
            continue
        for role in entity["roles"]:
            parts = role.split("|")
            types = {RELATION_OF_ROLE[part] for part in parts if part in RELATION_OF_ROLE}
            keys = frozenset((relation, key) for relation in types for key in accepted(entity))
            if types and all(part in RELATION_OF_ROLE for part in parts):
                wanted.setdefault(keys, f"{'|'.join(sorted(types))} {entity['name']}")
            tolerated |= keys
    return wanted, tolerated
