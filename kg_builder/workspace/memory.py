"""How much memory DuckDB may take for a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import duckdb

from kg_builder.errors import WorkspaceError
from kg_builder.workspace import Workspace

#: Megabytes that DuckDB is given to compute a graph, each where the one before did not do; ``None`` is as much as it
#: takes by itself.
MEMORY_LIMITS = (300, 1_200, 4_800, None)

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")
Result = TypeVar("Result")


@contextmanager
def memory_limit(connection: duckdb.DuckDBPyConnection, megabytes: int | None) -> Iterator[None]:
    """Hold DuckDB to so much memory until the end of the ``with`` block; beyond, it works on disk.

    Args:
        connection: to any database.
        megabytes: how much; ``None``, or more than DuckDB would take by itself, leaves it its own limit.
    """
    (own,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0]
    if megabytes is None or megabytes * 1024**2 >= _bytes(own):
        yield
        return
    connection.execute(f"SET memory_limit = '{megabytes}MiB'")
    try:
        yield
    finally:
        connection.execute("RESET memory_limit")


def hold_little(connection: duckdb.DuckDBPyConnection) -> None:
    """Have DuckDB let go of what it keeps of its tables, which else grows to most of the machine's memory.

    What is in use it keeps, and it may take as much as before from then on.

    Args:
        connection: to any database.
    """
    with suppress(duckdb.OutOfMemoryException), memory_limit(connection, MEMORY_LIMITS[0]):
        pass


def in_little_memory(workspace: Workspace, compute: Callable[[duckdb.DuckDBPyConnection], Result]) -> Result:
    """Compute something in a transaction, in as little memory as will do.

    Nearly all of DuckDB's work goes on beside the workspace, on disk, where memory ends, at no cost that could be
    measured; some aggregates cannot, and fail. Then all is computed again with more.

    Args:
        workspace: open for writing, without an open transaction.
        compute: what to compute; it may be asked several times.

    Raises:
        WorkspaceError: all the memory that there is does not do.
    """
    *first, last = MEMORY_LIMITS
    for megabytes in first:
        with (
            suppress(duckdb.OutOfMemoryException),
            memory_limit(workspace.connection, megabytes),
            workspace.transaction() as connection,
        ):
            return compute(connection)
    try:
        with memory_limit(workspace.connection, last), workspace.transaction() as connection:
            return compute(connection)
    except duckdb.OutOfMemoryException as error:
        raise WorkspaceError(
            f"{workspace.path}: computing its graph wants more memory than there is; what was read is kept, so "
            "build again with more memory, or divide the sources among several workspaces"
        ) from error


def _bytes(size: str) -> float:
    """A size as DuckDB writes it, in bytes.

    >>> _bytes("1.5 KiB")
    1536.0
    """
    number, unit = size.split()
    return float(number) * float(1024 ** _UNITS.index(unit))
