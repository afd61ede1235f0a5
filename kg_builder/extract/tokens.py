"""Name tokens: the Latin-script words of a text that could be part of a name, and the runs that they form."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from kg_builder.extract.lexicon import lexicon

_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ∞"
_MATH = r"\$[^$\s]{1,24}\$"
_RAISED = r"[\^_]\{[^{}\s]{1,12}\}"
# Every repetition is over one character class or a bounded piece, so the scan is linear.
_TOKEN = re.compile(rf"((?:{_MATH}|[{_LETTER}])(?:{_MATH}|{_RAISED}|[{_LETTER}'’._+^@&‐‑–]|-(?!-))*)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)>\]가-힣]*|[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:com|org|io|net|html)\b[^\s)>\]가-힣]*"
)
_HOST = re.compile(r"://|www\.|\.(?:com|org|io|net|html)")
_CHUNK = re.compile(r"\S+")
_RUN_ON = re.compile(r"(?<=[a-z0-9])\.(?=[A-Z][a-z]+\Z)")
_NUMBER = re.compile(r"[vV]?\d[\d.,]*(?:[BMKTbmk]|[xX]\d+[BMbm]?)?\Z")
_MARKED = re.compile(r"[a-zà-ÿ][A-Z]|[A-Z].*[A-Z]|\d|[Ͱ-Ͽ∞$^+]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_TRAILING = ".,_-–‐‑'’&@^"

_APART = re.compile(r"[\s\-‐-―_]+")

#: Words in small letters that go on with the name of a model ("GPT-4o mini").
_VARIANTS = frozenset(
    ("mini", "pro", "base", "large", "small", "turbo", "flash", "nano", "preview", "instruct", "chat", "medium", "tiny",
     "lite", "max", "ultra", "plus", "xl", "xxl")
)  # fmt: skip

MAX_NAME_TOKENS = 6


@dataclass(slots=True)
class Token:
    """One word at [start, end) of a passage.

    Args:
        text: the word, without closing punctuation, possessive and joined participle (``-based``).
        start: where it begins.
        end: where it ends (exclusive).
        shape: ``number``, ``marked`` (inner capital, digit, sign), ``title`` (capitalised word), ``lower``.
        cut: whether something was cut off its end, so that nothing after it belongs to it.
    """

    text: str
    start: int
    end: int
    shape: str
    cut: bool


@lru_cache(maxsize=1 << 15)
def name_key(name: str) -> str:
    """What spellings of one name share: no case, white space, hyphens or underscores.

    >>> name_key("GSM-8K") == name_key("gsm8k"), name_key("GPT-4") == name_key("GPT-4o")
    (True, False)
    """
    return _APART.sub("", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=65536)
def _trimmed(word: str) -> tuple[str, str, bool]:
    """The word without what does not belong to a name, its shape, and whether its end was cut."""
    text = word.rstrip(_TRAILING)
    text = _RUN_ON.split(_POSSESSIVE.sub("", text))[0]
    head, hyphen, tail = text.rpartition("-")
    while hyphen and tail in lexicon().joined and head:
        text = head.rstrip(_TRAILING)
        head, hyphen, tail = text.rpartition("-")
    return text, _shape(text), text != word


def _shape(text: str) -> str:
    if _NUMBER.match(text):
        return "number"
    if _MARKED.search(text):
        return "marked"
    return "title" if text[:1].isupper() else "lower"


def tokens(text: str) -> list[Token]:
    """The Latin-script words of a text outside web addresses."""
    # Words stand at the odd places of what a split at its only group gives.
    pieces = _TOKEN.split(text)
    starts = list(accumulate(map(len, pieces[:-1]), initial=0))[1::2]
    found = [
        Token(word, start, start + len(word), shape, cut)
        for start, (word, shape, cut) in zip(starts, map(_trimmed, pieces[1::2]), strict=True)
        if word
    ]
    if _HOST.search(text):
        for low, high in reversed(_addresses(text)):
            del found[_first_from(found, low) : _first_from(found, high)]
    return found


def _first_from(words: list[Token], offset: int) -> int:
    return bisect_left(words, offset, key=lambda word: word.start)


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where web addresses stand; they hold no white space, and only what holds a host is searched closely."""
    chunks = [chunk.span() for chunk in _CHUNK.finditer(text)]
    hosted = [span for span in chunks if _HOST.search(text, *span)]
    return [match.span() for span in hosted for match in _ADDRESS.finditer(text, *span)]


def runs(text: str, words: list[Token]) -> list[list[Token]]:
    """Maximal runs of words that hold a capital or a digit and are parted by white space or a slash only."""
    function = lexicon().function
    found: list[list[Token]] = []
    last: Token | None = None
    for word in words:
        if word.shape == "lower" and last is not None and _is_variant(text, last, word):
            found[-1].append(word)
            last = word
            continue
        if word.shape == "lower" or word.text in function:
            last = None
            continue
        joined = last is not None and not last.cut and text[last.end : word.start].strip(" \n") in ("", "/")
        if joined:
            found[-1].append(word)
        else:
            found.append([word])
        last = word
    return found


def _is_variant(text: str, last: Token, word: Token) -> bool:
    """Whether a word in small letters goes on with the name right before it."""
    return (
        word.text in _VARIANTS
        and last.shape in ("marked", "number")
        and not last.cut
        and text[last.end : word.start] == " "
    )
