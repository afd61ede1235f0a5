"""Workspaces of an older format: brought to today's, with a copy of what was there.

``migrations/N.sql`` leads from format N-1 to N. A change of the tables, of the records or of the graph
(``schema/graph.yaml``), raises the format and comes with such a file.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from kg_builder.errors import WorkspaceError

_FOLDER = Path(__file__).with_name("migrations")

_log = logging.getLogger(__name__)


def migrate(
    path: Path, found: int, wanted: int, connect: Callable[[Path], duckdb.DuckDBPyConnection]
) -> Path:
    """Bring a workspace to the format of this version; all of it or nothing.

    Args:
        path: the workspace file; nobody may have it open.
        found: its format.
        wanted: the format to bring it to.
        connect: opens the file for writing.

    Returns:
        The copy of the file as it was, beside it.

    Raises:
        WorkspaceError: there is no way from its format, or the copy cannot be made.
    """
    steps = [_FOLDER / f"{number}.sql" for number in range(found + 1, wanted + 1)]
    if not all(step.is_file() for step in steps):
        raise WorkspaceError(
            f"{path}: no way leads from format {found} to {wanted}; build the workspace anew from its sources"
        )
    # Opening it for writing takes in what a crash may have left beside the file; then the file is whole.
    connect(path).close()
    backup = _copied(path, path.with_name(f"{path.name}.format-{found}"))
    connection = connect(path)
    try:
        connection.execute("BEGIN")
        for step in steps:
            connection.execute(step.read_text(encoding="utf-8"))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", [str(wanted)])
        connection.execute("COMMIT")
    except duckdb.Error as error:
        raise WorkspaceError(
            f"{path}: cannot be brought from format {found} to {wanted} ({str(error).splitlines()[0]}); it is left as "
            "it was: build the workspace anew from its sources"
        ) from error
    finally:
        connection.close()
    _log.warning("%s: brought from format %s to %s; as it was, it is kept in %s", path, found, wanted, backup)
    return backup


def _copied(path: Path, backup: Path) -> Path:
    unfinished = backup.with_name(backup.name + ".part")
    try:
        shutil.copyfile(path, unfinished)
        unfinished.replace(backup)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise WorkspaceError(
            f"{path}: its format is older, and no copy can be kept in {backup} ({error.strerror}); "
            "make room, or allow writing there"
        ) from error
    return backup
