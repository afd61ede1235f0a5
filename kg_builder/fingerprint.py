"""What names a piece of the program, so that what it computed is computed anew when the answer could differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def code_fingerprint(*folders: str) -> str:
    """A hash of all code and data files below folders of the package.

    Args:
        folders: names relative to the package, such as ``resolve``.

    Returns:
        16 hex digits.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
