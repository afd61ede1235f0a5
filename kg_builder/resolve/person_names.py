"""Names of persons taken apart: given name, family name, script, and what two spellings share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path

import yaml

_WORDS_FILE = Path(__file__).with_name("person_names.yaml")
_INNER = re.compile(r"['’`´‘.\-‐‑‒–—]+")
_APOSTROPHE = re.compile(r"['’`´‘]+")
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_AFTER_FULL_STOP = re.compile(r"\.(?=\w)")
#: Letters that Unicode does not take apart into a base letter and a mark.
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
#: How a mark or a stroke is written where it cannot be printed: Müller, Mueller.
_UMLAUT = re.compile(r"(?<=[aou])e")
#: Chinese ü after l and n, in passports and on keyboards: Lü, Lv, Lyu.
_FRONTED_U = re.compile(r"(?<=^[ln])(?:v|yu)(?=$|e)")
#: What marks a long vowel in Japanese names, where it is written at all: Katō, Katoh, Kato; Ōnishi, Ohnishi, Oonishi.
_LONG_VOWEL = re.compile(r"(?<=[^aeiou]o)h$|(?<=^o)h(?=[^aeiouh])|(?<=o)o|(?<=u)u")
#: Capitals without full stops that may be initials: JR Firth.
_MOST_INITIALS = 3
_EAST_ASIAN = ("han", "hangul", "kana")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart, without case and marks.

    Args:
        text: the name as printed.
        key: what spellings that differ only in case, marks, hyphens and full stops share.
        given: the words of the given name, hyphenated ones taken apart; initials are words of one letter.
        family: the words of the family name, particles included; empty for a name of one word.
        script: of its letters: ``latin``, ``hangul``, ``han``, ``kana``, ``cyrillic``, …; ``none`` without letters.
        family_first: whether the family name is printed first.

    Attributes:
        words: given name, then family name.
        is_east_asian: whether the family name is a common Chinese, Korean or Vietnamese one, or the script East Asian.
    """

    text: str
    key: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    script: str
    family_first: bool = False
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    is_east_asian: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every comparison of two names asks for these.
        object.__setattr__(self, "words", self.given + self.family)
        east_asian = self.script in _EAST_ASIAN or " ".join(self.family) in east_asian_family_names()
        object.__setattr__(self, "is_east_asian", east_asian)

    def __hash__(self) -> int:
        # Nearly always enough, and a text remembers its hash.
        return hash(self.text)

    @property
    def has_full_given(self) -> bool:
        """Whether any given name is written out."""
        return any(len(word) > 1 for word in self.given) or self.script in _EAST_ASIAN


@cache
def _word_lists() -> dict[str, object]:
    tree = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    assert isinstance(tree, dict)
    return tree


def _listed(name: str) -> frozenset[str]:
    words = _word_lists()[name]
    assert isinstance(words, str)
    return frozenset(words.split())


@cache
def east_asian_family_names() -> frozenset[str]:
    """Family names in Latin letters that are common in China, Korea and Vietnam."""
    return _listed("east_asian_family_names")


@cache
def _particles() -> frozenset[str]:
    return _listed("particles")


@cache
def _generations() -> frozenset[str]:
    return _listed("generations")


@cache
def _double_family_names() -> frozenset[str]:
    return _listed("double_family_names")


@cache
def _groups_of_short_forms() -> dict[str, frozenset[int]]:
    groups = _word_lists()["nicknames"]
    assert isinstance(groups, list)
    numbers: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for name in group.split():
            numbers.setdefault(name, set()).add(number)
    return {name: frozenset(found) for name, found in numbers.items()}


def short_forms(given: str) -> frozenset[int]:
    """The groups of given names and their short forms, by number, that a given name is in."""
    return _groups_of_short_forms().get(given, frozenset())


def share_a_short_form(a: str, b: str) -> bool:
    """Whether one given name is a short form of the other, or both are of a third.

    >>> share_a_short_form("bob", "robert"), share_a_short_form("bob", "bill")
    (True, False)
    """
    return not short_forms(a).isdisjoint(short_forms(b))


def plain(name: str) -> str:
    """A name without case and marks.

    >>> plain("Søren Łukasz Pîslar")
    'soren lukasz pislar'
    """
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name).casefold().translate(_STROKED)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """What two spellings of a name share across papers.

    >>> name_key("Keren Gu-Lemberg") == name_key("Keren GuLemberg")
    True
    >>> name_key("J.R. Firth") == name_key("J. R. Firth"), name_key("Li An") == name_key("Lian")
    (True, False)
    """
    if _is_plain(name):
        return " ".join(name.lower().split()) or name
    spaced = _AFTER_FULL_STOP.sub(". ", name)
    words = _NOT_WORD.sub(" ", _INNER.sub("", plain(spaced))).split()
    return " ".join(words) or name


@lru_cache(maxsize=1 << 16)
def skeleton(words: tuple[str, ...]) -> str:
    """The letters of a name in a spelling that keeps neither spaces, umlauts nor long vowels.

    >>> skeleton(("jurgen", "muller")) == skeleton(("juergen", "mueller"))
    True
    >>> skeleton(("taro", "katoh")) == skeleton(("taro", "kato")), skeleton(("lv",)) == skeleton(("lu",))
    (True, True)
    """
    return "".join(map(_bare, words))


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    return _LONG_VOWEL.sub("", _FRONTED_U.sub("u", _UMLAUT.sub("", word)))


def forget_names() -> None:
    """Let go of the names that were taken apart; many are held, for the next time that one is met."""
    for known in (name_key, skeleton, _bare, parse_name):
        known.cache_clear()


@lru_cache(maxsize=1 << 17)
def parse_name(text: str) -> PersonName:
    """A printed name taken apart.

    >>> parse_name("Ludwig van der Aa").family, parse_name("de Bruijn, N. G.").given
    (('van', 'der', 'aa'), ('n', 'g'))
    >>> parse_name("홍길동").family, parse_name("WANG Lei").family
    (('홍',), ('wang',))
    >>> parse_name("DE LA CRUZ Ana").family
    ('de', 'la', 'cruz')
    >>> parse_name("JR Firth").given
    ('j', 'r')
    """
    script = _script(text)
    before, comma, after = text.partition(",")
    if script == "none":
        return PersonName(text, name_key(text), (name_key(text),), (), script)
    words = _without_generation(_words(text))
    if comma and _words(before) and _words(after) and plain(after).strip(" .") not in _generations():
        return _named(text, _words(after), _without_generation(_words(before)), script, family_first=True)
    if script in _EAST_ASIAN:
        family, given = _east_asian(words)
        return _named(text, given, family, script, family_first=True)
    printed = text.split()
    start = sum(len(_words(word)) for word in takewhile(_is_capitals, printed))
    # A generation after capitals, JOHN SMITH Jr., is no given name.
    if 0 < start < len(words) and not _is_capitals(printed[-1]):
        if start > 1 or len(words[0]) > _MOST_INITIALS or words[0] in east_asian_family_names():
            return _named(text, words[start:], words[:start], script, family_first=True)
        words = [*words[0], *words[1:]]
    start = len(words) - len(_words(printed[-1])) if len(printed) > 1 else 0
    start = min(max(start, 0), len(words) - 1)
    while start > 1 and words[start - 1] in _particles():
        start -= 1
    return _named(text, words[:start], words[start:], script) if start else _named(text, words, [], script)


def _words(text: str) -> list[str]:
    """The words of a name or a part of one, hyphenated ones taken apart."""
    if _is_plain(text):
        return text.lower().split()
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", plain(text))).split()


def _is_plain(text: str) -> bool:
    """Whether a name is letters of English and spaces, as most are: then there is nothing to take off."""
    return text.isascii() and text.replace(" ", "").isalpha()


def _named(
    text: str, given: list[str], family: list[str], script: str, *, family_first: bool = False
) -> PersonName:
    return PersonName(text, name_key(text), tuple(given), tuple(family), script, family_first)


def _without_generation(words: list[str]) -> list[str]:
    """The words without ``Jr`` or ``III`` at the end."""
    return words[:-1] if len(words) > 2 and words[-1] in _generations() else words


def _is_capitals(word: str) -> bool:
    if not word.isupper():
        return False
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and "." not in word


def _east_asian(words: list[str]) -> tuple[list[str], list[str]]:
    """Family and given name of a name in an East Asian script."""
    if len(words) != 1:
        return words[:1], words[1:]
    word = words[0]
    length = 2 if word[:2] in _double_family_names() and len(word) > 2 else 1
    return ([word[:length]], [word[length:]]) if len(word) > length else ([], [word])


def _script(text: str) -> str:
    """The script of most letters."""
    if text.isascii():
        return "latin" if _ASCII_LETTER.search(text) else "none"
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            kind = _script_of(character)
            counts[kind] = counts.get(kind, 0) + 1
    if not counts:
        return "none"
    return max(sorted(counts), key=lambda kind: counts[kind])


@lru_cache(maxsize=1 << 12)
def _script_of(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0].lower()
    return {"cjk": "han", "hiragana": "kana", "katakana": "kana", "fullwidth": "latin"}.get(name, name)
