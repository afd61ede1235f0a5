"""What each view shows of a graph."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from view_graphs import HeldGraph, small_graph

from kg_builder.errors import ViewError
from kg_builder.graph import Node, Relationship
from kg_builder.views.picture import Picture, ShownEdge, Wish
from kg_builder.views.viewing import picture

GRAPH = small_graph()


def labels(shown: Picture) -> set[str]:
    return {node.label for node in shown.nodes}


def edges(shown: Picture, type_: str) -> list[ShownEdge]:
    return [edge for edge in shown.edges if edge.type == type_]


def test_the_overview_shows_papers_what_they_name_and_their_results() -> None:
    assert labels(picture(GRAPH)) == {"Paper", "Model", "Benchmark", "Method", "Result"}


def test_authors_are_shown_on_demand() -> None:
    assert "Author" in labels(picture(GRAPH, "overview", Wish(authors=True)))


def test_a_mention_is_not_drawn_where_something_more_exact_is_said_of_the_pair() -> None:
    drawn = {(edge.start, edge.end) for edge in edges(picture(GRAPH), "MENTIONS")}
    assert drawn == {("Paper/arxiv:2401.00002", "Method/page-turning")}


def test_a_wider_name_that_joins_nothing_is_not_shown() -> None:
    assert "Model/heron" not in {node.key for node in picture(GRAPH).nodes}


def test_every_edge_has_both_ends_in_the_picture() -> None:
    for name, wish in WISHES.items():
        shown = picture(GRAPH, name, wish)
        keys = {node.key for node in shown.nodes}
        assert {end for edge in shown.edges for end in (edge.start, edge.end)} <= keys, name


def test_above_the_limit_the_papers_with_the_most_votes_are_kept_and_the_rest_is_told() -> None:
    shown = picture(GRAPH, "overview", Wish(limit=4))
    assert len(shown.nodes) <= 4
    assert [node.id for node in shown.nodes if node.label == "Paper"] == ["arxiv:2401.00001"]
    assert "1 paper" in shown.left_out[0]
    assert "4 results" in shown.left_out[0]


def test_a_result_is_called_by_what_it_says() -> None:
    names = {node.name for node in picture(GRAPH).nodes if node.label == "Result"}
    assert "+8.75 pts accuracy of SwiftNet against Heron-7B" in names
    assert "80.25 % accuracy of SwiftNet on ReadBench" in names


@pytest.mark.parametrize(
    "text", ["arxiv:2401.00001", "2401.00001", "2401.00001v2", "SwiftNet: small models read faster"]
)
def test_a_paper_is_found_by_any_of_its_names(text: str) -> None:
    assert picture(GRAPH, "paper", Wish(focus=text)).focus == "Paper/arxiv:2401.00001"


@pytest.mark.parametrize("text", ["heron-7b", "Heron 7B", "Model/heron-7b", "왜가리"])
def test_a_model_is_found_by_id_name_or_alias(text: str) -> None:
    assert picture(GRAPH, "model", Wish(focus=text)).focus == "Model/heron-7b"


def test_a_name_that_does_not_exist_is_answered_with_similar_ones() -> None:
    with pytest.raises(ViewError, match=r"no model or method called 'Hero-7B'; did you mean Heron-7B"):
        picture(GRAPH, "model", Wish(focus="Hero-7B"))


def test_a_name_in_other_letters_is_understood_and_said() -> None:
    shown = picture(GRAPH, "model", Wish(focus="Heron7B"))
    assert shown.focus == "Model/heron-7b"
    assert shown.left_out[0] == "The graph has no model or method called 'Heron7B'; taken for Heron-7B."


def test_half_a_word_is_answered_with_the_whole() -> None:
    with pytest.raises(ViewError, match="did you mean SwiftNet"):
        picture(GRAPH, "model", Wish(focus="SwiftN"))


def test_the_beginning_of_one_name_is_understood() -> None:
    named = HeldGraph([Node("Model", "zeta2.5-7b-chat", {"name": "Zeta2.5-7B-Chat"})], [])
    shown = picture(named, "model", Wish(focus="Zeta2.5 7B"))
    assert shown.title == "Zeta2.5-7B-Chat"
    assert "taken for Zeta2.5-7B-Chat" in shown.left_out[0]


def test_a_view_of_one_thing_asks_which() -> None:
    with pytest.raises(ViewError, match="view paper: say which paper it is about, by --focus"):
        picture(GRAPH, "paper")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("overveiw", "did you mean overview?"),
        ("Overview", "did you mean overview?"),
        ("nmae", "the views are overview, paper"),
    ],
)
def test_an_unknown_view_is_answered_with_what_was_meant_or_with_all(asked: str, told: str) -> None:
    with pytest.raises(ViewError, match=re.escape(f"there is no view {asked!r}; {told}")):
        picture(GRAPH, asked)


def test_the_leaderboard_begins_with_the_best_by_the_metrics_own_direction() -> None:
    table = picture(GRAPH, "benchmark", Wish(focus="ReadBench")).table
    assert table is not None
    rows = [(row[0].text, row[1].text, row[2].text) for row in table.rows]
    assert rows == [
        ("80.25 %", "SwiftNet", "accuracy"),
        ("71.5 %", "Heron-7B", "accuracy"),
        ("12 ms", "Heron-7B", "latency"),
    ]


def test_an_arrow_of_comparison_runs_from_the_better_to_the_worse_with_the_number() -> None:
    (edge,) = edges(picture(GRAPH, "compare"), "BETTER_THAN")
    assert (edge.start, edge.end, edge.caption) == ("Model/swiftnet", "Model/heron-7b", "+8.75 pts")
    assert edge.properties["evidence"] == "That is 8.75 points more than Heron-7B."


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({"direction": "down"}, ("BETTER_THAN", "Model/heron-7b", "Model/swiftnet")),
        ({"kind": "absolute"}, ("COMPARED", "Model/swiftnet", "Model/heron-7b")),
        ({"direction": None}, ("COMPARED", "Model/swiftnet", "Model/heron-7b")),
    ],
)
def test_an_arrow_of_comparison_says_no_more_than_the_result(
    change: dict[str, str | None], ends: tuple[str, str, str]
) -> None:
    graph = small_graph()
    for node in graph.all_nodes:
        if node.id.endswith("#gain"):
            node.properties.update(change)
    (edge,) = picture(graph, "compare").edges
    assert (edge.type, edge.start, edge.end) == ends


def test_less_is_better_where_the_metric_says_so() -> None:
    graph = small_graph()
    for node in graph.all_nodes:
        if node.id == "accuracy":
            node.properties.update(higher_is_better=False)
    (edge,) = picture(graph, "compare").edges
    assert (edge.start, edge.end) == ("Model/heron-7b", "Model/swiftnet")


def test_co_authors_are_in_communities() -> None:
    shown = picture(GRAPH, "coauthors")
    assert [node.name for node in shown.nodes] == ["ada", "bo", "cy"]
    assert all(node.colour is not None for node in shown.nodes)


def test_the_co_authors_of_one_person_leave_out_the_rest() -> None:
    shown = picture(GRAPH, "coauthors", Wish(focus="ada"))
    assert [node.name for node in shown.nodes] == ["ada", "bo"]


def test_a_family_is_a_tree_with_the_widest_name_on_the_left() -> None:
    places = picture(GRAPH, "family", Wish(focus="Heron-7B")).places
    assert places is not None
    assert places["Model/heron"][0] < places["Model/heron-7b"][0]


def family_graph(variants: int) -> HeldGraph:
    """A family of that many variants, and one of three."""
    names = [f"zeta-{n}" for n in range(variants)]
    models = [
        Node("Model", name, {"name": name.title()}) for name in ("zeta", *names, "eta", "eta-1", "eta-2")
    ]
    ties = [*((name, "zeta") for name in names), ("eta-1", "eta"), ("eta-2", "eta")]
    return HeldGraph(models, [Relationship("VARIANT_OF", "Model", a, "Model", b, {}) for a, b in ties])


def test_a_large_family_is_shown_in_part_among_others_and_whole_by_itself() -> None:
    graph = family_graph(30)
    together = picture(graph, "family")
    assert len(together.nodes) == 20 + 3
    assert together.left_out == (
        "Not shown: 11 variants of those shown; --limit shows more, --focus one family whole.",
    )
    alone = picture(graph, "family", Wish(focus="zeta-7"))
    assert len(alone.nodes) == 31
    assert alone.left_out == ()


@pytest.mark.parametrize("wish", [Wish(), Wish(focus="zeta"), Wish(limit=0)])
def test_every_member_of_a_family_has_a_line_of_its_own(wish: Wish) -> None:
    shown = picture(family_graph(30), "family", wish)
    assert shown.places is not None
    assert len(set(shown.places.values())) == len(shown.nodes)
    by_place = sorted(shown.places.values())
    for (x, y), (other_x, other_y) in combinations(by_place, 2):
        assert abs(y - other_y) >= 20 or abs(x - other_x) >= 20


def test_of_a_model_that_hundreds_of_papers_name_the_ones_with_the_most_votes_are_shown() -> None:
    papers = [Node("Paper", f"arxiv:2401.{n:05}", {"title": f"Paper {n}", "votes": n}) for n in range(300)]
    graph = HeldGraph(
        [Node("Model", "zeta", {"name": "Zeta"}), *papers],
        [Relationship("USES", "Paper", paper.id, "Model", "zeta", {}) for paper in papers],
    )
    shown = picture(graph, "model", Wish(focus="Zeta"))
    names = {node.name for node in shown.nodes}
    assert {"Zeta", "Paper 299", "Paper 270"} <= names
    assert "Paper 3" not in names
    assert len(names) < 60
    assert len(picture(graph, "model", Wish(focus="Zeta", limit=0)).nodes) == 301


def test_names_in_columns_of_time_stand_in_one_line() -> None:
    papers = [
        Node(
            "Paper",
            f"arxiv:24{m:02}.{n:05}",
            {"title": f"A rather long title {n} of many words", "date": f"2024-{m:02}-01"},
        )
        for m in range(1, 7)
        for n in range(6)
    ]
    shown = picture(HeldGraph(papers, []), "timeline")
    captions = {str(node.caption) for node in shown.nodes}
    assert not [text for text in captions if "\n" in text]
    assert max(map(len, captions)) < 26


def test_time_runs_from_left_to_right() -> None:
    shown = picture(GRAPH, "timeline")
    assert shown.places is not None
    assert shown.places["Paper/arxiv:2401.00001"][0] < shown.places["Paper/arxiv:2401.00002"][0]
    assert shown.places["Model/heron-7b"][0] == shown.places["Paper/arxiv:2401.00001"][0]
    assert [text for text, _ in shown.notes] == ["2024-01-02", "2024-02-03"]


def test_all_shortest_paths_are_shown() -> None:
    shown = picture(GRAPH, "path", Wish(source="Page Turning", target="SwiftNet"))
    assert {node.key for node in shown.nodes} == {
        "Method/page-turning",
        "Paper/arxiv:2401.00002",
        "Model/heron-7b",
        "Model/swiftnet",
    }


def test_two_nodes_without_a_way_between_them_are_told_so() -> None:
    lonely = HeldGraph([n for n in GRAPH.all_nodes if n.label in {"Model"}], [])
    with pytest.raises(ViewError, match="no way leads from SwiftNet to Heron"):
        picture(lonely, "path", Wish(source="swiftnet", target="heron"))


def test_an_empty_graph_is_an_empty_picture() -> None:
    assert picture(HeldGraph([], [])).nodes == ()


WISHES = {
    "overview": Wish(authors=True),
    "paper": Wish(focus="2401.00001"),
    "model": Wish(focus="heron-7b"),
    "benchmark": Wish(focus="readbench"),
    "compare": Wish(),
    "coauthors": Wish(),
    "family": Wish(),
    "timeline": Wish(),
    "path": Wish(source="ada", target="page-turning"),
}
