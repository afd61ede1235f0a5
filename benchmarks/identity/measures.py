"""B³ and pairwise precision, recall and F1 of a clustering (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Mapping[Key, object], gold: Mapping[Key, object], items: Sequence[Key]) -> Score:
    """Mean over the items of the share of each one's found cluster, and of its gold cluster, that is right.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "y", 3: "y"}, [1, 2, 3])
    Score(precision=0.6666666666666666, recall=0.6666666666666666)
    """
    clusters, people, both = _counts(found, gold, items)
    n = len(items) or 1
    precision = sum(c * c / clusters[cluster] for (cluster, _), c in both.items()) / n
    recall = sum(c * c / people[person] for (_, person), c in both.items()) / n
    return Score(precision, recall)


def pairwise(found: Mapping[Key, object], gold: Mapping[Key, object], items: Sequence[Key]) -> Score:
    """The share of the pairs put together that belong together, and the other way round."""
    clusters, people, both = _counts(found, gold, items)
    right = _pairs(both)
    return Score(right / (_pairs(clusters) or 1), right / (_pairs(people) or 1))


def _counts(
    found: Mapping[Key, object], gold: Mapping[Key, object], items: Sequence[Key]
) -> tuple[Counter[object], Counter[object], Counter[tuple[object, object]]]:
    return (
        Counter(found[i] for i in items),
        Counter(gold[i] for i in items),
        Counter((found[i], gold[i]) for i in items),
    )


def _pairs(counts: Mapping[object, int] | Counter[tuple[object, object]]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())
