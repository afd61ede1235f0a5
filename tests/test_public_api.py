"""What the package offers by name is there."""

from pathlib import Path

import pytest
from digests import digest

import kg_builder


def test_every_public_name_can_be_had():
    for name in kg_builder.__all__:
        assert getattr(kg_builder, name) is not None


def test_what_is_not_there_is_an_attribute_error():
    assert not hasattr(kg_builder, "no_such_thing")


def test_a_workspace_may_be_named_by_a_string_throughout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert kg_builder.build(["one.md"], "papers.kg").papers == 1
    with kg_builder.Workspace("papers.kg") as workspace:
        assert workspace.path == Path("papers.kg")
    assert len(kg_builder.query("papers.kg", "top-papers").rows) == 1
    kg_builder.export("papers.kg", "jsonl", "papers.jsonl")
    kg_builder.export("papers.kg", "csv", "tables")
    kg_builder.coauthors("papers.kg", "report")
    assert {"papers.jsonl", "tables", "report"} <= {path.name for path in tmp_path.iterdir()}
    assert kg_builder.remove(["one.md"], "papers.kg").removed == ["one.md"]
