"""Evaluation of names, of what a paper introduces, and of its relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg_builder.evaluation.exported import ExportedGraph, name_key
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
    known = _keys(entities)
    optional = _keys([e for e in entities if e.get("optional")])
    owed = [e for e in entities if not e.get("optional")]
    new = [e for e in owed if "introduces" in e["roles"]]
    leaving = graph.leaving.get(paper, []) if paper is not None else []
    introduced = {r.end for r in leaving if r.type == "INTRODUCES"}
    touched = {r.end for r in leaving} | {b for i in introduced for b in graph.targets(i, "BASED_ON")}

    def key(node: str) -> str:
        return graph.entity_key(node, known)

    def labelled(*labels: str) -> dict[str, str]:
        return {key(n): graph.name(n) for n in sorted(touched) if graph.labels[n] in labels}

    tallies.models.compare(
        ident,
        {accepted(e): e["name"] for e in owed if e["type"] == "Model" and e not in new},
        optional | _keys(new),
        labelled("Model"),
    )
    tallies.benchmarks.compare(
        ident,
        {accepted(e): e["name"] for e in owed if e["type"] == "Benchmark"},
        optional,
        labelled("Benchmark", "Dataset"),
    )
    perhaps_new = _keys([e for e in owed if any("introduces" in role for role in e["roles"])])
    tallies.introduces.compare(
        ident,
        {accepted(e): e["name"] for e in new},
        optional | perhaps_new,
        {key(n): graph.name(n) for n in sorted(introduced)},
    )
    for entity in new:
        labels = {graph.labels[n] for n in introduced if key(n) in accepted(entity)}
        if labels:
            counts = tallies.introduced_as.of(ident)
            right = entity["type"] in labels
            counts.found += right
            counts.extra += not right
            if not right:
                tallies.introduced_as.errors.append(
                    f"wrong   {ident}: {entity['name']} is a {entity['type']}, got {sorted(labels)}"
                )
    found = {
        (r.type, key(r.end)): f"{r.type} {graph.name(r.end)}"
        for r in leaving
        if r.type in _RELATIONS and graph.labels[r.end] in ("Model", "Benchmark", "Dataset")
    }
    for base in sorted(b for i in introduced for b in graph.targets(i, "BASED_ON")):
        if graph.labels[base] == "Model":
            found.setdefault(("USES", key(base)), f"BASED_ON {graph.name(base)}")
    wanted, tolerated = _wanted_relations(entities)
    tallies.relations.compare(ident, wanted, tolerated, found)


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
