"""The results of a paper: every stated value with its unit, and whose, on what, of what and against what it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.document import Document
from kg_builder.extract.draft import Draft
from kg_builder.extract.metric_phrases import metric_phrases
from kg_builder.extract.metrics import MetricMention, metric_directions
from kg_builder.extract.result_features import direction_cues
from kg_builder.extract.result_forms import (
    settled_baseline,
    settled_benchmark,
    settled_direction,
    settled_subject,
)
from kg_builder.extract.result_numbers import Quantity, quantities
from kg_builder.extract.result_parts import Judge, Part, TrainedJudge
from kg_builder.extract.result_rules import RuleJudge
from kg_builder.extract.result_scene import (
    Named,
    Scene,
    Sentence,
    lined_up,
    names_of,
    roles_of,
    sentence_scene,
)
from kg_builder.extract.result_weights import result_models
from kg_builder.extract.sentences import sentences
from kg_builder.facts import Direction, Entity, Evidence, Mention, Relation, Result, ResultKind
from kg_builder.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

Split = Callable[[int], list[tuple[int, int]]]

EXTRACTOR = f"kg_results@{__version__}"

# What is longer, or holds more, is a table or no text at all.
_LONGEST_SENTENCE = 3000
_MOST_NUMBERS = 40
_MOST_IN_PASSAGE = 400
_MOST_NAMES = 80

# A number counts as a result from this probability on; chosen by cross-validation for the best F1.
_RESULT = 0.55
_PART: dict[Part, float] = {"subject": 0.15, "baseline": 0.15, "benchmark": 0.15}
# Of a list of names, those count too that are so nearly as likely as the best.
_MATE = 0.25
# A number that repeats itself so soon ("초당 40프레임(40 fps)") is one claim.
_REPEATED = 8
_METRIC = 0.1
# From this probability on, a metric decides what "improved" means.
_SURE_METRIC = 0.4
_LABELS: dict[Part, tuple[str, ...]] = {
    "subject": ("Model", "Method"),
    "baseline": ("Model", "Method"),
    "benchmark": ("Benchmark",),
}
_SETTLED = {"subject": settled_subject, "baseline": settled_baseline, "benchmark": settled_benchmark}
_VAGUE = frozenset(("performance",))


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


@dataclass(frozen=True, slots=True)
class Claim:
    """A number judged to be a result, before its metrics have become entities."""

    sentence: Sentence
    index: int
    confidence: float
    direction: str
    parts: dict[Part, tuple[int, ...]]
    metric: MetricMention | None

    @property
    def quantity(self) -> Quantity:
        """The number itself."""
        return self.sentence.numbers[self.index]


def scene_of(
    document: Document,
    entities: Sequence[Entity],
    mentions: Sequence[Mention],
    relations: Sequence[Relation],
    split: Split | None = None,
) -> Scene:
    """The document as sentences that hold numbers, with the names in them.

    Args:
        document: the document.
        entities: what it names.
        mentions: where.
        relations: what the paper does with them.
        split: gives the sentences of a passage, where they are known already.
    """
    names = names_of(entities, mentions)
    scene = Scene(document, entities, roles_of(entities, relations), names, [])
    flat = sorted((n for each in names for n in each), key=lambda n: (n.passage, n.start, n.end, n.entity))
    for index, passage in enumerate(document.passages):
        found = quantities(passage.text, index)
        if not found:
            continue
        here = [n for n in flat if n.passage == index]
        found = _outside_names(found, here)[:_MOST_IN_PASSAGE]
        number_starts, name_starts = [q.start for q in found], [n.start for n in here]
        for start, end in split(index) if split else sentences(passage.text, passage.language):
            numbers = found[bisect_left(number_starts, start) : bisect_left(number_starts, end)]
            if numbers and len(numbers) <= _MOST_NUMBERS and end - start <= _LONGEST_SENTENCE:
                inside = here[bisect_left(name_starts, start) : bisect_left(name_starts, end)]
                scene.sentences.append(
                    sentence_scene(passage.text, index, (start, end), numbers, inside[:_MOST_NAMES])
                )
    return scene


def _outside_names(found: list[Quantity], names: list[Named]) -> list[Quantity]:
    """The quantities that are no part of a name ("Llama 2"); both lists are in order."""
    outside = []
    ends = list(accumulate((n.end for n in names), max))
    starts = [n.start for n in names]
    for quantity in found:
        before = bisect_left(starts, quantity.end)
        if before == 0 or ends[before - 1] <= quantity.begin:
            outside.append(quantity)
    return outside


def competitors(scene: Scene, part: Part) -> list[int]:
    """The entities that may be this part of a result, as far as their label goes."""
    return [i for i, e in enumerate(scene.entities) if e.label in _LABELS[part] and scene.names[i]]


def metric_candidates(scene: Scene, sentence: Sentence, index: int) -> list[MetricMention]:
    """The metrics that a number's sentence names: the listed ones, and phrases beside the number."""
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    found = list(sentence.metrics)
    # A phrase such as "code performance" says more than the listed word in it.
    taken: list[Named | MetricMention] = [*sentence.names, *(m for m in found if m.name not in _VAGUE)]
    for phrase in metric_phrases(text, sentence.start, quantity.begin, quantity.end, sentence.end):
        if not any(t.start < phrase.end and phrase.start < t.end for t in taken):
            found.append(phrase)
    return found


def _best(
    judge: Judge, part: Part, scene: Scene, sentence: Sentence, index: int, direction: str
) -> tuple[int, ...]:
    """The entities that most likely are this part of a result; several where all are likely."""
    group = competitors(scene, part)
    names = [n for n in sentence.names if n.entity in group]
    if not group:
        return ()
    scored = dict(zip(group, judge.parts(part, scene, sentence, index, direction, group), strict=True))
    told = _SETTLED[part](scene.text(sentence.passage), sentence, index, names)
    if told is not None and (part != "baseline" or direction != "absolute"):
        return (told,)
    order = sorted(scored, key=lambda e: (-scored[e], e))
    if scored[order[0]] < _PART[part]:
        return ()
    best = order[0]
    mates = _mates(scene, sentence, index, names, best)
    also = [e for e in order[1:] if e in mates and scored[e] >= _MATE * scored[best]]
    return (best, *also)


def _mates(scene: Scene, sentence: Sentence, index: int, names: list[Named], entity: int) -> set[int]:
    """The entities that one list of names holds together with an entity, where the number is in no list."""
    text = scene.text(sentence.passage)
    numbers = lined_up(text, sentence.spans, numbers=True)
    if numbers[index][1] > 1 and sentence.numbers[index].shape == "single":
        return set()
    places = lined_up(text, tuple((n.start, n.end) for n in names))
    mates: set[int] = set()
    for at, name in enumerate(names):
        if name.entity == entity:
            place, length = places[at]
            mates |= {n.entity for n in names[at - place : at - place + length]}
    return mates


def _metric(
    judge: Judge, scene: Scene, sentence: Sentence, index: int, direction: str
) -> tuple[MetricMention | None, float]:
    """The metric that a number most likely measures, and how likely that is."""
    candidates = metric_candidates(scene, sentence, index)
    if not candidates:
        return None, 0.0
    chances = judge.metrics(scene, sentence, index, direction, candidates)
    chance, _, best = max(
        ((c, -m.start, m) for c, m in zip(chances, candidates, strict=True) if m.name not in _VAGUE),
        key=lambda s: s[:2],
        default=(0.0, 0, None),
    )
    return (best, chance) if chance >= _METRIC else (None, 0.0)


def _claim(
    judge: Judge, scene: Scene, sentence: Sentence, index: int, confidence: float, direction: str
) -> Claim:
    parts = {part: _best(judge, part, scene, sentence, index, direction) for part in _LABELS}
    parts["baseline"] = tuple(e for e in parts["baseline"] if e not in parts["subject"])
    metric, chance = _metric(judge, scene, sentence, index, direction)
    sure = metric is not None and chance >= _SURE_METRIC and metric.source != "word"
    if sure and metric and direction == "up" and metric_directions().get(metric.name) is False:
        direction = _fallen(scene, sentence, index)
    return Claim(sentence, index, confidence, direction, parts, metric)


def _fallen(scene: Scene, sentence: Sentence, index: int) -> str:
    """Which way a number points that became better where less is better: a time improved by 10% fell."""
    quantity = sentence.numbers[index]
    before, after = direction_cues(scene.text(quantity.passage), sentence, quantity)
    telling = [cue for _, cue in after if cue not in ("against", "attains")]
    if scene.document.passages[quantity.passage].language == "en":
        telling = [cue for _, cue in before if cue not in ("against", "attains")] or telling
    return "down" if telling and telling[0] == "better" else "up"


def _directions(judged: list[tuple[float, dict[str, float]]], scene: Scene, sentence: Sentence) -> list[str]:
    """Which way each number points; numbers that share one telling word point the same way."""
    text = scene.text(sentence.passage)
    korean = scene.document.passages[sentence.passage].language == "ko"
    directions: list[str] = []
    for run in _runs(text, sentence):
        # The telling word stands behind the last of them in Korean, before the first in English.
        leader = run[-1] if korean else run[0]
        votes = {
            way: sum(judged[m][1][way] for m in run) + judged[leader][1][way]
            for way in ("absolute", "down", "up")
        }
        shared = max(sorted(votes), key=lambda w: votes[w])
        directions += [settled_direction(text, sentence, sentence.numbers[m]) or shared for m in run]
    return directions


def _runs(text: str, sentence: Sentence) -> list[list[int]]:
    """The sentence's numbers in runs of one kind, between which no word tells of a direction."""
    runs: list[list[int]] = []
    for index, quantity in enumerate(sentence.numbers):
        last = sentence.numbers[index - 1] if index else None
        if last is not None and last.kind == quantity.kind and last.shape != "change" != quantity.shape:
            between = Sentence(quantity.passage, last.end, quantity.begin, [], [], [], [])
            before, _ = direction_cues(text, between, quantity)
            if all(cue == "against" for _, cue in before):
                runs[-1].append(index)
                continue
        runs.append([index])
    return runs


def _claims(judge: Judge, scene: Scene) -> Iterator[Claim]:
    for sentence in scene.sentences:
        judged = [judge.number(scene, sentence, i) for i in range(len(sentence.numbers))]
        kept = [i for i, (chance, _) in enumerate(judged) if chance >= _RESULT]
        if not kept:
            continue
        results = replace(sentence, numbers=[sentence.numbers[i] for i in kept])
        directions = _directions([judged[i] for i in kept], scene, results)
        for index, which in enumerate(kept):
            yield _claim(judge, scene, results, index, judged[which][0], directions[index])


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims of one value are one: told anew without another benchmark, or repeated at once."""
    a, b = one.quantity, other.quantity
    if (a.passage, one.sentence.start) == (b.passage, other.sentence.start):
        return 0 <= b.begin - a.end <= _REPEATED
    mine, theirs = one.parts["benchmark"], other.parts["benchmark"]
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _distinct(claims: list[Claim]) -> list[Claim]:
    """Each claim once, as the telling that says most about it."""

    def weight(claim: Claim) -> tuple[int, float]:
        return sum(map(bool, claim.parts.values())) + (claim.metric is not None), claim.confidence

    kept: list[Claim] = []
    alike: dict[tuple[float, str | None, float | None], list[int]] = {}
    for claim in claims:
        quantity = claim.quantity
        told = alike.setdefault((quantity.value, quantity.unit, quantity.from_value), [])
        twin = next((i for i in told if _same(kept[i], claim)), None)
        if twin is None:
            told.append(len(kept))
            kept.append(claim)
        elif weight(claim) > weight(kept[twin]):
            kept[twin] = claim
    return kept


def _kind(quantity: Quantity, direction: str) -> tuple[ResultKind, Direction | None]:
    if quantity.shape == "change" and quantity.from_value is not None:
        return "change", "up" if quantity.value >= quantity.from_value else "down"
    if quantity.kind == "times":
        return "ratio", "down" if direction == "down" else "up"
    if direction == "absolute":
        return "absolute", None
    return "delta", "up" if direction == "up" else "down"


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


def _findings(claims: list[Claim], given: int) -> ResultFindings:
    """Claims as results, their metrics as entities that follow the given ones."""
    indices: dict[str, int] = {}
    mentions: list[Mention] = []
    seen: set[Evidence] = set()
    results: list[Result] = []
    for claim in claims:
        metrics: tuple[int, ...] = ()
        if claim.metric is not None:
            metric, sentence = claim.metric, claim.sentence
            index = indices.setdefault(metric.name, given + len(indices))
            where = Evidence(sentence.passage, sentence.start, sentence.end, metric.start, metric.end)
            if where not in seen:
                seen.add(where)
                mentions.append(Mention(index, where, round(claim.confidence, 4), EXTRACTOR))
            metrics = (index,)
        results.append(_result(claim, metrics))
    entities = tuple(Entity("Metric", name) for name in indices)
    return ResultFindings(tuple(results), entities, tuple(mentions))


@cache
def _judge(trained: bool) -> Judge:
    return TrainedJudge(result_models()) if trained else RuleJudge()


def results_in(scene: Scene, judge: Judge) -> ResultFindings:
    """The results of a scene, as a judge sees them.

    Args:
        scene: the document.
        judge: says what is a result and what belongs to it.
    """
    return _findings(_distinct(list(_claims(judge, scene))), len(scene.entities))


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
