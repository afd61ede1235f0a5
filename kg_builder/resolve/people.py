"""The Author nodes: what each person is called, by which id, and how far the identity may be trusted.

A *name* is what is printed, a *signature* is a name on a paper, a *person* is an Author node. Which signatures are one
person is decided in `kg_builder.resolve.identity`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg_builder.ids import author_id, content_hash, slug
from kg_builder.resolve.identity.agreement import forget_agreements
from kg_builder.resolve.identity.decisions import PeopleDecisions
from kg_builder.resolve.identity.findings import IdentifiedPerson
from kg_builder.resolve.identity.persons import identify
from kg_builder.resolve.identity.signatures import PrintedName, scheme_rank
from kg_builder.resolve.person_names import forget_names, parse_name

__all__ = ["Person", "PrintedName", "ResolvedDoubt", "ResolvedPeople", "resolve_people"]

#: What an id that a source gives is worth where it stands on all signatures.
_SOURCE_CONFIDENCE = 0.98


@dataclass(frozen=True, slots=True)
class Person:
    """An Author.

    Args:
        id: of the node.
        name: what the person is called.
        variants: the other spellings.
        identity: how the person is known: ``source``, ``curated`` or ``name``.
        confidence: 0 to 1, that the signatures are one person's and all that there are.
        reasons: why they are taken for one.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    identity: str = "name"
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedDoubt:
    """Two Authors who may be one, or spellings that were joined with little certainty.

    Args:
        first: id of an Author.
        second: id of another, or of the same where they were joined.
        first_signature: ``NAME @ PAPER`` of the one.
        second_signature: ``NAME @ PAPER`` of the other.
        probability: that they are one person.
        reason: what speaks for it.
        value: pairs of signatures that are expected to be wrong now.
    """

    first: str
    second: str
    first_signature: str
    second_signature: str
    probability: float
    reason: str
    value: float


@dataclass(frozen=True, slots=True)
class ResolvedPeople:
    """All Authors of a corpus.

    Args:
        rows: (source, document, position, Author id) of every signature.
        people: the Authors, by id.
        doubts: the decisions that would help most, first.
        notices: what a reader of the graph should know.
    """

    rows: tuple[tuple[str, int, int, str], ...]
    people: tuple[Person, ...]
    doubts: tuple[ResolvedDoubt, ...] = ()
    notices: tuple[str, ...] = ()


def resolve_people(
    signatures: Iterable[PrintedName],
    terms: Mapping[str, Sequence[str]] | None = None,
    decisions: PeopleDecisions | None = None,
) -> ResolvedPeople:
    """The person of every signature.

    Args:
        signatures: those of persons, all of a paper together, the best source of a paper first.
        terms: by paper, its topics and what its text names.
        decisions: what the user decided.

    Returns:
        The Authors, and which of them each signature is.

    Raises:
        PeopleFileError: decisions contradict each other.
    """
    found = identify(signatures, terms, decisions)
    names = [_names(person) for person in found.people]
    ids = _ids(found.people, [spellings[0] for spellings in names])
    doubted = {a.sort_key for doubt in found.doubts for a in (doubt.first, doubt.second)}
    people, rows, of = [], [], {}
    for person, spellings, id in zip(found.people, names, ids, strict=True):
        identity = _identity(person)
        people.append(
            Person(
                id,
                spellings[0],
                spellings[1:],
                identity,
                _confidence(person, identity),
                tuple(person.reasons),
            )
        )
        for authorship in person.signatures:
            if authorship.sort_key in doubted:
                of[authorship.sort_key] = id
            rows += [(s.source, s.document, s.position, id) for s in authorship.signatures]
    doubts = tuple(
        ResolvedDoubt(
            of[d.first.sort_key],
            of[d.second.sort_key],
            f"{d.first.signatures[0].name} @ {d.first.paper}",
            f"{d.second.signatures[0].name} @ {d.second.paper}",
            d.probability,
            d.reason,
            round(d.value, 3),
        )
        for d in found.doubts
    )
    forget_names()
    forget_agreements()
    return ResolvedPeople(tuple(rows), tuple(sorted(people, key=lambda p: p.id)), doubts, found.notices)


def _names(person: IdentifiedPerson) -> tuple[str, ...]:
    """The spellings, the one that the person shall be called by first."""
    printed = {signature.name for authorship in person.signatures for signature in authorship.signatures}
    if not person.name and len(printed) == 1:
        return tuple(printed)
    best = person.name or min(printed, key=_spelling_rank)
    return (best, *sorted(printed - {best}))


def _spelling_rank(name: str) -> tuple[bool, bool, int, int, str]:
    # The spelling that tells most: no word in capitals or all small, a full given name, more words, more marks.
    parsed = parse_name(name)
    marks = sum(not c.isascii() or not c.isalnum() for c in name)
    shouted = any(len(word) > 2 and word.isalpha() and word.isupper() for word in name.split())
    return (shouted or name.islower(), not parsed.has_full_given, -len(parsed.words), -marks, name)


def _identity(person: IdentifiedPerson) -> str:
    if person.curated:
        return "curated"
    return "source" if any(authorship.ids for authorship in person.signatures) else "name"


def _confidence(person: IdentifiedPerson, identity: str) -> float:
    """How likely it is that these are the signatures of one person, and that none is missing."""
    if identity == "curated":
        return 1.0
    by_name = person.within * (1 - person.beyond)
    known = sum(bool(authorship.ids) for authorship in person.signatures) / len(person.signatures)
    return round(known * _SOURCE_CONFIDENCE + (1 - known) * by_name, 2)


def _ids(people: Sequence[IdentifiedPerson], names: Sequence[str]) -> list[str]:
    """The id of each Author: the name's, and where several would have it, what tells them apart."""
    slugs = [slug(name) for name in names]
    sharing = Counter(of_name for person, of_name in zip(people, slugs, strict=True) if not person.id)
    taken: dict[str, int] = defaultdict(int)
    ids = []
    for person, name, of_name in zip(people, names, slugs, strict=True):
        if person.id:
            id = person.id
        elif not of_name:
            id = f"name:#{content_hash(name)}"
        elif sharing[of_name] == 1:
            id = author_id(name)
        else:
            id = _deciding_id(person) or f"{author_id(name)}#{content_hash(_smallest_paper(person))}"
        taken[id] += 1
        # Two people of one name on their one paper have the same smallest paper.
        ids.append(id if taken[id] == 1 else f"{author_id(name)}#{content_hash(id, taken[id])}")
    return ids


def _deciding_id(person: IdentifiedPerson) -> str | None:
    known = {identifier for authorship in person.signatures for identifier in authorship.ids}
    return min(known, key=scheme_rank, default=None)


def _smallest_paper(person: IdentifiedPerson) -> str:
    return min(authorship.paper for authorship in person.signatures)
