"""Finding the node that a person means, and asking for it in place of a name that the graph does not have."""

from __future__ import annotations

from typing import Any

import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder.lookup import Named, look_up
from kg_builder.stores.asked_names import ask_as_meant
from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.query_library import library_query

MODELS = [
    Named("zeta2.5", ("Zeta2.5",)),
    Named("zeta2.5-72b", ("Zeta2.5-72B",)),
    Named("zeta2.5-7b-instruct", ("Zeta2.5-7B-Instruct", "Z7")),
    Named("zeta2.5-7b-instruct-1m", ("Zeta2.5-7B-Instruct-1M",)),
    Named("omega-x-chat", ("Omega-X-Chat",)),
    Named("omega-x-base", ("Omega-X-Base",)),
]


@pytest.mark.parametrize("text", ["zeta2.5-7b-instruct", "ZETA2.5 7B_Instruct", "z7"])
def test_an_id_a_name_in_any_case_and_another_spelling_are_exact(text):
    found = look_up(text, MODELS)
    assert found.exact
    assert found.node == MODELS[2]


@pytest.mark.parametrize("text", ["Zeta2.5 7B", "Zeta 2.5-7B Instruct"])
def test_spaces_do_not_count_and_first_parts_stand_for_the_shortest_name_that_begins_so(text):
    found = look_up(text, MODELS)
    assert found.node == MODELS[2]
    assert not found.exact


def test_half_a_number_is_the_beginning_of_no_name():
    assert look_up("Zeta2.5-7", MODELS).node is None


def test_what_begins_several_names_is_offered_not_taken():
    found = look_up("Omega X", MODELS)
    assert found.node is None
    assert set(found.offers) == {"Omega-X-Chat", "Omega-X-Base"}


def test_a_misspelt_name_is_offered_not_taken():
    found = look_up("Omga-X-Chat", MODELS)
    assert found.node is None
    assert found.offers[0] == "Omega-X-Chat"


@pytest.mark.parametrize("text", ["", "-", "quite something else", "\x00"])
def test_what_comes_near_nothing_is_neither_taken_nor_offered(text):
    assert look_up(text, MODELS).node is None


def test_a_paper_is_found_by_its_arxiv_id():
    papers = [Named("arxiv:2401.00001", ("A title", "2401.00001"))]
    assert look_up("arXiv:2401.00001v3", papers).exact


def answered(model: str) -> Any:
    graph = EmbeddedGraph.from_graph(
        MemoryGraph(
            [
                node("Paper", "arxiv:1", title="First"),
                node("Model", "zeta-7b-chat", name="Zeta-7B-Chat"),
                node("Result", "r", value=5.0, kind="absolute", text="5"),
            ],
            [
                relationship("Paper/arxiv:1", "REPORTS", "Result/r", evidence="It is 5."),
                relationship("Result/r", "OF", "Model/zeta-7b-chat"),
            ],
        )
    )
    query = library_query("model-results")
    return ask_as_meant(query, query.values({"model": model}), graph.run, limit=10, timeout=None)


def test_a_query_answers_for_the_name_that_comes_near_and_says_so():
    rows = answered("Zeta 7B")
    assert len(rows.rows) == 1
    assert rows.notes == ("the graph has no model called 'Zeta 7B'; taken for Zeta-7B-Chat",)


def test_a_query_for_a_name_that_is_there_says_nothing():
    rows = answered("zeta-7b-chat")
    assert len(rows.rows) == 1
    assert rows.notes == ()


def test_a_query_for_a_misspelt_name_finds_nothing_and_offers_the_name():
    rows = answered("Zeeta-7B-Chat")
    assert rows.rows == []
    assert rows.notes == ("the graph has no model called 'Zeeta-7B-Chat'; did you mean Zeta-7B-Chat?",)
