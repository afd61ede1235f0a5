"""From arguments to sources: files, folders, globs, standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_builder.errors import SourceError
from kg_builder.readers import find_sources


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for name in (
        "2025/03/02.md",
        "2025/03/01.md",
        "a.json.gz",
        "b.txt",
        "LICENSE.md",
        ".hidden/c.md",
        "d.BIB",
    ):
        path = tmp_path / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    return tmp_path / "work"


def locations(arguments, base, **options):
    return [source.location for source in find_sources(arguments, base, **options)]


def test_a_folder_gives_every_file_that_a_reader_may_know_sorted(base):
    expected = ["2025/03/01.md", "2025/03/02.md", "LICENSE.md", "a.json.gz", "d.BIB"]
    assert locations([str(base)], base) == expected


def test_what_a_folder_gives_is_found_and_what_is_named_is_named(base):
    sources = {s.location: s.named for s in find_sources([str(base), str(base / "LICENSE.md")], base)}
    assert sources["LICENSE.md"]
    assert not sources["a.json.gz"]


def test_a_named_file_may_have_any_ending(base):
    assert locations([str(base / "b.txt")], base) == ["b.txt"]


def test_a_file_given_twice_is_one_source(base, monkeypatch):
    monkeypatch.chdir(base)
    assert locations(["a.json.gz", "./2025/../a.json.gz", str(base / "a.json.gz")], base) == ["a.json.gz"]


def test_globs_are_expanded_through_folders(base):
    assert locations([str(base / "**" / "0*.md")], base) == ["2025/03/01.md", "2025/03/02.md"]


def test_a_relative_path_outside_is_told_from_the_workspaces_folder(base, monkeypatch):
    monkeypatch.chdir(base)
    workspace = base.parent / "other"
    workspace.mkdir()
    assert locations(["2025/03/01.md"], workspace) == ["../work/2025/03/01.md"]


def test_an_absolute_path_outside_stays_absolute(base, tmp_path):
    (tmp_path / "out.md").write_text("x", "utf-8")
    assert locations([str(tmp_path / "out.md")], base) == [(tmp_path / "out.md").as_posix()]


def test_the_location_does_not_depend_on_where_the_command_runs(base, monkeypatch):
    monkeypatch.chdir(base / "2025")
    assert locations(["03/01.md"], base) == ["2025/03/01.md"]


def test_a_name_with_glob_characters_is_a_file_first(base):
    (base / "[draft].md").write_text("x", "utf-8")
    assert locations([str(base / "[draft].md")], base) == ["[draft].md"]


def test_standard_input_needs_a_name(base):
    assert locations(["-"], base, name="today", stdin=b"x") == ["today"]
    with pytest.raises(SourceError, match="--name"):
        find_sources(["-"], base, stdin=b"x")


@pytest.mark.parametrize("argument", ["missing.md", "*.nothing", "empty"])
def test_what_is_not_there_is_an_error(base, monkeypatch, argument):
    monkeypatch.chdir(base)
    (base / "empty").mkdir()
    with pytest.raises(SourceError, match=argument.replace("*", r"\*")):
        find_sources([argument], base)
