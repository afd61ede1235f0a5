"""Where the sentences of a passage begin and end, in Korean and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Every alternative is bounded or begins only where the same run has not begun before, so that the scan
# stays linear on hostile text.
_END = re.compile(
    r"(?P<stop>(?<![.!?…])[.!?…]++[\"'”’»)\]}*_`]{0,6}+)(?=\s|\Z|[가-힣A-Z])|(?P<full>[。！？])|(?P<line>\n)"
)
# What any of them begins with: found in a sixth of the time that it takes to try the alternatives at each character.
_MARK = re.compile(r"[.!?…。！？\n]")
_BULLET = re.compile(r"[ \t]{0,40}(?:[-*•·‣–]{1,3}[ \t]|\(?\d{1,3}[.)][ \t]|\n)")
_NEXT = re.compile(r"\s{0,200}(\S?)([^\s]{0,40})")
_WORD_BEFORE = re.compile(r"[^\s(\[{“\"]{1,20}\Z")

# Abbreviations after which a sentence goes on whatever follows, and those after which only a number does.
_INSIDE = frozenset((
    "e.g", "i.e", "eg", "ie", "cf", "vs", "resp", "approx", "al", "ca", "dr", "prof", "mr", "mrs", "ms",
    "st", "viz", "w.r.t", "wrt", "dept", "univ", "i.i.d",
))  # fmt: skip
_BEFORE_NUMBER = frozenset((
    "fig", "figs", "eq", "eqs", "sec", "secs", "tab", "tabs", "ch", "chap", "alg", "app", "no", "nos",
    "vol", "pp", "p", "def", "thm",
))  # fmt: skip
# Words that open a sentence, where the full stop follows a single capital letter ("… as model A. We …").
_OPENERS = frozenset((
    "We", "The", "In", "This", "Our", "To", "It", "These", "However", "Moreover", "Furthermore",
    "Finally", "A", "An", "As", "By", "For", "On", "Then", "And", "But", "Here", "Experiments",
    "Results", "They", "Their", "While", "With", "From",
))  # fmt: skip
_GLUED_OPENER = re.compile(r"[A-Z][a-z]{1,12}(?=\s|,)")
_EXCLAIMING_NAMES = frozenset(("yahoo", "jeopardy"))
_BRACKET_REACH = 300


def _goes_on(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the sentence that began at `start` goes on after the stop mark at text[stop:end]."""
    following = _NEXT.match(text, end)
    assert following is not None
    first, rest = following.group(1), following.group(2)
    if not first:
        return False
    if text[stop] == "." and text[stop - 1 : stop].isdigit() and text[start:stop].strip(" -*(").isdigit():
        return True  # the number of a list item
    if first in ",;:)]}%" or (first.islower() and rest.casefold() == rest):
        return True
    word = _WORD_BEFORE.search(text, max(start, stop - 20), stop)
    before = word.group().casefold() if word else ""
    if text[stop] == "!":
        return before in _EXCLAIMING_NAMES
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    if before in _INSIDE:
        # "et al. We propose" is the one of them that may end a sentence.
        return not (before == "al" and first + rest in _OPENERS)
    if before in _BEFORE_NUMBER:
        return first.isdigit() or first == "("
    initial = word is not None and len(before) == 1 and "A" <= word.group() <= "Z"
    return initial and first.isupper() and first + rest not in _OPENERS


def _in_brackets(text: str, start: int, stop: int) -> bool:
    """Whether position `stop` lies in round brackets that opened in this sentence and close nearby."""
    low = max(start, stop - _BRACKET_REACH)
    if text.count("(", low, stop) <= text.count(")", low, stop):
        return False
    close = text.find(")", stop, stop + _BRACKET_REACH)
    # A bracket that opens again before it closes is one that never closed.
    return close >= 0 and "(" not in text[stop:close] and "\n" not in text[stop:close]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    low = start + len(piece) - len(piece.lstrip())
    return low, low + len(stripped)


def _ends(text: str, start: int, match: re.Match[str], language: str) -> bool:
    if match["line"]:
        # English abstracts come hard-wrapped; a Korean digest keeps one statement a line.
        return language == "ko" or _BULLET.match(text, match.end()) is not None
    if match["full"]:
        return True
    stop, end = match.span("stop")
    glued = not text[end : end + 1].isspace() and end < len(text)
    if glued:
        # "…합니다.또한", "…GPT-4.We": only before such words, so that names, versions and addresses stay whole
        opener = _GLUED_OPENER.match(text, end)
        opens = "가" <= text[stop - 1 : stop] <= "힣" or (opener is not None and opener.group() in _OPENERS)
        return opens and end - stop == 1
    return not _goes_on(text, start, stop, end) and not _in_brackets(text, start, stop)


def _stops(text: str) -> Iterator[re.Match[str]]:
    """Where a sentence may end."""
    position = 0
    while mark := _MARK.search(text, position):
        match = _END.match(text, mark.start())
        if match is not None:
            yield match
        position = match.end() if match is not None else mark.end()


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of a text, in order, without the white space around them.

    Nothing but white space lies outside the sentences. Abbreviations, decimals, addresses, versions and the
    numbers of list items end no sentence; a bullet begins one.

    Args:
        text: the text of a passage.
        language: ``ko`` or ``en``; in Korean every line end is a sentence end.

    Returns:
        (start, end) of each sentence, in Unicode code points, end exclusive.

    >>> text = "It beats GPT-4 (e.g. by 3.5 points). We release it."
    >>> [text[a:b] for a, b in sentences(text, "en")]
    ['It beats GPT-4 (e.g. by 3.5 points).', 'We release it.']
    """
    found = []
    start = 0
    for match in _stops(text):
        if not _ends(text, start, match, language):
            continue
        piece = _trimmed(text, start, match.end())
        if piece is not None:
            found.append(piece)
        start = match.end()
    piece = _trimmed(text, start, len(text))
    if piece is not None:
        found.append(piece)
    return found
