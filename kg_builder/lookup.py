"""Finding the node that a person means by what they typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate

from kg_builder.ids import arxiv_id, slug

#: Names offered where nothing is called as asked.
_OFFERED = 5

#: Likeness from which a name is offered (difflib's ratio).
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """A node and what it is called: its name first, then the other spellings."""

    id: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found for a name.

    Args:
        node: the node that is meant; ``None`` where none is, or several may be.
        exact: whether it is called so, but for case, spaces and hyphens between words.
        offers: names that come near, the nearest first, where none is meant.
    """

    node: Named | None
    exact: bool = False
    offers: tuple[str, ...] = ()


def look_up(text: str, nodes: Iterable[Named]) -> Lookup:
    """Find the node that a text means among the nodes of one label.

    In this order: an id or a name as written; the same letters and digits, whatever stands between them; the
    first parts of exactly one name, or of one and its longer forms.

    Args:
        text: an id, an arXiv id, a name or another spelling, or the beginning of one.
        nodes: the nodes it may mean.

    Example:
        >>> models = [Named("qwen2.5-7b-instruct", ("Qwen2.5-7B-Instruct",)), Named("gpt-4o", ("GPT-4o",))]
        >>> look_up("Qwen2.5 7B", models).node.id, look_up("GPT4o", models).node.id
        ('qwen2.5-7b-instruct', 'gpt-4o')
        >>> look_up("GPT-5o", models).offers
        ('GPT-4o',)
    """
    found = list(nodes)
    for same, exact in ((_is_written, True), (_is_spelt, False)):
        matches = [node for node in found if same(text, node)]
        if matches:
            return Lookup(matches[0], exact) if exact or len(matches) == 1 else _offer(matches)
    beginning = _begun(text, found)
    if beginning is not None:
        return Lookup(beginning)
    return Lookup(None, offers=_near(text, found))


def _is_written(text: str, node: Named) -> bool:
    wanted = slug(text)
    return node.id in (text, wanted, f"arxiv:{arxiv_id(text)}") or any(
        slug(s) == wanted for s in node.spellings
    )


def _is_spelt(text: str, node: Named) -> bool:
    wanted = _letters(text)
    return bool(wanted) and any(_letters(s) == wanted for s in node.spellings)


def _begun(text: str, nodes: Sequence[Named]) -> Named | None:
    wanted = _letters(text)
    matches = sorted(
        (n for n in nodes if wanted in _beginnings(n.spellings[0])), key=lambda n: len(n.spellings[0])
    )
    if not matches:
        return None
    shortest = _letters(matches[0].spellings[0])
    longer = all(shortest in _beginnings(n.spellings[0]) for n in matches)
    return matches[0] if longer else None


def _beginnings(name: str) -> list[str]:
    """Its first part, its first two parts and so on: ``7b`` begins ``7b-instruct``, ``7`` does not."""
    return list(accumulate(slug(name).split("-")))


def _offer(nodes: Sequence[Named]) -> Lookup:
    return Lookup(None, offers=tuple(node.spellings[0] for node in nodes[:_OFFERED]))


def _near(text: str, nodes: Sequence[Named]) -> tuple[str, ...]:
    by_letters = {_letters(spelling): node.spellings[0] for node in nodes for spelling in node.spellings}
    wanted = _letters(text)
    begun = sorted((s for s in by_letters if wanted and s.startswith(wanted)), key=lambda s: (len(s), s))
    close = get_close_matches(wanted, by_letters, n=_OFFERED, cutoff=_LIKENESS)
    names = dict.fromkeys(by_letters[letters] for letters in [*close, *begun])
    return tuple(names)[:_OFFERED]


def _letters(text: str) -> str:
    return slug(text).replace("-", "")
