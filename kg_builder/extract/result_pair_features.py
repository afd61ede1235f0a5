"""What tells whether a name or a metric belongs to a number, as named features."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_cues import HANGUL, PARTICLES, beside, comparing_marks, gap, numbers_between
from kg_builder.extract.result_features import bucket, word_shapes
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Named, Scene, Sentence, lined_up

# How many of the words around a name are told apart by the side it stands on.
_TELLING_WORDS = 6
_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|while|but|with|which|whereas|achieving|surpassing)\b|하며|으며|이며|했고|였고|하고|지만|면서"
)
_CUES = re.compile(
    r"보다|대비|비해|비교|능가|뛰어넘|에서|적용|통해|than|over|compared|against|outperform|surpass|exceed|on|from|with|"
    r"relative|baseline|of|for|vs|using|by|respectively|각각|achiev|달성|기록|향상|improv|reduc"
)
_APPOSED = re.compile(r"\s?[(:=]\s?(?:[~+]\s?)?\Z|\s(?:at|by|with|of|이|가)?\s?\Z")
_EACH = re.compile(r"각각|respectively|각기")


def pair_features(
    scene: Scene, sentence: Sentence, index: int, entity: int, direction: str, group: Sequence[int]
) -> Iterator[str]:
    """Features of a number and an entity: does the one say something about the other?

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
        entity: the entity.
        direction: ``absolute``, ``up`` or ``down``, as the number was understood.
        group: the entities that compete for the same part, the entity itself among them.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    label, roles = scene.entities[entity].label, scene.roles[entity]
    who = "introduced" if "INTRODUCES" in roles else "compared" if "COMPARES_WITH" in roles else "other"
    here = [n for n in sentence.names if n.entity in group]
    own = [n for n in here if n.entity == entity]
    rivals = {n.entity for n in here}
    yield f"label={label} who={who}"
    yield f"who={who} direction={direction}"
    for role in sorted(roles):
        yield f"role={role}"
        yield f"role={role} here={bool(own)}"
    if not roles:
        yield "role=none"
    alone = "alone" if len(group) == 1 else "few" if len(group) < 4 else "many"
    yield f"{alone} here={bool(own)} rivals={min(len(rivals), 3)} who={who}"
    if own:
        yield from _named_here(text, sentence, index, own, here, who, direction)
    else:
        yield from _named_elsewhere(scene, sentence, entity, who, bool(rivals))


def absence_features(
    scene: Scene, sentence: Sentence, index: int, part: str, direction: str
) -> Iterator[str]:
    """Features of a number that speak for its having no subject, baseline, benchmark or metric at all.

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
        part: which part is asked about.
        direction: ``absolute``, ``up`` or ``down``, as the number was understood.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    yield f"kind={quantity.kind}"
    yield f"direction={direction}"
    yield f"kind={quantity.kind} direction={direction}"
    yield f"section={scene.document.passages[quantity.passage].section}"
    yield f"numbers={min(3, len(sentence.numbers))} first={index == 0}"
    for cue in {m.group() for m in _CUES.finditer(text[sentence.start : sentence.end].lower())}:
        yield f"cue={cue}"
    before, after = sentence.word_at(quantity.begin), sentence.word_at(quantity.end)
    for place, (_, _, word) in enumerate(sentence.words[after : after + 3]):
        yield f"+{place} {word[:6]}"
    for _, _, word in sentence.words[max(0, before - 3) : before]:
        yield f"- {word[:6]}"
    if any(m.name == "performance" for m in sentence.metrics):
        yield "performance"
    if part != "metric":
        for label in sorted({scene.entities[n.entity].label for n in sentence.names}):
            yield f"names {label}"


def _named_here(
    text: str,
    sentence: Sentence,
    index: int,
    own: list[Named],
    here: list[Named],
    who: str,
    direction: str,
) -> Iterator[str]:
    quantity = sentence.numbers[index]
    named = min(own, key=lambda n: (gap(quantity, n.start, n.end), n.start))
    yield from _relative(text, sentence, quantity, index, named.start, named.end, "name")
    side = "<" if named.start < quantity.begin else ">"
    for place, word in enumerate(_around(text, sentence, named.start, named.end, "name")):
        yield word
        if place < _TELLING_WORDS:
            yield f"{side} {direction} {word}"
    between = text[named.end : quantity.begin] if side == "<" else text[quantity.end : named.start]
    numbers = numbers_between(sentence, quantity, named)
    tie = beside(sentence, named)
    yield f"name{side} {tie} numbers={numbers}"
    yield f"name{side} {tie} numbers={numbers} {direction} who={who}"
    if _APPOSED.match(between):
        yield f"name{side} apposed"
    nearest = min(sentence.numbers, key=lambda q: gap(q, named.start, named.end))
    yield f"name{side} mutual={nearest is quantity} {tie}"
    own_side = [q for q in sentence.numbers if (named.start < q.begin) == (side == "<")]
    yield f"name{side} nearest on side={min(own_side, key=lambda q: gap(q, named.start, named.end)) is quantity} {tie}"
    yield from _interleaved(sentence, quantity, named, here)
    for mark in comparing_marks(text, sentence, named):
        yield f"name{side} {mark}"
        yield f"name{side} {mark} numbers={numbers} {direction}"
    same_side = [n for n in here if (n.start < quantity.begin) == (named.start < quantity.begin)]
    closer = sum(
        1
        for n in same_side
        if n.entity != named.entity and gap(quantity, n.start, n.end) < gap(quantity, named.start, named.end)
    )
    yield f"name{side} closer={min(closer, 3)}"
    yield f"name{side} closer={min(closer, 3)} who={who} {direction}"
    first = min(here, key=lambda n: n.start)
    yield f"name first={first.entity == named.entity} {direction} who={who}"
    yield from _alignment(text, sentence, index, named, here)


def _interleaved(sentence: Sentence, quantity: Quantity, named: Named, here: list[Named]) -> Iterator[str]:
    """Where names and numbers take turns, whether each number follows its name or stands before it."""
    order = sorted([(n.start, "n") for n in here] + [(q.begin, "#") for q in sentence.numbers])
    pattern = "".join(kind for _, kind in order)
    place = order.index((quantity.begin, "#"))
    own = order.index((named.start, "n"))
    if len(sentence.numbers) > 1 and len(here) > 1:
        opens = (
            "names first"
            if pattern.startswith("n#")
            else "numbers first"
            if pattern.startswith("#n")
            else "other"
        )
        turns = "turns" if "nn" not in pattern and "##" not in pattern else "mixed"
        yield f"{turns} {opens} step={max(-3, min(3, own - place))}"


def _alignment(text: str, sentence: Sentence, index: int, named: Named, here: list[Named]) -> Iterator[str]:
    """Whether a list of names and a list of numbers of the same length stand member by member."""
    numbers = lined_up(text, sentence.spans, numbers=True)
    number, count = numbers[index]
    if count > 1 and _EACH.search(text, sentence.start, sentence.end):
        # "A 분류와 B 회귀에서 각각 x, y": so many names, however far apart, as there are numbers in the list
        side = [
            n
            for n in here
            if (n.start < sentence.numbers[index - number].begin)
            == (named.start < sentence.numbers[index].begin)
        ]
        side = side[-count:] if named.start < sentence.numbers[index].begin else side[:count]
        if len(side) == count and named in side:
            yield "each aligned" if side.index(named) == number else "each misaligned"
    names = lined_up(text, tuple((n.start, n.end) for n in here))
    place, length = names[here.index(named)]
    if length > 1:
        yield f"list of names {min(length, 3)} numbers={min(count, 3)}"
        if count == length:
            yield "aligned" if place == number else "misaligned"
        elif count > 1:
            yield f"uneven lists same={place == number}"


def _named_elsewhere(scene: Scene, sentence: Sentence, entity: int, who: str, rivals: bool) -> Iterator[str]:
    names = scene.names[entity]
    same = [n for n in names if n.passage == sentence.passage]
    before = [n for n in same if n.start < sentence.start]
    yield f"elsewhere rivals here={rivals} who={who}"
    yield f"elsewhere count={min(len(names), 3)} who={who}"
    if before:
        gap = sentence.start - before[-1].end
        yield f"elsewhere before {bucket(gap // 3)} rivals={rivals}"
    else:
        yield f"elsewhere {'after' if same else 'other passage'} rivals={rivals}"
    if any(n.passage == 0 for n in names):
        yield f"in title who={who} rivals={rivals}"


def metric_features(
    scene: Scene, sentence: Sentence, index: int, metric: MetricMention, rivals: Sequence[MetricMention]
) -> Iterator[str]:
    """Features of a number and the words of a metric: is it what was measured?

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
        metric: the metric as the sentence names it.
        rivals: the metrics that compete, the metric itself among them.
    """
    quantity = sentence.numbers[index]
    text = scene.text(quantity.passage)
    yield f"source={metric.source}"
    yield f"source={metric.source} kind={quantity.kind}"
    if metric.source != "phrase":
        yield f"metric={metric.name}"
        yield f"metric={metric.name} kind={quantity.kind}"
    side = "<" if metric.start < quantity.begin else ">"
    yield from _relative(text, sentence, quantity, index, metric.start, metric.end, f"{metric.source} ")
    yield from _around(text, sentence, metric.start, metric.end, "")
    apart = gap(quantity, metric.start, metric.end)
    listed = [m for m in rivals if m.source != "phrase"]
    closer = sum(
        1
        for m in listed
        if m is not metric
        and gap(quantity, m.start, m.end) < apart
        and (m.start < quantity.begin) == (side == "<")
    )
    yield f"{metric.source}{side} closer={min(closer, 2)}"
    place_of = Named(-1, quantity.passage, metric.start, metric.end)
    numbers = numbers_between(sentence, quantity, place_of)
    yield f"{metric.source}{side} {beside(sentence, place_of)} numbers={numbers}"
    if _APPOSED.match(
        text[metric.end : quantity.begin] if side == "<" else text[quantity.end : metric.start]
    ):
        yield f"{metric.source}{side} apposed"
    yield f"rivals={min(len(listed), 3)} source={metric.source}"
    if metric.source == "phrase":
        yield f"ending={metric.name[-1:] if HANGUL.match(metric.name[-1:]) else metric.name.split()[-1].lower()}"
        yield f"listed rivals={min(len(listed), 2)} capitals={metric.name.isupper()}"
    spans = tuple((m.start, m.end) for m in listed)
    if metric in listed and len(listed) > 1:
        place, length = lined_up(text, spans)[listed.index(metric)]
        number, count = lined_up(text, sentence.spans, numbers=True)[index]
        if length > 1 and length == count:
            yield "aligned" if place == number else "misaligned"


def _around(text: str, sentence: Sentence, start: int, end: int, tag: str) -> Iterator[str]:
    """The words that stand directly before and after a name."""
    words = sentence.words
    before, after = sentence.word_at(start), sentence.word_at(end)
    if before:
        yield f"{tag}-1 {word_shapes(words[before - 1][2])[0]}"
        if before > 1:
            yield f"{tag}-2 {words[before - 2][2][:6]} {words[before - 1][2][:6]}"
    if after < len(words):
        word = words[after][2]
        glued = words[after][0] == end
        case = next((c for c in PARTICLES if word.startswith(c)), "")
        yield f"{tag}+1 {word_shapes(word)[0]}{'!' if glued else ''}"
        yield f"{tag}case {case if glued else ''}"
        if after + 1 < len(words):
            yield f"{tag}+2 {word[:4]} {words[after + 1][2][:4]}"
    if text[max(0, start - 1) : start] == "(":
        yield f"{tag} in brackets"


def _relative(
    text: str, sentence: Sentence, quantity: Quantity, index: int, start: int, end: int, tag: str
) -> Iterator[str]:
    """Where a span of the same sentence stands in relation to a number."""
    side = "<" if start < quantity.begin else ">"
    apart = gap(quantity, start, end)
    between = text[end : quantity.begin] if side == "<" else text[quantity.end : start]
    numbers = sum(
        1 for q in sentence.numbers if min(start, quantity.begin) <= q.start < max(end, quantity.begin)
    ) - (1 if side == ">" else 0)
    clauses = min(3, sum(1 for _ in _CLAUSE.finditer(between)))
    yield f"{tag}{side}"
    yield f"{tag}{side} gap={bucket(apart)}"
    yield f"{tag}{side} numbers={min(max(numbers, 0), 3)}"
    yield f"{tag}{side} clauses={clauses} commas={min(2, between.count(','))}"
    yield f"{tag}{side} kind={quantity.kind}"
    yield f"{tag}{side} shape={quantity.shape} number={min(index, 2)}"
    for cue in {m.group() for m in _CUES.finditer(between.lower())}:
        yield f"{tag}{side} cue={cue}"
    if len(between) < 12:
        yield f"{tag}{side} between={' '.join(between.split()).lower()}"
