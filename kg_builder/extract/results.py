"""The results of a paper: every stated value with its unit, and whose, on what, of what and against what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.document import Document
from kg_builder.extract.draft import Draft
from kg_builder.extract.result_claims import Claim, claims, distinct
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_parts import Judge, Part, TrainedJudge
from kg_builder.extract.result_rules import RuleJudge
from kg_builder.extract.result_scene import Scene, Split, scene_of
from kg_builder.extract.result_unnamed import add_unnamed
from kg_builder.extract.result_weights import WEIGHTS, result_models
from kg_builder.facts import Direction, Entity, Evidence, Mention, Relation, Result, ResultKind
from kg_builder.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = f"kg_results@{__version__}"
# How often a name that only a number gives away is one, measured by cross-validation.
_UNNAMED = 0.7


@dataclass(frozen=True, slots=True)
class ResultFindings:
    """The results of a document, and the metrics that they measure.

    Args:
        results: what the document reports; indices point into the entities given, followed by `entities`.
        entities: the metrics.
        mentions: where the text names the metrics.
    """

    results: tuple[Result, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()


def find_results(
    document: Document,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    relations: Sequence[Relation],
    *,
    trained: bool = True,
    weights: Path = WEIGHTS,
    split: Split | None = None,
) -> ResultFindings:
    """Find the numeric performance claims of a document.

    Args:
        document: the document.
        entities: what it names.
        mentions: where it names them; they point into `entities`.
        relations: what the paper does with them; they point into `entities`.
        trained: whether the trained models judge; otherwise plain rules do.
        weights: the file of their weights.
        split: gives the sentences of a passage, where they are known already.

    Returns:
        The results, and the metrics they measure as new entities, which follow the given ones.
    """
    scene = scene_of(document, entities, mentions, relations, split)
    if not scene.sentences:
        return ResultFindings()
    return results_in(scene, _judge(trained, weights))


def results_in(scene: Scene, judge: Judge) -> ResultFindings:
    """The results of a scene, as a judge sees them.

    Args:
        scene: the document.
        judge: says what is a result and what belongs to it.
    """
    known = add_unnamed(scene)
    return findings(distinct(list(claims(judge, scene))), scene, known)


def findings(told: list[Claim], scene: Scene, known: int) -> ResultFindings:
    """Claims as results, one for one; what they name anew, and their metrics, become entities.

    Args:
        told: the claims.
        scene: the document.
        known: how many entities the document has without those that only numbers gave away.
    """
    unnamed, mentions = _unnamed(told, scene, known)
    first = known + len(unnamed)
    indices: dict[str, int] = {}
    printed: dict[str, set[str]] = {}
    seen: set[Evidence] = set()
    results: list[Result] = []
    for claim in told:
        metrics: tuple[int, ...] = ()
        if claim.metric is not None:
            metric, sentence = claim.metric, claim.sentence
            index = indices.setdefault(metric.name, first + len(indices))
            where = Evidence(sentence.passage, sentence.start, sentence.end, metric.start, metric.end)
            if where not in seen:
                seen.add(where)
                printed.setdefault(metric.name, set()).add(where.mention(scene.document))
                mentions.append(Mention(index, where, round(claim.confidence, 4), EXTRACTOR))
            metrics = (index,)
        results.append(_result(claim, metrics, unnamed))
    measured = tuple(Entity("Metric", name, tuple(sorted(printed[name] - {name}))) for name in indices)
    entities = tuple(scene.entities[i] for i in unnamed) + measured
    return ResultFindings(tuple(results), entities, tuple(mentions))


def _unnamed(told: list[Claim], scene: Scene, known: int) -> tuple[dict[int, int], list[Mention]]:
    """Where in the findings each entity stands that only numbers gave away, and where the text names it."""
    used = {i for claim in told for part in claim.parts.values() for i in part if i >= known}
    unnamed = {index: known + place for place, index in enumerate(sorted(used))}
    mentions = []
    for index, place in unnamed.items():
        for named in scene.names[index]:
            sentence = next(
                s for s in scene.sentences if s.passage == named.passage and s.start <= named.start < s.end
            )
            where = Evidence(
                named.passage, sentence.start, max(sentence.end, named.end), named.start, named.end
            )
            mentions.append(Mention(place, where, _UNNAMED, EXTRACTOR))
    return unnamed, mentions


def _result(claim: Claim, metrics: tuple[int, ...], unnamed: dict[int, int]) -> Result:
    def placed(part: Part) -> tuple[int, ...]:
        return tuple(unnamed.get(index, index) for index in claim.parts[part])

    quantity = claim.quantity
    kind, direction = _kind(quantity, claim)
    sentence = claim.sentence
    return Result(
        value=quantity.value,
        kind=kind,
        evidence=Evidence(
            quantity.passage,
            min(sentence.start, quantity.start),
            max(sentence.end, quantity.end),
            quantity.start,
            quantity.end,
        ),
        confidence=round(claim.confidence, 4),
        extractor=EXTRACTOR,
        from_value=quantity.from_value,
        unit=quantity.unit,
        direction=direction,
        subjects=placed("subject"),
        benchmarks=placed("benchmark"),
        baselines=placed("baseline"),
        metrics=metrics,
    )


def _kind(quantity: Quantity, claim: Claim) -> tuple[ResultKind, Direction | None]:
    if quantity.shape == "change" and quantity.from_value is not None:
        return "change", "up" if quantity.value >= quantity.from_value else "down"
    direction = claim.direction
    if quantity.kind == "times":
        return "ratio", "down" if direction == "down" else "up"
    if claim.share:
        return "ratio", "down"
    if direction == "absolute":
        return "absolute", None
    return "delta", "up" if direction == "up" else "down"


@cache
def _judge(trained: bool, weights: Path) -> Judge:
    return TrainedJudge(result_models(weights)) if trained else RuleJudge()


class ResultFinder:
    """The spaCy component: adds the results of a document, and their metrics, to its draft."""

    def __init__(self, trained: bool, weights: Path = WEIGHTS) -> None:
        self._trained = trained
        self._weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Add results, metrics and their mentions to the draft of a Doc."""
        draft: Draft = doc._.draft
        found = find_results(
            draft.document,
            draft.entities,
            draft.mentions,
            draft.relations,
            trained=self._trained,
            weights=self._weights,
            split=draft.sentences,
        )
        draft.entities += found.entities
        draft.mentions += found.mentions
        draft.results += found.results
        return doc


@Language.factory(
    "kg_results", default_config={"lists": True, "rules": True, "trained": True, "weights": None}
)
def make_result_finder(  # spaCy passes them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    lists: bool,  # noqa: ARG001
    rules: bool,  # noqa: ARG001
    trained: bool,
    weights: str | None,
) -> ResultFinder:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`).

    A folder of weights that holds none for results changes those of names and relations alone.
    """
    own = Path(weights) / WEIGHTS.name if weights else WEIGHTS
    return ResultFinder(trained, own if own.is_file() else WEIGHTS)
