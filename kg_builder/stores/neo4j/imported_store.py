"""A store that the importer made, put in the place of a server's empty one: whole, whenever it is cut off."""

from __future__ import annotations

import shutil
from pathlib import Path

_DATABASE = "neo4j"
_PARTS = ("databases", "transactions")


def hand_over(made: Path, home: Path) -> None:
    """Leave a completed store for the next start of the server in ``home`` to take; one step, or none.

    Args:
        made: the folder of a server, in which the importer has come to its end.
        home: the folder of the server that shall have it.
    """
    made.rename(_imported(home))


def adopt_imported(home: Path) -> None:
    """Put the store that was handed over, if any, in the place of the old one; the server must not run.

    What a kill cuts off is finished by the next call: each part is there either before its move or after it.
    """
    if not waits(home):
        return
    imported = _imported(home)
    for part in _PARTS:
        old, new = home / "data" / part / _DATABASE, imported / "data" / part / _DATABASE
        if new.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            old.parent.mkdir(mode=0o700, exist_ok=True)  # a server that never ran has none
            new.rename(old)
    shutil.rmtree(imported)


def waits(home: Path) -> bool:
    """Whether a store was handed over that no start has taken yet."""
    return _imported(home).is_dir()


def _imported(home: Path) -> Path:
    return home / "imported"
