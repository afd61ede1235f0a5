"""Who might write together next, and how often such suggestions came true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg_builder.analysis.bylines import SQL, Bylines
from kg_builder.analysis.coverage import choose_papers
from kg_builder.analysis.projection import DEFAULT_CAP, Projection, project
from kg_builder.analysis.tables import top
from kg_builder.analysis.window import Window
from kg_builder.errors import AnalysisError, UsageError
from kg_builder.resolve.person_names import name_key

Score = Literal["adamic_adar", "resource_allocation", "common"]

#: Pairs of co-authors, summed over all authors, that are looked at; more would take minutes and gigabytes.
MOST_PAIRS: Final = 100_000_000
#: The share of the papers, the latest, by which suggestions are checked.
HIDDEN: Final = 0.25
#: At how many suggestions, the best first, precision is told.
CUTS: Final = (20, 100)

_SCORES: Final[tuple[Score, ...]] = ("adamic_adar", "resource_allocation", "common")


def candidate_links(projection: Projection) -> pa.Table:
    """All pairs who share a co-author and have not written together, with their scores.

    Over the common co-authors z, each of k co-authors: adamic_adar is the sum of 1/ln k (Adamic and Adar 2003,
    Social Networks 25), resource_allocation the sum of 1/k (Zhou, Lu and Zhang 2009, Eur. Phys. J. B 71).

    Returns:
        A row a pair, in the order of the ends: source and target (rows of `Projection.authors`), common (how many),
        adamic_adar and resource_allocation.

    Raises:
        AnalysisError: there are more than `MOST_PAIRS` pairs to look at.
    """
    degrees = np.asarray(projection.graph.degree(), dtype=np.int64)
    pairs = int((degrees * (degrees - 1) // 2).sum())
    if pairs > MOST_PAIRS:
        raise AnalysisError(
            f"suggestions would weigh {pairs:,} pairs, more than {MOST_PAIRS:,}; narrow the window or lower the cap"
        )
    with duckdb.connect() as connection:
        connection.register("given_tie", projection.ties.select(["source", "target"]))
        query = (SQL / "suggestions.sql").read_text(encoding="utf-8")
        return connection.sql(f"{query} ORDER BY source, target").to_arrow_table()


def suggest_links(projection: Projection, by: Score = "adamic_adar", count: int = 20) -> pa.Table:
    """The pairs most likely to write together next, by the co-authors whom they share.

    Args:
        projection: the network.
        by: the score that orders them, see `candidate_links`.
        count: how many at most.

    Returns:
        A row a pair: source and target (names), source_id, target_id, alike (whether the names may be one person's,
        and so a merge to be decided on, no suggestion), common, adamic_adar, resource_allocation.

    Raises:
        AnalysisError: the network is too large.
        UsageError: there is no such score.
    """
    if by not in _SCORES:
        raise UsageError(f"there is no score {by!r}; choose one of {', '.join(_SCORES)}")
    best = top(candidate_links(projection), by, count)
    return _with_names(projection, best)


def _with_names(projection: Projection, best: pa.Table) -> pa.Table:
    ends = {end: best.column(end).to_pylist() for end in ("source", "target")}
    columns = {end: [projection.names[row] for row in rows] for end, rows in ends.items()}
    columns |= {f"{end}_id": [projection.ids[row] for row in rows] for end, rows in ends.items()}
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    pairs = zip(columns["source"], columns["target"], strict=True)
    arrays["alike"] = pa.array([_alike(*pair) for pair in pairs], pa.bool_())
    return pa.table(
        arrays | {name: best.column(name) for name in ("common", "adamic_adar", "resource_allocation")}
    )


def _alike(name: str, other: str) -> bool:
    """Whether two names have one family name, and given names of which one is the other's beginning or initial."""
    first, second = name_key(name).split(), name_key(other).split()
    one, two = first[0], second[0]
    return first[-1] == second[-1] and (one.startswith(two) or two.startswith(one))


@dataclass(frozen=True, slots=True)
class Check:
    """How well suggestions from the earlier papers foretold the ties of the later ones.

    Args:
        last_day: the last day of the papers that suggestions were made from.
        known_papers: how many those are.
        hidden_papers: how many were hidden.
        new_ties: pairs of known authors who first wrote together in the hidden papers.
        candidates: pairs that shared a co-author before.
        found: new ties among the candidates: the most that any score can find.
        precision: by score and number of suggestions, the share that came true.
        area: by score, the chance that a candidate that came true scores above one that did not (area under the
            ROC curve; 0.5 is chance).
    """

    last_day: date
    known_papers: int
    hidden_papers: int
    new_ties: int
    candidates: int
    found: int
    precision: dict[str, dict[int, float]]
    area: dict[str, float]

    @property
    def chance(self) -> float:
        """The share of candidates that came true: what random suggestions among them would reach."""
        return self.found / self.candidates if self.candidates else 0.0


def check_suggestions(
    bylines: Bylines, *, window: Window | None = None, cap: int | None = DEFAULT_CAP
) -> Check:
    """Hide the last quarter of the papers, suggest from the rest, and compare.

    Args:
        bylines: who signed which paper.
        window: papers of these days are used.
        cap: papers of more authors are left out.

    Raises:
        AnalysisError: too few days are known to part earlier from later, the earlier papers bring no candidate,
            none of them came true, or there are too many.
    """
    window = window or Window()
    choose_papers(bylines, window, cap)
    last = bylines.one("SELECT quantile_disc(day, $share) FROM team", {"share": 1 - HIDDEN})
    latest = bylines.one("SELECT max(day) FROM team")
    if last is not None and last == latest:
        last -= timedelta(days=1)
    first = bylines.one("SELECT min(day) FROM team")
    if last is None or last < first:
        raise AnalysisError(
            "suggestions cannot be checked: the papers' dates do not part earlier from later ones"
        )
    known = project(bylines, window=Window(window.since, last), cap=cap)
    hidden = project(bylines, window=Window(last + timedelta(days=1), window.until or latest), cap=cap)
    candidates = candidate_links(known)
    true, new_ties = _came_true(known, hidden, candidates)
    if not true.any() or true.all():
        raise AnalysisError(
            f"suggestions cannot be checked: of {len(true):,} candidates from papers up to {last}, "
            f"{int(true.sum()):,} came true afterwards"
        )
    scores = {name: candidates.column(name).to_numpy() for name in _SCORES}
    return Check(
        last_day=last,
        known_papers=known.coverage.papers,
        hidden_papers=hidden.coverage.papers,
        new_ties=new_ties,
        candidates=len(true),
        found=int(true.sum()),
        precision={name: {k: _precision(true, s, k) for k in CUTS} for name, s in scores.items()},
        area={name: _area(true, s) for name, s in scores.items()},
    )


def _came_true(
    known: Projection, hidden: Projection, candidates: pa.Table
) -> tuple[npt.NDArray[np.bool_], int]:
    """For each candidate whether it became a tie, and how many ties between known authors are new."""
    row = {author: place for place, author in enumerate(known.ids)}
    place = np.array([row.get(author, -1) for author in hidden.ids], dtype=np.int64)
    ends = np.stack([place[hidden.ties.column(c).to_numpy()] for c in ("source", "target")])
    ends = np.sort(ends[:, (ends >= 0).all(axis=0)], axis=0)
    size = len(known.ids)
    later = ends[0] * size + ends[1]
    before, weighed = (
        t.column("source").to_numpy().astype(np.int64) * size + t.column("target").to_numpy()
        for t in (known.ties, candidates)
    )
    new = later[~np.isin(later, before)]
    return np.isin(weighed, new), len(new)


def _precision(true: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64], count: int) -> float:
    best = np.argsort(-scores, kind="stable")[:count]
    return round(float(true[best].mean()), 6)


def _area(true: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64]) -> float:
    # Mann and Whitney's U, equal scores counting half.
    _, group, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    positive = int(true.sum())
    u = float(ranks[true].sum()) - positive * (positive + 1) / 2
    return round(u / (positive * (len(true) - positive)), 6)
