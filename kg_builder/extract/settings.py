"""What a user can set about extraction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """How extraction works; part of what decides whether a document is extracted anew.

    Args:
        lists: whether the shipped name lists are consulted.
        rules: whether form and context are judged; without them only listed names are found.
        trained: whether the trained components judge what the rules leave open. Without them the rules
            decide alone, and confidences are coarse.
        weights: a folder with other weights for names and relations than those that ship (see
            ``benchmarks/extraction/train.py``).
        extra: names of further spaCy components, run after the built-in ones in this order. A component is
            registered with ``@Language.component`` or ``@Language.factory`` before `extract` is called; it
            reads and extends ``doc._.draft`` (see `kg_builder.extract.draft.Draft`).
    """

    lists: bool = True
    rules: bool = True
    trained: bool = True
    weights: str | None = None
    extra: tuple[str, ...] = ()
