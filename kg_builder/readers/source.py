"""A source as readers see it: where it is, and its bytes, unpacked where it is gzip."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kg_builder.document import Document, Problem
from kg_builder.errors import SourceError

_GZIP_MAGIC = b"\x1f\x8b"

#: Bytes that a reader is shown to say whether it recognises a format.
HEAD_BYTES = 64 * 1024


class _Unpacked(gzip.GzipFile):
    """Unpacks a source, closes it in the end, and tells of damage in the project's own words."""

    def __init__(self, packed: BinaryIO, location: str) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed
        self._location = location

    def read(self, size: int | None = -1) -> bytes:
        with self._telling():
            return super().read(size)

    def readline(self, size: int | None = -1) -> bytes:
        with self._telling():
            return super().readline(size)

    def close(self) -> None:
        super().close()
        self._packed.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (OSError, EOFError, zlib.error) as error:
            reason = f"broken gzip file ({error}); fetch or pack it again"
            raise SourceError(reason, location=self._location) from error


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, or bytes that came through standard input, under the location by which the graph knows it.

    Args:
        location: path as given, relative to the workspace's folder, with ``/``; the given name for standard
            input.
        content: the file, or its bytes.
        named: whether the user named this file itself; else it was found in a folder or through a glob, where
            a file that no reader recognises is passed over.
    """

    location: str
    content: Path | bytes
    named: bool = True

    def open(self) -> BinaryIO:
        """The content, unpacked where it is gzip.

        Raises:
            SourceError: the file is missing or may not be read.
        """
        try:
            raw = io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror})", location=self.location) from error
        magic = raw.read(2)
        raw.seek(0)
        return cast(BinaryIO, _Unpacked(raw, self.location)) if magic == _GZIP_MAGIC else raw

    def head(self) -> bytes:
        """The first `HEAD_BYTES` of the unpacked content."""
        return self._read(HEAD_BYTES)

    def read(self) -> bytes:
        """The whole unpacked content."""
        return self._read(-1)

    def _read(self, size: int) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def sha256(self) -> str:
        """The hash of the content as it lies there (packed where it is packed)."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        try:
            with self.content.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror})", location=self.location) from error


class Reader(Protocol):
    """Reads one format.

    A reader knows nothing of graphs or databases. It yields a `Document` for each paper, and a `Problem` with
    ``lost=True`` for each entry that it could not read; doubts about an entry that it did read stand in
    `Document.problems`. It raises `SourceError` where the source as a whole cannot be read.
    """

    @property
    def format(self) -> str:
        """The name for ``--format``."""
        ...

    @property
    def version(self) -> str:
        """Raised whenever the reader yields something else for the same bytes."""
        ...

    def recognises(self, head: bytes) -> bool:
        """Whether content that begins like this is of this format."""
        ...

    def listing_date(self, source: SourceFile) -> str | None:
        """The ISO date that the source as a whole stands for, where it names one."""
        ...

    def read(self, source: SourceFile) -> Iterator[Document | Problem]:
        """The papers of the source, in its order."""
        ...


def some_paper(
    outcomes: Iterable[Document | Problem], source: SourceFile, nothing: str
) -> Iterator[Document | Problem]:
    """The same outcomes, and an error after the last where not one of them is a paper.

    Args:
        outcomes: what a reader made of the entries.
        source: the source that they stand in.
        nothing: the reason to give where there was no entry at all.

    Raises:
        SourceError: with the first problem's reason and line, or ``nothing``.
    """
    read, first = 0, None
    for outcome in outcomes:
        if isinstance(outcome, Document):
            read += 1
        else:
            first = first or outcome
        yield outcome
    if not read:
        reason, line = (first.reason, first.line) if first else (nothing, None)
        raise SourceError(reason, location=source.location, line=line)
