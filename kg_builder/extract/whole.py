"""The second look: each candidate in the light of the whole document and of what is known of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg_builder.extract.candidates import Candidate, CandidateSet
from kg_builder.extract.draft import Draft
from kg_builder.extract.known import KnownNames, Shares
from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.name_features import names_metric
from kg_builder.extract.statements import KINDS, kind_noun
from kg_builder.extract.structure import Structure

Floats = NDArray[np.float64]

#: The classes of the first look: none, then the labels, then the labels as introduced.
CLASSES = 7
_NO_TYPE = [0.0, 0.0, 0.0, 0.0]
#: What `_tied` says of a candidate that hangs together with no other: every second one.
_UNTIED = [0.0] * 25
_MOST_SAID = 3.0
_WORD = re.compile(r"[a-z]+|[가-힣]+")
_TITLE = {"": 0.0, "inside": 1.0, "prefix": 2.0}


def softmax(scores: Floats) -> Floats:
    """Scores of the last axis as probabilities."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def types_of(probabilities: Floats) -> Floats:
    """From the seven classes to none, model, benchmark, method."""
    types = probabilities[:, :4].copy()
    types[:, 1:] += probabilities[:, 4:]
    return types


class Seen(NamedTuple):
    """A document with its candidates, and how they hang together."""

    draft: Draft
    found: CandidateSet
    ties: Structure


def whole_features(documents: Sequence[Seen], scores: Floats, said: Floats, known: KnownNames) -> Floats:
    """Numbers that describe each candidate for the second look.

    Several documents come together, since a call of numpy costs as much for the ten candidates of one as for hundreds.

    Args:
        documents: the documents, each with some candidates.
        scores: the first look's scores by view of the candidates of all of them, shape (candidates, 3, `CLASSES`).
        said: what the text says outright of each, shape (candidates, kinds).
        known: what is known of names.

    Returns:
        Array of shape (candidates, features).
    """
    first = softmax(scores.sum(axis=1))
    types = types_of(first)
    introduced = first[:, CLASSES - 3 :].sum(axis=1)
    numbers = chain.from_iterable(_numbers(documents, types.tolist(), introduced.tolist(), known))
    rows = np.fromiter(numbers, dtype=np.float64).reshape(len(scores), -1)
    sizes = [len(document.found.by_key) for document in documents]
    title = np.repeat(np.array([_title_kinds(document.draft) for document in documents]), sizes, axis=0)
    mate, offset = [], 0
    for document, size in zip(documents, sizes, strict=True):
        mate += [offset + other if other >= 0 else -1 for other in document.ties.mate]
        offset += size
    mates_at = np.array(mate)
    told = np.minimum(said, _MOST_SAID)
    mates = told[mates_at] * (mates_at >= 0)[:, None]
    logs = np.log(np.clip(first, 1e-4, 1.0))
    views = np.clip(scores.reshape(len(scores), -1), -12.0, 12.0)
    new = introduced[:, None]
    return np.hstack([logs, views, types, new, told, mates, told * new, title, title * new, rows])


def _numbers(
    documents: Sequence[Seen], types: list[list[float]], introduced: list[float], known: KnownNames
) -> Iterator[list[float]]:
    """What is told of each candidate by its name, its ties and its place; the first look's answers are given."""
    offset = 0
    for draft, found, ties in documents:
        count = len(found.by_key)
        mine = introduced[offset : offset + count]
        names = [known.name(key) for key in found.by_key]
        newest = sorted(range(count), key=mine.__getitem__, reverse=True)
        rank = [0.0] * count
        for place, i in enumerate(newest):
            rank[i] = float(place)
        shares = [k.shares for k in names]
        sight = _Sight(types[offset : offset + count], mine, newest[:3], shares, ties.titled)
        passages = draft.document.passages
        korean = float(any(p.language == "ko" for p in passages))
        titles = frozenset(i for i, p in enumerate(passages) if p.section == "title")
        for i, candidate in enumerate(found.by_key.values()):
            name, head = names[i], known.head(candidate.key)
            yield [log1p(name.papers), log1p(head.papers), *name.shares, *head.shares]
            yield _tied(i, ties, sight)
            yield _others(i, ties, sight)
            yield [rank[i], float(count), korean]
            yield _form(draft, candidate, titles)
        offset += count


def _title_kinds(draft: Draft) -> list[float]:
    """For each kind whether the title holds a noun that tells of it."""
    found = [0.0] * len(KINDS)
    for passage in draft.document.passages:
        if passage.section == "title":
            for word in _WORD.findall(passage.text.lower()):
                noun = kind_noun(word)
                if noun is not None:
                    found[noun.kind] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the first look says of every candidate, as lists (faster than arrays for a dozen candidates).

    `newest` holds the candidates that are likeliest introduced, the likeliest first: as many as it takes to find one
    beside a candidate and its mate.
    """

    types: list[list[float]]
    introduced: list[float]
    newest: list[int]
    shares: list[Shares]
    titled: list[int]


def _form(draft: Draft, candidate: Candidate, titles: frozenset[int]) -> list[float]:
    passages, occurrences = draft.document.passages, candidate.occurrences
    body = [o for o in occurrences if o.passage not in titles]
    early = 1.0 - body[0].start / max(1, len(passages[body[0].passage].text)) if body else 0.0
    maximal = sum([o.maximal for o in occurrences]) / max(1, len(occurrences))
    listed, letters = _name_form(candidate.key, candidate.text)
    return [_TITLE[candidate.in_title], float(len(body)), early, *listed, maximal, *letters]


@lru_cache(maxsize=1 << 14)
def _name_form(key: str, text: str) -> tuple[list[float], list[float]]:
    """Which lists hold a name; how many characters, words, digits and capitals it has."""
    lists = lexicon()
    of_names = (lists.models, lists.benchmarks, lists.classes, lists.families, lists.organizations)
    counts = (len(text), len(text.split()), sum(map(str.isdigit, text)), sum(map(str.isupper, text)))
    listed = [float(key in names) for names in of_names]
    return [*listed, float(names_metric(text))], [float(count) for count in counts]


def _mean(rows: list[list[float]]) -> list[float]:
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)] if rows else _NO_TYPE


def _strongest(members: list[int], sight: _Sight) -> list[float]:
    if not members:
        return _NO_TYPE
    types = [sight.types[j] for j in members]
    strongest = [max(column) for column in zip(*types, strict=True)]
    return [max([sight.introduced[j] for j in members]), *strongest[1:]]


def _tied(i: int, ties: Structure, sight: _Sight) -> list[float]:
    listed = ties.listed[i]
    mate = ties.mate[i]
    longer, shorter = ties.longer[i], ties.shorter[i]
    if mate < 0 and not (listed or longer or shorter):
        return _UNTIED
    return [
        float(len(listed)),
        *_mean([sight.types[j] for j in listed]),
        *_mean([list(sight.shares[j][:4]) for j in listed]),
        float(ties.role[i]),
        *(sight.types[mate] if mate >= 0 else _NO_TYPE),
        sight.introduced[mate] if mate >= 0 else 0.0,
        float(len(longer)),
        float(len(shorter)),
        *_strongest(longer, sight),
        *_strongest(shorter, sight),
    ]


def _others(i: int, ties: Structure, sight: _Sight) -> list[float]:
    own = (i, ties.mate[i])
    strongest = next((sight.introduced[j] for j in sight.newest if j not in own), 0.0)
    in_title = [sight.introduced[j] for j in sight.titled if j != i]
    return [strongest, float(len(in_title)), max(in_title, default=0.0)]
