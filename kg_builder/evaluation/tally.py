"""Counting what was found, missed and invented, paper by paper, and how far such counts can be trusted."""

from __future__ import annotations

from collections.abc import Collection, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

ROUNDS = 1000


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Of what is right, the share that was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """Counts by paper, and what was wrong in words."""

    by_paper: dict[str, Counts] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def of(self, paper: str) -> Counts:
        """The counts of one paper."""
        return self.by_paper.setdefault(paper, Counts())

    def compare(
        self,
        paper: str,
        wanted: Mapping[frozenset[Key], str],
        tolerated: Container[Key],
        found: Mapping[Key, str],
    ) -> None:
        """Compare what the gold wants of a paper with what was found.

        Args:
            paper: the paper's id.
            wanted: what is to be shown, by the keys of which each is right.
            tolerated: keys that cost nothing when found.
            found: what is to be shown, by key.
        """
        counts = self.of(paper)
        left = dict(found)
        for keys, shown in wanted.items():
            hits = [key for key in left if key in keys]
            for key in hits:
                del left[key]
            if hits:
                counts.found += 1
            else:
                counts.missed += 1
                self.errors.append(f"missed  {paper}: {shown}")
        for key, shown in left.items():
            if key not in tolerated:
                counts.extra += 1
                self.errors.append(f"extra   {paper}: {shown}")

    def total(self, papers: Iterable[str] | None = None) -> Counts:
        """The sum over these papers (each as often as it is named), or over all."""
        counts = Counts()
        for paper in self.by_paper if papers is None else papers:
            one = self.by_paper.get(paper)
            if one is not None:
                counts.found += one.found
                counts.extra += one.extra
                counts.missed += one.missed
        return counts

    def interval(self, papers: Collection[str], seed: int = 0) -> tuple[float, float]:
        """The 95 % interval of F1 by bootstrap over papers (Efron, 1979).

        Args:
            papers: all papers scored.
            seed: of the draws, so that a report can be repeated.
        """
        draw = Random(seed)  # noqa: S311 (a bootstrap, not a secret)
        drawn = list(papers)
        if not drawn:
            return 0.0, 0.0
        scores = sorted(self.total(draw.choices(drawn, k=len(drawn))).f1 for _ in range(ROUNDS))
        return scores[int(0.025 * ROUNDS)], scores[int(0.975 * ROUNDS) - 1]
