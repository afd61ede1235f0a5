"""Which signatures are one person, as far as names alone can tell.

A signature is a name printed on a paper, a person is an Author node. On one paper, names that differ only in
case, spacing, punctuation or diacritics are one person; so are, between two sources, names in another word order.
Across papers, names that differ only in case, diacritics, hyphens and full stops are taken for one; how far that
may be trusted is said by `NAME_CONFIDENCE`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from kg_builder.ids import author_id

#: Share of same-name signature pairs that were one person in 6,542 signatures whose writers claimed them.
NAME_CONFIDENCE = 0.56

_INNER = re.compile(r"['’`.\-‐‑‒–—]+")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A signature as resolution sees it.

    Args:
        source: id of the source.
        document: number of the document in the source.
        position: place in the author list, from 1.
        name: the name as printed.
        paper: id of the paper.
    """

    source: str
    document: int
    position: int
    name: str
    paper: str


@dataclass(frozen=True, slots=True)
class Person:
    """An Author: its id, the name it is called by, and the other spellings."""

    id: str
    name: str
    variants: tuple[str, ...]


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """What two spellings of a name share across papers.

    >>> name_key("Keren Gu-Lemberg") == name_key("Keren GuLemberg")
    True
    >>> name_key("Li An") == name_key("Lian")
    False
    """
    words = _NOT_WORD.sub(" ", _INNER.sub("", _plain(name))).split()
    return " ".join(words) or name


class _Byline:
    """The people of one paper, while its signatures are read."""

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}
        self._any_order: dict[str, tuple[str, str]] = {}

    def key(self, signature: PrintedName) -> str:
        """The `name_key` by which this signature's person goes on this paper."""
        key = name_key(signature.name)
        words = key.split()
        spelled, any_order = "".join(words), " ".join(sorted(words))
        if spelled in self._spelled:
            return self._spelled[spelled]
        # Within one list, Wei Li and Li Wei are two people; between two lists, one of them turned the name round.
        first_source, first_key = self._any_order.setdefault(any_order, (signature.source, key))
        if first_source == signature.source:
            first_key = key
        return self._spelled.setdefault(spelled, first_key)


def _spelling_rank(name: str) -> tuple[bool, int, str]:
    # The spelling that tells most: mixed case before all capitals, then more marks and separators.
    marks = sum(not c.isascii() or not c.isalnum() for c in name)
    return (name.isupper() or name.islower(), -marks, name)


def resolve_people(
    signatures: Iterable[PrintedName],
) -> tuple[list[tuple[str, int, int, str]], list[Person]]:
    """The person of every signature.

    Args:
        signatures: those of persons, all of a paper together, the best source of a paper first.

    Returns:
        (source, document, position, author id) for each signature, and the persons, by id.
    """
    keyed: list[tuple[PrintedName, str]] = []
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for _, group in groupby(signatures, key=lambda s: s.paper):
        byline = _Byline()
        for signature in group:
            key = byline.key(signature)
            keyed.append((signature, key))
            spellings[key][signature.name] += 1
    people = {}
    for key, names in spellings.items():
        best, *others = sorted(names, key=_spelling_rank)
        people[key] = Person(author_id(best), best, tuple(sorted(others)))
    rows = [(s.source, s.document, s.position, people[key].id) for s, key in keyed]
    return rows, _one_an_id(people.values())


def _one_an_id(people: Iterable[Person]) -> list[Person]:
    # Names of punctuation alone, or that differ in what a slug does not keep, may come to share an id.
    joined: dict[str, Person] = {}
    for person in sorted(people, key=lambda p: (p.id, _spelling_rank(p.name))):
        first = joined.get(person.id)
        if first is None:
            joined[person.id] = person
        else:
            variants = {*first.variants, person.name, *person.variants} - {first.name}
            joined[person.id] = Person(first.id, first.name, tuple(sorted(variants)))
    return [joined[key] for key in sorted(joined)]
