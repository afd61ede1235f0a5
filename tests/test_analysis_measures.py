"""Measures of authors, against networkx and against what is published of well-known graphs."""

import networkx as nx
import numpy as np
import pytest
from bylines import bylines, pairs

from kg_builder.analysis.betweenness import betweenness
from kg_builder.analysis.communities import bridging_authors, community_table, find_communities
from kg_builder.analysis.measures import Measures, measure
from kg_builder.analysis.projection import Projection, project

KARATE = nx.Graph(nx.karate_club_graph().edges())
FLORENCE = nx.florentine_families_graph()
MISERABLES = nx.les_miserables_graph()


def network_of(graph: nx.Graph) -> Projection:
    """The network of a paper for each unit of an edge's weight."""
    return project(pairs(e for *e, w in graph.edges(data="weight", default=1) for _ in range(w)))


def column(network: Projection, found: Measures, name: str) -> dict[str, float]:
    return dict(zip(network.ids, found.table.column(name).to_pylist(), strict=True))


@pytest.fixture(scope="module", params=["karate", "florence", "miserables", "scattered"])
def graph(request: pytest.FixtureRequest) -> nx.Graph:
    """Graphs with str nodes: connected, weighted, and in several components."""
    scattered = nx.disjoint_union_all([nx.path_graph(4), nx.cycle_graph(5), nx.complete_graph(3)])
    graphs = {"karate": KARATE, "florence": FLORENCE, "miserables": MISERABLES, "scattered": scattered}
    return nx.relabel_nodes(graphs[request.param], str)


@pytest.fixture(scope="module")
def measured(graph: nx.Graph) -> tuple[Projection, Measures]:
    network = network_of(graph)
    return network, measure(network)


def test_degree_and_strength_are_those_of_networkx(graph, measured):
    network, found = measured
    assert column(network, found, "degree") == dict(graph.degree())
    assert column(network, found, "strength") == pytest.approx(dict(graph.degree(weight="weight")))


def test_components_are_those_of_networkx_and_the_largest_comes_first(graph, measured):
    network, found = measured
    assert list(found.component_sizes) == sorted(map(len, nx.connected_components(graph)), reverse=True)
    place = column(network, found, "component")
    for component in nx.connected_components(graph):
        assert len({place[author] for author in component}) == 1


def test_cores_are_those_of_networkx(graph, measured):
    assert column(*measured, "core") == nx.core_number(graph)


def test_betweenness_is_that_of_networkx(graph, measured):
    assert measured[1].betweenness.sources is None
    assert column(*measured, "betweenness") == pytest.approx(nx.betweenness_centrality(graph), abs=1e-9)


def test_pagerank_is_that_of_networkx_solved_closely(graph, measured):
    exact = nx.pagerank(graph, weight="weight", tol=1e-13, max_iter=1000)
    assert column(*measured, "pagerank") == pytest.approx(exact, abs=1e-10)


def test_clustering_is_that_of_networkx(graph, measured):
    found = measured[1]
    assert column(*measured, "clustering") == pytest.approx(nx.clustering(graph), abs=1e-9)
    assert found.clustering == pytest.approx(nx.average_clustering(graph))
    assert found.transitivity == pytest.approx(nx.transitivity(graph))


def test_modularity_is_that_of_networkx_for_the_same_communities(graph, measured):
    network, _ = measured
    found = find_communities(network)
    groups = [
        {author for author, group in zip(network.ids, found.membership, strict=True) if group == number}
        for number in range(len(found.sizes))
    ]
    assert found.modularity == pytest.approx(nx.community.modularity(graph, groups, weight="weight"))


def test_authors_without_a_tie_are_followed_by_anyone_alike_in_pagerank():
    network = project(bylines({"p": ["a", "b", "c"], "q": ["c", "d"], "alone": ["e"]}))
    exact = nx.pagerank(network.to_networkx(), tol=1e-13, max_iter=1000)
    assert column(network, measure(network), "pagerank") == pytest.approx(exact, abs=1e-10)


def test_the_medici_stand_between_the_families_of_florence_as_published():
    network = network_of(FLORENCE)
    found = column(network, measure(network), "betweenness")
    assert round(found["Medici"], 3) == 0.522
    assert round(found["Guadagni"], 3) == 0.255
    assert max(found, key=found.__getitem__) == "Medici"


def test_valjean_stands_in_the_middle_of_les_miserables():
    network = network_of(MISERABLES)
    found = measure(network)
    assert (network.authors.num_rows, network.ties.num_rows) == (77, 254)
    assert round(column(network, found, "betweenness")["Valjean"], 3) == 0.570
    assert column(network, found, "degree")["Valjean"] == 36


def test_leiden_finds_the_greatest_modularity_known_of_the_karate_club():
    found = find_communities(network_of(KARATE))
    assert round(found.modularity, 4) == 0.4198
    assert len(found.sizes) == 4


def test_one_seed_gives_one_partition():
    network = network_of(MISERABLES)
    one, other = (find_communities(network, seed=5).membership.tolist() for _ in range(2))
    assert one == other


def test_one_network_gives_one_pagerank_to_the_last_digit():
    network = network_of(nx.gnm_random_graph(3000, 20000, seed=4))
    one, other = (measure(network, samples=4).table.column("pagerank") for _ in range(2))
    assert one.equals(other)


def test_sampled_betweenness_says_from_how_many_it_was_and_how_steady_it_is():
    graph = network_of(nx.connected_caveman_graph(30, 6)).graph
    exact, sampled = betweenness(graph), betweenness(graph, samples=90, seed=3)
    assert sampled.sources == 90
    assert 0 <= sampled.top_20 <= 1
    assert np.corrcoef(exact.values, sampled.values)[0, 1] > 0.9
    assert betweenness(graph, samples=90, seed=3).values.tolist() == sampled.values.tolist()


def test_sampled_betweenness_estimates_without_bias():
    graph = network_of(MISERABLES).graph
    mean = np.mean([betweenness(graph, samples=20, seed=seed).values for seed in range(60)], axis=0)
    exact = betweenness(graph).values
    assert mean[exact.argmax()] == pytest.approx(exact.max(), rel=0.1)


def test_a_network_without_ties_is_measured():
    network = project(bylines({"p": ["a"], "q": ["b"]}))
    found, groups = measure(network), find_communities(network)
    assert found.component_sizes == (1, 1)
    assert found.table.column("pagerank").to_pylist() == [0.5, 0.5]
    assert (groups.modularity, groups.sizes) == (None, (1, 1))


TWO_GROUPS = {
    "p1": ["a", "b", "c"],
    "p2": ["a", "b", "c"],
    "p3": ["x", "y", "z"],
    "p4": ["x", "y", "z"],
    "p5": ["c", "x"],
}


def test_the_most_central_of_a_community_are_those_with_the_most_weight_inside():
    network = project(bylines({**TWO_GROUPS, "p6": ["a", "b"]}))
    rows = community_table(network, find_communities(network)).to_pylist()
    assert [row["members"] for row in rows] == [3, 3]
    assert rows[0]["central"] == ["a", "b", "c"]
    assert (rows[0]["inside"], rows[0]["outside"]) == (4.0, 1.0)


def test_bridging_authors_are_those_with_ties_to_several_communities():
    network = project(bylines(TWO_GROUPS))
    rows = bridging_authors(network, find_communities(network), measure(network)).to_pylist()
    assert [row["name"] for row in rows] == ["c", "x"]
    # Two papers inside, one outside: 1 - (2/3)^2 - (1/3)^2.
    assert rows[0]["participation"] == pytest.approx(4 / 9)
    assert rows[0]["outside"] == pytest.approx(1 / 3)
