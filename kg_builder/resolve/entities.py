"""Which names are one model, benchmark, method, metric or organisation.

Names are one thing where nothing but case, spaces, hyphens and underscores parts them, and never by likeness:
Qwen2.5-7B and Qwen2.5-72B differ by one letter and are two models.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg_builder.ids import slug

_BETWEEN_DIGITS = re.compile(r"(?<=\d)-(?=\d)")
_LATIN_LETTER = re.compile(r"[a-z]")


def entity_key(name: str) -> str:
    """What the spellings of one name share: its slug without hyphens, but for those between two digits.

    >>> entity_key("GSM-8K") == entity_key("GSM8K"), entity_key("Llama-2-7B") == entity_key("Llama-27B")
    (True, False)
    """
    kept = _BETWEEN_DIGITS.sub("\0", slug(name))
    return kept.replace("-", "").replace("\0", "-") or name


@dataclass(slots=True)
class NamedThing:
    """An entity of the graph: what it is called, and every other name it goes by."""

    label: str
    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str | None = None


@dataclass(slots=True)
class _Evidence:
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)


def _name_rank(names: Counter[str], name: str) -> tuple[int, bool, str]:
    # Of two spellings as frequent, RobustFT tells more than ROBUSTFT.
    return (-names[name], not _LATIN_LETTER.search(name), name)


def resolve_entities(
    rows: Iterable[tuple[str, str, list[str], str | None, int]],
) -> tuple[dict[tuple[str, str], str], list[NamedThing]]:
    """The thing behind every name.

    Args:
        rows: (label, name, aliases, kind, number of papers) of what the documents name; a name may recur.

    Returns:
        The id of each (label, name), and the things, by label and id.
    """
    found: dict[tuple[str, str], _Evidence] = defaultdict(_Evidence)
    for label, name, other_names, kind, papers in rows:
        evidence = found[label, entity_key(name)]
        evidence.names[name] += papers
        evidence.aliases.update(other_names)
        if kind:
            evidence.kinds[kind] += papers
    ids: dict[tuple[str, str], str] = {}
    things = []
    for (label, _), evidence in sorted(found.items()):
        best = min(evidence.names, key=lambda name: _name_rank(evidence.names, name))
        aliases = tuple(sorted((evidence.aliases | set(evidence.names)) - {best}))
        kind = min(evidence.kinds, key=lambda k: (-evidence.kinds[k], k)) if evidence.kinds else None
        thing = NamedThing(label, slug(best) or best, best, aliases, kind)
        things.append(thing)
        ids.update({(label, name): thing.id for name in evidence.names})
    return ids, sorted(things, key=lambda t: (t.label, t.id))
