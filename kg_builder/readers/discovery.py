"""From what the user names (files, folders, globs, ``-``) to the sources to be read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg_builder.errors import SourceError
from kg_builder.readers.source import SourceFile

#: Endings of the files that are taken from a folder; each may be followed by ``.gz``.
ENDINGS = (".md", ".json", ".jsonl", ".xml", ".bib")


def find_sources(
    arguments: Sequence[str], base: Path, name: str | None = None, stdin: bytes | None = None
) -> list[SourceFile]:
    """The sources that the arguments name.

    A file that is named itself has ``named=True``. What was found in a folder or through a glob has
    ``named=False``: there, a file that no reader recognises (a ``LICENSE.md`` among the digests) is passed
    over with a word, while a named one is an error.

    Args:
        arguments: files, folders (read with all their subfolders), globs, or ``-`` for standard input.
        base: the folder of the workspace, to which locations are relative.
        name: the location of what comes through standard input.
        stdin: the bytes that came through standard input.

    Returns:
        The sources, sorted by location, each once.

    Raises:
        SourceError: a file is missing, a folder or glob holds nothing to read, or standard input has no name.
    """
    found: dict[str, SourceFile] = {}
    for argument in arguments:
        for source in _sources(argument, base, name, stdin):
            known = found.get(source.location)
            if known is None or source.named:
                found[source.location] = source
    return [found[location] for location in sorted(found)]


def _sources(argument: str, base: Path, name: str | None, stdin: bytes | None) -> Iterator[SourceFile]:
    """The sources that one argument names."""
    if argument == "-":
        if not name:
            raise SourceError("standard input needs a name; give it with --name", location="-")
        yield SourceFile(name, stdin or b"")
        return
    path = Path(argument)
    if path.is_dir():
        files = list(_walk(path))
        if not files:
            raise SourceError(f"the folder holds no {', '.join(ENDINGS)} file", location=argument)
        yield from (SourceFile(location_of(file, base), file, named=False) for file in files)
    elif path.exists():
        yield SourceFile(location_of(path, base), path)
    elif glob.has_magic(argument):
        matches = sorted(Path(match) for match in glob.glob(argument, recursive=True))  # noqa: PTH207 (absolute patterns too)
        files = [file for match in matches for file in ([match] if match.is_file() else _walk(match))]
        if not files:
            raise SourceError("no file matches", location=argument)
        yield from (SourceFile(location_of(file, base), file, named=False) for file in files)
    else:
        raise SourceError("there is no such file or folder", location=argument)


def _walk(folder: Path) -> Iterator[Path]:
    """The readable files below a folder, without hidden ones."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and file.lower().removesuffix(".gz").endswith(ENDINGS):
                yield Path(where, file)


def location_of(path: Path, base: Path) -> str:
    """The location of a file: relative to ``base``, but for an absolute path that lies elsewhere.

    >>> location_of(Path("/team/papers/24.md"), Path("/team")), location_of(Path("/old/24.md"), Path("/team"))
    ('papers/24.md', '/old/24.md')
    """
    folder, file = (Path(os.path.normpath(p.absolute())) for p in (base, path))
    for inside, outside in ((file, folder), (file.resolve(), folder.resolve())):
        if inside.is_relative_to(outside):
            return inside.relative_to(outside).as_posix()
    if path.is_absolute():
        return file.as_posix()
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive: there is no relative path
        return file.as_posix()
