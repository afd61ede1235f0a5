"""What resolution sees of a name on a paper, and of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg_builder.resolve.person_names import PersonName

#: Kinds of ids, the most trusted first; of two kinds that contradict each other the first is believed.
SCHEMES = ("orcid", "acl-person", "openalex", "hf")


@dataclass(frozen=True, slots=True)
class PrintedName:
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
        keys: of all spellings.
    """

    paper: str
    name: PersonName
    number: int
    signatures: list[PrintedName] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    @property
    def ids(self) -> frozenset[str]:
        """All ids that any source gives."""
        return frozenset(i for signature in self.signatures for i in signature.ids)

    @property
    def affiliations(self) -> frozenset[str]:
        """All organisations that any source ties to this person here."""
        return frozenset(a for signature in self.signatures for a in signature.affiliations)

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
