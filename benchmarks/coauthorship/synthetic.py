"""Made-up author lists of a given size: most papers small, a few with hundreds of authors, people in groups."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

#: Authors of a group, who write with one another most of the time.
_GROUP = 60
#: The share of author places filled from anywhere.
_STRANGERS = 0.12
#: The share of papers with more than fifty authors, and how many they have at most.
_CROWDS, _CROWD = 0.0003, 1200


def signatures(papers: int, seed: int = 20_241_224) -> pa.Table:
    """Author lists of about four authors a paper, over 25 years.

    Args:
        papers: how many.
        seed: of the random numbers.

    Returns:
        A row a signature: paper, author, date; ids are strings, as in a graph.
    """
    random = np.random.default_rng(seed)
    sizes = 1 + random.poisson(random.gamma(2.2, 1.32, papers))
    crowds = random.choice(papers, round(papers * _CROWDS), replace=False)
    sizes[crowds] = 51 + (random.pareto(1.6, len(crowds)) * 60).astype(np.int64).clip(0, _CROWD)
    paper = np.repeat(np.arange(papers), sizes)
    # Three authors for every four papers; within a group, few write most.
    groups = max(papers * 3 // 4 // _GROUP, 1)
    home = random.integers(0, groups, papers)[paper]
    place = (random.random(len(paper)) ** 2 * _GROUP).astype(np.int64)
    author = home * _GROUP + place
    strange = random.random(len(paper)) < _STRANGERS
    author[strange] = random.integers(0, groups * _GROUP, int(strange.sum()))
    day = np.datetime64("2000-01-01") + random.integers(0, 25 * 365, papers)
    return pa.table(
        {
            "paper": _named("paper:", paper),
            "author": _named("name:author-", author),
            "date": pa.array(np.datetime_as_string(day).astype(str)).take(pa.array(paper)),
        }
    )


def _named(prefix: str, numbers: np.ndarray) -> pa.Array:
    # One string for each number, then as many references to it as it takes.
    names = pa.array([f"{prefix}{number:07}" for number in range(int(numbers.max()) + 1)])
    return names.take(pa.array(numbers))
