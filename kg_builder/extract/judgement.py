"""What a judge says of a candidate: what kind of thing it names, and whether the paper introduces it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from kg_builder.extract.candidates import CandidateSet
from kg_builder.extract.draft import Draft

NameLabel = Literal["Model", "Benchmark", "Method"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a candidate is held to be.

    Args:
        label: what kind of thing it names.
        confidence: 0 to 1, that it names a thing of this kind.
        introduced: 0 to 1, that the paper presents it as its own.
    """

    label: NameLabel
    confidence: float
    introduced: float


class Judge(Protocol):
    """Says of each candidate of a document what it is; candidates that name nothing are left out."""

    def __call__(self, draft: Draft, found: CandidateSet) -> dict[str, Judgement]:
        """Judgements by candidate key."""
        ...
