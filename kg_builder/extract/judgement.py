"""What a judge says of a candidate: what kind of thing it names, and whether the paper introduces it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from kg_builder.extract.candidates import CandidateSet
from kg_builder.extract.draft import Draft

NameLabel = Literal["Model", "Benchmark", "Method"]
#: How likely a variant of something introduced is introduced too.
_VARIANT = 0.95

LABELS: tuple[NameLabel, NameLabel, NameLabel] = ("Model", "Benchmark", "Method")


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
    """Says of each candidate of some documents what it is; candidates that name nothing are left out."""

    def __call__(self, documents: Sequence[tuple[Draft, CandidateSet]]) -> list[dict[str, Judgement]]:
        """For each document, judgements by candidate key."""
        ...


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From what probability on a candidate is held to be something.

    Args:
        label: for a model, a benchmark and a method that the paper does not introduce.
        introduced: for something that it does introduce.
    """

    label: tuple[float, float, float] = (0.42, 0.42, 0.5)
    introduced: float = 0.5


def titled(probabilities: Sequence[float]) -> list[float]:
    """The class probabilities of a name that the title begins with (``NAME: …``).

    Whatever it names, the paper introduces it: so it was with all 617 such names of the annotated papers. The judge
    alone doubts it for names that other papers use a lot.

    >>> titled([0.1, 0.5, 0.0, 0.1, 0.3, 0.0, 0.0])
    [0.1, 0.0, 0.0, 0.0, 0.8, 0.0, 0.1]
    """
    none, *rest = probabilities
    named, new = rest[:3], rest[3:]
    if sum(new) > sum(named):
        return list(probabilities)
    return [none, 0.0, 0.0, 0.0, *(a + b for a, b in zip(named, new, strict=True))]


def decide(probabilities: Sequence[float], thresholds: Thresholds) -> Judgement | None:
    """The judgement that the class probabilities of one candidate amount to.

    Args:
        probabilities: of none, model, benchmark, method, and the three as introduced.
        thresholds: from where on each is believed.

    Returns:
        The judgement, or ``None`` where it is held to name nothing.
    """
    none, *rest = probabilities
    named, new = rest[:3], rest[3:]
    introduced = sum(new)
    if introduced >= thresholds.introduced:
        best = new.index(max(new))
        return Judgement(LABELS[best], 1.0 - none, introduced)
    types = [a + b for a, b in zip(named, new, strict=True)]
    best = types.index(max(types))
    if types[best] < thresholds.label[best]:
        return None
    return Judgement(LABELS[best], types[best], introduced)


def judged(
    found: CandidateSet, probabilities: Sequence[Sequence[float]], thresholds: Thresholds
) -> dict[str, Judgement]:
    """The judgements of a document's candidates by key; those that name nothing are left out.

    Args:
        found: the candidates.
        probabilities: the class probabilities of each, in their order.
        thresholds: from where on each is believed.
    """
    decided = {
        key: decide(titled(row) if candidate.in_title == "prefix" else row, thresholds)
        for (key, candidate), row in zip(found.by_key.items(), probabilities, strict=True)
    }
    named = {key: judgement for key, judgement in decided.items() if judgement is not None}
    return _with_variants(found, named)


def _with_variants(found: CandidateSet, named: dict[str, Judgement]) -> dict[str, Judgement]:
    """The same judgements; what bears the name of something introduced, and a hyphen and more, is introduced too.

    So it is with 88 of the 88 such names of the annotated papers.
    """
    new = [
        f"{found.by_key[key].text.casefold()}-"
        for key, judgement in named.items()
        if judgement.introduced >= 0.5
    ]
    return {
        key: replace(judgement, introduced=_VARIANT)
        if judgement.introduced < _VARIANT and found.by_key[key].text.casefold().startswith(tuple(new))
        else judgement
        for key, judgement in named.items()
    }
