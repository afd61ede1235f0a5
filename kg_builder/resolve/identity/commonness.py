"""How many people are likely to share a name: the product of how common its parts are.

The parts of the names in a corpus are counted on top of counts that ship with the package, so that a small corpus,
too, knows Wei Zhang for a name that many share and Keren Gu-Lemberg for one that hardly two do.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg_builder.resolve.person_names import PersonName, parse_name

_COUNTS_FILE = Path(__file__).with_name("name_parts.csv")
#: What a part counts that was never seen.
_UNSEEN = 0.5
#: How much rarer a name is for each middle name or initial that it has.
_MIDDLE = 0.2


def family_part(name: PersonName) -> str:
    """The family name as it is counted."""
    return " ".join(name.family)


def given_part(name: PersonName) -> str:
    """The given name as it is counted: the first word, or all syllables of an East Asian one."""
    if not name.given:
        return ""
    whole = "".join(name.given)
    return whole if name.is_east_asian and all(len(word) > 1 for word in name.given) else name.given[0]


@cache
def _shipped_counts() -> tuple[Counter[str], Counter[str], int]:
    family: Counter[str] = Counter()
    given: Counter[str] = Counter()
    with _COUNTS_FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            (family if row["part"] == "family" else given)[row["name"]] = int(row["names"])
    total = family.pop("")
    return family, given, total


class Commonness:
    """How common the names of a corpus are.

    Args:
        keys: every different name in the corpus, once.
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        family, given, total = _shipped_counts()
        self._family, self._given, self._total = family.copy(), given.copy(), total
        self._initials: Counter[str] = Counter()
        for key in keys:
            name = parse_name(key)
            self._family[family_part(name)] += 1
            self._given[given_part(name)] += 1
            self._total += 1
        for part, count in self._given.items():
            self._initials[part[:1]] += count
        self._known: dict[str, float] = {}

    def people(self, name: PersonName) -> float:
        """How many people are expected to go by a name, were given and family names drawn independently.

        >>> common = Commonness()
        >>> common.people(parse_name("Wei Zhang")) > 1 > 0.001 > common.people(parse_name("Keren Gu-Lemberg"))
        True
        """
        known = self._known.get(name.key)
        if known is None:
            known = self._known[name.key] = self._people(name)
        return known

    def at_least(self, name: PersonName, people: float) -> None:
        """Take note that the corpus itself shows so many people of a name."""
        self._known[name.key] = max(self.people(name), people)

    def _people(self, name: PersonName) -> float:
        if not name.family:
            return float(max(self._given[given_part(name)], _UNSEEN))
        part = given_part(name)
        given = self._initials[part] if len(part) == 1 else self._given[part]
        middle = 0 if name.is_east_asian and len(part) > 1 else len(name.given) - 1
        family = self._family[family_part(name)]
        expected = max(given, _UNSEEN) * max(family, _UNSEEN) / self._total
        return float(expected * _MIDDLE**middle)
