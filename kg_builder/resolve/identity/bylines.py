"""Who is who within one paper: the author lists of its sources laid over one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg_builder.resolve.identity.candidates import compatible_names
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.signatures import Authorship, PrintedName, are_kept_apart, ids_by_scheme
from kg_builder.resolve.person_names import PersonName, parse_name, skeleton

#: A name expected of more people than this, twice in one list, is two people; a rarer one is printed twice by mistake.
COMMON = 0.1


def authorships(signatures: Iterable[PrintedName], commonness: Commonness) -> Iterator[Authorship]:
    """The people of each paper.

    Args:
        signatures: those of persons, all of a paper together, the best source of a paper first.
        commonness: of the names.

    Yields:
        One for each person and paper, in the order of the signatures.
    """
    names: dict[str, PersonName] = {}
    for _, group in groupby(signatures, key=lambda s: s.paper):
        byline = _Byline(commonness, names)
        for signature in group:
            byline.add(signature)
        yield from byline.people()


class _Byline:
    """The people of one paper, while its signatures are read.

    Args:
        commonness: of the names.
        names: those taken apart so far, by what is printed; grows. A large corpus has more names than `parse_name`
            remembers, and each is to be held once.
    """

    def __init__(self, commonness: Commonness, names: dict[str, PersonName]) -> None:
        self._commonness = commonness
        self._names = names
        self._spelled: dict[str, list[Authorship]] = defaultdict(list)
        self._any_order: dict[tuple[str, ...], str] = {}
        self._all: list[Authorship] = []
        self._lists: set[tuple[str, int]] = set()

    def add(self, signature: PrintedName) -> None:
        """Give a signature to the person whom it names: one that is known, or a new one."""
        name = self._names.get(signature.name)
        if name is None:
            name = self._names[signature.name] = parse_name(signature.name)
        self._lists.add((signature.source, signature.document))
        spelled = skeleton(name.words) or name.key
        if spelled not in self._spelled:
            turned = tuple(sorted(name.words))
            # Within one list, Wei Li and Li Wei are two people; between two lists, one of them turned the name round.
            other = self._any_order.setdefault(turned, spelled)
            if not any(person.is_in_list(signature) for person in self._spelled[other]):
                spelled = other
        people = self._spelled[spelled]
        person = next((p for p in people if self._may_be(p, signature)), None)
        if person is None:
            person = Authorship(signature.paper, name, len(people) + 1)
            people.append(person)
            self._all.append(person)
        person.add(signature)

    def _may_be(self, person: Authorship, signature: PrintedName) -> bool:
        if person.ids and signature.ids:
            if not person.ids.isdisjoint(signature.ids):
                return True
            if are_kept_apart(ids_by_scheme(person.ids), ids_by_scheme(signature.ids)):
                return False
        return not (person.is_in_list(signature) and self._commonness.people(person.name) > COMMON)

    def people(self) -> Iterator[Authorship]:
        """The people, those put together that two sources spell in different ways."""
        if len(self._lists) > 1:
            self._join_spellings()
        yield from self._all

    def _join_spellings(self) -> None:
        """Join people of different lists whose names agree, where each agrees with one other person only."""
        by_key = {person.name.key: person for person in self._all if person.number == 1}
        rivals: dict[str, list[str]] = defaultdict(list)
        for a, b, _ in compatible_names(person.name for person in by_key.values()):
            first, second = by_key[a.key], by_key[b.key]
            if _lists_of(first).isdisjoint(_lists_of(second)):
                rivals[a.key].append(b.key)
                rivals[b.key].append(a.key)
        for key in sorted(rivals):
            other = rivals[key][0]
            if len(rivals[key]) == len(rivals[other]) == 1 and key < other:
                self._join(by_key[key], by_key[other])

    def _join(self, a: Authorship, b: Authorship) -> None:
        if are_kept_apart(ids_by_scheme(a.ids), ids_by_scheme(b.ids)):
            return
        first, second = sorted((a, b), key=self._all.index)
        if len(second.name.key) > len(first.name.key):
            first.name = second.name
        for signature in second.signatures:
            first.add(signature)
        self._all.remove(second)


def _lists_of(person: Authorship) -> set[tuple[str, int]]:
    return {(s.source, s.document) for s in person.signatures}
