"""Which found results are right in all their parts, for teaching how sure to be of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.extraction.results_examples import Gold
from kg_builder.document import Document
from kg_builder.evaluation.exported import name_key
from kg_builder.evaluation.results import FoundResult, PaperNames, same_value
from kg_builder.extract.result_claims import claims, distinct
from kg_builder.extract.result_parts import Judge
from kg_builder.extract.result_scene import scene_of
from kg_builder.extract.result_unnamed import add_unnamed
from kg_builder.extract.results import findings
from kg_builder.facts import Entity, Facts, Mention, Relation, Result


@dataclass(frozen=True, slots=True)
class Told:
    """A paper, its line of the gold, and the entities, mentions and relations found in it."""

    document: Document
    gold: Gold
    facts: tuple[list[Entity], list[Mention], list[Relation]]


def judged(judge: Judge, paper: Told) -> Iterator[tuple[Mapping[str, float], bool]]:
    """For each result that a judge finds, how likely its parts were to it, and whether the gold agrees with all.

    What the gold leaves optional is passed over.

    Args:
        judge: one that was not trained on the paper.
        paper: the paper.
    """
    scene = scene_of(paper.document, *paper.facts)
    known = add_unnamed(scene)
    told = distinct(list(claims(judge, scene)))
    found = findings(told, scene, known)
    entities = [*paper.facts[0], *found.entities]
    for claim, result in zip(told, found.results, strict=True):
        hit = _agrees(result, paper.gold, entities)
        if hit is not None:
            yield claim.chances, hit


def agreeing(gold: Gold, facts: Facts) -> Iterator[tuple[float, bool]]:
    """For each result found in a paper, how sure it is and whether the gold agrees with all its parts.

    What the gold leaves optional is passed over.

    Args:
        gold: the paper's line of the gold.
        facts: what was found.
    """
    for result in facts.results:
        hit = _agrees(result, gold, facts.entities)
        if hit is not None:
            yield result.confidence, hit


def _agrees(result: Result, gold: Gold, entities: Sequence[Entity]) -> bool | None:
    """Whether the gold says all that a result says; ``None`` where it leaves that value optional."""
    same = [want for want in gold["results"] if same_value(want["value"], result.value)]
    if any(want["optional"] for want in same):
        return None
    names = PaperNames(gold)
    stated = _stated(result, entities, names)
    return any(names.right(want, stated) for want in same)


def _stated(result: Result, entities: Sequence[Entity], names: PaperNames) -> FoundResult:
    """A result as a graph would tell it."""

    def keys(indices: tuple[int, ...]) -> set[str]:
        return {_key(entities[index], names.entities) for index in indices}

    properties: dict[str, Any] = {
        "value": result.value,
        "unit": result.unit,
        "direction": result.direction,
        "from_value": result.from_value,
    }
    ends = {
        "OF": keys(result.subjects),
        "ON": keys(result.benchmarks),
        "AGAINST": keys(result.baselines),
        "MEASURES": keys(result.metrics),
    }
    return FoundResult(properties, ends)


def _key(entity: Entity, known: Mapping[str, Any]) -> str:
    """An entity's key: its name or an alias that the gold knows, else the name."""
    keys = [name_key(name) for name in (entity.name, *entity.aliases)]
    return next((key for key in keys if key in known), keys[0])
