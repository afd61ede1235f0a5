"""Building from the command line: what is printed where, exit codes, and one clear line for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from digests import OTHER, digest, entry


def kg_builder(*arguments: str, folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "kg_builder", *arguments]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, timeout=120)
    assert b"Traceback" not in done.stderr
    return done


def test_counts_go_to_standard_output_and_the_rest_to_standard_error(tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    done = kg_builder("build", "one.md", "-g", "g.kg", "-f", "json", folder=tmp_path)
    assert done.returncode == 0
    counts = {row["kind"]: row["count"] for row in json.loads(done.stdout)}
    assert (counts["Paper"], counts["Author"]) == (1, 3)
    assert "sources: 1 read" in done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "empty"),
        ("letter.md", b"# Dear all\n\nno papers today\n", "--format"),
        ("wide.md", digest().encode("utf-16"), "UTF-16"),
        ("korean.md", digest().encode("cp949"), "UTF-8"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_one_line_and_exit_code_1(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    done = kg_builder("build", name, folder=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert name in line
    assert said in line
    assert list(tmp_path.iterdir()) == [tmp_path / name]


def test_a_folder_of_files_that_nothing_recognises_is_told_what_an_entry_looks_like(tmp_path):
    (tmp_path / "notes").mkdir()
    for number in range(12):
        (tmp_path / f"notes/{number:02}.md").write_text("## Notes\n\nnothing here\n", encoding="utf-8")
    done = kg_builder("build", "notes", folder=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "notes/09.md and 2 more; name a format with --format (digest, " in line
    assert line.endswith("begins with '### [Title](https://arxiv.org/abs/…)'")


def test_a_missing_file_is_one_line_and_exit_code_1(tmp_path):
    done = kg_builder("build", "nowhere.md", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["kg-builder: nowhere.md: there is no such file or folder"]


def test_a_digest_cut_off_in_an_entry_keeps_what_is_there_and_warns_with_line_and_paper(tmp_path):
    text = digest(entry(), OTHER)
    (tmp_path / "cut.md").write_text(text[: text.index("색 없이") + 2], encoding="utf-8")
    for _ in range(2):
        done = kg_builder("build", "cut.md", "-f", "json", folder=tmp_path)
        assert done.returncode == 0
        counts = {row["kind"]: row["count"] for row in json.loads(done.stdout)}
        assert counts["Paper"] == 2
        warning = next(line for line in done.stderr.decode().splitlines() if line.startswith("warning"))
        assert "cut.md:" in warning
        assert "GreyMap: Maps Without Colours" in warning


def test_standard_input_is_read_under_the_name_given(tmp_path):
    done = kg_builder("build", "-", "--name", "today.md", folder=tmp_path, stdin=digest().encode())
    assert done.returncode == 0
    again = kg_builder("build", "-", "--name", "today.md", folder=tmp_path, stdin=digest().encode())
    assert "1 unchanged" in again.stderr.decode()


def test_standard_input_without_a_name_is_refused(tmp_path):
    done = kg_builder("build", "-", folder=tmp_path, stdin=digest().encode())
    assert done.returncode == 1
    assert "--name" in done.stderr.decode()


def test_wrong_usage_exits_with_2(tmp_path):
    assert kg_builder("build", folder=tmp_path).returncode == 2
    assert kg_builder("biuld", folder=tmp_path).returncode == 2


def test_asking_a_workspace_that_is_not_there_says_how_to_make_one(tmp_path):
    for command in (
        ["query", "top-papers"],
        ["export"],
        ["view", "overview"],
        ["remove", "x.md"],
        ["aliases"],
    ):
        done = kg_builder(*command, "-g", "none.kg", folder=tmp_path)
        assert done.returncode == 1
        assert "kg-builder build" in done.stderr.decode()
        assert list(tmp_path.iterdir()) == []


def test_removing_a_source_from_the_command_line_forgets_it(tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    (tmp_path / "two.md").write_text(digest(OTHER), encoding="utf-8")
    kg_builder("build", ".", folder=tmp_path)
    done = kg_builder("remove", "two.md", "-f", "json", folder=tmp_path)
    counts = {row["kind"]: row["count"] for row in json.loads(done.stdout)}
    assert counts["Paper"] == 1


def test_a_source_that_is_taken_back_and_still_lies_there_is_told(tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    kg_builder("build", "one.md", folder=tmp_path)
    done = kg_builder("remove", "one.md", folder=tmp_path)
    assert "note: one.md is still where it was; move it away" in done.stderr.decode()
    assert "sources: 1 forgotten" in done.stderr.decode()


def test_a_source_that_is_taken_back_and_gone_is_told_in_one_line(tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    kg_builder("build", "one.md", folder=tmp_path)
    (tmp_path / "one.md").unlink()
    assert kg_builder("remove", "one.md", folder=tmp_path).stderr == b"graph.kg: sources: 1 forgotten\n"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("digset", "did you mean digest?"),
        ("json", "-f json is how the counts are printed"),
        ("zip", "the formats are digest, openalex, huggingface, arxiv, acl, bibtex"),
    ],
)
def test_a_format_that_there_is_not_is_told_once_with_what_may_be_meant(tmp_path, given, told):
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(digest(), encoding="utf-8")
    done = kg_builder("build", ".", "--format", given, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"kg-builder: --format {given}: there is no such format of sources; {told}\n"
    )
