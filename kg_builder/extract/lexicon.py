"""The word and name lists that extraction consults, read once from the data files of ``kg_builder/names``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "names"


def _lines(name: str) -> list[str]:
    path = _FOLDER / name
    if not path.is_file():
        return []
    lines = (
        line.split("#", 1)[0].strip() if line.startswith("#") else line.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [line for line in lines if line]


def _key(name: str) -> str:
    return re.sub(r"[\s\-‐-―_]+", "", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and names as sets; names are kept by their key (no case, white space, hyphens).

    Args:
        function: capitalised words that begin sentences and are never part of a name.
        joined: what is joined to a name by a hyphen without belonging to it (``GPT-4-based``).
        classes: acronyms and words that stand for a class of things, not for one.
        ordinary: words of running text, in lower case.
        models: keys of listed models.
        benchmarks: keys of listed benchmarks and datasets.
        methods: keys of widely used methods.
        organizations: keys of organisations.
        families: first words of model names, in lower case.
    """

    function: frozenset[str]
    joined: frozenset[str]
    classes: frozenset[str]
    ordinary: frozenset[str]
    models: frozenset[str]
    benchmarks: frozenset[str]
    methods: frozenset[str]
    organizations: frozenset[str]
    families: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists that ship with the package."""
    keys = {
        kind: frozenset(_key(name) for name in _lines(f"{kind}.txt"))
        for kind in ("models", "benchmarks", "methods", "organizations", "classes")
    }
    return Lexicon(
        function=frozenset(_lines("function_words.txt")),
        joined=frozenset(_lines("joined_words.txt")),
        ordinary=frozenset(_lines("ordinary_words.txt")),
        families=frozenset(_lines("model_families.txt")),
        **keys,
    )
