"""Names that are not a person's: teams, companies, laboratories, by the lists in ``names/`` and by their form."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

_NAMES = Path(__file__).parent.parent / "names"
_NOT_WORD = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[^\s,/()]+")
_LABEL_TEAM = re.compile(r"\A(?:the\s+)?team\b|(?:\b|[a-z])Team\Z|-Team\b", re.IGNORECASE)
_AI = re.compile(r"(?:\b|(?<=[a-z]))(?:AI|A\.I\.)(?:\b|\Z)|\w\.\s?ai\Z")
_OF = re.compile(
    r"\b(?:group|center|school|college|bureau|ministry|office|museum|hospital) (?:of|for)\b", re.IGNORECASE
)
_LAST = re.compile(
    r"(?:group|center|hospital|networks?|systems?|sciences|models?|intelligence)\Z", re.IGNORECASE
)
_CAPITALS = re.compile(r"[A-Z]{3,}(?:-\w+)*")
_CAMEL = re.compile(r"[A-Z]*[a-z]+(?:[A-Z]+[a-z]*)+")
_HUMPS = re.compile(r"[A-Z][a-z]*")
_HOME_WORDS = re.compile(r"[\s\-_]+")
_DIGIT = re.compile(r"\d")
#: One syllable of a Chinese or Korean given name in Latin letters: ``Xing``, ``Jae``, ``Hyun``.
_SYLLABLE = re.compile(r"[^aeiou]{0,2}y?[aeiouy]{1,3}(?:ng|[nkmlrhpt])?", re.IGNORECASE)


@cache
def _listed(file: str) -> frozenset[str]:
    """The lines of a file in ``names/``, as keys."""
    lines = (_NAMES / file).read_text("utf-8").splitlines()
    return frozenset(_key(line) for line in lines if line.strip() and not line.startswith("#"))


def _key(name: str) -> str:
    """A name without case, spaces and punctuation."""
    return _NOT_WORD.sub("", name.casefold())


def is_family_name(word: str) -> bool:
    """Whether a word is listed as a family name.

    >>> is_family_name("Oh"), is_family_name("Geunseob")
    (True, False)
    """
    return _key(word) in _listed("family_names.txt")


def is_listed_organization(name: str) -> bool:
    """Whether the list of organisations has the name."""
    return _key(name) in _listed("organizations.txt")


def is_organization(name: str, homes: Collection[str] = ()) -> bool:
    """Whether an entry of an author list is a team, a company or another organisation.

    Args:
        name: the entry, spaces trimmed.
        homes: organisations that the source names as the paper's home; an entry of one word that is a word of such
            a name is that organisation.

    >>> [is_organization(n) for n in ("LearnLM Team", "MiniMax", "Aakanksha", "JaeHoon Lee", "XingYu")]
    [True, True, False, False, False]
    """
    if _by_itself(name):
        return True
    key = _key(name)
    if not key or not homes:
        return False
    if any(key == _key(home) for home in homes):
        return True
    return " " not in name and any(key == _key(w) for home in homes for w in _HOME_WORDS.split(home))


@lru_cache(maxsize=2**15)
def _by_itself(name: str) -> bool:
    """Whether a list or the form of a name says that it is an organisation."""
    if is_listed_organization(name):
        return True
    words = _WORDS.findall(name)
    return _looks_like_a_brand(name) if len(words) == 1 else _says_so(name, words)


def _says_so(name: str, words: list[str]) -> bool:
    """Whether a name of several words has a word that only organisations have."""
    if not words:
        return False
    if _LABEL_TEAM.search(name) or _AI.search(name) or _OF.search(name):
        return True
    kinds = _listed("organization_words.txt")
    if any(word.casefold() in kinds or _key(word) in kinds for word in words):
        return True
    return bool(_LAST.fullmatch(words[-1])) or any(_DIGIT.search(word) for word in words[:-1])


def _looks_like_a_brand(word: str) -> bool:
    """Whether one word is written as no person writes a name: ``NVIDIA``, ``LLM-jp``, ``MiniMax``, ``EverestAI``."""
    if _LABEL_TEAM.search(word) or _AI.search(word) or _CAPITALS.fullmatch(word) or _DIGIT.search(word):
        return True
    pieces = word.split("-")
    if any(_CAMEL.fullmatch(piece) for piece in pieces):
        humps = [hump for piece in pieces for hump in _HUMPS.findall(piece)]
        return not all(_SYLLABLE.fullmatch(hump) for hump in humps)
    return word.endswith(("연구소", "연구원", "연구팀", "대학교", "团队", "实验室", "大学", "研究院", "公司"))
