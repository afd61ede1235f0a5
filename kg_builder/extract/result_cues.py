"""Words and places around a number that tell what it says: cue words, particles, prepositions, distances."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Named, Sentence
from kg_builder.extract.word_lists import word_list

_MARK_REACH = 36
# "reduces the cost by up to 30%": the verb before it tells all.
_BY = re.compile(
    r"\bby\s(?:(?:up|to|over|more|than|about|around|approximately|nearly|almost|as|much|an?|average|of|at|least|"
    r"roughly|only|another|additional|further|factor|margin|absolute|relative|[~+$>≈])\s?)*\Z"
)
_COMPARED_AFTER = re.compile(
    r"[^,.;\d%]*?(?P<mark>보다|대비|비해|비교|능가|뛰어넘|초과|baseline|counterpart)"
)
_COMPARED_BEFORE = re.compile(
    r"\b(?P<mark>outperform|surpass|exceed|beat|over|than|compared|against|versus|vs|relative to|baseline|improv|"
    r"applied to|applying|fine-tun|built on|based on|to)\w{0,4}\b[^,;\d%]*\Z",
    re.IGNORECASE,
)
_PREPOSITIONS = frozenset((
    "on", "in", "over", "than", "with", "from", "of", "by", "for", "using", "against", "to", "vs", "across", "at",
    "like", "via", "and", "beating", "outperforming", "outperforms", "surpassing", "surpasses", "exceeding", "baseline",
))  # fmt: skip
#: Korean verbs that say that their object is beaten, as alternatives of a pattern.
BEATS = "능가|앞서|앞선|앞지|뛰어넘|상회|초과"
PARTICLES = tuple("보다 대비 에서 에 의 을 를 은 는 이 가 와 과 로 으로 도 에게".split())  # noqa: SIM905
HANGUL = re.compile("[가-힣]")
# "by more than 50%" raises nothing.
_HEDGE = re.compile(
    r"(?:more|less|fewer|greater|higher|lower|better)\s(?:than|or equal to)\s?[~$+]?\Z", re.IGNORECASE
)
_LONGEST_HEDGE = 22
_CUE_REACH = 110


@cache
def _cue_patterns() -> dict[str, re.Pattern[str]]:
    """For each language, the cue words as one pattern with a named group for each kind of cue."""
    patterns = {}
    for language, kinds in word_list("result_cues.yaml").items():
        # The first letters settle most places at once.
        first = "".join(sorted({re.escape(w[0]) for words in kinds.values() for w in words}))
        edge = r"\b" if language == "english" else ""
        groups = [
            f"(?P<{kind}>{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})"
            for kind, words in kinds.items()
        ]
        patterns[language] = re.compile(f"{edge}(?=[{first}])(?:{'|'.join(groups)})")
    return patterns


def direction_cues(
    text: str, sentence: Sentence, quantity: Quantity
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The words around a number that tell which way it points, as (distance, kind), the nearest first.

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        quantity: the number.

    Returns:
        Those before the number and those after it; for the kinds see ``lists/result_cues.yaml``.
    """
    cues = _cues_of(text, sentence)
    limit, hedge = quantity.end + _CUE_REACH, _hedge_before(text, sentence, quantity)
    following = [
        (start - quantity.end, kind) for start, end, kind in cues if quantity.end <= start and end <= limit
    ]
    first = quantity.begin - _CUE_REACH
    preceding = [(hedge - end, kind) for start, end, kind in cues if first <= start and end <= hedge]
    return preceding[::-1], following


def _hedge_before(text: str, sentence: Sentence, quantity: Quantity) -> int:
    """Where the words before a number end, those aside that only hedge it ("by more than 50%")."""
    first = max(sentence.start, quantity.begin - _LONGEST_HEDGE)
    hedge = _HEDGE.search(text, first, quantity.begin)
    return hedge.start() if hedge is not None else quantity.begin


def _cues_of(text: str, sentence: Sentence) -> list[tuple[int, int, str]]:
    """All cue words of a sentence as (start, end, kind), found once."""
    cues: list[tuple[int, int, str]] | None = sentence.seen.get("direction cues")
    if cues is None:
        language = "korean" if HANGUL.search(text, sentence.start, sentence.end) else "english"
        printed = text[sentence.start : sentence.end]
        lowered = printed.lower()
        if len(lowered) != len(printed):
            lowered = printed  # some letters have no small letter of the same length
        cues = [
            (sentence.start + m.start(), sentence.start + m.end(), cast(str, m.lastgroup))
            for m in _cue_patterns()[language].finditer(lowered)
        ]
        sentence.seen["direction cues"] = cues
    return cues


def governed_by_verb(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether "by" ties a number to the verb before it, as in "reduces the cost by up to 30%"."""
    return _BY.search(text, max(sentence.start, quantity.begin - _MARK_REACH), quantity.begin) is not None


def gap(quantity: Quantity, start: int, end: int) -> int:
    """How many characters stand between a number and a span."""
    return max(0, start - quantity.end, quantity.begin - end)


def numbers_between(sentence: Sentence, quantity: Quantity, named: Named) -> int:
    """How many other numbers stand between a number and a name; 2 stands for more."""
    low, high = (named.end, quantity.begin) if named.start < quantity.begin else (quantity.end, named.start)
    return min(2, sum(1 for q in sentence.numbers if low <= q.begin < high))


def comparing_marks(text: str, sentence: Sentence, named: Named) -> Iterator[str]:
    """The words before or after a name that make it what something is compared with."""
    after = _COMPARED_AFTER.match(text, named.end, min(sentence.end, named.end + _MARK_REACH))
    if after is not None:
        yield f"after {after.group('mark')}"
    before = _COMPARED_BEFORE.search(text, max(sentence.start, named.start - _MARK_REACH), named.start)
    if before is not None:
        yield f"before {before.group('mark').lower()[:8]}"


def beside(sentence: Sentence, named: Named) -> str:
    """What ties a name to the rest: the particle after it, or the word before it."""
    words = sentence.words
    after, before = sentence.word_at(named.end), sentence.word_at(named.start)
    if after < len(words) and HANGUL.match(words[after][2]):
        word = words[after][2]
        if words[after][0] == named.end:
            return next((c for c in PARTICLES if word.startswith(c)), "~")
        nexts = words[after + 1][2] if after + 1 < len(words) else ""
        for following in (word, nexts):
            for case in ("보다", "대비", "비해", "비교", "에서"):
                if following.endswith((case, case + "는", case + "의")) or following.startswith(case):
                    return "…" + case
        return "…"
    for back in (1, 2, 3):
        if before >= back and words[before - back][2] in _PREPOSITIONS:
            return words[before - back][2]
    return "^" if before == 0 else "-"
