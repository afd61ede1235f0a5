"""Which of many names are worth comparing: those that share a part that most kinds of agreement keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations, product
from operator import attrgetter

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.person_names import PersonName, short_forms, skeleton

#: Letters by which prefixes and misspellings are found.
_PREFIX = 3
#: Given names shorter than this are not compared letter by letter.
_LETTERS = 5
#: Names that share a key; where more do, the key tells nothing, and they are compared by the others.
_LARGEST_BLOCK = 2_000

Pairs = Iterator[tuple[PersonName, PersonName]]
Keys = Iterator[Hashable]


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
    found: dict[tuple[str, str], tuple[PersonName, PersonName, Agreement]] = {}
    for one, other in _candidates(sorted(names, key=attrgetter("key"))):
        a, b = (one, other) if one.key < other.key else (other, one)
        if (a.key, b.key) not in found:
            kind = agreement(a, b)
            if kind:
                found[a.key, b.key] = (a, b, kind)
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


def _candidates(names: list[PersonName]) -> Pairs:
    """Pairs worth comparing, some of them more than once; one kind of key is held at a time.

    Blocks in which all are paired are of limited size. Those in which letters tell who is paired need not be.
    """
    for keys in (_all_letters, _all_words):
        for block in _blocks(names, keys):
            yield from combinations(block, 2)
    names = [name for name in names if name.given and name.family and len(name.words) > 1]
    for keys in (_first_and_last, _short_forms, _turned):
        for block in _blocks(names, keys):
            yield from combinations(block, 2)
    for keys in (_beginning, _ending):
        for block in _blocks(names, keys):
            yield from (pair for pair in combinations(block, 2) if _first(pair[0]) != _first(pair[1]))
    yield from _with_initials(names)
    yield from _with_part_of_family(names)
    for block in _blocks(names, _whole_given, largest=None):
        yield from _a_letter_apart(block, _joined_family)
    for block in _blocks(names, _last_of_long_given, largest=None):
        yield from _a_letter_apart(block, _joined_given)
        yield from _one_begins_the_other(block, _joined_given)
        yield from _one_begins_the_other(block, _first)


def _blocks(
    names: Iterable[PersonName], keys: Callable[[PersonName], Keys], largest: int | None = _LARGEST_BLOCK
) -> Iterator[list[PersonName]]:
    """The names that share a key, for each key that several share."""
    by_key: dict[Hashable, list[PersonName]] = defaultdict(list)
    for name in names:
        for key in set(keys(name)):
            by_key[key].append(name)
    return (block for block in by_key.values() if 1 < len(block) <= (largest or len(block)))


def _all_letters(name: PersonName) -> Keys:
    yield skeleton(name.words)


def _all_words(name: PersonName) -> Keys:
    yield tuple(sorted(name.words))


def _first_and_last(name: PersonName) -> Keys:
    """Any given name, and the family name in all its spellings, whole or without particles."""
    for word in {name.words[0], *name.given[1:]}:
        if len(word) > 1:
            yield word, skeleton(name.words[-1:])
            yield word, skeleton(name.family)


def _short_forms(name: PersonName) -> Keys:
    for group in short_forms(name.words[0]):
        yield group, name.words[-1]


def _beginning(name: PersonName) -> Keys:
    first = _first(name)
    if len(first) > 1 and not name.is_east_asian:
        yield first[:_PREFIX], name.words[-1]


def _ending(name: PersonName) -> Keys:
    first = _first(name)
    if len(first) > 1 and not name.is_east_asian:
        yield first[-_PREFIX:], name.words[-1]


def _turned(name: PersonName) -> Keys:
    first, last = name.words[0], name.words[-1]
    if len(last) == 1 or len(first) == 1:
        yield first[0], last[0], max(first, last, key=len)


def _whole_given(name: PersonName) -> Keys:
    """A given name that is long enough for a letter in the family name to be a slip."""
    if name.has_full_given and (not name.is_east_asian or len(_joined_given(name)) >= _LETTERS):
        yield _joined_given(name)


def _last_of_long_given(name: PersonName) -> Keys:
    if len(_first(name)) > 1 and len(_joined_given(name)) >= _LETTERS:
        yield name.words[-1]


def _first(name: PersonName) -> str:
    return name.words[0]


def _joined_given(name: PersonName) -> str:
    return "".join(name.given)


def _joined_family(name: PersonName) -> str:
    return "".join(name.family)


def _with_initials(names: Iterable[PersonName]) -> Pairs:
    """Names that begin with an initial, and all that begin with its letter before the same family name."""
    for block in _blocks(names, lambda name: iter([(name.given[0][0], name.words[-1])])):
        short = [name for name in block if len(name.given[0]) == 1]
        yield from ((a, b) for a, b in product(short, block) if a is not b)


def _with_part_of_family(names: Iterable[PersonName]) -> Pairs:
    """Names that end where others go on: Ana Lopez, Ana Lopez Garcia."""
    going_on: dict[tuple[str, str], list[PersonName]] = defaultdict(list)
    for name in names:
        for word in set(name.words[1:-1]):
            if len(word) > 1:
                going_on[name.words[0], word].append(name)
    for name in names:
        longer = going_on.get((name.words[0], name.words[-1]), ())
        if len(longer) <= _LARGEST_BLOCK:
            yield from ((name, other) for other in longer if other is not name)


def _a_letter_apart(names: Collection[PersonName], text: Callable[[PersonName], str]) -> Pairs:
    """Those whose texts are the same, or nearly, once a letter is left out of one or of both."""
    by_rest: dict[str, list[PersonName]] = defaultdict(list)
    for name in names:
        whole = text(name)
        for rest in {whole, *(whole[:i] + whole[i + 1 :] for i in range(len(whole)))}:
            by_rest[rest].append(name)
    for alike in by_rest.values():
        yield from combinations(alike, 2)


def _one_begins_the_other(names: Collection[PersonName], text: Callable[[PersonName], str]) -> Pairs:
    """Those where the text of one goes on after all of the other's, which has three letters or more."""
    having: dict[str, list[PersonName]] = defaultdict(list)
    for name in names:
        having[text(name)].append(name)
    beginnings: list[str] = []
    for whole in sorted(having):
        while beginnings and not whole.startswith(beginnings[-1]):
            beginnings.pop()
        for beginning in beginnings:
            if max(len(having[beginning]), len(having[whole])) <= _LARGEST_BLOCK:
                yield from product(having[beginning], having[whole])
        if len(whole) >= _PREFIX:
            beginnings.append(whole)
