"""Exports: JSON lines by the contract, GraphML and GEXF that other programs open."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from digests import OTHER, digest, entry
from graphs import MemoryGraph, node, relationship

from kg_builder import KgBuilderError, build, export
from kg_builder.stores.files import WRITERS


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


@pytest.fixture
def gexf(graph: Path) -> nx.MultiDiGraph:
    export(graph, "gexf", graph.with_suffix(".gexf"))
    return nx.read_gexf(graph.with_suffix(".gexf"))


def test_gexf_opens_in_networkx_with_every_node_relationship_and_value(graph, gexf):
    written = rows(graph)
    nodes = {r["id"]: r for r in written if r["type"] == "node"}
    relationships = {r["id"]: r for r in written if r["type"] == "relationship"}
    assert {(id_, d["type"]) for id_, d in gexf.nodes(data=True)} == {
        (id_, r["labels"][0]) for id_, r in nodes.items()
    }
    assert {(d["id"], d["label"], a, b) for a, b, d in gexf.edges(data=True)} == {
        (id_, r["label"], r["start"]["id"], r["end"]["id"]) for id_, r in relationships.items()
    }
    read = {d.pop("id"): d for *_, d in gexf.edges(data=True)} | dict(gexf.nodes(data=True))
    for id_, row in (nodes | relationships).items():
        for name, value in row["properties"].items():
            assert read[id_][name] == (
                json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            )


def test_gexf_shows_names_and_titles(gexf):
    assert gexf.nodes["Model/gpt-4o"]["label"] == "GPT-4o"
    assert gexf.nodes["Paper/arxiv:2501.00001"]["label"] == gexf.nodes["Paper/arxiv:2501.00001"]["title"]


def test_gexf_tells_two_relationships_of_one_pair_apart(graph):
    export(graph, "gexf", graph.with_suffix(".gexf"))
    space = "{http://gexf.net/1.3}"
    edges = ElementTree.parse(graph.with_suffix(".gexf")).iter(f"{space}edge")
    kinds: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        kinds.setdefault((edge.attrib["source"], edge.attrib["target"]), []).append(edge.attrib["kind"])
    assert {"MENTIONS"} < set(kinds["Paper/arxiv:2501.00001", "Model/gpt-4o"])
    assert all(len(set(found)) == len(found) for found in kinds.values())


@pytest.mark.parametrize(("format", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_xml_of_hostile_text_is_still_xml(tmp_path, format, read):
    title = "a <b> & \"c\" 'd' ]]> <!-- --> &#0; 가 😀"
    forbidden = [chr(n) for n in (*range(9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF)]
    allowed = "\t\n\r\x7f\x85\u2028"
    nodes = [
        node("Paper", "p", title=title + allowed + "".join(forbidden)),
        node("Topic", "\x00", name="\x1b[31m"),
    ]
    with io.StringIO() as stream:
        WRITERS[format](MemoryGraph(nodes, [relationship("Paper/p", "HAS_TOPIC", "Topic/\x00")]), stream)
        (tmp_path / "file").write_text(stream.getvalue(), encoding="utf-8", newline="\n")
    found = read(tmp_path / "file")
    assert found.nodes["Paper/p"]["title"] == title + allowed + "\ufffd" * len(forbidden)
    assert found.nodes["Topic/\ufffd"]["name"] == "\ufffd[31m"
    assert found.number_of_edges() == 1


def test_an_export_that_fails_leaves_the_old_file(graph, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "keep").touch()
    with pytest.raises(KgBuilderError, match="cannot be written"):
        export(graph, "jsonl", tmp_path / "old")
    with pytest.raises(KgBuilderError, match="cannot be written"):
        export(graph, "jsonl", tmp_path / "missing" / "file.jsonl")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.kg", "old", "one.md"]


def test_an_unknown_format_is_an_error_that_names_the_formats(graph):
    with pytest.raises(KgBuilderError, match="jsonl, graphml, gexf"):
        export(graph, "pdf")
