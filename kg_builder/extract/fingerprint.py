"""What names an extraction, so that a document is extracted anew when the answer could differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kg_builder.extract.settings import ExtractionSettings

_PACKAGE = Path(__file__).parent
_FOLDERS = (
    (_PACKAGE, "*.py"),
    (_PACKAGE / "weights", "*"),
    (_PACKAGE / "lists", "*"),
    (_PACKAGE.parent / "names", "*"),
)


@cache
def fingerprint_of(settings: ExtractionSettings) -> str:
    """A hash of the extraction's code, lists, weights and settings.

    Components that a user adds are known by their names only: who changes one renames it.
    """
    digest = hashlib.sha256(repr(settings).encode())
    for folder, pattern in _FOLDERS:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
