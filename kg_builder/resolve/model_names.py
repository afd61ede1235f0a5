"""Model names, understood by their parts: family, version, size, variant, date.

A name is read from its end: what is certainly a size, a version, a variant or a date is taken off, one part at a
time, and each shorter name is the next wider one (Qwen2.5-7B-Instruct, Qwen2.5-7B, Qwen2.5, Qwen). Reading stops at
the first part that is none of these; what is left is the family.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LAST_PART = re.compile(r"[\s\-_:/]+([^\s\-_:/]+)\Z")
_BRACKETED = re.compile(r"\s*\(([^()]{1,40})\)\Z")
_DATE = re.compile(r"[\s\-_@]+((?:20\d\d[-/]?\d\d[-/]?\d\d)|(?:\d{6})|(?:[01]\d[0-3]\d))\Z")
_SIZE = re.compile(
    r"(?:\d{1,3}x)?\d{1,4}(?:\.\d{1,3})?[BMT]|[AE]\d{1,3}(?:\.\d)?B|\d{1,4}(?:\.\d)?[bm]|XX?L|[SML]"
)
_VERSION = re.compile(r"(?:[vVrR])?\d{1,3}(?:\.\d{1,3}){0,2}[a-zA-Z]?")
_GLUED_VERSION = re.compile(r"(?<=[A-Za-z])([vV]?\d{1,2}(?:\.\d{1,2}){0,2}[oV]?)\Z")
_TWO_LETTERS = re.compile(r"[A-Za-z].*[A-Za-z]")
_LETTER_AND_MORE = re.compile(r"[A-Za-z].")
_ACTIVE_SIZE = re.compile(r"[AE]\d")


@cache
def _variant_words() -> frozenset[str]:
    text = (Path(__file__).parent / "variant_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if (word := line.partition("#")[0].strip()))


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model's name and the parts read off it.

    Args:
        name: the name as printed.
        family: the widest name.
        version: such as ``2.5`` or ``4o``.
        size: such as ``7B``.
        variant: such as ``Instruct``; several are joined by a space.
        date: a release date or its short form, such as ``0613``.
        wider: the next wider names, the nearest first.
    """

    name: str
    family: str
    version: str | None = None
    size: str | None = None
    variant: str | None = None
    date: str | None = None
    wider: tuple[str, ...] = ()


def _kind_of(part: str) -> str | None:
    if _SIZE.fullmatch(part):
        return "size"
    if _VERSION.fullmatch(part):
        return "version"
    return "variant" if part.casefold() in _variant_words() else None


def _shorter(name: str) -> tuple[str, str, str] | None:
    """The name without its last part, the kind of that part, and the part itself."""
    if found := _DATE.search(name):
        return name[: found.start()], "date", found.group(1)
    if found := _BRACKETED.search(name) or _LAST_PART.search(name):
        kind = _kind_of(found.group(1))
        return (name[: found.start()], kind, found.group(1)) if kind else None
    if found := _GLUED_VERSION.search(name):
        return name[: found.start()], "version", found.group(1)
    return None


def _may_be_wider(left: str, part: str, rest: str) -> bool:
    # T5-XXL leaves T5, but T5 leaves no T: what a digit is glued to must be a word.
    glued = rest == left + part
    return bool((_TWO_LETTERS if glued else _LETTER_AND_MORE).search(left))


def _may_join(before: list[str], kind: str) -> bool:
    # One version, size and date a name, a second one belonging to something named inside it; but the size of a
    # mixture of experts has two parts (235B-A22B).
    return kind == "variant" or not before or (kind == "size" and bool(_ACTIVE_SIZE.match(before[0])))


def parse_model_name(name: str) -> ModelName:
    """Read a model's name.

    Args:
        name: as printed, such as ``Qwen2.5-7B-Instruct``.

    Returns:
        Its parts; a name of which no part is certain is its own family.

    Example:
        >>> parsed = parse_model_name("Qwen2.5-7B-Instruct")
        >>> parsed.family, parsed.version, parsed.size, parsed.variant
        ('Qwen', '2.5', '7B', 'Instruct')
        >>> parsed.wider
        ('Qwen2.5-7B', 'Qwen2.5', 'Qwen')
    """
    parts: dict[str, list[str]] = {"version": [], "size": [], "variant": [], "date": []}
    wider = []
    rest = name
    while shorter := _shorter(rest):
        left, kind, part = shorter
        if not _may_be_wider(left, part, rest) or not _may_join(parts[kind], kind):
            break
        parts[kind].insert(0, part)
        wider.append(left)
        rest = left
    joined = {kind: " ".join(values) or None for kind, values in parts.items()}
    return ModelName(name, rest, wider=tuple(wider), **joined)
