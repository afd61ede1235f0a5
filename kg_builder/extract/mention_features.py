"""What the words around a mention say of its role: those near it, the cues on either side, where the sentence stands.

Every feature counts twice, by itself and for the entity's label, and some once more for what the paper introduces.
As with names, what is kept of a feature is its hash (see `kg_builder.extract.features`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple
from zlib import crc32

from kg_builder.extract.features import FEATURE_MASK
from kg_builder.extract.kept import Kept
from kg_builder.extract.name_features import feature_hash
from kg_builder.extract.word_lists import word_list

_NEAR = 6
_LISTING = frozenset(
    (",", "and", "or", "와", "과", "및", "(", ")", "등", "또는", "<model>", "<benchmark>", "<method>")
)
_VERB_ENDS = ("다", "며", "고", "여", "해")
_BY_KIND = ("in=", "nth=", "cue")


class Scope(NamedTuple):
    """Hashes of what is put before a feature: the entity's label; its label and what the paper introduces."""

    label: int
    kind: int


class Place(NamedTuple):
    """Where a mention stands.

    Args:
        words: the words of its sentence, with signs for names.
        cues: for each word the group of cues that it belongs to, or nothing.
        nth: which sign of the sentence is the mention itself.
        section: the passage's section.
        number: which sentence of the passage it is.
        last: whether it is the passage's last.
    """

    words: list[str]
    cues: list[str]
    nth: int
    section: str
    number: int
    last: bool


@cache
def _cue_stems() -> dict[str, list[tuple[str, str]]]:
    """The stems of cues by their first letter, each with its group, in the order of the groups."""
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for groups in word_list("role_cues.yaml").values():
        for group, stems in groups.items():
            for stem in stems:
                by_letter.setdefault(stem[0], []).append((stem, group))
    return by_letter


def _cue(word: str) -> str:
    """The group of cues that a word belongs to, or nothing."""
    if len(word) < 2:
        return ""
    return next((group for stem, group in _cue_stems().get(word[0], ()) if word.startswith(stem)), "")


#: The group of cues that a word belongs to, or nothing.
CUES = Kept(_cue)


def _cue_features(place: Place, at: int) -> Iterator[str]:
    """The cues on either side of a mention: the nearest, their order, and all of the sentence."""
    left = [cue for cue in place.cues[:at][::-1] if cue]
    right = [cue for cue in place.cues[at + 1 :] if cue]
    for cue in {*left, *right}:
        yield f"cue={cue}"
    for cue in set(left):
        yield f"cue-l={cue}"
    for cue in set(right):
        yield f"cue-r={cue}"
    nearest = [*left[:2], "^", "^"]
    following = [*right[:2], "$", "$"]
    yield f"cue-l1={nearest[0]}"
    yield f"cue-r1={following[0]}"
    yield f"cue-l2={nearest[1]} {nearest[0]}"
    yield f"cue-r2={following[0]} {following[1]}"
    yield f"cue-lr={nearest[0]} {following[0]}"
    if left:
        yield f"cue-l-last={left[-1]}"
    if right:
        yield f"cue-r-last={right[-1]}"
        yield f"cue-lr-last={nearest[0]} {right[-1]}"


def _stems(word: str) -> tuple[str, ...]:
    if word >= "가":
        return (word[:2], word) if len(word) > 2 else (word,)
    return (word,)


def scoped(features: Iterable[str], label: int) -> list[int]:
    """The hashes of features by themselves, then for a label."""
    encoded = [feature.encode() for feature in features]
    return [*map(crc32, encoded), *[crc32(feature, label) for feature in encoded]]


Told = tuple[int, ...]


def _near_hashes(side: str, label: int, telling: bytes | None, word: str) -> Told:
    """The features of a word near a mention on one side of it."""
    return _telling([f"{side}={stem}" for stem in _stems(word)], label, telling)


def _wide_hashes(side: str, label: int, telling: bytes | None, word: str) -> Told:
    """The features of a word anywhere on one side of a mention."""
    wide = [f"{side}s={word[:2] if word >= '가' else word}"]
    if word >= "가" and word.endswith(_VERB_ENDS):
        wide.append(f"v={word[:3]}")
    return _telling(wide, label, telling)


def _telling(features: list[str], label: int, telling: bytes | None) -> Told:
    hashes = scoped(features, label)
    return tuple(hashes if telling is None else [h for h in hashes if telling[h & FEATURE_MASK]])


@cache
def _words_beside(side: str, label: int, telling: bytes | None) -> tuple[Kept[str, Told], Kept[str, Told]]:
    """The features of words near a mention, and of all, for a side and a label, of which there are few."""
    return Kept(partial(_near_hashes, side, label, telling)), Kept(
        partial(_wide_hashes, side, label, telling)
    )


def mention_hashes(place: Place, scope: Scope, telling: bytes | None = None) -> list[int]:
    """The features of one mention in its sentence; for `telling` see `role_evidence`.

    Where the paper introduces nothing, the two prefixes of a scope are the same, and what stands under both counts
    twice when mentions are compared.
    """
    words = place.words
    signs = [i for i, word in enumerate(words) if word[0] == "<"]
    at = signs[place.nth] if place.nth < len(signs) else 0
    before, after = words[:at][::-1], words[at + 1 :]
    around: set[int] = set()
    if place.section != "title":
        for side, sequence in (("l", before), ("r", after)):
            near, wide = _words_beside(side, scope.label, telling)
            around.update(*map(near.__getitem__, sequence[:_NEAR]), *map(wide.__getitem__, sequence))
    features = list(_place_features(place, at, before, after))
    by_kind = [feature_hash(f, scope.kind) for f in features if f.startswith(_BY_KIND)]
    return [*around, *scoped(features, scope.label), *by_kind]


def _place_features(place: Place, at: int, before: list[str], after: list[str]) -> Iterator[str]:
    """What the place of a mention tells, and the words right beside it; `before` begins with the nearest word."""
    yield f"in={place.section}"
    yield f"nth={place.section}:{min(place.number, 4)}"
    yield f"last={place.last}"
    if place.section == "title":
        yield f"title-L={before[0] if before else '^'}"
        yield f"title-R={after[0] if after else '$'}"
        return
    left, right = [*before[:3], "^", "^", "^"], [*after[:3], "$", "$", "$"]
    yield f"L1={left[0]}"
    yield f"L2={left[1]} {left[0]}"
    yield f"L3={left[2]} {left[1]} {left[0]}"
    yield f"R1={right[0]}"
    yield f"R2={right[0]} {right[1]}"
    yield f"R3={right[0]} {right[1]} {right[2]}"
    for side, sequence in (("l", before), ("r", after)):
        outside = [word for word in sequence if word not in _LISTING][:2]
        if outside:
            for stem in _stems(outside[0]):
                yield f"{side}o={stem}"
            yield f"{side}oo={' '.join(w[:3] if w >= '가' else w for w in outside)}"
    yield from _cue_features(place, at)
    if "<new>" in before:
        yield "new-before"
    if "<new>" in after:
        yield "new-after"
