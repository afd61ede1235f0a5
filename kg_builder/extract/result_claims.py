"""Decides which numbers are claims, and what belongs to each: rules where they are certain, a judge elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg_builder.extract.compared import rivals
from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_candidates import (
    PART_LABELS,
    VAGUE_METRICS,
    competitors,
    metric_candidates,
)
from kg_builder.extract.result_directions import directions_of, improved
from kg_builder.extract.result_forms import (
    printed_with,
    settled_baseline,
    settled_benchmark,
    settled_metric,
    settled_number,
    settled_subject,
    share_of,
)
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_parts import Judge, Part
from kg_builder.extract.result_scene import Named, Scene, Sentence, lined_up

# A number counts as a result from this probability on; chosen by cross-validation for the best F1.
_RESULT = 0.55
# How sure the form of the words makes a number a result; what it tells then is a score.
_SETTLED_NUMBER = 0.95
_SCORE = {"absolute": 1.0, "up": 0.0, "down": 0.0}
_PART: dict[Part, float] = {"subject": 0.08, "baseline": 0.15, "benchmark": 0.15}
# Of a list of names, those count too that are so nearly as likely as the best.
_MATE = 0.1
# A number that repeats itself so soon ("초당 40프레임(40 fps)") is one claim.
_REPEATED = 8
_METRIC = 0.06
# No part is less likely than this, however sure the judge.
_LEAST = 1e-3
# From this probability on, a metric decides what "improved" means.
_SURE_METRIC = 0.4
#: Parts for which the same entities compete.
_TOGETHER: tuple[tuple[Part, ...], ...] = (("subject", "baseline"), ("benchmark",))
_SETTLED = {"subject": settled_subject, "baseline": settled_baseline, "benchmark": settled_benchmark}


@dataclass(frozen=True, slots=True)
class Claim:
    """A number judged to be a result, before its metrics have become entities.

    Args:
        sentence: the sentence, with those of its numbers that are results.
        index: which of them it is.
        confidence: how likely it is a result and all that is said of it right.
        direction: ``absolute``, ``up`` or ``down``.
        parts: subject, baseline and benchmark as indices of entities.
        metric: what it measures.
        share: whether it says what share of a cost is left ("12% of the compute").
        chances: how likely the number is a result, and its direction and each part right.
    """

    sentence: Sentence
    index: int
    confidence: float
    direction: str
    parts: dict[Part, tuple[int, ...]]
    metric: MetricMention | None
    share: bool
    chances: Mapping[str, float]

    @property
    def quantity(self) -> Quantity:
        """The number itself."""
        return self.sentence.numbers[self.index]


def claims(judge: Judge, scene: Scene) -> Iterator[Claim]:
    """The numbers of a scene that are claims, in reading order, each with what belongs to it.

    Args:
        judge: says how likely each is.
        scene: the document.
    """
    for sentence in scene.sentences:
        judged = [_number(judge, scene, sentence, i) for i in range(len(sentence.numbers))]
        kept = [i for i, (chance, _) in enumerate(judged) if chance >= _RESULT]
        if not kept:
            continue
        results = replace(sentence, numbers=[sentence.numbers[i] for i in kept])
        directions = directions_of([judged[i] for i in kept], scene, results)
        for index, which in enumerate(kept):
            yield _claim(judge, scene, results, index, judged[which][0], directions[index])


def _number(judge: Judge, scene: Scene, sentence: Sentence, index: int) -> tuple[float, dict[str, float]]:
    """How likely a number is a result and which way it points; the judge is asked where its form leaves that open."""
    benchmarks = [n for n in sentence.names if scene.entities[n.entity].label == "Benchmark"]
    told = settled_number(scene.text(sentence.passage), sentence, sentence.numbers[index], benchmarks)
    if told is False:
        return 0.0, {}
    chance, ways = judge.number(scene, sentence, index)
    if told:
        return max(chance, _SETTLED_NUMBER), ways or _SCORE
    return chance, ways


def distinct(told: list[Claim]) -> list[Claim]:
    """Each claim once, as the telling that says most about it."""

    def weight(claim: Claim) -> tuple[int, float]:
        return sum(map(bool, claim.parts.values())) + (claim.metric is not None), claim.confidence

    kept: list[Claim] = []
    alike: dict[tuple[float, str | None, float | None], list[int]] = {}
    for claim in told:
        quantity = claim.quantity
        earlier = alike.setdefault((quantity.value, quantity.unit, quantity.from_value), [])
        twin = next((i for i in earlier if _same(kept[i], claim)), None)
        if twin is None:
            earlier.append(len(kept))
            kept.append(claim)
        elif weight(claim) > weight(kept[twin]):
            kept[twin] = claim
    return kept


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims of one value are one: told anew without another benchmark, or repeated at once."""
    a, b = one.quantity, other.quantity
    if (a.passage, one.sentence.start) == (b.passage, other.sentence.start):
        return 0 <= b.begin - a.end <= _REPEATED
    mine, theirs = one.parts["benchmark"], other.parts["benchmark"]
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _claim(
    judge: Judge, scene: Scene, sentence: Sentence, index: int, chance: float, way: tuple[str, float]
) -> Claim:
    direction, sure = way
    chances = {"number": chance, "direction": sure}
    parts: dict[Part, tuple[int, ...]] = {}
    for together in _TOGETHER:
        for part, (told, likely) in _parts(judge, together, scene, sentence, index, direction).items():
            parts[part], chances[part] = told, likely
    parts["baseline"] = tuple(e for e in parts["baseline"] if e not in parts["subject"])
    metric, chances["metric"] = _metric(judge, scene, sentence, index, direction)
    if metric is not None and chances["metric"] >= _SURE_METRIC and direction == "up":
        direction = improved(scene, sentence, index, metric)
    quantity = sentence.numbers[index]
    share = direction == "down" and share_of(scene.text(quantity.passage), sentence, quantity)
    return Claim(sentence, index, judge.whole(chances), direction, parts, metric, share, chances)


def _parts(
    judge: Judge, together: Sequence[Part], scene: Scene, sentence: Sentence, index: int, direction: str
) -> dict[Part, tuple[tuple[int, ...], float]]:
    """What belongs to a number, and how likely that is, for parts for which the same entities compete.

    Only what the form of the words leaves open is judged.
    """
    group = competitors(scene, together[0])
    if not group:
        return dict.fromkeys(together, ((), 1.0))
    names = [n for n in sentence.names if n.entity in group]
    without = {part: _barred(part, scene, sentence, index, direction, names) for part in together}
    settled = {part: _told(part, scene, sentence, index, direction, names) for part in together}
    parts: dict[Part, tuple[tuple[int, ...], float]] = {
        part: (_with_mates(part, scene, sentence, index, names, entity), 1.0)
        for part, entity in settled.items()
        if entity is not None and entity not in without[part]
    }
    unsettled = [part for part in together if part not in parts]
    if unsettled:
        judged = judge.parts(unsettled, scene, sentence, index, direction, group)
        for part, chances in zip(unsettled, judged, strict=True):
            scored = {e: c for e, c in zip(group, chances, strict=True) if e not in without[part]}
            chosen = _likeliest(scored, _PART[part], scene, sentence, index, names)
            parts[part] = chosen, scored[chosen[0]] if chosen else max(_LEAST, 1 - sum(scored.values()))
    return parts


def _told(
    part: Part, scene: Scene, sentence: Sentence, index: int, direction: str, names: list[Named]
) -> int | None:
    """The entity that the form of the words makes a part of a result; a mere score has no baseline."""
    if part == "baseline" and direction == "absolute":
        return None
    told = _SETTLED[part](scene.text(sentence.passage), sentence, index, names)
    if told is None and part == "baseline":
        against = _rivals(scene, sentence)
        return min(against) if len(against) == 1 else None
    return told


def _likeliest(
    scored: dict[int, float], least: float, scene: Scene, sentence: Sentence, index: int, names: list[Named]
) -> tuple[int, ...]:
    """The likeliest of some entities, and what is listed together with it; none where none is likely enough."""
    order = sorted(scored, key=lambda e: (-scored[e], e))
    if not order or scored[order[0]] < least:
        return ()
    best = order[0]
    mates = _mates(scene, sentence, index, names, best)
    return (best, *(e for e in order[1:] if e in mates and scored[e] >= _MATE * scored[best]))


def _barred(
    part: Part, scene: Scene, sentence: Sentence, index: int, direction: str, names: list[Named]
) -> frozenset[int]:
    """What cannot be the number's subject: what it is measured against by its very form, and the mere rivals.

    A number is a rival's own where it is printed with it: "beats Alpha (43.8%)".
    """
    if part != "subject":
        return frozenset()
    text = scene.text(sentence.passage)
    own = printed_with(text, sentence, index, names)
    told = None if direction == "absolute" else settled_baseline(text, sentence, index, names)
    return (_rivals(scene, sentence) - {own.entity if own else None}) | (
        {told} if told is not None else set()
    )


def _rivals(scene: Scene, sentence: Sentence) -> frozenset[int]:
    """The entities that are nothing but rivals in a sentence: in "A beats B (71%), and B beats C" B is both."""
    names = [n for n in sentence.names if scene.entities[n.entity].label in PART_LABELS["baseline"]]
    marked = rivals(scene.text(sentence.passage), tuple((n.start, n.end) for n in names))
    others = {n.entity for at, n in enumerate(names) if at not in marked}
    return frozenset(names[at].entity for at in marked) - others


def _with_mates(
    part: Part, scene: Scene, sentence: Sentence, index: int, names: list[Named], entity: int
) -> tuple[int, ...]:
    """What a form of words makes a part of a result, and what is listed with it: "on Alpha and Beta"."""
    own = printed_with(scene.text(sentence.passage), sentence, index, names)
    if part == "subject" or own is not None:
        return (entity,)
    return (entity, *sorted(_mates(scene, sentence, index, names, entity) - {entity}))


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
    told = settled_metric(scene.text(sentence.passage), sentence.numbers[index], candidates)
    if told is not None:
        return told, 1.0
    chances = judge.metrics(scene, sentence, index, direction, candidates)
    chance, _, best = max(
        ((c, -m.start, m) for c, m in zip(chances, candidates, strict=True) if m.name not in VAGUE_METRICS),
        key=lambda s: s[:2],
        default=(0.0, 0, None),
    )
    return (best, chance) if chance >= _METRIC else (None, 0.0)
