"""What many papers' texts together say of a name: how often it stands for a model, a benchmark, a method, or nothing.

The table was made from digests and abstracts without annotation (``benchmarks/extraction/train.py``); it holds names
and shares, no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = "known_names.tsv"
_HEAD = re.compile(r"[a-zà-ÿͰ-Ͽ]+")

#: Shares in the order none, model, benchmark, method, introduced.
Shares = tuple[float, float, float, float, float]
NOTHING: Shares = (0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Known:
    """How many papers name something, and what it is held to be in them."""

    papers: int
    shares: Shares


UNKNOWN = Known(0, NOTHING)


@lru_cache(maxsize=1 << 14)
def head_of(key: str) -> str:
    """The letters that a name begins with: what the names of a family share.

    >>> head_of("qwen2.57b"), head_of("gpt4o")
    ('qwen', 'gpt')
    """
    match = _HEAD.match(key)
    return match.group() if match else key


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names and the heads of names, by key."""

    names: dict[str, Known]
    heads: dict[str, Known]

    def name(self, key: str) -> Known:
        """What is known of a name."""
        return self.names.get(key, UNKNOWN)

    def head(self, key: str) -> Known:
        """What is known of the names that begin with the same letters."""
        return self.heads.get(head_of(key), UNKNOWN)


@cache
def known_names(folder: Path) -> KnownNames:
    """The table in a folder of weights."""
    names: dict[str, Known] = {}
    heads: dict[str, Known] = {}
    for line in (folder / _FILE).read_text(encoding="utf-8").splitlines():
        key, papers, *percent = line.split("\t")
        none, model, benchmark, method, introduced = (int(p) / 100 for p in percent)
        known = Known(int(papers), (none, model, benchmark, method, introduced))
        if key.endswith("*"):
            heads[key[:-1]] = known
        else:
            names[key] = known
    return KnownNames(names, heads)
