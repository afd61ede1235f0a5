"""How much memory DuckDB may take for a workspace."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kg_builder.errors import WorkspaceError
from kg_builder.workspace import Workspace
from kg_builder.workspace.memory import MEMORY_LIMITS, hold_little, in_little_memory, memory_limit

#: A list of all rows is one of the aggregates that cannot spill: some 600 MB of it.
ALL_IN_ONE_LIST = "SELECT len(list(repeat('x', 300) || i)) FROM range(1_500_000) t(i)"


def limit(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])


def test_memory_is_limited_until_the_end_of_the_block():
    with duckdb.connect() as connection:
        own = limit(connection)
        with memory_limit(connection, 100):
            assert limit(connection) == "100.0 MiB"
        assert limit(connection) == own


def test_no_limit_is_above_the_one_that_duckdb_sets_itself():
    with duckdb.connect(config={"memory_limit": "50MiB"}) as connection, memory_limit(connection, 100):
        assert limit(connection) == "50.0 MiB"


def test_what_was_written_is_not_held_in_memory(tmp_path: Path):
    with duckdb.connect(tmp_path / "large.db") as connection:

        def held() -> int:
            return connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchall()[0][0]

        own = limit(connection)
        columns = ", ".join(f"hash(i + {n}) AS c{n}" for n in range(8))
        connection.execute(f"CREATE TABLE large AS SELECT {columns} FROM range(7_000_000) t(i)")
        before = held()
        hold_little(connection)
        assert held() <= MEMORY_LIMITS[0] * 1024**2 < before
        assert limit(connection) == own


def test_what_does_not_fit_into_little_memory_is_computed_again_with_more(tmp_path: Path):
    limits = []

    def compute(connection: duckdb.DuckDBPyConnection) -> int:
        limits.append(limit(connection))
        connection.execute("CREATE TABLE made AS SELECT 1 AS one")
        return int(connection.execute(ALL_IN_ONE_LIST).fetchall()[0][0])

    with Workspace(tmp_path / "graph.kg", writable=True) as workspace:
        assert in_little_memory(workspace, compute) == 1_500_000
    assert limits == ["300.0 MiB", "1.1 GiB"]


def test_what_fits_into_no_memory_is_told_with_what_to_do(tmp_path: Path):
    tried = []

    def compute(connection: duckdb.DuckDBPyConnection) -> None:
        tried.append(limit(connection))
        raise duckdb.OutOfMemoryException("no room")

    with (
        Workspace(tmp_path / "graph.kg", writable=True) as workspace,
        pytest.raises(WorkspaceError, match=r"graph\.kg: .* more memory .* build again"),
    ):
        in_little_memory(workspace, compute)
    assert len(tried) == len(MEMORY_LIMITS)
