"""How two different spellings may be names of one person, judged by the names alone."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from kg_builder.resolve.person_names import PersonName, share_a_short_form, skeleton

#: Names shorter than this are not compared letter by letter: one letter makes another name of them.
_SHORTEST_MISSPELT = 5
_SHORTEST_PREFIX = 3


class Agreement(StrEnum):
    """The kind of difference between two names that may be one person's; the surest first."""

    SAME = "same name"
    SPELLING = "same letters, spaced or transliterated otherwise"
    ORDER = "same words in another order"
    MIDDLE = "one leaves out middle names"
    INITIALS = "one has initials"
    FAMILY = "one leaves out part of a family name"
    NICKNAME = "one has a short form of the given name"
    MISSPELT = "one letter differs"
    FIRST = "one leaves out the first given name"
    LETTER = "one letter differs, which makes another name of most"


def agreement(a: PersonName, b: PersonName) -> Agreement | None:
    """The kind of difference between two names, or ``None`` where they are not one person's.

    >>> from kg_builder.resolve.person_names import parse_name
    >>> def between(a, b): return agreement(parse_name(a), parse_name(b))
    >>> between("Steven P. Abney", "Steve Abney").name, between("J. Smith", "John Smith").name
    ('NICKNAME', 'INITIALS')
    >>> between("Wei Li", "Wen Li"), between("Jürgen Müller", "Juergen Mueller").name
    (None, 'SPELLING')
    """
    if a.key == b.key:
        return Agreement.SAME
    return _agreement(a, b) if (a.key, a.text) <= (b.key, b.text) else _agreement(b, a)


@lru_cache(maxsize=1 << 16)
def _agreement(a: PersonName, b: PersonName) -> Agreement | None:
    if bool(a.family) != bool(b.family) or not a.words or not b.words:
        return None
    if skeleton(a.words) == skeleton(b.words) and not _initials_only(a, b):
        return Agreement.SPELLING
    if len(a.words) == len(b.words) and sorted(a.words) == sorted(b.words):
        return Agreement.ORDER
    if not a.given or not b.given or not a.family or not b.family:
        return None
    given = _given_before_same_family(a, b)
    if given:
        kind = _given_agreement(*given, misspelling=not (a.is_east_asian or b.is_east_asian))
        return kind or (Agreement.LETTER if _other_given_letter(*given) else None)
    return _turned(a, b) or _shortened_family(a, b) or _misspelt_family(a, b) or _other_letter(a, b)


def forget_agreements() -> None:
    """Let go of the pairs of names that were compared; many are held, since people are compared again as they grow."""
    _agreement.cache_clear()


def contradict(a: PersonName, b: PersonName) -> bool:
    """Whether two names that do not agree tell two people apart: one family name, and other given names.

    >>> from kg_builder.resolve.person_names import parse_name
    >>> contradict(parse_name("Robert L. Mercer"), parse_name("Robert E. Mercer"))
    True
    >>> contradict(parse_name("Kate Forbes"), parse_name("Katherine Riley"))
    False
    """
    return (
        agreement(a, b) is None
        and bool(a.family and b.family)
        and _given_before_same_family(a, b) is not None
    )


def _initials_only(a: PersonName, b: PersonName) -> bool:
    # Of initials, order and number are all there is: "H. A. Lee" and "Ha Lee" are two names.
    return all(len(w) == 1 for w in a.given) != all(len(w) == 1 for w in b.given)


def _given_before_same_family(a: PersonName, b: PersonName) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What stands before the family name that both have, wherever each spelling says that it begins."""
    if a.family == b.family or skeleton(a.family) == skeleton(b.family):
        return a.given, b.given
    longer = max(len(a.family), len(b.family))
    if min(len(a.words), len(b.words)) > longer and a.words[-longer:] == b.words[-longer:]:
        return a.words[:-longer], b.words[:-longer]
    return None


def _given_agreement(a: tuple[str, ...], b: tuple[str, ...], *, misspelling: bool) -> Agreement | None:
    """How given names agree, where the family names are the same."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if _one(short[0], long[0]):
        if not _follow(short[1:], long[1:]):
            return None
        if short[0] == long[0]:
            return Agreement.MIDDLE if len(short[0]) > 1 else Agreement.INITIALS
        return Agreement.INITIALS
    if "".join(long).startswith("".join(short)) and len("".join(short)) >= _SHORTEST_PREFIX:
        return Agreement.NICKNAME
    if _initials_of(short, long) or _initials_of(long, short):
        return Agreement.INITIALS
    if _is_nickname(short[0], long[0]) and _follow(short[1:], long[1:]):
        return Agreement.NICKNAME
    if misspelling and _one_letter(" ".join(short), " ".join(long)):
        return Agreement.MISSPELT
    if len(long) > len(short) and len(long[1]) > 1 and _one(short[0], long[1]) and len(short[0]) > 1:
        return Agreement.FIRST
    return None


def _one(a: str, b: str) -> bool:
    """Whether two given names are the same, or one is the other's initial."""
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _follow(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the further given names of one are found, in order, among those of the other."""
    left = iter(long)
    return all(any(_one(word, other) or _is_nickname(word, other) for other in left) for word in short)


def _initials_of(initials: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Whether one word stands for the initials of several: ``xl`` or ``x l`` for ``xiaolei`` is not decided."""
    return len(initials) == 1 and len(written) > 1 and initials[0] == "".join(w[0] for w in written)


def _is_nickname(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return False
    if share_a_short_form(a, b):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST_PREFIX and long.startswith(short)


def _turned(a: PersonName, b: PersonName) -> Agreement | None:
    """Family and given name exchanged, the given one shortened to initials."""
    if len(a.family) != 1 or len(b.family) != 1 or not (a.is_east_asian or b.is_east_asian):
        return None
    for x, y in ((a, b), (b, a)):
        if x.given == y.family and len(x.family[0]) == 1 and _one(x.family[0], y.given[0]):
            return Agreement.ORDER
    return None


def _shortened_family(a: PersonName, b: PersonName) -> Agreement | None:
    """One of several family names left out, at the end or in the middle."""
    short, long = (a, b) if len(a.words) < len(b.words) else (b, a)
    if len(short.words) == len(long.words) or not _one(short.words[0], long.words[0]):
        return None
    if any(name.is_east_asian for name in (a, b)) or len(short.family[-1]) < _SHORTEST_PREFIX:
        return None
    if short.family[-1] in long.words[1:] and _follow(short.words[1:], long.words[1:]):
        return Agreement.FAMILY
    return None


def _misspelt_family(a: PersonName, b: PersonName) -> Agreement | None:
    if (
        a.given != b.given
        or a.is_east_asian
        or b.is_east_asian
        or not (a.has_full_given and b.has_full_given)
    ):
        return None
    return Agreement.MISSPELT if _one_letter(" ".join(a.family), " ".join(b.family)) else None


def _other_given_letter(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether given names differ by a letter, and have the same initials: those tell people apart."""
    initials = [[word for word in given if len(word) == 1] for given in (a, b)]
    return initials[0] == initials[1] and _one_letter("".join(a), "".join(b))


def _other_letter(a: PersonName, b: PersonName) -> Agreement | None:
    """Family names that differ by a letter, after given names that are written out and the same."""
    if skeleton(a.given) != skeleton(b.given) or not (a.has_full_given and b.has_full_given):
        return None
    long = len("".join(a.given)) >= _SHORTEST_MISSPELT
    return Agreement.LETTER if long and _one_letter("".join(a.family), "".join(b.family), 2) else None


def _one_letter(a: str, b: str, shortest: int = _SHORTEST_MISSPELT) -> bool:
    """Whether one letter was changed, added, left out, or two neighbours exchanged."""
    if min(len(a), len(b)) < shortest or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    if max(len(middle_a), len(middle_b)) <= 1:
        return True
    return len(middle_a) == len(middle_b) == 2 and middle_a == middle_b[::-1]
