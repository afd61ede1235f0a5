"""The numbers of a passage: value, unit, and whether they state a change or the ends of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kg_builder.extract.result_units import Unit, may_hold_number_words, number_words, unit_after, unit_before

Shape = Literal["single", "change", "low", "high"]
_LONGEST_NUMBER = 24
_PER_SECOND = {"frames": "fps", "tokens": "tokens/s"}
_DIGITS = re.compile(r"\d++(?:(?:,\d{3})++(?!\d))?(?:\.\d++)?")
# What stands before a number that is a part of a name, a version, an address or a formula ("GPT-4", "v1.5",
# "Pass@1", "top-5", "x_2").
_NAME_BEFORE = re.compile(r"(?:[A-Za-z0-9가-힣@#^_/\\.]|[\w)\]][-–.,]|\d\s?[x×*]|(?i:arxiv|doi):)\Z")
_SIZE_BEFORE = re.compile(r"\d\s?(?:[x×*]|times|\$?\\times\$?)\s\Z")
_GLUED_PLUS = re.compile(r"(?:\b(?:plus|minus)|[가-힣])\Z")
_SIGN = re.compile(r"(?:[+\-−–±~∼≈<>]|\\sim|\\approx|plus|minus|\\geq?|\\leq?|≥|≤)\s?\$?\Z")
_NEGATIVE = ("-", "−", "–", "minus")
_GLUED_WORD = re.compile(r"[A-Za-z]")
_DASH = re.compile(r"\s?(?:--?-?|[–—~∼～]|\$?\\sim\$?)\s?\$?")
# What stands between the two numbers of a change ("from A to B", "A에서 B로", "A → B") or of a range.
_TO = re.compile(
    r"\s?%?\s?(?:to|→|->|-->|\$?\\(?:right)?(?:arrow|to)\$?|⟶|=>)\s?"
    r"(?:about |around |over |only |just |nearly )?[~∼≈]?\$?\Z"
)
_ARROW = re.compile(r"→|->|-->|\\rightarrow|\\to|⟶|=>")
_KOREAN_FROM = re.compile(r"(?:점)?\s?(?:에서|부터|에서부터)\s?(?:약 |무려 |최대 )?\Z")
_RANGE_BEFORE = re.compile(
    r"(?:rang(?:e|es|ed|ing)(?: from)?|between|gains? of|by|span(?:s|ning)?)\s(?:up to |an? )?[+~]?\$?\Z"
)
_FROM_BEFORE = re.compile(
    r"\bfrom\s(?:about |around |only |just |an? |as low as )?[~∼≈+]?\$?\Z|\(\Z", re.IGNORECASE
)
_AFTER_CHANGE = re.compile(r"\s?\)?\s?(?:으로|로)(?![가-힣]*까지)")
_AFTER_RANGE = re.compile(r"\s?(?:까지|사이|범위|정도까지)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a passage prints.

    Args:
        passage: index of the passage in the document.
        start: where it begins, sign or currency included.
        end: where it ends, unit included.
        value: the number; for a change, what it changed to.
        unit: the unit in the graph's spelling, or ``None``.
        kind: the sort of quantity: ``percent``, ``times``, ``points``, ``time``, …, ``bare`` without unit.
        shape: ``single``, ``change`` (with `from_value`), or the ``low`` or ``high`` end of a range.
        from_value: for a change, what it changed from.
        signed: ``+`` or ``-`` where a sign is printed.
        worded: whether it is written in words (``twice``).
        begin: where the whole expression begins: for a change, at the first of the two numbers.
    """

    passage: int
    start: int
    end: int
    value: float
    unit: str | None
    kind: str
    shape: Shape = "single"
    from_value: float | None = None
    signed: str = ""
    worded: bool = False
    begin: int = -1


def _in_words(text: str, passage: int, found: list[Quantity]) -> list[Quantity]:
    """The quantities that stand in words, where no digits were found already."""
    lowered = text.lower()
    worded: list[Quantity] = []
    if not may_hold_number_words(lowered):
        return worded
    for entry in number_words():
        for match in entry.words.finditer(text):
            begin, end = match.span()
            if not any(q.start < end and begin < q.end for q in found):
                unit = entry.unit
                worded.append(
                    Quantity(passage, begin, end, entry.value, unit.name, unit.kind, worded=True, begin=begin)
                )
    return worded


# "1280×720", "8×A100", "8x NVIDIA H100", "8times RTX 4090": a size, or so many devices.
_NO_RATIO = re.compile(r"\s?[xX×*]?\s?\d|[A-Z]|\s?(?:NVIDIA|Nvidia|RTX|GPU|TPU|[ABHLV]\d{2,3})")
# A significance, a sample size, or the best score that there is ("5점 만점").
_NO_VALUE_BEFORE = re.compile(
    r"(?:\b[pPnNkKdD](?:-?values?|-?값)?|α|\\alpha)\s?(?:=|<|>|≤|≥|\\leq?|\\geq?)\s?\$?\Z"
)
_NO_VALUE_AFTER = re.compile(r"\s?(?:점\s?)?(?:만점|씩\b)|\s?(?:번|번째|차례|차원)(?![가-힣]?율)")


def _no_value(text: str, unit: Unit | None, start: int, end: int) -> bool:
    """Whether what stands around a number says for certain that it is no value of anything."""
    if unit is not None and unit.kind == "times" and text[end - 1] in "xX×s" and _NO_RATIO.match(text, end):
        return True
    if unit is not None and unit.kind == "length" and _NO_RATIO.match(text, end):
        return True
    before = text[max(0, start - 14) : start]
    return _NO_VALUE_BEFORE.search(before) is not None or _NO_VALUE_AFTER.match(text, end) is not None


def _in_name(text: str, start: int) -> bool:
    """Whether the digits at `start` go on a name, a version, an address or a formula."""
    if start == 0 or text[start - 1] in "(\n":
        return False
    if text[start - 1] == " ":
        return _SIZE_BEFORE.search(text, max(0, start - 12), start) is not None
    before = text[max(0, start - 6) : start]
    return _NAME_BEFORE.search(before) is not None and _GLUED_PLUS.search(before) is None


def _read(text: str, passage: int, match: re.Match[str]) -> Quantity | None:
    """The quantity whose digits matched; ``None`` where the number is a part of a word such as ``7B``."""
    start, end = match.span()
    unit, stop = unit_after(text, end)
    sign = _SIGN.search(text, max(0, start - 8), start)
    signed = ""
    begin = start
    if sign is not None and sign.group().strip() in ("+", "plus", *_NEGATIVE):
        begin = sign.start()
        signed = "-" if sign.group().strip() in _NEGATIVE else "+"
    if unit is None:
        currency = unit_before(text, begin)
        # "$" is money in front of a number only where no second "$" closes a formula.
        if currency is not None and "$" not in text[stop : stop + 30].split("\n")[0].split(" ")[0]:
            unit, begin = currency
    if unit is None and (_GLUED_WORD.match(text, end) or text[end : end + 1] in ("@", "_")):
        return None
    if unit is None and text[end : end + 1] == "-" and _GLUED_WORD.match(text, end + 1):
        return None  # "4-bit", "3-shot"
    if unit is not None and unit.name in _PER_SECOND and "초당" in text[max(0, begin - 5) : begin]:
        unit = Unit(_PER_SECOND[unit.name], "rate")
    if _no_value(text, unit, start, stop):
        return None
    value = float(match.group().replace(",", ""))
    name, kind = (unit.name, unit.kind) if unit else (None, "bare")
    return Quantity(passage, begin, stop, value, name, kind, signed=signed, begin=begin)


def _joined(text: str, first: Quantity, second: Quantity) -> tuple[Shape, Shape] | None:
    """How two numbers that follow each other belong together: the shapes of both, or ``None``."""
    between = text[first.end : second.start]
    if len(between) > 24 or "\n\n" in between:
        return None
    before = text[max(0, first.start - 40) : first.start].replace("\n", " ")
    joint = between.replace("\n", " ").strip(")$ ") if "→" in between else between.replace("\n", " ")
    if _ARROW.search(between):
        return "single", "change"
    if _TO.match(joint):
        if _RANGE_BEFORE.search(before):
            return "low", "high"
        falling = second.value < first.value and second.kind != "times"
        return ("single", "change") if falling or _FROM_BEFORE.search(before) else ("low", "high")
    if joint == " and " and before.endswith("between "):
        return "low", "high"
    if _KOREAN_FROM.match(joint):
        if _AFTER_RANGE.match(text, second.end):
            # "64에서 288까지 상승" tells of a score; "5%에서 51%까지 향상" of two differences.
            bare = first.kind == second.kind == "bare" and text.startswith("까지", second.end)
            return ("single", "change") if bare else ("low", "high")
        if _AFTER_CHANGE.match(text, second.end):
            return "single", "change"
    return None


def _dash_range(text: str, passage: int, first: Quantity) -> Quantity | None:
    """The second number of a range whose ends a dash joins, as in ``2-5x`` or ``20%–30%``."""
    dash = _DASH.match(text, first.end)
    if dash is None:
        return None
    match = _DIGITS.match(text, dash.end())
    second = _read(text, passage, match) if match else None
    # The dash that joins the two is no sign of the second.
    return replace(second, start=match.start(), begin=match.start(), signed="") if match and second else None


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers of a list take the unit that only its last member prints ("5.8, 9.9 and 10.1%")."""
    for index in range(len(found) - 2, -1, -1):
        this, following = found[index], found[index + 1]
        if (
            this.unit is not None
            or following.unit is None
            or following.kind not in ("percent", "times", "points")
        ):
            continue
        between = text[this.end : following.start].strip()
        if this.shape in ("low", "change") or following.shape in ("high", "change"):
            shared = following.begin <= this.begin or following.shape == "high"
        else:
            shared = between in (",", "and", ", and", "/", "및", "과", "와", "or", "vs.", "vs")
        if shared:
            found[index] = replace(this, unit=following.unit, kind=following.kind)
    return found


def _pair_up(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers with changes and ranges made one expression."""
    paired: list[Quantity] = []
    for quantity in found:
        first = paired[-1] if paired else None
        shapes = None
        if first is not None and first.shape == "single" and quantity.shape == "single":
            same = first.kind == quantity.kind or "bare" in (first.kind, quantity.kind)
            shapes = _joined(text, first, quantity) if same else None
        if first is None or shapes is None:
            paired.append(quantity)
        elif shapes[1] == "change":
            unit, kind = (quantity.unit, quantity.kind) if quantity.unit else (first.unit, first.kind)
            paired[-1] = replace(
                quantity, unit=unit, kind=kind, shape="change", from_value=first.value, begin=first.begin
            )
        else:
            paired[-1] = replace(first, shape="low")
            paired.append(replace(quantity, shape="high", begin=first.begin))
    return paired


def quantities(text: str, passage: int = 0) -> list[Quantity]:
    """Every number of a text that could be a result, in order; those inside names and versions are left out.

    Args:
        text: the text of a passage.
        passage: the index of the passage, kept in what is found.

    >>> [(q.value, q.unit, q.shape) for q in quantities("GPT-4 gains 3.5% and is 2-4x faster.")]
    [(3.5, '%', 'single'), (2.0, 'x', 'low'), (4.0, 'x', 'high')]
    """
    found: list[Quantity] = []
    position = 0
    for match in _DIGITS.finditer(text):
        start = match.start()
        slashed = (
            bool(found) and found[-1].end == start - 1 and text[start - 1] == "/" and "." in match.group()
        )
        if start < position or match.end() - start > _LONGEST_NUMBER:
            continue
        if _in_name(text, start) and not slashed:
            continue
        quantity = _read(text, passage, match)
        if quantity is None:
            continue
        second = _dash_range(text, passage, quantity)
        if second is not None and (second.value > quantity.value or second.unit is not None):
            unit, kind = (
                (second.unit, second.kind) if quantity.unit is None else (quantity.unit, quantity.kind)
            )
            found.append(replace(quantity, shape="low", unit=unit, kind=kind))
            quantity = replace(second, shape="high", begin=quantity.begin)
        found.append(quantity)
        position = quantity.end
    found += _in_words(text, passage, found)
    found.sort(key=lambda q: q.start)
    return _shared_units(text, _pair_up(text, _shared_units(text, found)))
