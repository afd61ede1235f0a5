"""What resolution sees of a name on a paper, and of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg_builder.resolve.person_names import PersonName, name_key

#: Kinds of ids, the most trusted first; of two kinds that contradict each other the first is believed.
SCHEMES = ("orcid", "acl-person", "openalex", "hf")


_NONE: frozenset[str] = frozenset()


class PrintedName(NamedTuple):
    """A signature as resolution sees it.

    Args:
        source: id of the source.
        document: number of the document in the source.
        position: place in the author list, from 1.
        name: the name as printed.
        paper: id of the paper.
        ids: what the source calls this author by, such as ``orcid:…``.
        affiliations: organisations that the source ties to this author on this paper.
        year: of the paper.
    """

    source: str
    document: int
    position: int
    name: str
    paper: str
    ids: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    year: int | None = None


@dataclass(slots=True)
class Authorship:
    """One person on one paper, as all sources of the paper print the name.

    Args:
        paper: id of the paper.
        name: the spelling by which this person is compared.
        number: 1, or which of several people of this name on this paper it is.
        signatures: what is printed, the best source first.

    Attributes:
        ids: all that any source gives.
        affiliations: all organisations that any source ties to this person here.
    """

    paper: str
    name: PersonName
    number: int
    signatures: tuple[PrintedName, ...] = ()
    ids: frozenset[str] = field(init=False, default=_NONE)
    affiliations: frozenset[str] = field(init=False, default=_NONE)

    def __post_init__(self) -> None:
        printed, self.signatures = self.signatures, ()
        for signature in printed:
            self.add(signature)

    def add(self, signature: PrintedName) -> None:
        """Take another signature of this person on this paper."""
        self.signatures += (signature,)
        if signature.ids:
            self.ids = self.ids.union(signature.ids)
        if signature.affiliations:
            self.affiliations = self.affiliations.union(signature.affiliations)

    def is_in_list(self, signature: PrintedName) -> bool:
        """Whether the author list of a signature names this person already."""
        of_list = (signature.source, signature.document)
        return any((s.source, s.document) == of_list for s in self.signatures)

    @property
    def keys(self) -> set[str]:
        """Of all spellings."""
        return {name_key(signature.name) for signature in self.signatures}

    @property
    def year(self) -> int | None:
        """The first that any source gives."""
        return min((signature.year for signature in self.signatures if signature.year), default=None)

    @property
    def sort_key(self) -> tuple[str, str, int]:
        """An order that does not depend on the order of the sources."""
        return (self.paper, self.name.key, self.number)


def scheme_rank(identifier: str) -> tuple[int, str]:
    """An order of ids, the most trusted kind first.

    >>> sorted(["hf:a", "orcid:1"], key=scheme_rank)
    ['orcid:1', 'hf:a']
    """
    scheme = identifier.partition(":")[0]
    return (SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES), identifier)


def ids_by_scheme(ids: Iterable[str]) -> dict[str, set[str]]:
    """Ids by what stands before the colon."""
    found: dict[str, set[str]] = {}
    for identifier in ids:
        found.setdefault(identifier.partition(":")[0], set()).add(identifier)
    return found


def are_kept_apart(a: Mapping[str, set[str]], b: Mapping[str, set[str]]) -> bool:
    """Whether ids of one kind tell two people apart, and no id of a more trusted kind joins them.

    >>> are_kept_apart(ids_by_scheme(["hf:a"]), ids_by_scheme(["hf:b"]))
    True
    >>> are_kept_apart(ids_by_scheme(["hf:a", "orcid:1"]), ids_by_scheme(["hf:b", "orcid:1"]))
    False
    """
    for scheme in (*SCHEMES, *sorted(a.keys() - set(SCHEMES))):
        if scheme in a and scheme in b:
            return a[scheme].isdisjoint(b[scheme])
    return False
