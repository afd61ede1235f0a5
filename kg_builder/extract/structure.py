"""How the candidates of a document hang together: lists, definitions, longer and shorter names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg_builder.extract.candidates import CandidateSet
from kg_builder.extract.draft import Draft

_JOINS = re.compile(
    r"\s*(?:\([^()]{0,40}\))?\s*(?:,|/|·|;|&|,?\s*and|,?\s*or|와|과|및|이나|나|,?\s*그리고|,?\s*및)\s*(?:the\s+)?\Z"
)
_REACH = 60


@dataclass(slots=True)
class Structure:
    """Ties between candidates, by their place in the candidate list.

    Args:
        listed: for each candidate, the others that stand in one enumeration with it.
        mate: for each candidate, its other name by definition, or -1.
        role: for each candidate, 1 where it is the short name of a definition, 2 where it is the long one, else 0.
        longer: for each candidate, the others that begin with it.
        shorter: for each candidate, the others that it begins with.
        titled: the candidates that the title begins with.
    """

    listed: list[list[int]]
    mate: list[int]
    role: list[int]
    longer: list[list[int]]
    shorter: list[list[int]]
    titled: list[int]


def structure(draft: Draft, found: CandidateSet) -> Structure:
    """The ties between the candidates of a document."""
    keys = list(found.by_key)
    index = {key: i for i, key in enumerate(keys)}
    mate, role = [-1] * len(keys), [0] * len(keys)
    at = {(o.passage, o.start, o.end): index[key] for key, c in found.by_key.items() for o in c.occurrences}
    for definition in found.definitions:
        short = at.get((definition.passage, *definition.short))
        long = at.get((definition.passage, *definition.long))
        if short is not None and long is not None:
            mate[short], mate[long] = long, short
            role[short], role[long] = 1, 2
    titled = [i for i, candidate in enumerate(found.by_key.values()) if candidate.in_title == "prefix"]
    return Structure(_listed(draft, found, index), mate, role, *_nested(keys), titled)


def _nested(keys: list[str]) -> tuple[list[list[int]], list[list[int]]]:
    """For each key the others that begin with it, and those that it begins with; keys below three letters hold none."""
    longer: list[list[int]] = [[] for _ in keys]
    shorter: list[list[int]] = [[] for _ in keys]
    # In sorted order a key is followed by all that begin with it.
    open_keys: list[int] = []
    for i in sorted(range(len(keys)), key=keys.__getitem__):
        while open_keys and not keys[i].startswith(keys[open_keys[-1]]):
            open_keys.pop()
        for j in open_keys:
            longer[j].append(i)
        shorter[i] += open_keys
        if len(keys[i]) > 2:
            open_keys.append(i)
    return [sorted(members) for members in longer], [sorted(members) for members in shorter]


def _listed(draft: Draft, found: CandidateSet, index: dict[str, int]) -> list[list[int]]:
    places: dict[int, list[tuple[int, int, int]]] = {}
    for key, candidate in found.by_key.items():
        for place in candidate.occurrences:
            if place.maximal:
                places.setdefault(place.passage, []).append((place.start, place.end, index[key]))
    together: list[set[int]] = [set() for _ in index]
    for passage, spans in places.items():
        text = draft.document.passages[passage].text
        spans.sort()
        chain = [spans[0][2]]
        for (_, end, _), (start, _, current) in pairwise(spans):
            if 0 < start - end < _REACH and _JOINS.match(text, end, start):
                for member in chain:
                    together[member].add(current)
                    together[current].add(member)
                chain.append(current)
            else:
                chain = [current]
    return [sorted(members - {i}) for i, members in enumerate(together)]
