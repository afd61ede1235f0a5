"""What the queries of the library answer on a graph small enough to know the answers."""

from __future__ import annotations

from typing import Any

import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder.graph import Node, Relationship
from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.query_library import library_query

TEXT = "𝒳-net 😀 beats GPT-4o by 5% on GSM8K."


def passage(paper: str, text: str = TEXT) -> Node:
    return node("Passage", f"{paper}/abstract/1", section="abstract", text=text, position=1)


def said(paper: str, mention: str, text: str = TEXT, /, **changed: Any) -> dict[str, Any]:
    start = text.index(mention)
    evidence = {
        "passage": f"{paper}/abstract/1",
        "start": 0,
        "end": len(text),
        "evidence": text,
        "mention": mention,
        "mention_start": start,
        "mention_end": start + len(mention),
        "confidence": 0.9,
        "extractor": "made@1",
        "count": 1,
    }
    return evidence | changed


NODES = [
    node("Paper", "arxiv:1", arxiv_id="1", title="First", date="2024-12-24", votes=5),
    node("Paper", "arxiv:2", arxiv_id="2", title="Second", date="2025-01-02", votes=9),
    node("Paper", "arxiv:3", arxiv_id="3", title="Third"),
    passage("arxiv:1"),
    passage("arxiv:2"),
    node("Model", "gpt", name="GPT", family="GPT"),
    node("Model", "gpt-4o", name="GPT-4o", aliases=["GPT 4 omni"], family="GPT"),
    node("Model", "𝒳-net", name="𝒳-net"),
    node("Benchmark", "gsm8k", name="GSM8K", kind="benchmark"),
    node("Benchmark", "math", name="MATH", kind="benchmark"),
    node("Metric", "accuracy", name="accuracy", higher_is_better=True),
    node("Metric", "latency", name="latency", higher_is_better=False),
    node("Result", "r1", value=5.0, unit="%", kind="delta", direction="up", text="5%"),
    node("Result", "r2", value=90.0, kind="absolute", text="90"),
    node("Result", "r3", value=2.0, unit="%", kind="delta", direction="down", text="2%"),
    node("Result", "r4", value=95.0, kind="absolute", text="95"),
    node("Result", "r5", value=3.0, unit="x", kind="ratio", direction="down", text="3x"),
    *(node("Author", f"name:{n}", name=n.title()) for n in ("ada", "ben", "cem", "dan", "eve")),
    node("Organization", "acme", name="Acme"),
]


def _authored(paper: str, *names: str) -> list[Relationship]:
    return [
        relationship(f"Author/name:{n}", "AUTHORED", f"Paper/{paper}", position=i)
        for i, n in enumerate(names, 1)
    ]


def _together(first: str, second: str, papers: int) -> Relationship:
    return relationship(
        f"Author/name:{first}", "CO_AUTHORED", f"Author/name:{second}", papers=papers, weight=0.5
    )


def _result(paper: str, result: str, **ends: str) -> list[Relationship]:
    made = [relationship(f"Paper/{paper}", "REPORTS", f"Result/{result}", **said(paper, "5%"))]
    return made + [relationship(f"Result/{result}", kind, end) for kind, end in ends.items()]


RELATIONSHIPS = [
    relationship("Paper/arxiv:1", "HAS_PASSAGE", "Passage/arxiv:1/abstract/1"),
    relationship("Paper/arxiv:2", "HAS_PASSAGE", "Passage/arxiv:2/abstract/1"),
    relationship("Paper/arxiv:1", "INTRODUCES", "Model/𝒳-net", **said("arxiv:1", "𝒳-net")),
    relationship("Paper/arxiv:1", "COMPARES_WITH", "Model/gpt-4o", **said("arxiv:1", "GPT-4o")),
    relationship("Paper/arxiv:2", "COMPARES_WITH", "Model/gpt-4o", **said("arxiv:2", "GPT-4o")),
    relationship("Paper/arxiv:2", "USES", "Model/gpt", **said("arxiv:2", "GPT")),
    relationship("Paper/arxiv:1", "EVALUATES_ON", "Benchmark/gsm8k", **said("arxiv:1", "GSM8K")),
    relationship("Paper/arxiv:1", "EVALUATES_ON", "Benchmark/math", **said("arxiv:1", "GSM8K")),
    relationship("Paper/arxiv:2", "EVALUATES_ON", "Benchmark/gsm8k", **said("arxiv:2", "GSM8K")),
    relationship("Paper/arxiv:2", "EVALUATES_ON", "Benchmark/math", **said("arxiv:2", "GSM8K")),
    relationship("Model/gpt-4o", "VARIANT_OF", "Model/gpt"),
    relationship("Model/𝒳-net", "BASED_ON", "Model/gpt", **said("arxiv:1", "GPT")),
    *_result(
        "arxiv:1",
        "r1",
        OF="Model/𝒳-net",
        AGAINST="Model/gpt-4o",
        ON="Benchmark/gsm8k",
        MEASURES="Metric/accuracy",
    ),
    *_result("arxiv:1", "r2", OF="Model/𝒳-net", ON="Benchmark/gsm8k", MEASURES="Metric/accuracy"),
    *_result("arxiv:2", "r3", AGAINST="Model/gpt-4o", MEASURES="Metric/accuracy"),
    *_result("arxiv:2", "r4", OF="Model/gpt-4o", ON="Benchmark/gsm8k", MEASURES="Metric/accuracy"),
    *_result("arxiv:2", "r5", AGAINST="Model/gpt-4o", MEASURES="Metric/latency"),
    *_authored("arxiv:1", "ada", "ben", "cem"),
    *_authored("arxiv:2", "ben", "cem"),
    *_authored("arxiv:3", "dan"),
    _together("ada", "ben", 1),
    _together("ada", "cem", 1),
    _together("ben", "cem", 2),
    _together("cem", "dan", 1),
    relationship("Organization/acme", "AUTHORED", "Paper/arxiv:1", position=4),
]


@pytest.fixture(scope="module")
def engine() -> EmbeddedGraph:
    return EmbeddedGraph.from_graph(MemoryGraph(NODES, RELATIONSHIPS))


def answer(engine: EmbeddedGraph, name: str, /, *columns: str, **parameters: object) -> list[Any]:
    query = library_query(name)
    rows = engine.run(query.cypher, query.values(parameters)).as_maps()
    return [tuple(row[c] for c in columns) if len(columns) > 1 else row[columns[0]] for row in rows]


@pytest.mark.parametrize("name", ["GPT-4o", "gpt-4O", "gpt-4o", "GPT 4 omni", "gpt 4o"])
def test_a_model_is_found_by_name_alias_or_id_in_any_case(engine, name):
    assert answer(engine, "model-papers", "paper", model=name) == ["arxiv:2", "arxiv:1"]


def test_the_papers_of_a_model_count_those_of_its_variants_where_wanted(engine):
    assert answer(engine, "model-papers", "paper", "roles", model="GPT", variants=False) == [
        ("arxiv:2", ["USES"])
    ]
    assert answer(engine, "model-papers", "paper", "roles", model="GPT") == [
        ("arxiv:2", ["COMPARES_WITH", "USES"]),
        ("arxiv:1", ["COMPARES_WITH"]),
    ]


def test_a_model_is_beaten_by_gains_but_not_by_losses(engine):
    gains = answer(engine, "beats-model", "paper", "subjects", "value", "direction", model="GPT-4o")
    assert gains == [("arxiv:2", [], 3.0, "down"), ("arxiv:1", ["𝒳-net"], 5.0, "up")]


def test_a_leaderboard_lists_scores_and_no_differences_best_first(engine):
    board = answer(engine, "leaderboard", "value", "subjects", benchmark="gsm8k")
    assert board == [(95.0, ["GPT-4o"]), (90.0, ["𝒳-net"])]


def test_models_compared_with_are_counted_by_paper(engine):
    assert answer(engine, "most-compared-models", "name", "papers") == [("GPT-4o", 2)]
    assert answer(engine, "most-compared-models", "papers", since="2025-01-01") == [1]
    assert answer(engine, "most-compared-models", "papers", until="2024") == [1]


def test_what_stands_beside_a_model_in_a_paper_is_told_with_the_words_of_both(engine):
    columns = ("other", "role", "model_role", "paper", "evidence", "model_evidence")
    beside = ("𝒳-net", "INTRODUCES", "COMPARES_WITH", "arxiv:1", TEXT, TEXT)
    assert answer(engine, "compared-with", *columns, model="GPT-4o") == [beside]


def test_a_variant_of_the_model_asked_for_is_not_what_it_was_compared_with(engine):
    assert answer(engine, "compared-with", "other", "model", model="GPT") == [("𝒳-net", "GPT-4o")]
    assert answer(engine, "compared-with", "other", model="GPT", variants=False) == []


def test_coauthors_are_found_from_either_side(engine):
    assert answer(engine, "coauthors", "name", "papers", person="ben") == [("Cem", 2), ("Ada", 1)]


def test_of_several_shortest_chains_the_one_through_the_least_ids_is_shown(engine):
    assert answer(engine, "coauthor-path", "steps", "names", person="Ada", other="Dan") == [
        (2, ["Ada", "Cem", "Dan"])
    ]


def test_persons_without_a_chain_have_none(engine):
    assert answer(engine, "coauthor-path", "steps", person="Ada", other="Eve") == []


def test_a_person_has_no_chain_to_the_same_person(engine):
    assert answer(engine, "coauthor-path", "steps", person="Ada", other="Ada") == []


def test_papers_share_authors(engine):
    assert answer(engine, "shared-authors", "paper", "other", "names") == [
        ("arxiv:1", "arxiv:2", ["Ben", "Cem"])
    ]
    assert answer(engine, "shared-authors", "paper", authors=3) == []


def test_benchmarks_are_used_together_by_papers(engine):
    assert answer(engine, "benchmarks-together", "benchmark", "other", "papers") == [("GSM8K", "MATH", 2)]


def test_a_paper_without_results_is_found(engine):
    assert answer(engine, "papers-without-results", "paper", "passages") == [("arxiv:3", 0)]


def test_what_a_paper_introduces_is_told_with_its_sentence(engine):
    assert answer(engine, "paper-introduces", "name", "evidence", paper="First") == [("𝒳-net", TEXT)]


def test_the_evidence_of_a_relationship_is_found_by_paper_and_name(engine):
    found = answer(engine, "evidence", "relationship", "mention", "start", "end", paper="1", name="gpt-4o")
    assert found == [("COMPARES_WITH", "GPT-4o", 0, len(TEXT))]


def test_families_gather_their_models(engine):
    assert answer(engine, "models-by-family", "family", "models") == [("GPT", 2)]


def test_papers_without_votes_are_not_among_the_top(engine):
    assert answer(engine, "top-papers", "paper") == ["arxiv:2", "arxiv:1"]


def test_an_organisation_is_counted_by_what_it_signed(engine):
    assert answer(engine, "organizations", "name", "signed", "named") == [("Acme", 1, 0)]


def test_lineage_shows_both_directions_with_the_paper_that_says_so(engine):
    assert answer(engine, "model-lineage", "derived", "base", "paper", model="GPT") == [
        ("𝒳-net", "GPT", "arxiv:1")
    ]


def test_evidence_that_reproduces_is_not_listed_whatever_characters_come_before_it(engine):
    assert answer(engine, "evidence-check", "evidence") == []


BROKEN = {
    "its end moved": {"end": len(TEXT) - 1},
    "its mention moved": {"mention_start": 1, "mention_end": 6},
    "its words changed": {"evidence": TEXT.replace("5", "6")},
    "its passage is gone": {"passage": "arxiv:1/abstract/2"},
    "its passage is another paper's": {"passage": "arxiv:2/abstract/1"},
    "its offsets are gone": {"start": None},
    "its offsets are reversed": {"start": 9, "end": 3},
    "its offsets are negative": {"start": -1},
    "it has none": {"passage": None, "evidence": None, "mention": None},
}


@pytest.mark.parametrize("changed", BROKEN.values(), ids=BROKEN)
def test_evidence_that_does_not_reproduce_is_listed(changed):
    found = {k: v for k, v in said("arxiv:1", "GSM8K", **changed).items() if v is not None}
    broken = relationship("Paper/arxiv:1", "USES", "Benchmark/gsm8k", **found)
    engine = EmbeddedGraph.from_graph(MemoryGraph(NODES, [*RELATIONSHIPS, broken]))
    assert answer(engine, "evidence-check", "relationship", "start_id", "end_id") == [
        ("USES", "arxiv:1", "gsm8k")
    ]


def test_evidence_between_models_is_checked_too():
    found = said("arxiv:1", "GPT-4o", mention="GPT-5")
    broken = relationship("Model/𝒳-net", "BASED_ON", "Model/gpt-4o", **found)
    engine = EmbeddedGraph.from_graph(MemoryGraph(NODES, [*RELATIONSHIPS, broken]))
    assert answer(engine, "evidence-check", "relationship", "end_id") == [("BASED_ON", "gpt-4o")]
