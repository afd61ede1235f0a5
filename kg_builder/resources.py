"""Where the files that ship with the package are: schema, queries, examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The folder of that name, in the installed package or, in a checkout, at the top of the repository.

    Args:
        folder: ``schema``, ``queries`` or ``examples``.
    """
    installed = _PACKAGE / "shipped" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder
