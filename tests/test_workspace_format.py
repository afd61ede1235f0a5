"""A workspace of an older version is brought to today's form, a newer one refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from digests import OTHER, built, digest

from kg_builder import WorkspaceError, build, export, query
from kg_builder.workspace import FORMAT_VERSION, Workspace


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return built(tmp_path)


def to_format_1(graph: Path) -> None:
    """What the version that had format 1 would have written."""
    with duckdb.connect(str(graph)) as connection:
        connection.execute("ALTER TABLE problem DROP COLUMN extraction")
        connection.execute("ALTER TABLE document DROP COLUMN line")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'format'")


def test_an_older_workspace_answers_as_before_and_is_kept_beside(graph, caplog):
    before = query(graph, "summary").rows
    to_format_1(graph)
    old = graph.read_bytes()
    assert query(graph, "summary").rows == before
    assert graph.with_name("g.kg.format-1").read_bytes() == old
    assert "brought from format 1 to" in caplog.text


def test_a_migrated_workspace_is_built_on_like_a_new_one(graph, tmp_path):
    to_format_1(graph)
    (tmp_path / "two.md").write_text(digest(OTHER), encoding="utf-8")
    sources = [str(tmp_path / "one.md"), str(tmp_path / "two.md")]
    build(sources, graph)
    build(sources, tmp_path / "new.kg")
    for name in ("g", "new"):
        export(tmp_path / f"{name}.kg", "jsonl", tmp_path / f"{name}.jsonl")
    assert (tmp_path / "g.jsonl").read_bytes() == (tmp_path / "new.jsonl").read_bytes()


def test_a_migrated_workspace_has_the_columns_of_a_new_one(graph, tmp_path):
    to_format_1(graph)
    with Workspace(graph):
        pass
    with Workspace(tmp_path / "new.kg", writable=True):
        pass
    new = columns(tmp_path / "new.kg")
    tables = {row[:2] for row in new}
    assert [row for row in columns(graph) if row[:2] in tables] == new


def columns(graph: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(graph), read_only=True) as connection:
        return connection.execute(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns "
            "ORDER BY table_schema, table_name, ordinal_position"
        ).fetchall()


def test_a_newer_workspace_is_refused_and_left_alone(graph):
    with duckdb.connect(str(graph)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(WorkspaceError, match=r"has format 99.*upgrade kg-builder"):
        query(graph, "summary")
    assert [p.name for p in graph.parent.glob("g.kg.*")] == []


def test_a_format_that_no_way_leads_from_is_refused_and_left_alone(graph):
    with duckdb.connect(str(graph)) as connection:
        connection.execute("UPDATE meta SET value = '-5' WHERE key = 'format'")
    with pytest.raises(WorkspaceError, match="no way leads from format -5"):
        query(graph, "summary")


def test_a_migration_that_fails_leaves_the_old_workspace_whole(graph, monkeypatch):
    to_format_1(graph)
    with duckdb.connect(str(graph)) as connection:
        connection.execute("ALTER TABLE document ADD COLUMN line INTEGER")
    with pytest.raises(WorkspaceError, match="cannot be brought from format 1"):
        query(graph, "summary")
    with duckdb.connect(str(graph), read_only=True) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("1",)
        names = {row[0] for row in connection.execute("DESCRIBE problem").fetchall()}
    assert "extraction" not in names


def test_a_change_of_the_tables_raises_the_format(tmp_path):
    with Workspace(tmp_path / "new.kg", writable=True):
        pass
    form = sha256(repr(columns(tmp_path / "new.kg")).encode()).hexdigest()[:16]
    assert (FORMAT_VERSION, form) == (2, "5ca741c5e079eb0c")
