"""Graph files open in other programs, as far as Python has readers of their formats."""

import io
import json

import igraph
import networkx as nx
import pytest
from bylines import bylines

from kg_builder.analysis.communities import find_communities
from kg_builder.analysis.graph_files import (
    write_gexf,
    write_graphml,
    write_pajek,
    write_vosviewer,
)
from kg_builder.analysis.measures import measure
from kg_builder.analysis.projection import project

ODD = 'Zoë "Z" <Brün> & 김민아\x00'


@pytest.fixture(scope="module")
def network():
    return project(bylines({"p": [ODD, "b", "c"], "q": ["b", "c"]}, {"p": "2024", "q": "2024-12-24"}))


@pytest.fixture(scope="module")
def authors(network):
    groups = find_communities(network).membership
    return measure(network).table.append_column("community", [groups.tolist()])


def written(write, network, authors) -> str:
    stream = io.StringIO()
    write(network, authors, stream)
    return stream.getvalue()


def test_graphml_keeps_names_weights_and_types(network, authors, tmp_path):
    text = written(write_graphml, network, authors)
    graph = nx.parse_graphml(text)
    names = {data["name"]: node for node, data in graph.nodes(data=True)}
    assert set(names) == {ODD.replace("\x00", "\ufffd"), "b", "c"}
    tie = graph.edges[names["b"], names["c"]]
    assert (tie["weight"], tie["papers"], tie["last"]) == (1.5, 2, "2024-12-24")
    assert graph.nodes[names["b"]]["degree"] == 2
    assert graph.nodes[names["b"]]["label"] == "b"
    (tmp_path / "network.graphml").write_text(text, encoding="utf-8")
    assert igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml")).ecount() == 3


def test_gexf_keeps_names_weights_and_types(network, authors):
    graph = nx.read_gexf(io.BytesIO(written(write_gexf, network, authors).encode()), version="1.3")
    labels = {data["label"]: node for node, data in graph.nodes(data=True)}
    assert ODD.replace("\x00", "\ufffd") in labels
    tie = graph.edges[labels["b"], labels["c"]]
    assert (tie["weight"], tie["papers"]) == (1.5, 2)


def test_pajek_writes_other_letters_as_pajek_does(network, authors, tmp_path):
    text = written(write_pajek, network, authors)
    assert text.isascii()
    assert "Zo&#235; 'Z'" in text
    (tmp_path / "network.net").write_text(text, encoding="ascii")
    graph = igraph.Graph.Read_Pajek(str(tmp_path / "network.net"))
    assert sorted(graph.es["weight"]) == [0.5, 0.5, 1.5]
    assert nx.read_pajek(tmp_path / "network.net").number_of_edges() == 3


def test_vosviewer_counts_items_and_clusters_from_one(network, authors):
    network_part = json.loads(written(write_vosviewer, network, authors))["network"]
    assert [item["id"] for item in network_part["items"]] == [1, 2, 3]
    assert {item["cluster"] for item in network_part["items"]} == {1}
    assert network_part["items"][1]["label"] == "b"
    assert network_part["items"][1]["weights"] == {"Documents": 2, "Links": 2, "Total link strength": 2.0}
    assert {"source_id": 2, "target_id": 3, "strength": 1.5} in network_part["links"]
