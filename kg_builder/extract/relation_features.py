"""What decides the role of an entity: the words around its mentions, and what kind of paper it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kg_builder.extract.draft import Draft
from kg_builder.extract.features import FEATURE_MASK
from kg_builder.extract.known import head_of
from kg_builder.extract.mention_features import CUES, Place, Scope, mention_hashes, scoped
from kg_builder.extract.name_features import feature_hash
from kg_builder.extract.tokens import name_key
from kg_builder.facts import Mention

_WORD = re.compile(r"<[a-z]+>|[가-힣]+|[a-z]+(?:-[a-z]+){0,3}|\d+(?:\.\d+)?|[,.;:()\"%]")
_RELATED = ("Model", "Benchmark", "Method")
_SIGNS = {"Model": "<model>", "Benchmark": "<benchmark>", "Method": "<method>", "Metric": "<metric>"}


class Setting(NamedTuple):
    """What kind of paper it is, as far as its names tell."""

    introduces: str
    models: int
    benchmarks: int
    language: str


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
    cues_of = {key: list(map(CUES.__getitem__, words)) for key, words in masked.items()}
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
        own = scoped(features, feature_hash(f"{draft.entities[index].label[:2]}:"))
        result[index] = (mentions, [h & FEATURE_MASK for h in own])
    return result
