"""Name tokens: the Latin-script words of a text that could be part of a name, and the runs that they form."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from kg_builder.extract.kept import Kept
from kg_builder.extract.lexicon import lexicon

_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ∞"
_MATH = r"\$[^$\s]{1,24}\$"
_RAISED = r"[\^_]\{[^{}\s]{1,12}\}"
_PLAIN = rf"[{_LETTER}'’.+@&‐‑–]*+"
# Every repetition is over one character class or a bounded piece, so the scan is linear. What needs no choice is taken
# in runs: a choice at each character would take twice as long.
_TOKEN = re.compile(rf"((?:[{_LETTER}]|{_MATH}){_PLAIN}(?:(?:{_MATH}|{_RAISED}|[\^_]|-(?!-)){_PLAIN})*+)")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)>\]가-힣]*|[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:com|org|io|net|html)\b[^\s)>\]가-힣]*"
)
_HOSTS = ("://", "www.", ".com", ".org", ".io", ".net", ".html")
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

_LOWER_NAME = re.compile(r"[a-z]+\d+|.*-?(?:bench|eval)\Z|[a-z]+2[a-z]+\Z|[a-z]{2,}-[a-z0-9-]*\d[a-z0-9-]*\Z")


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


class Form(NamedTuple):
    """What a printed word is, wherever it stands.

    Args:
        text: the word, without closing punctuation, possessive and joined participle (``-based``).
        shape: see `Token`.
        cut: whether something was cut off its end.
        telling: whether it may be part of a name by its form alone.
        name: whether it is in small letters, and names something by its form alone ("mt-bench").
        lower: its key (see `name_key`) where it is in small letters, else empty.
    """

    text: str
    shape: str
    cut: bool
    telling: bool
    name: bool
    lower: str


def _form(word: str) -> Form:
    text = word.rstrip(_TRAILING)
    text = _RUN_ON.split(_POSSESSIVE.sub("", text))[0]
    head, hyphen, tail = text.rpartition("-")
    while hyphen and tail in lexicon().joined and head:
        text = head.rstrip(_TRAILING)
        head, hyphen, tail = text.rpartition("-")
    shape = _shape(text)
    lower = shape == "lower"
    name = lower and _LOWER_NAME.match(text) is not None
    telling = text != "" and (not lower or name or text in _VARIANTS)
    return Form(text, shape, text != word, telling, name, name_key(text) if lower else "")


_FORMS = Kept(_form)


def _shape(text: str) -> str:
    if _NUMBER.match(text):
        return "number"
    if _MARKED.search(text):
        return "marked"
    return "title" if text[:1].isupper() else "lower"


@dataclass(slots=True)
class LatinWords:
    """The Latin-script words of a text outside web addresses, in order.

    Most are words in small letters, of which nobody asks more than their form: tokens are made of the others only.

    Args:
        forms: what each is.
        starts: where each begins.
    """

    forms: list[Form]
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> LatinWords:
        """Those of a text."""
        # Words stand at the odd places of what a split at its only group gives.
        pieces = _TOKEN.split(text)
        starts = list(accumulate(map(len, pieces[:-1]), initial=0))[1::2]
        forms = list(map(_FORMS.__getitem__, pieces[1::2]))
        if any(map(text.__contains__, _HOSTS)):
            for low, high in reversed(_addresses(text)):
                first, last = bisect_left(starts, low), bisect_left(starts, high)
                del forms[first:last], starts[first:last]
        return cls(forms, starts)

    def token(self, index: int) -> Token:
        """One of the words."""
        form, start = self.forms[index], self.starts[index]
        return Token(form.text, start, start + len(form.text), form.shape, form.cut)

    def telling(self) -> list[Token]:
        """The words that may be part of a name by their form alone."""
        return [
            Token(form[0], start, start + len(form[0]), form[1], form[2])
            for form, start in zip(self.forms, self.starts, strict=True)
            if form[3]
        ]

    def before(self, position: int) -> Token | None:
        """The last word that ends at a position or before it."""
        index = bisect_left(self.starts, position) - 1
        while index >= 0:
            text = self.forms[index].text
            if text and self.starts[index] + len(text) <= position:
                return self.token(index)
            index -= 1
        return None


def tokens(text: str) -> list[Token]:
    """The Latin-script words of a text outside web addresses."""
    words = LatinWords.of(text)
    return [words.token(index) for index, form in enumerate(words.forms) if form.text]


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where web addresses stand; they hold no white space, and only what holds a host is searched closely."""
    chunks = [chunk.span() for chunk in _CHUNK.finditer(text)]
    hosted = [(low, high) for low, high in chunks if any(text.find(host, low, high) >= 0 for host in _HOSTS)]
    return [match.span() for span in hosted for match in _ADDRESS.finditer(text, *span)]


def runs(text: str, words: list[Token]) -> list[list[Token]]:
    """Maximal runs of words that hold a capital or a digit and are parted by white space or a slash only.

    Args:
        text: the text.
        words: its words, or the telling ones: others would part a run, and so does their text between two words.
    """
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
