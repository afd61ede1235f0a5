"""From signatures to people: by decisions and ids first, then by evidence on one name, then across spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.identity.bylines import authorships
from kg_builder.resolve.identity.candidates import Rivals, compatible_names
from kg_builder.resolve.identity.clustering import average_linkage
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.components import Components
from kg_builder.resolve.identity.decisions import BoundDecisions, PeopleDecisions
from kg_builder.resolve.identity.evidence import UNLIKE_AFFILIATION, Circle, Evidence, probability, weights
from kg_builder.resolve.identity.signatures import SCHEMES, Authorship, PrintedName
from kg_builder.resolve.person_names import PersonName, name_key

#: Signatures of one name that are compared with one another; of more, only ids and decisions join any.
LARGEST_NAME = 1_500
#: Log-odds above which two people who were not joined are worth a look: of two names, and of one.
DOUBTFUL = -2.5
DOUBTFUL_OF_ONE_NAME = -3.5
#: Expected people of a name that the corpus shows to be shared.
_SEVERAL = 1.0
#: The odds of joining that the bias holds back, in log-odds: 12 to 1.
CAUTION = 2.5


@dataclass(slots=True)
class IdentifiedPerson:
    """One person and what the identity stands on.

    Args:
        signatures: of the person, by paper.
        reasons: why they are taken for one person.
        within: probability that the signatures are one person's.
        beyond: probability that the most similar other person is this one too.
        curated: whether a decision says who this is.
        name: the name that was decided on.
        id: the id that was decided on.
    """

    signatures: list[Authorship]
    reasons: list[str] = field(default_factory=list)
    within: float = 1.0
    beyond: float = 0.0
    curated: bool = False
    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two people who may be one, or were joined with little certainty.

    Args:
        first: a signature of the one.
        second: a signature of the other.
        probability: that they are one person.
        joined: whether they were taken for one.
        reason: what speaks for it.
        value: pairs of signatures that are expected to be wrong now.
    """

    first: Authorship
    second: Authorship
    probability: float
    joined: bool
    reason: str
    value: float


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
) -> Identification:
    """Decide which signatures are one person.

    Args:
        signatures: those of persons, all of a paper together, the best source of a paper first.
        terms: by paper, topics and names that its text holds.
        decisions: what the user decided.

    Returns:
        The people, the doubts that are left, and notices.
    """
    listed = list(signatures)
    commonness = Commonness(sorted({name_key(s.name) for s in listed}))
    people = sorted(authorships(listed, commonness), key=lambda person: person.sort_key)
    bound = (decisions or PeopleDecisions()).bind(people)
    return _Identifying(people, terms or {}, commonness, bound).run()


class _Identifying:
    """The state of one identification."""

    def __init__(
        self,
        people: list[Authorship],
        terms: Mapping[str, Sequence[str]],
        commonness: Commonness,
        bound: BoundDecisions,
    ) -> None:
        self._people = people
        self._bound = bound
        self._evidence = Evidence(people, terms, commonness)
        self._components = Components(people, bound.apart)
        self._reasons: dict[int, set[str]] = defaultdict(set)
        self._within: dict[int, float] = {}
        self._beyond: dict[int, float] = {}
        self._doubts: list[Doubt] = []
        self._notices: list[str] = list(bound.notices)
        self._names: dict[str, PersonName] = {}
        for person in people:
            self._names.setdefault(person.name.key, person.name)
        self._pairs = compatible_names(self._names.values())

    def run(self) -> Identification:
        self._note_shared_names()
        self._by_decisions()
        self._by_ids()
        self._by_name()
        self._across_names()
        doubts = sorted(self._doubts, key=lambda d: (-round(d.value, 6), d.first.sort_key, d.second.sort_key))
        return Identification(tuple(self._results()), tuple(doubts), tuple(self._notices))

    def _note_shared_names(self) -> None:
        """Where a name leaves out what tells two others apart (Robert L. and Robert E.), several people share it."""
        fuller: dict[str, list[PersonName]] = defaultdict(list)
        for a, b, kind in self._pairs:
            short, long = sorted((a, b), key=lambda name: len(name.given))
            if kind is Agreement.MIDDLE and len(short.given) < len(long.given):
                fuller[short.key].append(long)
        for key, names in fuller.items():
            if any(agreement(x, y) is None for n, x in enumerate(names) for y in names[:n]):
                self._evidence.commonness.at_least(self._names[key], _SEVERAL)

    def _by_decisions(self) -> None:
        for merge in self._bound.merges:
            first, *others = sorted(merge.signatures)
            self._reasons[first].add(f"decided in line {merge.line} of the people file")
            for other in others:
                self._components.join(first, other, decided=True)

    def _by_ids(self) -> None:
        holders: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self._people):
            for identifier in person.ids:
                holders[identifier].append(i)
        for identifier in sorted(holders, key=_id_rank):
            first, *others = holders[identifier]
            joined = [other for other in others if self._components.join(first, other)]
            papers = len(joined) + 1
            self._reasons[first].add(f"{identifier} on {papers} paper{'s' if papers > 1 else ''}")

    def _by_name(self) -> None:
        blocks: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self._people):
            blocks[person.name.key].append(i)
        for block in blocks.values():
            if len(block) > 1:
                self._join_block(block)

    def _join_block(self, block: list[int]) -> None:
        """Join the signatures of one name as far as the evidence reaches."""
        name = self._people[block[0]].name
        prior = self._evidence.prior(name)
        number = self._evidence.commonness.people(name)
        rare = f"the same name, which about {number:.2g} people are expected to share"
        papers = {self._people[i].paper for i in block}
        is_free = len(papers) == len(block) and all(self._components.is_free(i) for i in block)
        homes = any(self._people[i].affiliations for i in block)
        against = weights("signatures")["affiliation"] * UNLIKE_AFFILIATION if homes else 0.0
        if prior + against > 0 and is_free:
            for other in block[1:]:
                self._components.join(block[0], other)
            self._reasons[block[0]].add(rare)
            self._within[block[0]] = probability(prior + CAUTION)
            return
        if len(block) > LARGEST_NAME:
            text = f"{name.text} stands on {len(block)} papers, more than {LARGEST_NAME}"
            self._notices.append(f"{text}: its signatures are joined by ids and decisions alone")
            return
        scores = self._evidence.signature_scores([self._people[i] for i in block])
        groups: dict[int, list[int]] = defaultdict(list)
        for row, i in enumerate(block):
            groups[self._components.root(i)].append(row)
        roots = list(groups)
        apart = np.zeros(scores.shape, dtype=bool)
        for x, a in enumerate(roots):
            for b in roots[:x]:
                if self._components.are_apart(a, b):
                    apart[np.ix_(groups[a], groups[b])] = apart[np.ix_(groups[b], groups[a])] = True
        found = average_linkage(scores, apart, list(groups.values()))
        for group in found:
            for row in group[1:]:
                self._components.join(block[group[0]], block[row])
            if len(group) > 1:
                self._reasons[block[group[0]]].add(f"{rare}, and the company of {len(group)} papers")
        self._judge(block, scores, found, apart)

    def _judge(
        self, block: list[int], scores: np.ndarray, groups: list[list[int]], apart: np.ndarray
    ) -> None:
        """How certain the groups of one name are, and which two of them are worth a look."""
        for number, group in enumerate(groups):
            if len(group) > 1:
                inner = scores[np.ix_(group, group)]
                mean = (inner.sum() - np.trace(inner)) / (len(group) * (len(group) - 1))
                self._within[block[group[0]]] = probability(float(mean) + CAUTION)
            for other in groups[:number]:
                if apart[np.ix_(group, other)].any():
                    continue
                mean = float(scores[np.ix_(group, other)].mean())
                chance = probability(mean + CAUTION)
                for member in (block[group[0]], block[other[0]]):
                    self._beyond[member] = max(self._beyond.get(member, 0.0), chance)
                if mean > DOUBTFUL_OF_ONE_NAME:
                    self._doubt(
                        block[other[0]], block[group[0]], chance, "the same name", len(group) * len(other)
                    )

    def _doubt(self, i: int, j: int, chance: float, reason: str, pairs: int, *, joined: bool = False) -> None:
        wrong = (1 - chance if joined else chance) * pairs
        self._doubts.append(Doubt(self._people[i], self._people[j], round(chance, 2), joined, reason, wrong))

    def _across_names(self) -> None:
        """Join people whose names differ but agree, the most likely first."""
        having: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self._people):
            root = self._components.root(i)
            if root not in having[person.name.key]:
                having[person.name.key].append(root)
        rivals = Rivals(self._pairs, {key: len(roots) for key, roots in having.items()})
        circles: dict[int, Circle] = {}
        scored: list[tuple[float, int, int, str]] = []
        for a, b, kind in self._pairs:
            if self._evidence.most_people_score(a, b, kind, rivals.number(a.key, b.key)) <= DOUBTFUL:
                continue
            for i in having[a.key]:
                for j in having[b.key]:
                    if i == j or self._components.are_apart(i, j):
                        continue
                    found = self._people_score(i, j, a, b, kind, rivals.number(a.key, b.key), circles)
                    if found:
                        scored.append(found)
        self._join_scored(sorted(scored, key=lambda s: (-s[0], s[1], s[2])))

    def _people_score(
        self,
        i: int,
        j: int,
        a: PersonName,
        b: PersonName,
        kind: Agreement,
        rivals: int,
        circles: dict[int, Circle],
    ) -> tuple[float, int, int, str] | None:
        for root in (i, j):
            if root not in circles:
                circles[root] = Circle(
                    [self._people[m] for m in sorted(self._components.members[root])], self._evidence
                )
        score, shared = self._evidence.people_score(circles[i], circles[j], kind, rivals)
        if score <= DOUBTFUL:
            return None
        with_whom = f", {shared:.1f} shared co-authors" if shared >= 0.1 else ""
        return score, i, j, f"{a.text} and {b.text}: {kind.value}{with_whom}"

    def _join_scored(self, scored: list[tuple[float, int, int, str]]) -> None:
        for score, i, j, reason in scored:
            a, b = self._components.root(i), self._components.root(j)
            if a == b:
                continue
            chance = probability(score)
            pairs = len(self._components.members[a]) * len(self._components.members[b])
            keys = [{self._people[m].name.key for m in self._components.members[root]} for root in (a, b)]
            agree = all(agreement(self._names[x], self._names[y]) for x in keys[0] for y in keys[1])
            joined = score > 0 and agree and self._components.join(a, b)
            if joined:
                kept = self._components.root(a)
                within = min(self._within.get(a, 1.0), self._within.get(b, 1.0), chance)
                self._within[kept] = within
                self._reasons[kept].add(reason)
            if agree and (not joined or chance < 0.9):
                self._doubt(i, j, chance, reason, pairs, joined=joined)
                if not joined:
                    for root in (a, b):
                        self._beyond[root] = max(self._beyond.get(root, 0.0), chance)

    def _results(self) -> Iterable[IdentifiedPerson]:
        merges = {i: merge for merge in self._bound.merges for i in merge.signatures}
        for root in sorted(self._components.members):
            members = sorted(self._components.members[root])
            merge = next((merges[i] for i in members if i in merges), None)
            yield IdentifiedPerson(
                [self._people[i] for i in members],
                sorted({reason for i in members for reason in self._reasons.get(i, ())}),
                min((self._within[i] for i in members if i in self._within), default=1.0),
                max((self._beyond[i] for i in members if i in self._beyond), default=0.0),
                merge is not None,
                merge.name if merge else None,
                merge.id if merge else None,
            )


def _id_rank(identifier: str) -> tuple[int, str]:
    scheme = identifier.partition(":")[0]
    return (SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES), identifier)
