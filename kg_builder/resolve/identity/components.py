"""Signatures joined into people, one join at a time, none against an id, a paper or a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from kg_builder.resolve.identity.signatures import Authorship, are_kept_apart, ids_by_scheme

#: Signatures of one person whose papers are not held as a set.
_FEW = 8


class Components:
    """A disjoint set of signatures under constraints.

    Args:
        people: the signatures; they are named by their index from here on.
        apart: pairs of groups of signatures that were decided to be different people.
    """

    def __init__(self, people: Sequence[Authorship], apart: Iterable[tuple[set[int], set[int]]] = ()) -> None:
        self._people = people
        self._parent = list(range(len(people)))
        # Of those alone that were joined: most signatures are not.
        self._members: dict[int, list[int]] = {}
        # Of those alone with many signatures: few papers are as well looked up one by one.
        self._papers: dict[int, set[str]] = {}
        self._ids = {i: ids_by_scheme(person.ids) for i, person in enumerate(people) if person.ids}
        self._sides: dict[int, set[tuple[int, int]]] = {}
        for number, sides in enumerate(apart):
            for side, group in enumerate(sides):
                for i in group:
                    self._sides.setdefault(i, set()).add((number, side))

    def root(self, i: int) -> int:
        """The signature by which the person of a signature is known."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def roots(self) -> Iterator[int]:
        """The signatures by which people are known, one each, in order."""
        return (i for i, parent in enumerate(self._parent) if i == parent)

    def members(self, root: int) -> Sequence[int]:
        """The signatures of a person, in no order that means anything."""
        return self._members.get(root) or (root,)

    def are_apart(self, i: int, j: int) -> bool:
        """Whether an id, a paper that both signed, or a decision tells their people apart."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return False
        if self._decided_apart(a, b) or self._share_a_paper(a, b):
            return True
        return a in self._ids and b in self._ids and are_kept_apart(self._ids[a], self._ids[b])

    def _decided_apart(self, a: int, b: int) -> bool:
        if not self._sides:
            return False
        others = self._sides.get(b, ())
        return any((number, 1 - side) in others for number, side in self._sides.get(a, ()))

    def _share_a_paper(self, a: int, b: int) -> bool:
        few, many = sorted((self._papers_of(a), self._papers_of(b)), key=len)
        return any(paper in many for paper in few)

    def _papers_of(self, root: int) -> Collection[str]:
        return self._papers.get(root) or [self._people[i].paper for i in self.members(root)]

    def join(self, i: int, j: int, *, decided: bool = False) -> bool:
        """Make two people one, unless they are told apart.

        Args:
            i: a signature of the one.
            j: a signature of the other.
            decided: whether a decision says so, which weighs more than ids and papers.

        Returns:
            Whether they are one now.
        """
        a, b = sorted((self.root(i), self.root(j)))
        if a == b:
            return True
        if self._decided_apart(a, b) or (not decided and self.are_apart(a, b)):
            return False
        self._parent[b] = a
        if len(self.members(a)) + len(self.members(b)) > _FEW:
            if a not in self._papers:
                self._papers[a] = set(self._papers_of(a))
            self._papers[a].update(self._papers_of(b))
            self._papers.pop(b, None)
        self._members.setdefault(a, [a]).extend(self._members.pop(b, (b,)))
        if b in self._sides:
            self._sides.setdefault(a, set()).update(self._sides.pop(b))
        for scheme, ids in self._ids.pop(b, {}).items():
            self._ids.setdefault(a, {}).setdefault(scheme, set()).update(ids)
        return True

    def is_free(self, i: int) -> bool:
        """Whether nothing but the name is known of a signature: it is told apart from others by papers alone."""
        root = self.root(i)
        return root not in self._ids and root not in self._sides and root not in self._members
