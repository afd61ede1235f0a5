"""What decides the role of an entity: the words around its mentions, and what kind of paper it stands in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from kg_builder.extract.draft import Draft
from kg_builder.extract.known import head_of
from kg_builder.extract.tokens import name_key
from kg_builder.facts import Mention

_WORD = re.compile(r"<[a-z]+>|[가-힣]+|[a-z]+(?:-[a-z]+){0,3}|\d+(?:\.\d+)?|[,.;:()\"%]")
_NEAR = 6
_RELATED = ("Model", "Benchmark", "Method")
_LISTING = frozenset(
    (",", "and", "or", "와", "과", "및", "(", ")", "등", "또는", "<model>", "<benchmark>", "<method>")
)
_SIGNS = {"Model": "<model>", "Benchmark": "<benchmark>", "Method": "<method>", "Metric": "<metric>"}


class Setting(NamedTuple):
    """What kind of paper it is, as far as its names tell."""

    introduces: str
    models: int
    benchmarks: int
    language: str


def setting_of(draft: Draft) -> Setting:
    """What the paper introduces, and how many models and benchmarks it names besides."""
    new = sorted({e.label for e, p in zip(draft.entities, draft.introduced, strict=True) if p >= 0.5})
    old = Counter(e.label for e, p in zip(draft.entities, draft.introduced, strict=True) if p < 0.5)
    language = "ko" if any(p.language == "ko" for p in draft.document.passages) else "en"
    return Setting("+".join(new), min(old["Model"], 5), min(old["Benchmark"], 5), language)


def masked_sentences(draft: Draft) -> dict[tuple[int, int], str]:
    """Every sentence with a mention, lower-cased, each name as a sign of its kind.

    Returns:
        The text by passage and start of the sentence; what the paper introduces is ``<new>``. The signs of the
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
        masked[key] = "".join(pieces)
    return masked


def _sign(draft: Draft, entity: int) -> str:
    return "<new>" if draft.introduced[entity] >= 0.5 else _SIGNS.get(draft.entities[entity].label, "<other>")


@cache
def _cue_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    path = Path(__file__).parent / "lists" / "role_cues.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple((group, tuple(stems)) for groups in tree.values() for group, stems in groups.items())


@lru_cache(maxsize=1 << 15)
def _cue(word: str) -> str:
    """The group of cues that a word belongs to, or nothing."""
    if len(word) < 2:
        return ""
    return next((group for group, stems in _cue_groups() if word.startswith(stems)), "")


def _cue_features(before: list[str], after: list[str]) -> set[str]:
    """The cues on either side of a mention: the nearest, their order, and all of the sentence."""
    left = [cue for cue in map(_cue, before) if cue]
    right = [cue for cue in map(_cue, after) if cue]
    found = {f"cue={cue}" for cue in {*left, *right}}
    found.update(f"cue-l={cue}" for cue in left)
    found.update(f"cue-r={cue}" for cue in right)
    nearest = [*left[:2], "^", "^"]
    following = [*right[:2], "$", "$"]
    found.add(f"cue-l1={nearest[0]}")
    found.add(f"cue-r1={following[0]}")
    found.add(f"cue-l2={nearest[1]} {nearest[0]}")
    found.add(f"cue-r2={following[0]} {following[1]}")
    found.add(f"cue-lr={nearest[0]} {following[0]}")
    if left:
        found.add(f"cue-l-last={left[-1]}")
    if right:
        found.add(f"cue-r-last={right[-1]}")
        found.add(f"cue-lr-last={nearest[0]} {right[-1]}")
    return found


@cache
def _stems(word: str) -> tuple[str, ...]:
    if word >= "가":
        return (word[:2], word) if len(word) > 2 else (word,)
    return (word,)


def mention_features(sentence: str, nth: int, section: str, number: int, last: bool) -> set[str]:
    """Features of one mention in its sentence.

    Args:
        sentence: the sentence with signs for names.
        nth: which sign of the sentence is the mention itself.
        section: the passage's section.
        number: which sentence of the passage it is.
        last: whether it is the passage's last.
    """
    words = _WORD.findall(sentence)
    signs = [i for i, word in enumerate(words) if word[0] == "<"]
    place = signs[nth] if nth < len(signs) else 0
    before, after = words[:place][::-1], words[place + 1 :]
    found = {f"in={section}", f"nth={section}:{min(number, 4)}", f"last={last}"}
    if section == "title":
        found.add(f"title-L={before[0] if before else '^'}")
        found.add(f"title-R={after[0] if after else '$'}")
        return found
    left, right = [*before[:3], "^", "^", "^"], [*after[:3], "$", "$", "$"]
    found.update((f"L1={left[0]}", f"L2={left[1]} {left[0]}", f"L3={left[2]} {left[1]} {left[0]}"))
    found.update((f"R1={right[0]}", f"R2={right[0]} {right[1]}", f"R3={right[0]} {right[1]} {right[2]}"))
    for side, sequence in (("l", before), ("r", after)):
        for word in sequence[:_NEAR]:
            found.update(f"{side}={stem}" for stem in _stems(word))
        found.update(f"{side}s={word[:2] if word >= '가' else word}" for word in sequence)
        outside = [word for word in sequence if word not in _LISTING][:3]
        if outside:
            found.update(f"{side}o={stem}" for stem in _stems(outside[0]))
            found.add(f"{side}oo={' '.join(w[:3] if w >= '가' else w for w in outside[:2])}")
    found |= _cue_features(before, after)
    if "<new>" in before:
        found.add("new-before")
    if "<new>" in after:
        found.add("new-after")
    verbs = [word for word in words if word >= "가" and (word.endswith(("다", "며", "고", "여", "해")))]
    found.update(f"v={verb[:3]}" for verb in verbs)
    return found


def entity_features(draft: Draft, index: int, setting: Setting) -> set[str]:
    """Features of an entity in its document, whatever its sentences say."""
    entity = draft.entities[index]
    label = entity.label
    head = head_of(name_key(entity.name))
    new = draft.introduced[index] >= 0.5
    akin = any(
        p >= 0.5 and i != index and head_of(name_key(e.name)) == head
        for i, (e, p) in enumerate(zip(draft.entities, draft.introduced, strict=True))
    )
    return {
        f"label={label}:{new}",
        f"paper={setting.introduces}",
        f"models={setting.models}",
        f"benchmarks={setting.benchmarks}",
        f"head={head}",
        f"name={name_key(entity.name)}",
        f"akin={akin}",
        f"language={setting.language}",
        f"paper-language={setting.introduces}:{setting.language}",
    }


def relation_features(draft: Draft) -> dict[int, tuple[list[tuple[Mention, list[str]]], list[str]]]:
    """The features of every model and benchmark: for each of its mentions, and for itself.

    Returns:
        By entity index, (mention, features) in reading order, and the features of the entity.
    """
    setting = setting_of(draft)
    masked = masked_sentences(draft)
    nth: Counter[tuple[int, int]] = Counter()
    by_entity: dict[int, list[tuple[Mention, list[str]]]] = {}
    for mention in sorted(draft.mentions, key=lambda m: (m.evidence.passage, m.evidence.mention_start)):
        key = (mention.evidence.passage, mention.evidence.start)
        place = nth[key]
        nth[key] += 1
        if draft.entities[mention.entity].label not in _RELATED or draft.introduced[mention.entity] >= 0.5:
            continue
        sentences = draft.sentences(key[0])
        number = draft.sentence_at(key[0], mention.evidence.mention_start)
        section = draft.document.passages[key[0]].section
        label = draft.entities[mention.entity].label[:2]
        features = mention_features(masked[key], place, section, number, number == len(sentences) - 1)
        kind = f"{label}{setting.introduces}"
        full = [f"{label}:{f}" for f in features]
        full += features
        full += [f"{kind}:{f}" for f in features if f.startswith(("in=", "nth=", "cue"))]
        by_entity.setdefault(mention.entity, []).append((mention, sorted(full)))
    result = {}
    for index, mentions in by_entity.items():
        label = draft.entities[index].label[:2]
        own = entity_features(draft, index, setting)
        own.add(f"mentions={min(len(mentions), 4)}")
        result[index] = (mentions, sorted([*own, *(f"{label}:{f}" for f in own)]))
    return result
