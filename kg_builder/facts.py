"""What extraction finds in a `Document`: entities, mentions, relations, results, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg_builder.document import Document
from kg_builder.errors import EvidenceError

EntityLabel = Literal["Model", "Benchmark", "Method", "Metric", "Organization"]
RelationType = Literal["INTRODUCES", "USES", "EVALUATES", "EVALUATES_ON", "COMPARES_WITH", "BASED_ON"]
ResultKind = Literal["absolute", "delta", "ratio", "change"]
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a text says so; offsets are Unicode code points in the text of one passage.

    Args:
        passage: index of the passage in `Document.passages`.
        start: where the sentence or clause begins.
        end: where it ends (exclusive).
        mention_start: where the words begin that name the target (for a result, the number as printed).
        mention_end: where they end (exclusive).
    """

    passage: int
    start: int
    end: int
    mention_start: int
    mention_end: int

    def check(self, document: Document) -> None:
        """Raise `EvidenceError` unless both pieces are non-empty and lie in the passage."""
        if not 0 <= self.passage < len(document.passages):
            raise EvidenceError(f"{document.identity}: there is no passage {self.passage}")
        length = len(document.passages[self.passage].text)
        inside = 0 <= self.start < self.end <= length and 0 <= self.mention_start < self.mention_end <= length
        if not inside:
            raise EvidenceError(
                f"{document.identity}: {self} does not lie in its passage ({length} characters)"
            )

    def text(self, document: Document) -> str:
        """The sentence or clause itself."""
        return document.passages[self.passage].text[self.start : self.end]

    def mention(self, document: Document) -> str:
        """The words that name the target."""
        return document.passages[self.passage].text[self.mention_start : self.mention_end]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a document names, under all the names it uses for it.

    Args:
        label: what kind of thing it is.
        name: the name that tells most, as printed (without particles, quotes and brackets).
        aliases: the other names used in this document.
        kind: for a Benchmark, ``benchmark`` or ``dataset``.
    """

    label: EntityLabel
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names an entity.

    Args:
        entity: index in `Facts.entities`.
        evidence: the sentence, and the words in it that name the entity.
        confidence: 0 to 1, that this is an entity of this label.
        extractor: ``name@version`` of the component that found it.
    """

    entity: int
    evidence: Evidence
    confidence: float
    extractor: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What the paper, or something that it introduces, has to do with an entity.

    Args:
        type: a relationship type of the vocabulary.
        target: index in `Facts.entities`.
        evidence: the sentence, and the words in it that name the target.
        confidence: 0 to 1.
        extractor: ``name@version`` of the component that found it.
        subject: index in `Facts.entities` for BASED_ON; ``None`` where the paper itself is the subject.
    """

    type: RelationType
    target: int
    evidence: Evidence
    confidence: float
    extractor: str
    subject: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A stated value: how well, fast, small or cheap something is, or by how much it became better or worse.

    Args:
        value: the number; where the text says from X to Y, Y.
        kind: ``absolute`` (a score), ``delta`` (better or worse by), ``ratio`` (N times), ``change``
            (from X to Y).
        evidence: the sentence, and the number as printed.
        confidence: 0 to 1.
        extractor: ``name@version`` of the component that found it.
        from_value: for a change, X.
        unit: ``%`` (percentage points too), ``points``, ``x`` (times), ``s``, ``ms``, ``GB``, …; ``None``
            for a bare score.
        direction: ``up`` or ``down`` for what the number itself did; ``None`` for an absolute score.
        subjects: indices in `Facts.entities` of whose performance it is.
        benchmarks: indices of what it was measured on.
        baselines: indices of what it is compared with.
        metrics: indices of what was measured.
    """

    value: float
    kind: ResultKind
    evidence: Evidence
    confidence: float
    extractor: str
    from_value: float | None = None
    unit: str | None = None
    direction: Direction | None = None
    subjects: tuple[int, ...] = ()
    benchmarks: tuple[int, ...] = ()
    baselines: tuple[int, ...] = ()
    metrics: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was found in one document.

    Args:
        entities: what the document names; the other fields point into it.
        mentions: every place where an entity is named.
        relations: what the paper does with them.
        results: the numbers it reports.
        refused: how many facts were dropped because their evidence did not reproduce.
    """

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    refused: int = field(default=0, compare=False)


def checked(facts: Facts, document: Document) -> Facts:
    """The facts whose evidence reproduces in the document; those that do not are dropped and counted.

    Args:
        facts: what extraction found.
        document: the document that they were found in.

    Returns:
        The same facts without those whose offsets do not lie in their passage.
    """

    def reproduces(fact: Mention | Relation | Result) -> bool:
        try:
            fact.evidence.check(document)
        except EvidenceError:
            return False
        return True

    mentions = tuple(m for m in facts.mentions if reproduces(m))
    relations = tuple(r for r in facts.relations if reproduces(r))
    results = tuple(r for r in facts.results if reproduces(r))
    found = len(facts.mentions) + len(facts.relations) + len(facts.results)
    refused = facts.refused + found - len(mentions) - len(relations) - len(results)
    return Facts(facts.entities, mentions, relations, results, refused)
