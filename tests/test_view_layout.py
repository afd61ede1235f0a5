"""Where nodes lie."""

from __future__ import annotations

import random
from itertools import combinations

import igraph

from kg_builder.views.layout import layout

BOX = (90.0, 40.0)
Edges = list[tuple[int, int, float]]


def stars(number: int, leaves: int) -> tuple[int, Edges]:
    """Some stars, each a component of its own."""
    edges: Edges = []
    for star in range(number):
        centre = star * (leaves + 1)
        edges += [(centre, centre + leaf, 1.0) for leaf in range(1, leaves + 1)]
    return number * (leaves + 1), edges


def overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) < BOX[0] - 1.5 and abs(a[1] - b[1]) < BOX[1] - 1.5


def test_the_same_graph_lies_in_the_same_places() -> None:
    count, edges = stars(7, 5)
    random.seed(1)
    first = layout([BOX] * count, edges)
    random.seed(2)
    assert layout([BOX] * count, edges) == first


def test_a_layout_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    layout([BOX] * 4, [(0, 1, 1.0), (1, 2, 1.0)])
    assert random.random() == expected
    random.seed(4)
    drawn = igraph.Graph.Erdos_Renyi(n=30, p=0.5).get_edgelist()
    random.seed(4)
    assert igraph.Graph.Erdos_Renyi(n=30, p=0.5).get_edgelist() == drawn


def test_no_node_lies_on_another() -> None:
    count, edges = stars(12, 6)
    places = layout([BOX] * count, edges)
    assert not [pair for pair in combinations(range(count), 2) if overlap(places[pair[0]], places[pair[1]])]


def test_components_are_packed_into_a_compact_picture() -> None:
    count, edges = stars(30, 4)
    places = layout([BOX] * count, edges)
    width = max(x for x, _ in places) - min(x for x, _ in places)
    height = max(y for _, y in places) - min(y for _, y in places)
    assert 0.6 < width / height < 2.2
    assert width * height < 12 * count * BOX[0] * BOX[1]


def test_nodes_without_neighbours_stand_in_rows() -> None:
    places = layout([BOX] * 12, [])
    assert len({y for _, y in places}) < len({x for x, _ in places}) + 2
    assert len(set(places)) == 12


def test_parallel_edges_and_loops_do_no_harm() -> None:
    places = layout([BOX] * 3, [(0, 1, 1.0), (1, 0, 1.0), (0, 0, 1.0), (1, 2, 0.0)])
    assert len(set(places)) == 3


def test_nothing_has_no_places() -> None:
    assert layout([], []) == []


def test_a_large_component_is_laid_out_too() -> None:
    count = 6_000
    chance = random.Random(5)
    edges = [(i, chance.randrange(i), 1.0) for i in range(1, count)]
    places = layout([(20.0, 20.0)] * count, edges)
    assert len(set(places)) > 0.99 * count
