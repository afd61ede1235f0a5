"""Units and number words: how texts print them, and how the graph writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from kg_builder.extract.word_lists import word_list

_UNIT_REACH = 24
_BEFORE_REACH = 5
_KOREAN_UNIT_TRAPS = re.compile(
    r"(?:일(?:반|관|치|부|본|정)|주(?:요|어|목|기|석)|분(?:류|야|할|산|석|포|의)|시간(?:대|적)|도(?:메인|구|메|전)|점(?:수|진)|배(?:치|포|경|열)|초(?:기|과|매)|프로(?!젝)[가-힣])"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the graph and the sort of quantity that it measures (``percent``, ``times``, ``time``, …)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that state a quantity."""

    words: re.Pattern[str]
    value: float
    unit: Unit


@cache
def _entries(name: str) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], word_list(name))


@cache
def _units() -> tuple[re.Pattern[str], dict[str, Unit], re.Pattern[str], dict[str, Unit]]:
    after = {p: Unit(e["unit"], e["kind"]) for e in _entries("units.yaml") for p in e["printed"]}
    before = {p: Unit(e["unit"], e["kind"]) for e in _entries("units.yaml") for p in e.get("before", ())}

    def spelled(printed: str) -> str:
        pattern = re.escape(printed).replace(r"\ ", r"\s")
        # A unit in Latin letters ends where the word ends; a Korean one is followed by particles.
        return pattern + (r"(?![A-Za-z])" if printed[-1].isascii() and printed[-1].isalpha() else "")

    longest = sorted(after, key=lambda p: (-len(p), p))
    tail = re.compile(r"(?:\s|\\ |~|-)?\$?(?P<unit>" + "|".join(map(spelled, longest)) + r")\$?")
    longest = sorted(before, key=lambda p: (-len(p), p))
    head = re.compile("(?P<unit>" + "|".join(re.escape(p) for p in longest) + r")\Z")
    return tail, after, head, before


@cache
def number_words() -> tuple[NumberWords, ...]:
    """The words that state a quantity without a digit."""
    kinds = {"x": "times", "%": "percent"}
    return tuple(
        NumberWords(
            re.compile(e["words"], re.IGNORECASE),
            float(e["value"]),
            Unit(e["unit"], kinds[e["unit"]]),
        )
        for e in _entries("number_words.yaml")
    )


@cache
def _number_word_hints() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What a lower-cased text holds somewhere that holds a quantity in words: those in ASCII, and all as a pattern."""
    hints = [hint for e in _entries("number_words.yaml") for hint in e["hints"]]
    return tuple(h for h in hints if h.isascii()), re.compile("|".join(map(re.escape, hints)))


def may_hold_number_words(lowered: str) -> bool:
    """Whether a lower-cased text may hold a quantity in words; quick to tell.

    >>> may_hold_number_words("it is twice as fast"), may_hold_number_words("두 배 빠릅니다")
    (True, True)
    """
    plain, pattern = _number_word_hints()
    # Few Hangul syllables begin a hint, so that a pattern passes over most of a text; of Latin letters many do.
    return any(hint in lowered for hint in plain) if lowered.isascii() else bool(pattern.search(lowered))


def unit_after(text: str, end: int) -> tuple[Unit | None, int]:
    """The unit printed after a number, and where it ends."""
    tail, after, _, _ = _units()
    match = tail.match(text, end, end + _UNIT_REACH)
    if match is None:
        return None, end
    printed = re.sub(r"\s", " ", match["unit"])
    if "가" <= printed[0] <= "힣" and _KOREAN_UNIT_TRAPS.match(text, match.start("unit")):
        return None, end
    if printed in ("s", "m", "h", "W", "X") and match.start("unit") != end:
        return None, end
    return after[printed], match.end("unit")


def unit_before(text: str, begin: int) -> tuple[Unit, int] | None:
    """The unit printed in front of a number, such as a currency, and where it begins."""
    _, _, head, before = _units()
    match = head.search(text, max(0, begin - _BEFORE_REACH), begin)
    return None if match is None else (before[match["unit"]], match.start())
