"""What is written beside a node: its name cut to a few short lines, without what would disturb its neighbours."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from kg_builder.graph import Node

#: Columns of a line, a Hangul syllable or a Chinese character being two.
LINE_COLUMNS = 26

#: Control characters: bidirectional marks, which would turn round whatever is drawn after them, among them.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_SHORT_NAME = re.compile(r"(\S[^:]{0,27}):\s")
_UNITS = {"%": " %", "points": " pts", "x": "×"}


def printable(text: str) -> str:
    """Text in one line, without control characters.

    >>> printable("a\\u202eb\\n c")
    'a b c'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())


def columns(text: str) -> int:
    """How wide text is, in columns of a fixed font.

    >>> columns("GPT"), columns("모델")
    (3, 4)
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    """The longest beginning of ``text`` that is at most ``width`` columns wide."""
    used = 0
    for number, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return text[:number]
    return text


def wrapped(text: str, lines: int, width: int = LINE_COLUMNS) -> str:
    """Text in at most ``lines`` lines; ``…`` tells that some is missing.

    >>> wrapped("Outcome-Refining Process Supervision for Code Generation", 2, 22)
    'Outcome-Refining\\nProcess Supervision…'
    >>> wrapped("Longish-ModelName2.5-Reward", 2, 22)
    'Longish-ModelName2.5-\\nReward'
    """
    # No more than this can be shown, however long the text is.
    words = printable(text[: 4 * lines * width]).split(" ")
    out: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if columns(joined) <= width:
            line = joined
            continue
        if line:
            out.append(line)
        line = word
        while columns(line) > width:
            piece = _cut(line, width)
            # Better behind a hyphen than within a word.
            if (hyphen := piece.rfind("-") + 1) > len(piece) // 2:
                piece = piece[:hyphen]
            out.append(piece)
            line = line[len(piece) :]
    if line:
        out.append(line)
    if len(out) <= lines:
        return "\n".join(out)
    return "\n".join([*out[: lines - 1], _cut(out[lines - 1], width - 1) + "…"])


def caption(label: str, name: str) -> str:
    """The words beside a node.

    A paper that gives its subject a name ("B-STaR: Monitoring …") is called by that; other titles are
    wrapped.

    >>> caption("Paper", "LearnLM: Improving Gemini for Learning")
    'LearnLM'
    """
    if label != "Paper":
        return wrapped(name, 2)
    short = _SHORT_NAME.match(printable(name[:200]))
    return short.group(1) if short else wrapped(name, 3)


def value_text(properties: dict[str, Any]) -> str:
    """A result in few characters.

    >>> value_text({"value": 26.9, "unit": "%", "kind": "delta", "direction": "up"})
    '+26.9 %'
    >>> value_text({"value": 2.0, "unit": "x", "kind": "ratio", "direction": "up"})
    '2×'
    >>> value_text({"value": 61.5, "from_value": 40.0, "kind": "change"})
    '40 → 61.5'
    """
    value = properties.get("value")
    if value is None:
        return str(properties.get("text", "?"))
    unit = properties.get("unit") or ""
    text = f"{value:.12g}"
    if properties.get("from_value") is not None:
        text = f"{properties['from_value']:.12g} → {text}"
    elif properties.get("kind") == "delta" and value >= 0:
        text = {"up": "+", "down": "−"}.get(properties.get("direction", ""), "") + text
    return text + _UNITS.get(unit, f" {unit}" if unit else "")


def full_name(node: Node, caption_property: str) -> str:
    """What a node is called: the property that the schema names for it, else its id."""
    return str(node.properties.get(caption_property) or node.id)
