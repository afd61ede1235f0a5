"""What the user decided on people, laid over the signatures of a corpus."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg_builder.errors import KgBuilderError
from kg_builder.ids import author_id
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import name_key

_ON_PAPER = re.compile(r"(?P<name>.+?) @ (?P<paper>\S+)\Z", re.DOTALL)
_ID = re.compile(r"[a-z][a-z0-9-]*:\S+\Z")

#: How many of the people of a decision who are not here are named.
_NAMES_TOLD = 3


class PeopleFileError(KgBuilderError):
    """A people file that cannot be read, or whose decisions contradict each other.

    Args:
        reason: what is wrong, and what to do.
        location: the file.
        line: 1-based.
    """

    def __init__(self, reason: str, *, location: str, line: int | None = None) -> None:
        super().__init__(f"{location}:{line}: {reason}" if line else f"{location}: {reason}")


@dataclass(frozen=True, slots=True)
class Merge:
    """That people are one.

    Args:
        people: what names their signatures: a source id, a name, or ``NAME @ PAPER``.
        line: where the file says so.
        name: what the person shall be called.
        id: the id that the Author shall have.
    """

    people: tuple[str, ...]
    line: int
    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """That people are different from each other.

    Args:
        people: for each of them, what names the signatures.
        line: where the file says so.
    """

    people: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class BoundMerge:
    """A merge with the signatures that it means."""

    signatures: frozenset[int]
    line: int
    name: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class BoundDecisions:
    """All decisions, with the signatures that they mean.

    Args:
        merges: no two share a signature.
        apart: groups of signatures that are of different people.
        notices: decisions that mean nobody.
    """

    merges: tuple[BoundMerge, ...] = ()
    apart: tuple[tuple[set[int], set[int]], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleDecisions:
    """What a people file says.

    Args:
        merges: which people are one.
        apart: which are not.
        location: the file, for messages.
    """

    merges: tuple[Merge, ...] = ()
    apart: tuple[Apart, ...] = ()
    location: str = field(default="people.yaml", compare=False)

    def bind(self, people: Sequence[Authorship]) -> BoundDecisions:
        """Find the signatures that the decisions mean.

        Raises:
            PeopleFileError: two decisions contradict each other.
        """
        if not self.merges and not self.apart:
            return BoundDecisions()
        index = _Index(people)
        missing: dict[int, dict[str, None]] = defaultdict(dict)

        def found(names: Iterable[str], line: int) -> set[int]:
            signatures: set[int] = set()
            for name in names:
                meant = index.signatures(name)
                if not meant:
                    missing[line][name] = None
                signatures |= meant
            return signatures

        merges = tuple(
            BoundMerge(frozenset(signatures), m.line, m.name, m.id)
            for m in self.merges
            if (signatures := found(m.people, m.line))
        )
        self._refuse_overlap(merges, people)
        apart: list[tuple[set[int], set[int]]] = []
        for decision in self.apart:
            groups = [found(names, decision.line) for names in decision.people]
            for second, group in enumerate(groups):
                for other in groups[:second]:
                    self._refuse_contradiction(decision.line, other, group, merges, people)
                    apart.append((other, group))
        notices = (self._of_nobody(line, list(names)) for line, names in sorted(missing.items()))
        return BoundDecisions(merges, tuple(apart), tuple(notices))

    def _of_nobody(self, line: int, names: Sequence[str]) -> str:
        shown = ", ".join(map(repr, names[:_NAMES_TOLD]))
        more = f" and {len(names) - _NAMES_TOLD} more" if len(names) > _NAMES_TOLD else ""
        return f"{self.location}:{line}: nobody here is {shown}{more}; this decision does nothing for them"

    def _refuse_overlap(self, merges: Iterable[BoundMerge], people: Sequence[Authorship]) -> None:
        taken: dict[int, BoundMerge] = {}
        for merge in merges:
            for i in sorted(merge.signatures):
                if i in taken:
                    raise PeopleFileError(
                        f"{_told(people[i])} is merged here and in line {taken[i].line}; "
                        "put all of them into one merge, or take one of the two out",
                        location=self.location,
                        line=merge.line,
                    )
                taken[i] = merge

    def _refuse_contradiction(
        self,
        line: int,
        a: set[int],
        b: set[int],
        merges: Iterable[BoundMerge],
        people: Sequence[Authorship],
    ) -> None:
        both = sorted(a & b)
        if both:
            reason = f"{_told(people[both[0]])} is told apart from itself; name different signatures"
            raise PeopleFileError(reason, location=self.location, line=line)
        for merge in merges:
            if not merge.signatures.isdisjoint(a) and not merge.signatures.isdisjoint(b):
                i, j = min(merge.signatures & a), min(merge.signatures & b)
                reason = (
                    f"{_told(people[i])} and {_told(people[j])} are told apart here and merged in line "
                    f"{merge.line}; take one of the two decisions out"
                )
                raise PeopleFileError(reason, location=self.location, line=line)


class _Index:
    """Signatures by what a decision may call them."""

    def __init__(self, people: Sequence[Authorship]) -> None:
        self._by_id: dict[str, set[int]] = defaultdict(set)
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._by_slug: dict[str, set[int]] = defaultdict(set)
        self._paper = [person.paper for person in people]
        for i, person in enumerate(people):
            for identifier in person.ids:
                self._by_id[identifier].add(i)
            for key in person.keys:
                self._by_key[key].add(i)
            for signature in person.signatures:
                self._by_slug[author_id(signature.name)].add(i)

    def signatures(self, meant: str) -> set[int]:
        """The signatures that a source id, an Author id of a name, a name, or ``NAME @ PAPER`` means."""
        if meant in self._by_id:
            return self._by_id[meant]
        if meant in self._by_slug:
            return self._by_slug[meant]
        on_paper = _ON_PAPER.fullmatch(meant)
        if on_paper:
            named = self.signatures(on_paper["name"])
            return {i for i in named if self._paper[i] == on_paper["paper"]}
        return set() if _ID.fullmatch(meant) else self._by_key.get(name_key(meant), set())


def _told(person: Authorship) -> str:
    return f"{person.signatures[0].name} on {person.paper}"
