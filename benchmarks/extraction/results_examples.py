"""Training examples for the search for results: the gold's numbers, names and metrics found again in the texts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg_builder.document import Document
from kg_builder.extract.metrics import MetricMention, canonical_metric
from kg_builder.extract.result_candidates import competitors, metric_candidates
from kg_builder.extract.result_features import expanded, named_words, number_features, words_around
from kg_builder.extract.result_metric_features import metric_features
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_pair_features import absence_features, pair_features
from kg_builder.extract.result_scene import Scene, Sentence, scene_of
from kg_builder.facts import Entity, Evidence, Mention, Relation

Gold = Mapping[str, Any]

PARTS = ("subject", "baseline", "benchmark")
_ROLES = {
    "introduces": "INTRODUCES",
    "uses": "USES",
    "based_on": "BASED_ON",
    "evaluates": "EVALUATES",
    "evaluates_on": "EVALUATES_ON",
    "compares_with": "COMPARES_WITH",
}
_SEVERAL = re.compile(r"\s*(?:,|와 |과 |및|and |\+ )\s*")
_OPTIONAL = 0.5
_MISSED, _MISLABELLED, _UNRELATED = 0.15, 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice among candidates: the model, features of each and of their absence, which are right, weight, paper."""

    model: str
    candidates: tuple[tuple[str, ...], ...]
    absence: tuple[str, ...]
    right: tuple[bool, ...]
    weight: float
    paper: str


@dataclass(frozen=True, slots=True)
class Example:
    """One decision: the model that takes it, its features, the right answer, how much it counts, its paper."""

    model: str
    features: tuple[str, ...]
    answer: str
    weight: float
    paper: str


def folded(name: str) -> str:
    """A name without case, spaces and hyphens, as the scorer compares names."""
    return re.sub(r"[\s\-‐-―_]+", "", unicodedata.normalize("NFKC", name).casefold())


def named_by_gold(document: Document, gold: Gold) -> tuple[list[Entity], list[Mention], list[Relation]]:
    """The gold's entities as if extraction had found them: every place that prints a name or an alias.

    Args:
        document: the paper's text.
        gold: its line of the gold file.
    """
    forms = [(n, k) for k, e in enumerate(gold["entities"]) for n in {e["name"], *e["aliases"]} if len(n) > 1]
    forms.sort(key=lambda f: (-len(f[0]), f))
    entities = [Entity(e["type"], e["name"], tuple(e["aliases"])) for e in gold["entities"]]
    mentions = []
    for index, passage in enumerate(document.passages):
        taken: list[tuple[int, int]] = []
        for name, entity in forms:
            spelled = r"[\s\-_]*".join(re.escape(p) for p in re.split(r"[\s\-_]+", name) if p)
            pattern = re.compile(
                rf"(?<![A-Za-z0-9]){spelled}(?![A-Za-z0-9])", re.IGNORECASE if len(name) > 3 else 0
            )
            for match in pattern.finditer(passage.text):
                start, end = match.span()
                if not any(a < end and start < b for a, b in taken):
                    taken.append((start, end))
                    mentions.append(Mention(entity, Evidence(index, start, end, start, end), 1.0, "gold"))
    mentions.sort(key=lambda m: (m.evidence.passage, m.evidence.mention_start))
    return entities, mentions, list(_relations(gold, mentions))


def _relations(gold: Gold, mentions: Sequence[Mention]) -> Iterator[Relation]:
    first: dict[int, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.entity, mention)
    for index, entity in enumerate(gold["entities"]):
        for role in entity["roles"]:
            kind = _ROLES.get(role.split("|")[0])
            if kind is not None and index in first:
                yield Relation(kind, index, first[index].evidence, 1.0, "gold")  # type: ignore[arg-type]


def with_flaws(
    paper: str, facts: tuple[list[Entity], list[Mention], list[Relation]]
) -> tuple[list[Entity], list[Mention], list[Relation]]:
    """The gold's entities with the flaws that extraction has: some missed, some of another label, some unrelated.

    What is flawed depends on the paper and the name alone.

    Args:
        paper: the paper's id.
        facts: what `named_by_gold` found.
    """

    def chance(*what: str) -> float:
        return int(hashlib.sha256("|".join((paper, *what)).encode()).hexdigest(), 16) % 1000 / 1000

    entities, mentions, relations = facts
    missed = {i for i, e in enumerate(entities) if chance(e.name, "missed") < _MISSED}
    swapped = [
        replace(e, label={"Model": "Method", "Method": "Model"}.get(e.label, e.label))  # type: ignore[arg-type]
        if chance(e.name, "label") < _MISLABELLED
        else e
        for e in entities
    ]
    kept = [m for m in mentions if m.entity not in missed]
    related = [
        r for i, r in enumerate(relations) if r.target not in missed and chance(str(i), "role") >= _UNRELATED
    ]
    return swapped, kept, related


def _accepted(entity: Mapping[str, Any]) -> set[str]:
    return {folded(n) for n in (entity["name"], *entity["aliases"])}


def _wanted(gold: Gold, name: str | None) -> set[str]:
    """Every folded name that answers a name of the gold; of "A and B", any part."""
    wanted: set[str] = set()
    for part in [name, *_SEVERAL.split(name)] if name else []:
        if part.strip():
            wanted.add(folded(part))
            for entity in gold["entities"]:
                if folded(part) in _accepted(entity):
                    wanted |= _accepted(entity)
    return wanted


def _names(entity: Entity) -> set[str]:
    return {folded(n) for n in (entity.name, *entity.aliases)}


def _matches(quantity: Quantity, result: Mapping[str, Any]) -> bool:
    return abs(abs(quantity.value) - abs(float(result["value"]))) < 1e-6


def _unit(unit: str | None) -> str:
    return "" if unit in (None, "points") else str(unit)


def aligned(scene: Scene, gold: Gold) -> dict[tuple[int, int], Mapping[str, Any]]:
    """Which number of which sentence states which result of the gold.

    Args:
        scene: the document's sentences with numbers.
        gold: its line of the gold file.

    Returns:
        (sentence, number) → result. A claim told twice is found at each of its places.
    """
    found: dict[tuple[int, int], Mapping[str, Any]] = {}
    places = [(i, j, q) for i, s in enumerate(scene.sentences) for j, q in enumerate(s.numbers)]
    for result in sorted(gold["results"], key=lambda r: bool(r["optional"])):
        fitting = [p for p in places if _matches(p[2], result)]
        same_unit = [p for p in fitting if _unit(p[2].unit) == _unit(result["unit"])]
        fitting = [p for p in same_unit or fitting if (p[0], p[1]) not in found]
        if not fitting:
            continue
        fits = [(_fit(scene, gold, scene.sentences[i], result), i, j) for i, j, _ in fitting]
        best = max(f[0] for f in fits)
        same_value = sum(_matches(fitting[0][2], r) for r in gold["results"])
        for fit, i, j in fits:
            # Where several results share a value, each takes only the places that fit it best.
            if same_value == 1 or fit == best:
                found[i, j] = result
                if same_value > 1:
                    break
    return found


def _fit(scene: Scene, gold: Gold, sentence: Sentence, result: Mapping[str, Any]) -> int:
    here = set().union(*(_names(scene.entities[n.entity]) for n in sentence.names))
    return sum(bool(_wanted(gold, result[part]) & here) for part in PARTS)


def _direction(result: Mapping[str, Any]) -> str:
    return "absolute" if result["kind"] == "absolute" else str(result["direction"] or "up")


def examples(
    document: Document, gold: Gold, facts: tuple[list[Entity], list[Mention], list[Relation]]
) -> Iterator[Example | Choice]:
    """The decisions that a paper shows the right answers of.

    Args:
        document: its text.
        gold: its line of the gold file.
        facts: entities, mentions and relations of the document.
    """
    scene = scene_of(document, *facts)
    truth = aligned(scene, gold)
    paper = str(gold["id"])
    for i, sentence in enumerate(scene.sentences):
        kept = [j for j in range(len(sentence.numbers)) if (i, j) in truth]
        for j in range(len(sentence.numbers)):
            result = truth.get((i, j))
            weight = _OPTIONAL if result and result["optional"] else 1.0
            words = named_words(*words_around(sentence, j))
            features = (*expanded(number_features(scene, sentence, j)), *words)
            yield Example("result", features, "yes" if result else "no", weight, paper)
            if result:
                yield Example("direction", features, _direction(result), weight, paper)
        numbers = replace(sentence, numbers=[sentence.numbers[j] for j in kept])
        for index, j in enumerate(kept):
            yield from _attachments(scene, gold, numbers, index, truth[i, j], paper)


def _attachments(
    scene: Scene, gold: Gold, sentence: Sentence, index: int, result: Mapping[str, Any], paper: str
) -> Iterator[Choice]:
    weight = _OPTIONAL if result["optional"] else 1.0
    direction = _direction(result)
    for part in PARTS:
        wanted = _wanted(gold, result[part])
        group = competitors(scene, part)
        right = tuple(bool(wanted & _names(scene.entities[e])) for e in group)
        if not group or (wanted and not any(right)):
            continue  # what the gold names here is no entity, such as "human"
        yield Choice(
            part,
            tuple(tuple(expanded(pair_features(scene, sentence, index, e, direction, group))) for e in group),
            tuple(expanded(absence_features(scene, sentence, index, part, direction))),
            right,
            weight,
            paper,
        )
    candidates = metric_candidates(scene, sentence, index)
    chosen = measured(candidates, result["metric"], sentence, index)
    if candidates and (result["metric"] is None or chosen):
        yield Choice(
            "metric",
            tuple(
                tuple(expanded(metric_features(scene, sentence, index, m, candidates))) for m in candidates
            ),
            tuple(expanded(absence_features(scene, sentence, index, "metric", direction))),
            tuple(m in chosen for m in candidates),
            weight,
            paper,
        )


def measured(
    candidates: Iterable[MetricMention], metric: str | None, sentence: Sentence, index: int
) -> list[MetricMention]:
    """The candidates that name the gold's metric: by the list, by shared words, else the phrase beside the number."""
    if metric is None:
        return []
    pool = list(candidates)
    name = canonical_metric(metric) or metric
    words = set(metric.lower().split())
    same = [m for m in pool if m.name == name]
    same = same or [m for m in pool if m.source != "phrase" and set(m.name.lower().split()) <= words]
    same = same or [m for m in pool if words & set(m.name.lower().split()) - {"rate", "score", "of"}]
    if not same and not any(m.source == "listed" for m in pool):
        same = [m for m in pool if m.source == "phrase"]
    if len(same) < 2:
        return same
    quantity = sentence.numbers[index]
    nearest = min(same, key=lambda m: max(m.start - quantity.end, quantity.begin - m.end))
    return [nearest]
