"""``kg-builder people`` and ``build --people``: what is printed, written and refused."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from digests import WEI_ZHANGS, digest
from typer.testing import CliRunner

from kg_builder import build
from kg_builder.cli import app, main

#: Of the first paper.
TITLE = "TinyWalk: Short Walks for Long Proofs"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "one.md").write_text(digest(*WEI_ZHANGS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build(["one.md"], Path("graph.kg"))
    return tmp_path


def run(*arguments: str) -> str:
    """What a command that succeeds prints."""
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def why(name: str) -> list[dict]:
    return json.loads(run("people", "why", name, "-f", "json"))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The message of a command that fails, and that says so by its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["kg-builder", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code in (1, 2)
    return capsys.readouterr().err


def test_suggest_lists_pairs_with_scores_and_reasons_the_most_valuable_first(folder):
    rows = json.loads(run("people", "suggest", "-f", "json"))
    worth = [r["wrong_pairs"] for r in rows]
    assert worth == sorted(worth, reverse=True)
    assert any("Wei Zhang" in r["signature"] and r["reason"] and 0 < r["probability"] < 1 for r in rows)


def test_suggest_shows_no_more_than_asked_for(folder):
    assert len(json.loads(run("people", "suggest", "--limit", "1", "-f", "json"))) == 1


def test_why_tells_identity_confidence_reasons_and_signatures(folder):
    (mina,) = why("mina seo")
    assert (mina["identity"], mina["signatures"]) == ("name", ["Mina Seo @ arxiv:2501.00001"])
    assert 0 < mina["confidence"] <= 1


def test_why_has_a_line_for_each_signature_with_the_papers_title(folder):
    person, signatures = run("people", "why", "Jonas Falkenrath").split("\n\n")
    assert person.split("\n")[0].split() == ["id", "name", "identity", "confidence", "reasons"]
    assert [re.split("  +", line) for line in signatures.splitlines()] == [
        ["id", "signature", "title"],
        ["name:jonas-falkenrath", "Jonas Falkenrath @ arxiv:2501.00001", TITLE],
        ["name:jonas-falkenrath", "Jonas Falkenrath @ arxiv:2501.00003", "Third"],
    ]


def test_the_json_of_why_is_one_object_for_each_person(folder):
    assert list(why("Jonas Falkenrath")[0]) == [
        "id",
        "name",
        "identity",
        "confidence",
        "reasons",
        "signatures",
    ]


def test_suggest_says_what_its_first_column_is(folder):
    done = CliRunner().invoke(app, ["people", "suggest"])
    assert done.stdout.startswith("wrong_pairs")
    assert "wrong_pairs: how many pairs of signatures are expected to be wrong" in done.stderr


def test_a_merge_is_undone_by_undo(folder):
    before = [why("Mina Seo"), why("Minah Seo")]
    run("people", "merge", "Mina Seo", "Minah Seo", "--name", "Mina Seo")
    (merged,) = why("Minah Seo")
    assert (merged["name"], merged["identity"], len(merged["signatures"])) == ("Mina Seo", "curated", 2)
    run("people", "undo")
    assert [why("Mina Seo"), why("Minah Seo")] == before


def test_somebody_is_named_by_a_name_on_a_paper(folder):
    run("people", "merge", "Wei Zhang @ arxiv:2501.00001", "Wei Zhang @ arxiv:2501.00004")
    (first,) = why("Wei Zhang @ arxiv:2501.00001")
    assert "Wei Zhang @ arxiv:2501.00004" in first["signatures"]


def test_a_split_is_undone_by_undo(folder):
    before = why("Jonas Falkenrath")
    run("people", "split", "Jonas Falkenrath", "arxiv:2501.00003")
    assert len(why("Jonas Falkenrath")) == 2
    run("people", "undo")
    assert why("Jonas Falkenrath") == before


def test_apart_and_name_are_undone_by_undo(folder):
    run("people", "apart", "Mina Seo", "Minah Seo")
    run("people", "name", "Ada Brunwald", "Ada Brünwald")
    assert why("Ada Brunwald")[0]["name"] == "Ada Brünwald"
    run("people", "undo")
    run("people", "undo")
    assert why("Ada Brunwald")[0]["name"] == "Ada Brunwald"
    assert "- " not in (folder / "people.yaml").read_text(encoding="utf-8")


def test_nobody_of_a_name_is_told(folder, capsys):
    assert "nobody in this graph is called 'No One'" in refused(capsys, "people", "why", "No One")


def test_nothing_to_undo_is_told(folder, capsys):
    assert "no decision to be undone" in refused(capsys, "people", "undo")


def test_build_takes_decisions_from_the_file_named_and_keeps_to_it(folder):
    (folder / "decisions").mkdir()
    (folder / "decisions/who.yaml").write_text("- merge: [Mina Seo, Minah Seo]\n", encoding="utf-8")
    run("build", "one.md", "--people", "decisions/who.yaml")
    assert len(why("Mina Seo")) == 1 == len(why("Minah Seo"))
    run("build", "one.md")
    assert len(why("Mina Seo")[0]["signatures"]) == 2


def test_build_refuses_a_people_file_that_is_not_there(folder, capsys):
    message = refused(capsys, "build", "one.md", "--people", "none.yaml")
    assert "none.yaml: there is no such file" in message


def test_build_tells_the_line_of_a_cycle_and_merges_nothing(folder, capsys):
    text = "- merge: [Mina Seo, Minah Seo]\n- merge: [Minah Seo, Ada Brunwald]\n- merge: [Ada Brunwald, Mina Seo]\n"
    (folder / "who.yaml").write_text(text, encoding="utf-8")
    assert "who.yaml:2: 'Minah Seo' stands in the decision of line 1 too" in refused(
        capsys, "build", "one.md", "--people", "who.yaml"
    )
    assert len(why("Mina Seo")[0]["signatures"]) == 1


def test_build_tells_the_line_of_a_contradiction_and_merges_nothing(folder, capsys):
    text = "- merge: [Mina Seo, Minah Seo]\n- apart: [Mina Seo, Minah Seo]\n"
    (folder / "who.yaml").write_text(text, encoding="utf-8")
    message = refused(capsys, "build", "one.md", "--people", "who.yaml")
    assert "who.yaml:2:" in message
    assert "merged in line 1" in message
    assert len(why("Mina Seo")[0]["signatures"]) == 1
