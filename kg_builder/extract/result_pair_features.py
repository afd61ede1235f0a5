"""What tells whether a name belongs to a number, as groups of named features (see `result_features`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg_builder.extract.result_cues import beside, comparing_marks, gap, numbers_between
from kg_builder.extract.result_features import Group, bucket
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Named, Scene, Sentence, lined_up
from kg_builder.extract.result_span_features import TELLING, around, relative

#: What stands between a number and the name or metric that it is printed with ("B (43.8%)").
APPOSED = re.compile(r"\s?[(:=]\s?(?:[~+]\s?)?\Z|\s(?:at|by|with|of|이|가)?\s?\Z")
_EACH = re.compile(r"각각|respectively|각기")


def pair_features(
    scene: Scene, sentence: Sentence, index: int, entity: int, direction: str, group: Sequence[int]
) -> Iterator[Group]:
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
    rivals = min(len({n.entity for n in here}), 3)
    alone = "alone" if len(group) == 1 else "few" if len(group) < 4 else "many"
    yield _standing, label, who, direction, roles, bool(own), alone, rivals
    if own:
        yield from _named_here(text, sentence, index, own, here, who, direction)
    else:
        yield _named_elsewhere(scene, sentence, entity, who, rivals > 0)


def _standing(
    label: str, who: str, direction: str, roles: frozenset[str], here: bool, alone: str, rivals: int
) -> Sequence[str]:
    named = [f"label={label} who={who}", f"who={who} direction={direction}"]
    for role in sorted(roles):
        named += [f"role={role}", f"role={role} here={here}"]
    if not roles:
        named.append("role=none")
    return [*named, f"{alone} here={here} rivals={rivals} who={who}"]


def absence_features(
    scene: Scene, sentence: Sentence, index: int, part: str, direction: str
) -> Iterator[Group]:
    """Features of a number that speak for its having no subject, baseline, benchmark or metric at all.

    Args:
        scene: the document.
        sentence: the sentence that holds the number.
        index: which of the sentence's numbers it is.
        part: which part is asked about.
        direction: ``absolute``, ``up`` or ``down``, as the number was understood.
    """
    quantity = sentence.numbers[index]
    section = scene.document.passages[quantity.passage].section
    yield _situation, quantity.kind, direction, section, min(3, len(sentence.numbers)), index == 0
    yield _sentence_cues, _cues_of(scene.text(quantity.passage), sentence)
    before, after = sentence.word_at(quantity.begin), sentence.word_at(quantity.end)
    for place, (_, _, word) in enumerate(sentence.words[after : after + 3]):
        yield _word_after, place, word[:6]
    for _, _, word in sentence.words[max(0, before - 3) : before]:
        yield _word_before, word[:6]
    if any(m.name == "performance" for m in sentence.metrics):
        yield (_performance,)
    if part != "metric":
        for label in sorted({scene.entities[n.entity].label for n in sentence.names}):
            yield _label_here, label


def _situation(kind: str, direction: str, section: str, numbers: int, first: bool) -> Sequence[str]:
    return (
        f"kind={kind}",
        f"direction={direction}",
        f"kind={kind} direction={direction}",
        f"section={section}",
        f"numbers={numbers} first={first}",
    )


def _cues_of(text: str, sentence: Sentence) -> tuple[str, ...]:
    """The telling words of a sentence, found once."""
    cues = sentence.seen.get("cues")
    if cues is None:
        cues = tuple(sorted(set(TELLING.findall(text[sentence.start : sentence.end].lower()))))
        sentence.seen["cues"] = cues
    return cues


def _sentence_cues(cues: tuple[str, ...]) -> Sequence[str]:
    return [f"cue={cue}" for cue in cues]


def _word_after(place: int, word: str) -> Sequence[str]:
    return (f"+{place} {word}",)


def _word_before(word: str) -> Sequence[str]:
    return (f"- {word}",)


def _performance() -> Sequence[str]:
    return ("performance",)


def _label_here(label: str) -> Sequence[str]:
    return (f"names {label}",)


def _named_here(
    text: str,
    sentence: Sentence,
    index: int,
    own: list[Named],
    here: list[Named],
    who: str,
    direction: str,
) -> Iterator[Group]:
    quantity = sentence.numbers[index]
    named = min(own, key=lambda n: (gap(quantity, n.start, n.end), n.start))
    side = "<" if named.start < quantity.begin else ">"
    yield from relative(text, sentence, index, named.start, named.end, "name")
    tie, marks, words = _surroundings(text, sentence, named)
    for group in words:
        yield group
        yield (_telling, side, direction, *group)
    between = text[named.end : quantity.begin] if side == "<" else text[quantity.end : named.start]
    numbers = numbers_between(sentence, quantity, named)
    apposed = APPOSED.match(between) is not None
    yield _tied, side, tie, numbers, direction, who, apposed
    yield _nearest, side, tie, *_nearness(sentence, quantity, named, side)
    yield from _interleaved(sentence, quantity, named, here)
    for mark in marks:
        yield _marked, side, mark, numbers, direction
    apart = gap(quantity, named.start, named.end)
    closer = sum(
        1
        for n in here
        if n.entity != named.entity
        and (n.start < quantity.begin) == (side == "<")
        and gap(quantity, n.start, n.end) < apart
    )
    yield _ranked, side, min(closer, 3), here[0].entity == named.entity, who, direction
    yield from _alignment(text, sentence, index, named, here)


def _tied(side: str, tie: str, numbers: int, direction: str, who: str, apposed: bool) -> Sequence[str]:
    named = [
        f"name{side} {tie} numbers={numbers}",
        f"name{side} {tie} numbers={numbers} {direction} who={who}",
    ]
    return [*named, f"name{side} apposed"] if apposed else named


def _nearness(sentence: Sentence, quantity: Quantity, named: Named, side: str) -> tuple[bool, bool]:
    """Whether a number is the nearest of all to a name, and the nearest on its side of it."""
    apart = gap(quantity, named.start, named.end)
    mutual = on_side = True
    for other in sentence.numbers:
        if other is quantity:
            continue
        distance = gap(other, named.start, named.end)
        if distance < apart or (distance == apart and other.start < quantity.start):
            mutual = False
            if (named.start < other.begin) == (side == "<"):
                on_side = False
    return mutual, on_side


def _nearest(side: str, tie: str, mutual: bool, on_side: bool) -> Sequence[str]:
    return f"name{side} mutual={mutual} {tie}", f"name{side} nearest on side={on_side} {tie}"


def _marked(side: str, mark: str, numbers: int, direction: str) -> Sequence[str]:
    return f"name{side} {mark}", f"name{side} {mark} numbers={numbers} {direction}"


def _ranked(side: str, closer: int, first: bool, who: str, direction: str) -> Sequence[str]:
    return (
        f"name{side} closer={closer}",
        f"name{side} closer={closer} who={who} {direction}",
        f"name first={first} {direction} who={who}",
    )


def _telling(side: str, direction: str, *group: object) -> Sequence[str]:
    """The features of a group, told apart by the side of the number and by what it says."""
    name, *arguments = group
    return [f"{side} {direction} {feature}" for feature in name(*arguments)]  # type: ignore[operator]


def _surroundings(
    text: str, sentence: Sentence, named: Named
) -> tuple[str, tuple[str, ...], tuple[Group, ...]]:
    """What ties a name to the rest, the comparing words and the words around it; found once a sentence."""
    known = sentence.seen.get((named.start, named.end))
    if known is None:
        marks = tuple(comparing_marks(text, sentence, named))
        words = tuple(around(text, sentence, named.start, named.end, "name"))
        known = sentence.seen[named.start, named.end] = (beside(sentence, named), marks, words)
    return known


def _interleaved(sentence: Sentence, quantity: Quantity, named: Named, here: list[Named]) -> Iterator[Group]:
    """Where names and numbers take turns, whether each number follows its name or stands before it."""
    if len(sentence.numbers) > 1 and len(here) > 1:
        order = sorted([(n.start, "n") for n in here] + [(q.begin, "#") for q in sentence.numbers])
        pattern = "".join(kind for _, kind in order)
        step = order.index((named.start, "n")) - order.index((quantity.begin, "#"))
        yield _turns, pattern[:2], "nn" not in pattern and "##" not in pattern, max(-3, min(3, step))


def _turns(opening: str, alternate: bool, step: int) -> Sequence[str]:
    opens = {"n#": "names first", "#n": "numbers first"}.get(opening, "other")
    return (f"{'turns' if alternate else 'mixed'} {opens} step={step}",)


def _alignment(text: str, sentence: Sentence, index: int, named: Named, here: list[Named]) -> Iterator[Group]:
    """Whether a list of names and a list of numbers of the same length stand member by member."""
    number, count = lined_up(text, sentence.spans, numbers=True)[index]
    if count > 1 and len(here) >= count and _EACH.search(text, sentence.start, sentence.end):
        # "A 분류와 B 회귀에서 각각 x, y": so many names, however far apart, as there are numbers in the list
        side = [
            n
            for n in here
            if (n.start < sentence.numbers[index - number].begin)
            == (named.start < sentence.numbers[index].begin)
        ]
        side = side[-count:] if named.start < sentence.numbers[index].begin else side[:count]
        if len(side) == count and named in side:
            yield _aligned, "each ", side.index(named) == number
    if len(here) < 2:
        return
    place, length = lined_up(text, tuple((n.start, n.end) for n in here))[here.index(named)]
    if length > 1:
        yield _listed, min(length, 3), min(count, 3)
        if count == length:
            yield _aligned, "", place == number
        elif count > 1:
            yield _uneven, place == number


def _aligned(tag: str, aligned: bool) -> Sequence[str]:
    return (f"{tag}{'aligned' if aligned else 'misaligned'}",)


def _listed(names: int, numbers: int) -> Sequence[str]:
    return (f"list of names {names} numbers={numbers}",)


def _uneven(same: bool) -> Sequence[str]:
    return (f"uneven lists same={same}",)


def _named_elsewhere(scene: Scene, sentence: Sentence, entity: int, who: str, rivals: bool) -> Group:
    names = scene.names[entity]
    same = [n for n in names if n.passage == sentence.passage]
    before = [n for n in same if n.start < sentence.start]
    where = f"before {bucket((sentence.start - before[-1].end) // 3)}" if before else "after" if same else ""
    return _elsewhere, min(len(names), 3), where, any(n.passage == 0 for n in names), who, rivals


def _elsewhere(count: int, where: str, in_title: bool, who: str, rivals: bool) -> Sequence[str]:
    named = [
        f"elsewhere rivals here={rivals} who={who}",
        f"elsewhere count={count} who={who}",
        f"elsewhere {where or 'other passage'} rivals={rivals}",
    ]
    return [*named, f"in title who={who} rivals={rivals}"] if in_title else named
