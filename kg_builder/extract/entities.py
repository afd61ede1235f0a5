"""From judged candidates to entities: overlaps resolved, spellings and full names joined, mentions listed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from kg_builder.extract.candidates import CandidateSet, Occurrence
from kg_builder.extract.draft import Draft
from kg_builder.extract.judgement import Judgement, NameLabel
from kg_builder.facts import Entity, Mention

_KIND_REACH = 40
#: Names beyond this confidence are equally sure, and the longer one stands ("SWE-Bench Verified" before "SWE-Bench").
_CERTAIN = 0.95
_DATASET = re.compile(r"data ?sets?|corpus|corpora|데이터 ?셋|데이터 ?세트|말뭉치|코퍼스", re.IGNORECASE)
_BENCHMARK = re.compile(r"benchmark|leaderboard|test|벤치마크|리더보드|평가", re.IGNORECASE)


def add_entities(draft: Draft, found: CandidateSet, judged: dict[str, Judgement], extractor: str) -> None:
    """Add the entities that the judgements speak of, and their mentions, to a draft.

    Args:
        draft: where they are added; `Draft.introduced` says of each how likely the paper introduces it.
        found: the candidates.
        judged: what they are held to be, by key.
        extractor: ``name@version`` to be carried by the mentions.
    """
    groups = _joined(found, judged)
    standing = _standing(found, judged, groups)
    for keys in groups:
        places = [(key, place) for key in keys for place in standing[key]]
        if not places:
            continue
        shown = [key for key in keys if standing[key]]
        best = max((judged[key] for key in shown if key in judged), key=lambda j: j.confidence, default=None)
        best = best or max((judged[key] for key in keys if key in judged), key=lambda j: j.confidence)
        introduced = max(judged[key].introduced for key in keys if key in judged)
        index = len(draft.entities)
        draft.entities.append(_entity(draft, found, shown, best.label))
        draft.introduced.append(introduced)
        for _, place in sorted(places, key=lambda p: (p[1].passage, p[1].start)):
            evidence = draft.evidence(place.passage, place.start, place.end)
            draft.mentions.append(Mention(index, evidence, round(best.confidence, 3), extractor))


def _joined(found: CandidateSet, judged: dict[str, Judgement]) -> list[list[str]]:
    """Keys of judged candidates, those of one thing together, the key that names it first."""
    leader: dict[str, str] = {}

    def root(key: str) -> str:
        while leader.get(key, key) != key:
            key = leader[key]
        return key

    keys_at = {(o.passage, o.start, o.end): key for key, c in found.by_key.items() for o in c.occurrences}
    for definition in found.definitions:
        short = keys_at.get((definition.passage, *definition.short))
        long = keys_at.get((definition.passage, *definition.long))
        if short is None or long is None or not (short in judged or long in judged):
            continue
        leader[root(long)] = root(short)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in found.by_key:
        if key in judged or key in leader:
            groups[root(key)].append(key)
    return [
        sorted(keys, key=lambda k: (k != lead, found.by_key[k].in_title != "prefix"))
        for lead, keys in groups.items()
        if any(key in judged for key in keys)
    ]


def _standing(
    found: CandidateSet, judged: dict[str, Judgement], groups: list[list[str]]
) -> dict[str, list[Occurrence]]:
    """The occurrences of each key that no surer name overlaps, nor a longer one that is as sure."""
    strength = {}
    for keys in groups:
        best = max(judged[key].confidence for key in keys if key in judged)
        strength.update(dict.fromkeys(keys, min(best, _CERTAIN)))
    order = sorted(
        ((key, place) for key in strength for place in found.by_key[key].occurrences),
        key=lambda item: (-strength[item[0]], item[1].start - item[1].end, item[1].passage, item[1].start),
    )
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    standing: dict[str, list[Occurrence]] = {key: [] for key in strength}
    for key, place in order:
        spans = taken[place.passage]
        at = bisect_left(spans, (place.start, place.end))
        free = (at == 0 or spans[at - 1][1] <= place.start) and (
            at == len(spans) or spans[at][0] >= place.end
        )
        if free:
            spans.insert(at, (place.start, place.end))
            standing[key].append(place)
    return standing


def _entity(draft: Draft, found: CandidateSet, keys: list[str], label: NameLabel) -> Entity:
    spellings: list[str] = []
    for key in keys:
        for place in found.by_key[key].occurrences:
            spelling = " ".join(draft.document.passages[place.passage].text[place.start : place.end].split())
            if spelling not in spellings:
                spellings.append(spelling)
    name, *aliases = spellings
    kind = _benchmark_kind(draft, found, keys) if label == "Benchmark" else None
    return Entity(label, name, tuple(aliases), kind)


def _benchmark_kind(draft: Draft, found: CandidateSet, keys: list[str]) -> str:
    """Whether the words right after its mentions call a thing a dataset more often than a benchmark."""
    datasets = benchmarks = 0
    for key in keys:
        for place in found.by_key[key].occurrences:
            after = draft.document.passages[place.passage].text[place.end : place.end + _KIND_REACH]
            datasets += bool(_DATASET.search(after))
            benchmarks += bool(_BENCHMARK.search(after))
    return "dataset" if datasets > benchmarks else "benchmark"
