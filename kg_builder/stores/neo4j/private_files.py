"""Files that are their owner's alone, such as those with a password."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def read_private(path: Path) -> str:
    """The text of a file, if nobody but its owner may read or write it (where the system knows such rights).

    Raises:
        OSError: it cannot be read, is no text, or others may read or write it; ``strerror`` says which.
    """
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if os.name != "nt" and mode & 0o077:
            raise PermissionError(
                errno.EACCES, f"others may read or write it, its mode is {mode:04o}; chmod 600 it", str(path)
            )
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise OSError(errno.EINVAL, "it is no UTF-8 text", str(path)) from error
