"""Text in pieces, those that are marked told from those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text."""

    text: str
    marked: bool = False


def marked(properties: Mapping[str, Any]) -> tuple[Piece, ...]:
    """The evidence of a relationship, the words that name its target marked.

    Args:
        properties: those of the relationship; offsets are code points of the passage.

    Returns:
        Its pieces; none where the relationship has no evidence.

    >>> marked({"evidence": "It beats GPT-4o.", "start": 10, "mention_start": 19, "mention_end": 25})
    (Piece(text='It beats ', marked=False), Piece(text='GPT-4o', marked=True), Piece(text='.', marked=False))
    """
    evidence = properties.get("evidence")
    if not evidence:
        return ()
    start = properties.get("start", 0)
    span = (properties.get("mention_start", start) - start, properties.get("mention_end", start) - start)
    return cut(evidence, [span])


def cut(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """A text cut at spans, which may overlap.

    Args:
        text: the text.
        spans: start and end of what is to be marked, in code points; what lies outside the text is left out.

    >>> cut("abcdef", [(1, 3), (2, 4)])
    (Piece(text='a', marked=False), Piece(text='bcd', marked=True), Piece(text='ef', marked=False))
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in _joined(spans):
        start, end = max(start, 0), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
