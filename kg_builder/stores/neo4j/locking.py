"""One process at a time: an exclusive lock on a file, released by the system when the process ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on ``path`` for the time of a ``with`` block; wait while another process holds it.

    Args:
        path: the lock file, made where it does not exist; its content means nothing.
    """
    path.touch(mode=0o600)
    with path.open("ab") as file:
        _lock(file)
        yield
