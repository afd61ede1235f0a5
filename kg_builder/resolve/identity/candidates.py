"""Which of many names are worth comparing: those that share a part that every kind of agreement keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.person_names import PersonName, short_forms, skeleton

#: Letters by which prefixes and misspellings are found.
_PREFIX = 3
#: Given names shorter than this are not compared letter by letter.
_LETTERS = 5
#: Names that share a key; where more do, the key tells nothing, and they are compared by the others.
_LARGEST_BLOCK = 2_000


def compatible_names(
    names: Iterable[PersonName], *, letters: bool = False
) -> list[tuple[PersonName, PersonName, Agreement]]:
    """The pairs of different names that may be one person's.

    Args:
        names: no two with the same key.
        letters: whether those count, too, where one letter makes another name of most.

    Returns:
        Each pair once, the smaller key first, by keys.
    """
    blocks: dict[tuple[str, ...], list[PersonName]] = defaultdict(list)
    initials: dict[tuple[str, str], list[PersonName]] = defaultdict(list)
    listed = sorted(names, key=lambda name: name.key)
    for name in listed:
        for key in set(_keys(name)):
            blocks[key].append(name)
        if name.given and name.family:
            initials[name.given[0][0], name.words[-1]].append(name)
    found: dict[tuple[str, str], tuple[PersonName, PersonName, Agreement]] = {}
    for block in blocks.values():
        if 1 < len(block) <= _LARGEST_BLOCK:
            _compare(block, block, found)
    for block in initials.values():
        short = [name for name in block if len(name.given[0]) == 1]
        if short and len(block) <= _LARGEST_BLOCK:
            _compare(short, block, found)
    return [found[key] for key in sorted(found) if letters or found[key][2] is not Agreement.LETTER]


class Rivals:
    """How many people compete for being one person with somebody of another name.

    Args:
        pairs: the names that agree.
        people: how many people there are of each name.
    """

    def __init__(
        self, pairs: Iterable[tuple[PersonName, PersonName, Agreement]], people: Mapping[str, int]
    ) -> None:
        self._people = people
        self._agreeing: dict[str, set[str]] = defaultdict(set)
        for a, b, kind in pairs:
            if kind is Agreement.LETTER:
                continue
            self._agreeing[a.key].add(b.key)
            self._agreeing[b.key].add(a.key)

    def number(self, a: str, b: str) -> int:
        """People whose names agree with one of two names but not with the other, and those of the names themselves."""
        if a == b:
            return self._people[a]
        return max(self._beside(a, b), self._beside(b, a))

    def _beside(self, a: str, b: str) -> int:
        others = self._agreeing[a] - self._agreeing[b] - {b}
        return self._people[b] + sum(self._people[other] for other in others)


def _compare(
    some: list[PersonName],
    others: list[PersonName],
    found: dict[tuple[str, str], tuple[PersonName, PersonName, Agreement]],
) -> None:
    for a in some:
        for b in others:
            if a.key == b.key or (a.key > b.key and some is others):
                continue
            first, second = (a, b) if a.key < b.key else (b, a)
            if (first.key, second.key) not in found:
                kind = agreement(first, second)
                if kind:
                    found[first.key, second.key] = (first, second, kind)


def _keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    """What a name is found by: two names of one person share at least one of these."""
    words = name.words
    yield ("letters", skeleton(words))
    yield ("words", *sorted(words))
    if len(words) < 2 or not name.family:
        return
    first, last = words[0], words[-1]
    if len(first) > 1:
        for word in words[1:]:
            if len(word) > 1:
                yield ("first", first, word)
        for group in short_forms(first):
            yield ("nickname", str(group), last)
        if not name.is_east_asian:
            yield ("prefix", first[:_PREFIX], last)
            yield ("ending", first[-_PREFIX:], last)
            yield ("misspelt", first, last[:_PREFIX])
            yield ("misspelt", first, last[-_PREFIX:])
        given = "".join(name.given)
        if len(given) >= _LETTERS:
            yield ("letter", given, last[0])
            yield ("letter", given, last[-1])
            yield ("letter", given[:_PREFIX], last)
            yield ("letter", given[-_PREFIX:], last)
    for word in name.given[1:]:
        if len(word) > 1:
            yield ("first", word, last)
    if len(last) == 1 or len(first) == 1:
        yield ("turned", first[0], last[0], max(first, last, key=len))
