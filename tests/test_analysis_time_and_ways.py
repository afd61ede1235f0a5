"""Growth, paths and suggestions."""

import networkx as nx
import pytest
from bylines import bylines, pairs

from kg_builder.analysis.growth import growth
from kg_builder.analysis.paths import collaboration_distances, collaboration_path, distance_counts
from kg_builder.analysis.projection import project
from kg_builder.analysis.suggestions import candidate_links, check_suggestions, suggest_links
from kg_builder.analysis.window import Window
from kg_builder.errors import AnalysisError

PAPERS = {
    "p1": ["a", "b"],
    "p2": ["b", "c"],
    "p3": ["a", "b", "d"],
    "p4": ["e", "f"],
    "p5": ["e", "f"],
    "alone": ["g"],
}
DATES = {
    "p1": "2020-02-01",
    "p2": "2020-05",
    "p3": "2021",
    "p4": "2023-01-01",
    "p5": "2023-12-31",
    "alone": "2020",
}


def told(table, *columns):
    return [tuple(row[c] for c in columns) for row in table.to_pylist()]


def test_ties_are_new_once_and_repeated_in_later_periods():
    table = growth(bylines(PAPERS, DATES), "year")
    assert told(table, "period", "papers", "new_ties", "repeated_ties") == [
        ("2020", 3, 2, 0),
        ("2021", 1, 2, 1),
        ("2022", 0, 0, 0),
        ("2023", 2, 1, 0),
    ]


def test_the_network_so_far_counts_authors_ties_and_the_largest_component():
    table = growth(bylines(PAPERS, DATES), "year")
    assert told(table, "authors_so_far", "ties_so_far", "largest_component") == [
        (4, 2, 3),
        (5, 4, 4),
        (5, 4, 4),
        (7, 5, 4),
    ]


def test_what_is_new_is_new_to_the_whole_graph_not_to_the_window():
    table = growth(bylines(PAPERS, DATES), "year", window=Window.parse("2021", "2021"))
    assert told(table, "period", "new_ties", "repeated_ties", "ties_so_far") == [("2021", 2, 1, 4)]


def test_growth_by_quarter_names_every_quarter():
    table = growth(bylines(PAPERS, DATES), "quarter", window=Window.parse("2020", "2020"))
    assert told(table, "period", "papers") == [("2020-Q1", 2), ("2020-Q2", 1)]


def test_papers_without_a_date_are_in_no_period():
    assert growth(bylines({"p": ["a", "b"]})).num_rows == 0


def way(lists, source, target):
    network = project(lists)
    return collaboration_path(lists, network, source, target)


def test_a_path_tells_the_papers_of_each_step_the_earliest_first():
    steps = way(bylines({**PAPERS, "again": ["b", "c"]}, {**DATES, "again": "2019"}), "a", "c")
    assert [(s.source, s.target) for s in steps] == [("a", "b"), ("b", "c")]
    assert [id for id, _, _ in steps[1].papers] == ["again", "p2"]


def test_of_two_ways_as_short_the_stronger_is_taken():
    papers = {"1": ["a", "m"], "2": ["m", "z"], "3": ["a", "n"], "4": ["n", "z"], "5": ["n", "z"]}
    assert [s.target for s in way(bylines(papers), "a", "z")] == ["n", "z"]


def test_a_short_way_by_weak_ties_beats_a_longer_one_by_strong_ties():
    crowd = [f"x{n}" for n in range(40)]
    papers = {"weak": ["a", "z", *crowd]} | {f"{n}{e}": list(e) for n in range(9) for e in ("am", "mz")}
    assert len(way(bylines(papers), "a", "z")) == 1


def test_people_whom_no_chain_joins_have_no_path():
    assert way(bylines(PAPERS), "a", "e") is None


def test_nobody_is_a_step_away_from_oneself():
    assert way(bylines(PAPERS), "a", "a") == ()


def test_distances_are_those_of_networkx():
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    table = collaboration_distances(project(pairs(graph.edges())), "0")
    assert dict(told(table, "author", "distance")) == nx.single_source_shortest_path_length(graph, "0")


def test_those_out_of_reach_are_counted_last():
    rows = distance_counts(collaboration_distances(project(bylines(PAPERS)), "a"))
    assert [(r["distance"], r["authors"]) for r in rows] == [(0, 1), (1, 2), (2, 1), (None, 3)]


def test_an_unknown_person_is_answered_with_the_nearest_names():
    network = project(bylines({"p": ["Mina Seo", "Jonas Falk"]}))
    with pytest.raises(AnalysisError, match=r"nobody .* 'Mina So'; did you mean Mina Seo\?"):
        collaboration_distances(network, "Mina So")


def test_a_person_is_found_whatever_the_case_and_the_accents():
    network = project(bylines({"p": ["Chloé Dubois", "Jonas Falk"]}))
    assert told(collaboration_distances(network, "chloe dubois"), "distance") == [(0,), (1,)]


def scores(network, name):
    return {
        frozenset((network.ids[r["source"]], network.ids[r["target"]])): r[name]
        for r in candidate_links(network).to_pylist()
    }


@pytest.mark.parametrize(
    ("name", "peer"),
    [
        ("adamic_adar", nx.adamic_adar_index),
        ("resource_allocation", nx.resource_allocation_index),
    ],
)
def test_scores_of_suggestions_are_those_of_networkx(name, peer):
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    expected = {frozenset((a, b)): score for a, b, score in peer(graph) if score > 0}
    assert scores(project(pairs(graph.edges())), name) == pytest.approx(expected, abs=1e-9)


def test_names_that_may_be_one_person_are_marked():
    papers = {
        "p": ["Ada Brun", "Jonas Falk"],
        "q": ["A. Brun", "Jonas Falk"],
        "r": ["Mina Seo", "Jonas Falk"],
    }
    rows = suggest_links(project(bylines(papers))).to_pylist()
    assert {frozenset((r["source"], r["target"])) for r in rows if r["alike"]} == {
        frozenset(("Ada Brun", "A. Brun"))
    }


def test_suggestions_are_checked_on_the_hidden_last_quarter():
    papers = {"1": ["a", "z"], "2": ["b", "z"], "3": ["c", "z"], "4": ["a", "b"]}
    dates = {"1": "2020-01-01", "2": "2020-01-02", "3": "2020-01-03", "4": "2020-01-04"}
    check = check_suggestions(bylines(papers, dates))
    assert (check.known_papers, check.hidden_papers) == (3, 1)
    assert (check.candidates, check.found, check.new_ties) == (3, 1, 1)
    assert check.chance == pytest.approx(1 / 3)
    # All three candidates share one co-author: no score tells them apart.
    assert check.area["adamic_adar"] == 0.5


def test_suggestions_cannot_be_checked_where_all_papers_are_of_one_day():
    with pytest.raises(AnalysisError, match="do not part earlier from later"):
        check_suggestions(bylines({"1": ["a", "b"], "2": ["b", "c"]}, {"1": "2020", "2": "2020"}))
