"""Relationship types in words, read in either direction."""

from __future__ import annotations

from collections.abc import Mapping

#: From the start to the end, and from the end to the start.
WORDS: Mapping[str, tuple[str, str]] = {
    "AUTHORED": ("wrote", "written by"),
    "CO_AUTHORED": ("wrote with", "wrote with"),
    "AFFILIATED_WITH": ("affiliated with", "affiliates"),
    "PRODUCED_AT": ("produced at", "produced"),
    "INTRODUCES": ("introduces", "introduced by"),
    "USES": ("uses", "used by"),
    "EVALUATES": ("evaluates", "evaluated by"),
    "EVALUATES_ON": ("evaluates on", "evaluated on by"),
    "COMPARES_WITH": ("compares with", "compared with by"),
    "MENTIONS": ("mentions", "mentioned by"),
    "BASED_ON": ("based on", "basis of"),
    "VARIANT_OF": ("variant of", "variants"),
    "REPORTS": ("reports", "reported by"),
    "OF": ("result of", "results"),
    "ON": ("measured on", "results on it"),
    "AGAINST": ("against", "results against it"),
    "MEASURES": ("measures", "measured in"),
    "HAS_TOPIC": ("topic", "papers"),
    "CITES": ("cites", "cited by"),
    "COMPARED": ("measured against", "measured against by"),
    "BETTER_THAN": ("better than", "worse than"),
    "TIED": ("tied to", "tied to"),
    "SAME_ROW": ("in one row with", "in one row with"),
}


def wording(type_: str) -> tuple[str, str]:
    """How a relationship type reads forwards and backwards.

    >>> wording("USES"), wording("HAS_PASSAGE")
    (('uses', 'used by'), ('has passage', 'has passage (from)'))
    """
    plain = type_.lower().replace("_", " ")
    return WORDS.get(type_, (plain, f"{plain} (from)"))
