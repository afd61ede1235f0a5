"""Exports: JSON lines by the contract, and GraphML that other programs open."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from digests import OTHER, digest, entry

from kg_builder import KgBuilderError, build, export


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "one.md").write_text(digest(entry(), OTHER), encoding="utf-8")
    build([str(tmp_path / "one.md")], tmp_path / "g.kg")
    return tmp_path / "g.kg"


def rows(graph: Path) -> list[dict]:
    export(graph, "jsonl", graph.with_suffix(".jsonl"))
    return [json.loads(line) for line in graph.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_node_is_written_as_apoc_writes_it(graph):
    (model,) = [r for r in rows(graph) if r["id"] == "Model/gpt-4o"]
    assert model["type"] == "node"
    assert model["labels"] == ["Model"]
    assert model["properties"]["id"] == "gpt-4o"
    assert model["properties"]["name"] == "GPT-4o"


def test_a_relationship_names_both_ends_with_their_labels(graph):
    (authored,) = [
        r
        for r in rows(graph)
        if r.get("label") == "AUTHORED" and r["start"]["id"] == "Author/name:jonas-falk"
    ]
    assert authored["type"] == "relationship"
    assert authored["id"] == "Author/name:jonas-falk|AUTHORED|Paper/arxiv:2501.00001"
    assert authored["start"] == {"id": "Author/name:jonas-falk", "labels": ["Author"]}
    assert authored["end"] == {"id": "Paper/arxiv:2501.00001", "labels": ["Paper"]}
    assert authored["properties"] == {"position": 2}


def test_every_end_of_a_relationship_is_a_node_of_the_export(graph):
    written = rows(graph)
    nodes = {r["id"] for r in written if r["type"] == "node"}
    ends = {r[end]["id"] for r in written if r["type"] == "relationship" for end in ("start", "end")}
    assert ends <= nodes


def test_nodes_come_first_and_each_kind_is_sorted(graph):
    written = rows(graph)
    kinds = [r["type"] for r in written]
    assert kinds == sorted(kinds)
    for label in {r["labels"][0] for r in written if r["type"] == "node"}:
        ids = [r["id"] for r in written if r["type"] == "node" and r["labels"] == [label]]
        assert ids == sorted(ids)


def test_graphml_opens_in_networkx_with_types_and_labels(graph):
    export(graph, "graphml", graph.with_suffix(".graphml"))
    read = nx.read_graphml(graph.with_suffix(".graphml"))
    assert read.nodes["Paper/arxiv:2501.00001"]["votes"] == 7
    assert read.nodes["Model/gpt-4o"]["label"] == "Model"
    assert {d["label"] for _, _, d in read.edges(data=True)} >= {"AUTHORED", "CO_AUTHORED", "HAS_PASSAGE"}
    assert len(read) == sum(r["type"] == "node" for r in rows(graph))


def test_graphml_of_hostile_text_is_still_graphml(tmp_path):
    title = 'a <b> & "c" \x07 ]]> \ufffe'
    (tmp_path / "one.md").write_text(digest(entry(title=title)), encoding="utf-8")
    build([str(tmp_path / "one.md")], tmp_path / "g.kg")
    export(tmp_path / "g.kg", "graphml", tmp_path / "g.graphml")
    read = nx.read_graphml(tmp_path / "g.graphml")
    assert read.nodes["Paper/arxiv:2501.00001"]["title"].startswith('a <b> & "c"')


def test_an_export_that_fails_leaves_the_old_file(graph, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "keep").touch()
    with pytest.raises(KgBuilderError, match="cannot be written"):
        export(graph, "jsonl", tmp_path / "old")
    with pytest.raises(KgBuilderError, match="cannot be written"):
        export(graph, "jsonl", tmp_path / "missing" / "file.jsonl")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.kg", "old", "one.md"]


def test_an_unknown_format_is_an_error_that_names_the_formats(graph):
    with pytest.raises(KgBuilderError, match="jsonl, graphml"):
        export(graph, "pdf")
