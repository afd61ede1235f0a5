"""What names an extraction, so that a document is extracted anew when the answer could differ."""

from __future__ import annotations

from functools import cache

from kg_builder.extract.settings import ExtractionSettings
from kg_builder.fingerprint import code_fingerprint
from kg_builder.ids import content_hash


@cache
def fingerprint_of(settings: ExtractionSettings) -> str:
    """A hash of the extraction's code, lists, weights and settings.

    Components that a user adds are known by their names only: who changes one renames it.
    """
    return content_hash(code_fingerprint("extract", "names"), repr(settings))
