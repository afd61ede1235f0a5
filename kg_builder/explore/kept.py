"""Snapshots kept beside the workspace: the next start on the same state of the graph need not make one."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

import duckdb

from kg_builder.schema import graph_schema
from kg_builder.stores.querying import snapshot_folder
from kg_builder.version import __version__

_SUFFIX = ".explore.duckdb"


def kept_snapshot(workspace: Path, state: str) -> Path:
    """Where the snapshot of a state of a workspace's graph is kept; it may be deleted at any time."""
    return snapshot_folder(workspace) / f"{state}-{_recipe()}{_SUFFIX}"


@cache
def _recipe() -> str:
    """What a snapshot of one state depends on besides: how it is indexed, the schema, and who writes the file."""
    index = files(__package__).joinpath("index.sql").read_bytes()
    schema = repr((graph_schema().labels, graph_schema().relationships)).encode()
    return hashlib.sha256(
        b"\0".join((index, schema, f"{duckdb.__version__} {__version__}".encode()))
    ).hexdigest()[:12]


def take_over(kept: Path, path: Path) -> bool:
    """Have a kept snapshot at a path of one's own, so that whoever drops the kept one takes nothing away.

    Returns:
        Whether there was one that can be read.
    """
    try:
        try:
            os.link(kept, path)
        except FileNotFoundError:
            return False
        except OSError:
            # Another file system, or one without links.
            shutil.copyfile(kept, path)
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SELECT count(*) FROM word")
    except (OSError, duckdb.Error):
        path.unlink(missing_ok=True)
        return False
    return True


def keep(path: Path, kept: Path) -> None:
    """Keep a snapshot that was made, whole or not at all, and drop those of older states."""
    try:
        kept.parent.mkdir(exist_ok=True)
        with (
            NamedTemporaryFile(dir=kept.parent, suffix=".part", delete=False) as part,
            path.open("rb") as made,
        ):
            shutil.copyfileobj(made, part, 1 << 20)
        Path(part.name).replace(kept)
    except OSError:
        # A folder that cannot be written costs the next start the time of a snapshot, nothing else.
        return
    for older in kept.parent.glob(f"*{_SUFFIX}"):
        if older != kept:
            with suppress(OSError):
                older.unlink()
