"""Printed author lists as signatures: where one name ends, what belongs to it, and whether it names a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg_builder.document import Signature
from kg_builder.readers.organization_names import is_family_name, is_listed_organization, is_organization

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.IGNORECASE)
_REST = re.compile(r"\.{3}|…|\+|(?:and |& )?\d+ (?:others|more)(?: authors)?|외 ?\d+명", re.IGNORECASE)
_ET_AL = re.compile(r"(?:^|[ ,])et\.? ?al\.?\Z", re.IGNORECASE)
_LEADING = re.compile(r"[\s,;:·•|*\-–]+|\(?\d{1,4}[.)]\s+|(?:and|&)\s+", re.IGNORECASE)
_FOOTNOTES = " ,;:·•|*†‡§¶∗⋆#^¹²³⁴⁵⁶⁷⁸⁹⁰"
_FOOTNOTE_NUMBER = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}\Z")
_CLOSING_DOT = re.compile(r"(?<=\b[^\W\d_]{4})\.\Z|(?<=[^\W\d_]{5})\.\Z")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_AND = re.compile(r" (?:and|&) ", re.IGNORECASE)
_GLUED = re.compile(r"[a-z][A-Z]")
#: Names around two loose pieces that must stand in alphabetical order for the order to count.
_WINDOW = 3
#: Characters beyond which an entry is no name but a damaged line.
_LONGEST_NAME = 500
#: Names whose reading is remembered: the same people write many papers.
_CACHED = 2**15


@dataclass(frozen=True, slots=True)
class Byline:
    """A printed author list, taken apart.

    Args:
        names: the names in the order of the list.
        complete: ``False`` where the list says that it goes on (``+``, ``et al.``, ``and 12 others``).
    """

    names: tuple[str, ...]
    complete: bool = True


def read_byline(line: str) -> Byline:
    """The names in a printed author list, separated by commas or semicolons, or written as a Python list.

    >>> read_byline("1. Ada Lovelace, Charles Babbage, Jr., +")
    Byline(names=('Ada Lovelace', 'Charles Babbage Jr.'), complete=False)
    """
    text = line.strip()
    pieces = python_strings(text)
    if pieces is None:
        pieces = _split(text, ";") if ";" in text else _split(text, ",")
        pieces = [_given_first(piece) for piece in pieces] if ";" in text else pieces
    names: list[str] = []
    complete = True
    for piece in (" ".join(piece.split()) for piece in pieces):
        shorter = _ET_AL.sub("", piece)
        goes_on = bool(_REST.fullmatch(shorter))
        complete = complete and shorter == piece and not goes_on
        if goes_on:
            continue
        for part in _conjuncts(shorter):
            name = clean_name(part)
            if name and names and _SUFFIX.fullmatch(name):
                names[-1] += f" {name}"
            elif name:
                names.append(name)
    return Byline(tuple(names), complete)


@lru_cache(maxsize=_CACHED)
def clean_name(printed: str) -> str:
    """A name without what is not part of it: numbering, footnote marks, invisible characters, spare spaces.

    What holds no letter, or is longer than any name, gives nothing.

    >>> clean_name("2. Jan  van der Berg§,"), clean_name("and J. Doe Jr."), clean_name(":")
    ('Jan van der Berg', 'J. Doe Jr.', '')
    """
    if len(printed) > _LONGEST_NAME:
        return ""
    visible = printed if printed.isprintable() else "".join(_visible(character) for character in printed)
    text = " ".join(visible.split())
    if is_listed_organization(text):
        return text
    begin = 0
    while found := _LEADING.match(text, begin):
        begin = found.end()
    text = text[begin:].rstrip(_FOOTNOTES)
    if " " in text and not is_organization(text):
        text = _CLOSING_DOT.sub("", _FOOTNOTE_NUMBER.sub("", text))
    return text if any(character.isalpha() for character in text) else ""


def signed(
    entries: Iterable[Signature], *, in_order: bool, homes: Collection[str] = ()
) -> tuple[Signature, ...]:
    """The signatures of a paper, with names that a comma tore apart put together, and teams told from persons.

    A comma inside a name (``Geunseob, Oh``) leaves two loose pieces of one word each. They are one person where they
    stand side by side, and also where the list is in no order, they are its only loose pieces, and one of them alone
    is a family name.

    Args:
        entries: the names as they are listed, each with its ids and affiliations.
        in_order: whether the list keeps the byline's order; a digest's does not.
        homes: organisations that the source names as the paper's home.

    Returns:
        One signature for each author, in the order of the list.

    >>> [s.name for s in signed([Signature("Geunseob"), Signature("Oh"), Signature("OpenAI")], in_order=True)]
    ['Geunseob Oh', 'OpenAI']
    """
    names = judged(entries, homes)
    loose = [i for i, entry in enumerate(names) if entry.kind == "person" and _is_loose(entry.name)]
    pairs = _neighbours(loose, [entry.name for entry in names])
    if not in_order and not pairs and len(loose) == 2:
        pairs = _apart(names, loose[0], loose[1])
    joined = {first: _join(names[first], names[second]) for first, second in pairs}
    gone = {second for _, second in pairs}
    return tuple(joined.get(i, entry) for i, entry in enumerate(names) if i not in gone)


def judged(entries: Iterable[Signature], homes: Collection[str] = ()) -> tuple[Signature, ...]:
    """The signatures with their names cleaned, and teams told from persons; for sources that take names apart.

    Args:
        entries: the names as they are listed, each with its ids and affiliations.
        homes: organisations that the source names as the paper's home.
    """
    cleaned = [replace(entry, name=name) for entry in entries if (name := clean_name(entry.name))]
    return tuple(
        replace(entry, kind="organization") if is_organization(entry.name, homes) else entry
        for entry in cleaned
    )


def _visible(character: str) -> str:
    """The character, a space for a control, U+FFFD for half a character, nothing for a mark that does not show."""
    category = unicodedata.category(character)
    return {"Cc": " ", "Cs": "\ufffd", "Cf": "", "Co": ""}.get(category, character)


def python_strings(text: str, *, whole: bool = False) -> list[str] | None:
    """The strings of a Python list such as ``['A B', "C D'E"]``; ``None`` where the text is none.

    Args:
        text: the text.
        whole: whether the text must be such a list to its end; else a list that is cut off in the middle of a
            string gives the strings before.
    """
    if not re.match(r"\[\s*['\"]", text):
        return None
    item = re.compile(r"[\s,\[]*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
    strings: list[str] = []
    position = 0
    while found := item.match(text, position):
        string = found.group(1) if found.group(1) is not None else found.group(2)
        strings.append(re.sub(r"\\(.)", r"\1", string))
        position = found.end()
    return None if whole and text[position:].strip() != "]" else strings


def _split(text: str, separator: str) -> list[str]:
    """The pieces between separators that stand outside brackets."""
    if text.count("(") != text.count(")"):
        return text.split(separator)
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "()":
            depth += 1 if character == "(" else -1
        elif character == separator and depth <= 0:
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _given_first(piece: str) -> str:
    """``Lovelace, Ada`` as ``Ada Lovelace``; a name with no or several commas stays."""
    family, comma, given = piece.partition(",")
    if not comma or "," in given or _SUFFIX.fullmatch(given.strip()):
        return piece
    return f"{given.strip()} {family.strip()}"


def _conjuncts(piece: str) -> list[str]:
    """The names on both sides of an ``and``, unless the whole is an organisation."""
    parts = _AND.split(piece)
    return [piece] if len(parts) == 1 or is_organization(piece) else parts


def _is_loose(name: str) -> bool:
    """Whether a name may be half of one: a single word, or given names that end in an initial (``Yi R.``)."""
    words = name.split()
    if len(words) == 1:
        latin = name.replace("-", "").replace("'", "").isascii()
        return latin and not _GLUED.search(name) and not _INITIAL.fullmatch(name)
    return len(words) == 2 and not _INITIAL.fullmatch(words[0]) and bool(_INITIAL.fullmatch(words[1]))


def _neighbours(loose: Sequence[int], names: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of loose pieces side by side; an odd run of them cannot be paired and is left."""
    pairs: list[tuple[int, int]] = []
    run: list[int] = []
    for index in [*loose, len(names) + 1]:
        if run and index != run[-1] + 1:
            if len(run) % 2 == 0:
                pairs += [(a, b) for a, b in zip(run[::2], run[1::2], strict=True) if _torn(a, b, names)]
            run = []
        run.append(index)
    return pairs


def _torn(first: int, second: int, names: Sequence[str]) -> bool:
    """Whether two loose neighbours are the halves of one name.

    The second half is one word. Where the list around them is alphabetical and both keep that order, each is a name
    of its own: the second half of a torn name would stand where its letter does not belong.
    """
    if " " in names[second]:
        return False
    before, after = names[max(0, first - _WINDOW) : first], names[second + 1 : second + 1 + _WINDOW]
    if len(before) < _WINDOW or len(after) < _WINDOW:
        return True
    window = [name.casefold() for name in [*before, names[first], names[second], *after]]
    return window != sorted(window)


def _apart(entries: Sequence[Signature], first: int, second: int) -> list[tuple[int, int]]:
    """The two only loose pieces of a list without order, given name first, where one alone is a family name."""
    names = entries[first].name, entries[second].name
    family = [" " not in name and is_family_name(name) for name in names]
    if family == [False, True]:
        return [(first, second)]
    return [(second, first)] if family == [True, False] else []


def _join(given: Signature, family: Signature) -> Signature:
    """One signature from two halves, with the ids and affiliations of both."""
    return Signature(
        f"{given.name} {family.name}",
        ids=tuple(dict.fromkeys(given.ids + family.ids)),
        affiliations=tuple(dict.fromkeys(given.affiliations + family.affiliations)),
    )
