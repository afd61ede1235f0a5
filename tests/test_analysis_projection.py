"""The co-authorship network of author lists: weights, cap, windows."""

from datetime import date

import networkx as nx
import pytest
from bylines import bylines
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.projection import project
from kg_builder.analysis.window import Window
from kg_builder.errors import AnalysisError, UsageError

author_lists = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True), min_size=1, max_size=8
)


def weights(lists: Bylines, **settings: object) -> dict[tuple[str, str], float]:
    network = project(lists, **settings)
    return {
        (network.ids[t["source"]], network.ids[t["target"]]): weight
        for t, weight in zip(network.ties.to_pylist(), network.weights.tolist(), strict=True)
    }


def numbered(lists: list[list[str]]) -> dict[str, list[str]]:
    return {f"p{number}": names for number, names in enumerate(lists)}


# The four papers by which Newman explains the weights (2001, Phys. Rev. E 64, 016132, figure 6, in other letters).
FOUR_PAPERS = {"p1": ["a", "b", "c", "d"], "p2": ["a", "b"], "p3": ["b", "c", "e"], "p4": ["f"]}


def test_newman_weights_are_those_computed_by_hand():
    assert weights(bylines(FOUR_PAPERS)) == {
        ("a", "b"): pytest.approx(1 / 3 + 1),
        ("a", "c"): pytest.approx(1 / 3),
        ("a", "d"): pytest.approx(1 / 3),
        ("b", "c"): pytest.approx(1 / 3 + 1 / 2),
        ("b", "d"): pytest.approx(1 / 3),
        ("b", "e"): pytest.approx(1 / 2),
        ("c", "d"): pytest.approx(1 / 3),
        ("c", "e"): pytest.approx(1 / 2),
    }


def test_full_counting_counts_papers_together():
    found = weights(bylines(FOUR_PAPERS), weighting="full")
    assert found["a", "b"] == 2
    assert sum(found.values()) == 6 + 1 + 3


def test_fractional_counting_gives_each_shared_paper_one_in_all():
    found = weights(bylines(FOUR_PAPERS), weighting="fractional")
    assert found["a", "b"] == pytest.approx(2 / 12 + 1)
    assert sum(found.values()) == pytest.approx(3)


@given(st.integers(2, 60))
@settings(max_examples=10, deadline=None)
def test_the_newman_weights_of_a_paper_sum_to_half_its_authors(count):
    found = weights(bylines({"p": [f"a{n}" for n in range(count)]}), cap=None)
    assert sum(found.values()) == pytest.approx(count / 2, abs=1e-8)


@given(author_lists, st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_neither_the_order_of_authors_nor_of_papers_changes_anything(lists, random):
    shuffled = [(paper, random.sample(names, len(names))) for paper, names in numbered(lists).items()]
    random.shuffle(shuffled)
    one, other = project(bylines(numbered(lists))), project(bylines(dict(shuffled)))
    assert one.ties.equals(other.ties)
    assert one.authors.equals(other.authors)


@given(author_lists, st.sampled_from(["newman", "full", "fractional"]))
@settings(max_examples=10, deadline=None)
def test_the_coverage_tells_the_sum_of_the_weights_and_what_the_cap_took(lists, weighting):
    lists = bylines({"pair": ["a", "b"], **numbered(lists)})
    whole = project(lists, cap=None, weighting=weighting)
    assert whole.coverage.weight(weighting) == pytest.approx(whole.weights.sum(), abs=1e-8)
    part = project(lists, cap=3, weighting=weighting)
    left_out = part.coverage.weight_over_cap(weighting)
    assert part.weights.sum() + left_out == pytest.approx(whole.weights.sum(), abs=1e-8)


def test_a_name_twice_on_one_paper_signs_it_once():
    assert weights(bylines({"p": ["a", "a", "b"]})) == {("a", "b"): 1.0}


def test_an_author_alone_is_in_the_network_without_a_tie():
    network = project(bylines({"p": ["a"]}))
    assert (network.ids, network.ties.num_rows) == (["a"], 0)


def test_a_paper_over_the_cap_leaves_no_tie_and_is_told():
    lists = bylines({"big": [f"x{n}" for n in range(60)] + ["a"], "small": ["a", "b"]})
    coverage = project(lists).coverage
    assert (coverage.papers_over_cap, coverage.pairs_over_cap) == (1, 61 * 60 // 2)
    assert coverage.weight_over_cap("newman") == 30.5
    assert coverage.authors_over_cap_alone == 60
    assert project(lists).ids == ["a", "b"]


def test_a_paper_of_ten_thousand_authors_is_left_out_by_the_cap():
    lists = bylines({"big": [f"x{n}" for n in range(10_000)], "small": ["a", "b"]})
    coverage = project(lists).coverage
    assert (coverage.papers, coverage.largest_paper, coverage.pairs_over_cap) == (1, 10_000, 49_995_000)


def test_where_every_paper_is_over_the_cap_the_message_names_the_remedy():
    with pytest.raises(
        AnalysisError, match=r"more than 2 of them \(up to 3\); raise --cap, or give --no-cap"
    ):
        project(bylines({"p": ["a", "b", "c"]}), cap=2)


DATES = {"old": "2019", "mid": "2019-07", "new": "2020-03-05"}
DATED = {"old": ["a", "b"], "mid": ["b", "c"], "new": ["c", "d"], "undated": ["d", "e"]}


@pytest.mark.parametrize(
    ("since", "until", "papers"),
    [
        (None, None, 4),
        ("2019", "2019", 2),
        ("2019-07", None, 2),
        ("2019-07-02", None, 1),
        (None, "2019-06", 1),
        ("2020-03-05", "2020-03-05", 1),
    ],
)
def test_a_window_takes_whole_years_and_months_and_no_paper_without_a_date(since, until, papers):
    network = project(bylines(DATED, DATES), window=Window.parse(since, until))
    assert network.coverage.papers == papers


def test_an_empty_window_tells_what_dates_there_are():
    with pytest.raises(AnalysisError, match=r"its papers date from 2019-01-01 to 2020-03-05, 1 have no date"):
        project(bylines(DATED, DATES), window=Window.parse("2021"))


@pytest.mark.parametrize("text", ["last year", "2024-13", "24-12-01", "2023-02-29"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UsageError, match="is no date"):
        Window.parse(text)


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(UsageError, match="before it begins"):
        Window.parse("2024-05", "2024-04")


def test_first_and_last_paper_of_a_tie_are_told():
    network = project(bylines({"p": ["a", "b"], "q": ["a", "b"]}, {"p": "2020-01-02", "q": "2019-03-04"}))
    (tie,) = network.ties.to_pylist()
    assert (tie["papers"], tie["first"], tie["last"]) == (2, date(2019, 3, 4), date(2020, 1, 2))


def test_the_graphs_handed_over_agree_with_one_another():
    network = project(bylines(FOUR_PAPERS))
    given, other = network.to_networkx(), nx.Graph(network.to_igraph().to_networkx())
    names = nx.get_node_attributes(other, "id")
    assert nx.utils.graphs_equal(
        nx.Graph(given.edges()), nx.Graph((names[a], names[b]) for a, b in other.edges())
    )
    assert given["a"]["b"]["weight"] == pytest.approx(4 / 3)
    assert set(given.nodes) == set("abcdef")
