"""The results of a paper: every stated value with its unit, and whose, on what, of what and against what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.document import Document
from kg_builder.extract.draft import Draft
from kg_builder.extract.result_claims import Claim, claims, distinct
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_parts import Judge, TrainedJudge
from kg_builder.extract.result_rules import RuleJudge
from kg_builder.extract.result_scene import Scene, Split, scene_of
from kg_builder.extract.result_weights import result_models
from kg_builder.facts import Direction, Entity, Evidence, Mention, Relation, Result, ResultKind
from kg_builder.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = f"kg_results@{__version__}"


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
    split: Split | None = None,
) -> ResultFindings:
    """Find the numeric performance claims of a document.

    Args:
        document: the document.
        entities: what it names.
        mentions: where it names them; they point into `entities`.
        relations: what the paper does with them; they point into `entities`.
        trained: whether the trained models judge; otherwise plain rules do.
        split: gives the sentences of a passage, where they are known already.

    Returns:
        The results, and the metrics they measure as new entities, which follow the given ones.
    """
    scene = scene_of(document, entities, mentions, relations, split)
    if not scene.sentences:
        return ResultFindings()
    return results_in(scene, _judge(trained))


def results_in(scene: Scene, judge: Judge) -> ResultFindings:
    """The results of a scene, as a judge sees them.

    Args:
        scene: the document.
        judge: says what is a result and what belongs to it.
    """
    return _findings(distinct(list(claims(judge, scene))), scene)


def _findings(told: list[Claim], scene: Scene) -> ResultFindings:
    """Claims as results, their metrics as entities that follow the given ones."""
    indices: dict[str, int] = {}
    printed: dict[str, set[str]] = {}
    mentions: list[Mention] = []
    seen: set[Evidence] = set()
    results: list[Result] = []
    for claim in told:
        metrics: tuple[int, ...] = ()
        if claim.metric is not None:
            metric, sentence = claim.metric, claim.sentence
            index = indices.setdefault(metric.name, len(scene.entities) + len(indices))
            where = Evidence(sentence.passage, sentence.start, sentence.end, metric.start, metric.end)
            if where not in seen:
                seen.add(where)
                printed.setdefault(metric.name, set()).add(where.mention(scene.document))
                mentions.append(Mention(index, where, round(claim.confidence, 4), EXTRACTOR))
            metrics = (index,)
        results.append(_result(claim, metrics))
    entities = tuple(Entity("Metric", name, tuple(sorted(printed[name] - {name}))) for name in indices)
    return ResultFindings(tuple(results), entities, tuple(mentions))


def _result(claim: Claim, metrics: tuple[int, ...]) -> Result:
    quantity = claim.quantity
    kind, direction = _kind(quantity, claim.direction)
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
        subjects=claim.parts["subject"],
        benchmarks=claim.parts["benchmark"],
        baselines=claim.parts["baseline"],
        metrics=metrics,
    )


def _kind(quantity: Quantity, direction: str) -> tuple[ResultKind, Direction | None]:
    if quantity.shape == "change" and quantity.from_value is not None:
        return "change", "up" if quantity.value >= quantity.from_value else "down"
    if quantity.kind == "times":
        return "ratio", "down" if direction == "down" else "up"
    if direction == "absolute":
        return "absolute", None
    return "delta", "up" if direction == "up" else "down"


@cache
def _judge(trained: bool) -> Judge:
    return TrainedJudge(result_models()) if trained else RuleJudge()


class ResultFinder:
    """The spaCy component: adds the results of a document, and their metrics, to its draft."""

    def __init__(self, trained: bool) -> None:
        self._trained = trained

    def __call__(self, doc: Doc) -> Doc:
        """Add results, metrics and their mentions to the draft of a Doc."""
        draft: Draft = doc._.draft
        found = find_results(
            draft.document,
            draft.entities,
            draft.mentions,
            draft.relations,
            trained=self._trained,
            split=draft.sentences,
        )
        draft.entities += found.entities
        draft.mentions += found.mentions
        draft.results += found.results
        return doc


@Language.factory("kg_results", default_config={"lists": True, "rules": True, "trained": True})
def make_result_finder(  # spaCy passes them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    lists: bool,  # noqa: ARG001
    rules: bool,  # noqa: ARG001
    trained: bool,
) -> ResultFinder:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`)."""
    return ResultFinder(trained)
