"""From signatures to people: by decisions and ids first, then by evidence on one name, then across spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.identity.bylines import authorships
from kg_builder.resolve.identity.candidates import compatible_names
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.components import Components
from kg_builder.resolve.identity.decisions import BoundDecisions, PeopleDecisions
from kg_builder.resolve.identity.evidence import Evidence
from kg_builder.resolve.identity.findings import Doubt, Findings, IdentifiedPerson
from kg_builder.resolve.identity.joining import Joining, NamePair, Observer
from kg_builder.resolve.identity.one_name import join_signatures
from kg_builder.resolve.identity.signatures import PrintedName, scheme_rank
from kg_builder.resolve.person_names import PersonName, name_key

#: The differences between a name and a fuller one.
_LEAVES_OUT = (Agreement.MIDDLE, Agreement.FAMILY)
#: Expected people of a name that the corpus shows to be shared.
_SEVERAL = 1.0


@dataclass(frozen=True, slots=True)
class Identification:
    """The people of a corpus.

    Args:
        people: each signature is in exactly one.
        doubts: the decisions that would help most, first.
        notices: what a reader of the graph should know.
    """

    people: tuple[IdentifiedPerson, ...]
    doubts: tuple[Doubt, ...] = ()
    notices: tuple[str, ...] = ()


def identify(
    signatures: Iterable[PrintedName],
    terms: Mapping[str, Sequence[str]] | None = None,
    decisions: PeopleDecisions | None = None,
    observer: Observer | None = None,
) -> Identification:
    """Decide which signatures are one person.

    Args:
        signatures: those of persons, all of a paper together, the best source of a paper first.
        terms: by paper, topics and names that its text holds.
        decisions: what the user decided.
        observer: told of each two people who are compared, for learning the weights.

    Returns:
        The people, the doubts that are left, and notices.

    Raises:
        PeopleFileError: decisions contradict each other.
    """
    listed = list(signatures)
    commonness = Commonness(sorted({name_key(s.name) for s in listed}))
    people = sorted(authorships(listed, commonness), key=lambda person: person.sort_key)
    bound = (decisions or PeopleDecisions()).bind(people)
    names: dict[str, PersonName] = {}
    for person in people:
        names.setdefault(person.name.key, person.name)
    pairs = compatible_names(names.values(), letters=True)
    _note_shared_names(names, pairs, commonness)
    evidence = Evidence(people, terms or {}, commonness)
    findings = Findings(people, Components(people, bound.apart))
    findings.notices += bound.notices
    _join_decided(bound, findings)
    _join_by_ids(findings)
    join_signatures(evidence, findings)
    Joining(evidence, findings, pairs, observer).run()
    doubts = sorted(findings.doubts, key=lambda d: (-d.value, d.first.sort_key, d.second.sort_key))
    return Identification(tuple(_results(bound, findings)), tuple(doubts), tuple(findings.notices))


def _note_shared_names(
    known: Mapping[str, PersonName], pairs: Iterable[NamePair], commonness: Commonness
) -> None:
    """Where a name leaves out what tells two others apart (Robert L. and Robert E.), several people share it."""
    fuller: dict[str, list[PersonName]] = defaultdict(list)
    for a, b, kind in pairs:
        short, long = sorted((a, b), key=lambda name: len(name.words))
        if kind in _LEAVES_OUT and len(short.words) < len(long.words):
            fuller[short.key].append(long)
    for key, names in fuller.items():
        if any(agreement(x, y) is None for n, x in enumerate(names) for y in names[:n]):
            commonness.at_least(known[key], _SEVERAL)


def _join_decided(bound: BoundDecisions, findings: Findings) -> None:
    for merge in bound.merges:
        first, *others = sorted(merge.signatures)
        findings.explain(first, f"decided in line {merge.line} of the people file")
        for other in others:
            findings.components.join(first, other, decided=True)


def _join_by_ids(findings: Findings) -> None:
    holders: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(findings.people):
        for identifier in person.ids:
            holders[identifier].append(i)
    for identifier in sorted(holders, key=scheme_rank):
        first, *others = holders[identifier]
        joined = [other for other in others if findings.components.join(first, other)]
        papers = len(joined) + 1
        findings.explain(first, f"{identifier} on {papers} paper{'s' if papers > 1 else ''}")


def _results(bound: BoundDecisions, findings: Findings) -> Iterator[IdentifiedPerson]:
    merges = {i: merge for merge in bound.merges for i in merge.signatures}
    for root in findings.components.roots():
        person = findings.person(root)
        decided = (merges[i] for i in sorted(findings.components.members(root)) if i in merges)
        merge = next(decided, None)
        if merge:
            person.curated, person.name, person.id = True, merge.name, merge.id
        yield person
