"""Which names are one model, benchmark, method, metric or organisation.

Two names of one label are one thing where
- nothing but case, spaces, hyphens and underscores parts them (``spelling``),
- one puts a "v" before its version where another does not: LLaVA-v1.5-7B, LLaVA-1.5-7B (``version``),
- a text gives one as the full name of the other, and no text gives it to a third (``full name``),
- the alias file that ships says so (``alias file``), or the user does (``decision``);
and never by likeness: Qwen2.5-7B and Qwen2.5-72B differ by one letter and are two models. What the user keeps apart
stays apart. Every merge remembers why it was made.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg_builder.ids import slug
from kg_builder.resolve.decisions import NameDecisions

_BETWEEN_DIGITS = re.compile(r"(?<=\d)-(?=\d)")
# "LLaVA-v1.5", "LongBench V2"; not DINOv2, whose "v" is a letter of the name.
_MARKED_VERSION = re.compile(r"(?<=[\s_-])[vV](?=\d)")
_LATIN_LETTER = re.compile(r"[a-z]")

#: Words that a full name has at the least; a single word may be the name of many things.
_FULL_NAME_WORDS = 2

#: Reasons to take two names for one thing; of several, the last of these is told.
_REASONS = ("spelling", "version", "document", "full name", "alias file", "decision")


def entity_key(name: str) -> str:
    """What the spellings of one name share: its slug without hyphens, but for those between two digits.

    >>> entity_key("GSM-8K") == entity_key("GSM8K"), entity_key("Llama-2-7B") == entity_key("Llama-27B")
    (True, False)
    """
    kept = _BETWEEN_DIGITS.sub("\0", slug(name))
    return kept.replace("-", "").replace("\0", "-") or name


def unmarked(name: str) -> str:
    """A name without the letter that marks its version.

    >>> unmarked("LLaVA-v1.5-7B"), unmarked("DINOv2")
    ('LLaVA-1.5-7B', 'DINOv2')
    """
    return _MARKED_VERSION.sub("", name)


@dataclass(frozen=True, slots=True)
class NameUse:
    """That documents name something so.

    Args:
        label: what kind of thing it is.
        name: the name.
        aliases: other names that the same documents use for it.
        kind: for a Benchmark, ``benchmark`` or ``dataset``.
        papers: how many papers name it so.
        example: the smallest id of these papers.
    """

    label: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    papers: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """An entity of the graph: what it is called, and every other name it goes by."""

    label: str
    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """That two names are taken for one thing, and why.

    Args:
        label: what kind of thing it is.
        id: the thing's id.
        alias: the other name.
        reason: ``spelling``, ``version``, ``document``, ``full name``, ``alias file`` or ``decision``.
        example: for ``document`` and ``full name``, a paper that says so.
    """

    label: str
    id: str
    alias: str
    reason: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedNames:
    """The id behind each (label, name), the things by label and id, and the merges."""

    ids: Mapping[tuple[str, str], str]
    things: tuple[NamedThing, ...]
    merges: tuple[Merge, ...]


@dataclass(slots=True)
class _Group:
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    preferred: str | None = None
    reasons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def because(self, alias: str, reason: str, example: str) -> None:
        """Remember the best reason why a name belongs here; of several papers that say so, the smallest id."""
        known = self.reasons.get(alias)
        rank, known_rank = _REASONS.index(reason), _REASONS.index(known[0]) if known else -1
        if known is None or rank > known_rank or (rank == known_rank and example < known[1]):
            self.reasons[alias] = (reason, example)


def resolve_entities(uses: Iterable[NameUse], decisions: NameDecisions | None = None) -> ResolvedNames:
    """The thing behind every name.

    Args:
        uses: what the documents name, in any order.
        decisions: what the alias file and the user say.

    Returns:
        Things, ids and merges, in an order that depends on the names alone.
    """
    decided = decisions or NameDecisions()
    listed = sorted(uses, key=lambda u: (u.label, u.name, u.example, u.aliases, u.kind or ""))
    full_names = _full_names(listed, decided)
    printed = {(use.label, entity_key(use.name)) for use in listed}
    groups: dict[tuple[str, str], _Group] = defaultdict(_Group)
    home: dict[tuple[str, str], tuple[str, str]] = {}
    for use in listed:
        plain = unmarked(use.name)
        marked = plain != use.name and (use.label, entity_key(plain)) in printed
        key, preferred, reason, example = _place(use, plain if marked else use.name, decided, full_names)
        if marked and not reason and not key.startswith("="):
            reason = "version"
        group = groups[use.label, key]
        home[use.label, use.name] = (use.label, key)
        group.names[use.name] += use.papers
        group.preferred = preferred or group.preferred
        if use.kind:
            group.kinds[use.kind] += use.papers
        for alias in use.aliases:
            if not decided.apart(use.label, alias, use.name):
                group.because(alias, "document", use.example)
        if reason:
            group.because(use.name, reason, example)
    things, merges, ids = [], [], {}
    for (label, key), group in sorted(groups.items()):
        thing = _thing(label, group, exact=decided.stands_alone(label, key))
        things.append(thing)
        ids[label, key] = thing.id
        merges += [Merge(label, thing.id, alias, *_reason(group, alias)) for alias in thing.aliases]
    by_name = {name: ids[where] for name, where in home.items()}
    return ResolvedNames(by_name, tuple(sorted(things, key=lambda t: (t.label, t.id))), tuple(merges))


def _full_names(uses: Iterable[NameUse], decided: NameDecisions) -> dict[tuple[str, str], tuple[str, str]]:
    """(label, key of a full name) → (key of the short name, a paper that says so), where texts agree."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for use in uses:
        if decided.kept_apart(use.label, use.name):
            continue  # it stands by itself, where no other name leads
        decision = decided.same(use.label, use.name)
        short = entity_key(decision.name if decision else use.name)
        for alias in use.aliases:
            if len(alias.split()) >= _FULL_NAME_WORDS and len(short) < len(entity_key(alias)):
                papers = found[use.label, entity_key(alias)]
                papers[short] = min(papers.get(short, use.example), use.example)
    agreed = {full: next(iter(shorts.items())) for full, shorts in found.items() if len(shorts) == 1}
    for (label, full), (short, paper) in sorted(agreed.items()):
        # A short name may be the full name of a shorter one; each step is shorter, so this ends.
        while further := agreed.get((label, short)):
            short = further[0]
        agreed[label, full] = (short, paper)
    return agreed


def _place(
    use: NameUse, plain: str, decided: NameDecisions, full_names: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[str, str | None, str, str]:
    """The key of the group that a name belongs to, the name that a decision prefers, why, and a paper.

    `plain` is the name as others print it, without a mark before its version.
    """
    decision = decided.same(use.label, use.name)
    if decision is None and decided.kept_apart(use.label, use.name):
        return f"={use.name}", None, "", ""
    decision = decision or decided.same(use.label, plain)
    if decision:
        return entity_key(decision.name), decision.name, decision.reason, ""
    key = entity_key(plain)
    short, paper = full_names.get((use.label, key), ("", ""))
    if short:
        return short, None, "full name", paper
    return key, None, "", ""


def _reason(group: _Group, alias: str) -> tuple[str, str]:
    return group.reasons.get(alias, ("spelling", ""))


def _thing(label: str, group: _Group, *, exact: bool) -> NamedThing:
    full = {name for name, (reason, _) in group.reasons.items() if reason == "full name"}
    own = [name for name in group.names if name not in full] or list(group.names)
    best = group.preferred or min(own, key=lambda name: _name_rank(group.names, name))
    aliases = tuple(sorted({*group.names, *group.reasons} - {best}))
    kind = min(group.kinds, key=lambda k: (-group.kinds[k], k)) if group.kinds else None
    return NamedThing(label, best if exact else slug(best) or best, best, aliases, kind)


def _name_rank(names: Counter[str], name: str) -> tuple[int, bool, str]:
    # Of two spellings as frequent, RobustFT tells more than ROBUSTFT.
    return (-names[name], not _LATIN_LETTER.search(name), name)
