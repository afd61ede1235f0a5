"""What decides the role of an entity: the words around its mentions, and what kind of paper it stands in.

Every feature counts twice, by itself and for the entity's label, and some once more for what the paper introduces.
As with names, what is kept of a feature is its hash (see `kg_builder.extract.features`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple
from zlib import crc32

from kg_builder.extract.draft import Draft
from kg_builder.extract.features import FEATURE_MASK
from kg_builder.extract.kept import Kept
from kg_builder.extract.known import head_of
from kg_builder.extract.name_features import feature_hash
from kg_builder.extract.tokens import name_key
from kg_builder.extract.word_lists import word_list
from kg_builder.facts import Mention

_WORD = re.compile(r"<[a-z]+>|[가-힣]+|[a-z]+(?:-[a-z]+){0,3}|\d+(?:\.\d+)?|[,.;:()\"%]")
_NEAR = 6
_RELATED = ("Model", "Benchmark", "Method")
_LISTING = frozenset(
    (",", "and", "or", "와", "과", "및", "(", ")", "등", "또는", "<model>", "<benchmark>", "<method>")
)
_VERB_ENDS = ("다", "며", "고", "여", "해")
_BY_KIND = ("in=", "nth=", "cue")
_SIGNS = {"Model": "<model>", "Benchmark": "<benchmark>", "Method": "<method>", "Metric": "<metric>"}


class Setting(NamedTuple):
    """What kind of paper it is, as far as its names tell."""

    introduces: str
    models: int
    benchmarks: int
    language: str


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


#: Each mention in reading order with its indices in the table of weights, and the indices of the entity itself.
RoleEvidence = tuple[list[tuple[Mention, list[int]]], list[int]]


def setting_of(draft: Draft) -> Setting:
    """What the paper introduces, and how many models and benchmarks it names besides."""
    new = sorted({e.label for e, p in zip(draft.entities, draft.introduced, strict=True) if p >= 0.5})
    old = Counter(e.label for e, p in zip(draft.entities, draft.introduced, strict=True) if p < 0.5)
    language = "ko" if any(p.language == "ko" for p in draft.document.passages) else "en"
    return Setting("+".join(new), min(old["Model"], 5), min(old["Benchmark"], 5), language)


def masked_sentences(draft: Draft) -> dict[tuple[int, int], list[str]]:
    """The words of every sentence with a mention, lower-cased, each name as a sign of its kind.

    Returns:
        The words by passage and start of the sentence; what the paper introduces is ``<new>``. The signs of the
        sentence's own mentions stand in reading order, so that the n-th sign is the n-th mention.
    """
    by_sentence: dict[tuple[int, int], list[Mention]] = {}
    for mention in draft.mentions:
        by_sentence.setdefault((mention.evidence.passage, mention.evidence.start), []).append(mention)
    masked = {}
    for key, mentions in by_sentence.items():
        text = draft.document.passages[key[0]].text
        position, pieces = key[1], []
        for mention in sorted(mentions, key=lambda m: m.evidence.mention_start):
            evidence = mention.evidence
            pieces.append(text[position : evidence.mention_start].lower())
            pieces.append(f" {_sign(draft, mention.entity)} ")
            position = evidence.mention_end
        pieces.append(text[position : mentions[0].evidence.end].lower())
        masked[key] = _WORD.findall("".join(pieces))
    return masked


def _sign(draft: Draft, entity: int) -> str:
    return "<new>" if draft.introduced[entity] >= 0.5 else _SIGNS.get(draft.entities[entity].label, "<other>")


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


_CUES = Kept(_cue)


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


def _scoped(features: Iterable[str], label: int) -> list[int]:
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
    hashes = _scoped(features, label)
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
    return [*around, *_scoped(features, scope.label), *by_kind]


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


def _entity_features(draft: Draft, index: int, setting: Setting, heads: list[str]) -> Iterator[str]:
    """Features of an entity in its document, whatever its sentences say; `heads` are those of all names."""
    entity = draft.entities[index]
    introduced = zip(heads, draft.introduced, strict=True)
    akin = any(p >= 0.5 and i != index and h == heads[index] for i, (h, p) in enumerate(introduced))
    yield f"label={entity.label}:{draft.introduced[index] >= 0.5}"
    yield f"paper={setting.introduces}"
    yield f"models={setting.models}"
    yield f"benchmarks={setting.benchmarks}"
    yield f"head={heads[index]}"
    yield f"name={name_key(entity.name)}"
    yield f"akin={akin}"
    yield f"language={setting.language}"
    yield f"paper-language={setting.introduces}:{setting.language}"


def role_evidence(draft: Draft, telling: bytes | None = None) -> dict[int, RoleEvidence]:
    """What speaks for the roles of every model, benchmark and method that the paper does not introduce.

    Args:
        draft: the document.
        telling: for each place in the table of weights whether any weight stands there: words that weigh nothing are
            left out, which are four of five. ``None`` to have all.

    Returns:
        By entity index: features as indices in the table of weights.
    """
    setting = setting_of(draft)
    masked = masked_sentences(draft)
    cues_of = {key: list(map(_CUES.__getitem__, words)) for key, words in masked.items()}
    nth: Counter[tuple[int, int]] = Counter()
    by_entity: dict[int, list[tuple[Mention, list[int]]]] = {}
    for mention in sorted(draft.mentions, key=lambda m: (m.evidence.passage, m.evidence.mention_start)):
        passage = mention.evidence.passage
        key = (passage, mention.evidence.start)
        count = nth[key]
        nth[key] += 1
        label = draft.entities[mention.entity].label
        if label not in _RELATED or draft.introduced[mention.entity] >= 0.5:
            continue
        number = draft.sentence_at(passage, mention.evidence.mention_start)
        last = number == len(draft.sentences(passage)) - 1
        section = draft.document.passages[passage].section
        scope = Scope(feature_hash(f"{label[:2]}:"), feature_hash(f"{label[:2]}{setting.introduces}:"))
        hashes = mention_hashes(
            Place(masked[key], cues_of[key], count, section, number, last), scope, telling
        )
        by_entity.setdefault(mention.entity, []).append((mention, [h & FEATURE_MASK for h in hashes]))
    heads = [head_of(name_key(entity.name)) for entity in draft.entities]
    result = {}
    for index, mentions in by_entity.items():
        features = [
            *_entity_features(draft, index, setting, heads),
            f"mentions={min(len(mentions), 4)}",
        ]
        own = _scoped(features, feature_hash(f"{draft.entities[index].label[:2]}:"))
        result[index] = (mentions, [h & FEATURE_MASK for h in own])
    return result
