"""What explore finds and tells: the search, sections, leaderboards, families, and the cut of a large graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from explore_server import keep
from view_graphs import HeldGraph, small_graph

from kg_builder.errors import ViewError, WorkspaceError
from kg_builder.explore import catalogue, drawing, leaderboard
from kg_builder.explore.family import variants, wider_names
from kg_builder.explore.passages import passages
from kg_builder.explore.search import search
from kg_builder.explore.snapshot import SnapshotFile, WorkspaceOrigin, take_snapshot
from kg_builder.graph import Node, Relationship
from kg_builder.views.picture import Wish


def snapshot_of(graph: HeldGraph, folder: Path) -> SnapshotFile:
    (folder / "snapshot").mkdir()
    return take_snapshot(WorkspaceOrigin(keep(graph, folder / "graph.kg")), folder / "snapshot").file


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> SnapshotFile:
    graph = small_graph()
    model = {n.id: n for n in graph.all_nodes if n.label == "Model"}["heron-7b"]
    text = "SwiftNet를 봅니다. It outruns Heron-7B, and Heron-7B knows."
    graph.all_nodes.append(
        Node(
            "Passage",
            "p/abstract/1",
            {"id": "p/abstract/1", "section": "abstract", "text": text, "position": 1},
        )
    )
    graph.all_nodes += [
        Node("Model", "heron-7b-chat", {"id": "heron-7b-chat", "name": "Heron-7B-Chat"}),
        Node("Model", "éclair", {"id": "éclair", "name": "Éclair_Net"}),
    ]
    paper = "arxiv:2401.00001"
    graph.all_relationships += [
        Relationship("HAS_PASSAGE", "Paper", paper, "Passage", "p/abstract/1", {}),
        Relationship("VARIANT_OF", "Model", "heron-7b-chat", "Model", model.id, {}),
        Relationship(
            "MENTIONS",
            "Paper",
            paper,
            "Model",
            model.id,
            {"passage": "p/abstract/1", "start": 0, "end": 40, "evidence": text[:40], "mention_start": 26,
             "mention_end": 34, "mention": "Heron-7B"},
        ),
    ]  # fmt: skip
    return snapshot_of(HeldGraph(graph.all_nodes, graph.all_relationships), tmp_path_factory.mktemp("search"))


def names(snapshot: SnapshotFile, text: str, **options: object) -> list[str]:
    return [hit.name for hit in search(snapshot, text, **options).hits]  # type: ignore[arg-type]


def test_a_name_that_is_the_text_comes_before_those_that_begin_with_it(snapshot):
    assert names(snapshot, "heron")[0] == "Heron"
    assert set(names(snapshot, "heron")) == {"Heron", "Heron-7B", "Heron-7B-Chat"}


def test_among_equals_what_is_more_connected_comes_first(snapshot):
    assert names(snapshot, "heron 7b")[:2] == ["Heron-7B", "Heron-7B-Chat"]


@pytest.mark.parametrize("text", ["왜가리", "HERON 7b", "heron_7B", "7b heron", "heron‑7b"])
def test_aliases_case_order_and_hyphens_make_no_difference(snapshot, text):
    assert "Heron-7B" in names(snapshot, text)


def test_diacritics_make_no_difference(snapshot):
    assert names(snapshot, "eclair net") == ["Éclair_Net"]


def test_a_piece_of_hangul_is_found(snapshot):
    assert names(snapshot, "모델") == ["느린 모델에 대하여"]


def test_a_paper_is_found_by_its_arxiv_id(snapshot):
    assert names(snapshot, "2401.00002") == ["느린 모델에 대하여"]


@pytest.mark.parametrize(
    ("text", "meant"), [("swiftnte", "swiftnet"), ("haron", "heron"), ("모댈에", "모델에")]
)
def test_a_mistake_is_forgiven_and_told(snapshot, text, meant):
    found = search(snapshot, text)
    assert found.spelled == meant
    assert found.total


def test_what_is_nowhere_is_not_found(snapshot):
    assert search(snapshot, "zzzzzzzz").total == 0


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", '"', "\x00", "\ud800", "$text", "a" * 5000, "\\"])
def test_no_text_is_too_odd_to_be_looked_for(snapshot, text):
    assert search(snapshot, text).total >= 0


def test_a_kind_narrows_the_search_and_pages_pass_over_what_was_seen(snapshot):
    assert search(snapshot, "swift", label="Paper").total == 1
    everything = names(snapshot, "heron", most=10)
    assert names(snapshot, "heron", first=1, most=1) == everything[1:2]


def test_authors_stand_in_the_order_of_the_paper(snapshot):
    paper = catalogue.thing(snapshot, "Paper", "arxiv:2401.00001")
    assert paper is not None
    assert [tie.other.name for tie in catalogue.section(snapshot, paper, "AUTHORED", False).ties] == [
        "ada",
        "bo",
    ]


def test_evidence_is_told_with_the_words_marked(snapshot):
    paper = catalogue.thing(snapshot, "Paper", "arxiv:2401.00001")
    assert paper is not None
    tie = catalogue.section(snapshot, paper, "COMPARES_WITH", True).ties[0]
    assert [(p.text, p.marked) for p in tie.quote] == [
        ("𝒳 It outruns ", False),
        ("Heron-7B", True),
        (".", False),
    ]


def test_the_text_of_a_paper_is_marked_where_facts_stand(snapshot):
    paper = catalogue.thing(snapshot, "Paper", "arxiv:2401.00001")
    assert paper is not None
    assert [p.text for p in passages(snapshot, paper)[0].pieces if p.marked] == ["Heron-7B"]


def test_a_leaderboard_has_the_best_first_in_the_metrics_own_direction(snapshot):
    benchmark = catalogue.thing(snapshot, "Benchmark", "readbench")
    assert benchmark is not None
    boards = {board.metric: board for board in leaderboard.boards(snapshot, benchmark)}
    assert boards["accuracy"].higher_is_better is True
    ranked = leaderboard.ranked(snapshot, benchmark, boards["accuracy"])
    assert [(row.rank, row.value) for row in ranked] == [(1, "80.25 %"), (2, "71.5 %")]
    assert boards["latency"].higher_is_better is False


def test_the_least_value_leads_where_less_is_better(snapshot, tmp_path):
    graph = small_graph()
    paper = "arxiv:2401.00001"
    graph.all_nodes.append(
        Node("Result", "slow", {"id": "slow", "value": 99.0, "unit": "ms", "kind": "absolute"})
    )
    graph.all_relationships += [
        Relationship("REPORTS", "Paper", paper, "Result", "slow", {}),
        Relationship("ON", "Result", "slow", "Benchmark", "readbench", {}),
        Relationship("MEASURES", "Result", "slow", "Metric", "latency", {}),
    ]
    held = snapshot_of(HeldGraph(graph.all_nodes, graph.all_relationships), tmp_path)
    benchmark = catalogue.thing(held, "Benchmark", "readbench")
    assert benchmark is not None
    board = next(b for b in leaderboard.boards(held, benchmark) if b.metric == "latency")
    assert [row.value for row in leaderboard.ranked(held, benchmark, board)] == ["12 ms", "99 ms"]


def test_a_family_is_told_upwards_and_downwards(snapshot):
    model = catalogue.thing(snapshot, "Model", "heron-7b")
    assert model is not None
    assert [m.name for m in wider_names(snapshot, model)] == ["Heron"]
    assert [(b.model.name, b.depth) for b in variants(snapshot, model)[0]] == [("Heron-7B-Chat", 1)]


def test_a_circle_of_names_ends(tmp_path):
    graph = small_graph()
    graph.all_relationships.append(Relationship("VARIANT_OF", "Model", "heron", "Model", "heron-7b", {}))
    held = snapshot_of(HeldGraph(graph.all_nodes, graph.all_relationships), tmp_path)
    model = catalogue.thing(held, "Model", "heron")
    assert model is not None
    assert [m.name for m in wider_names(held, model)] == ["Heron-7B"]
    assert variants(held, model)[1] == 1


@pytest.mark.parametrize(
    ("view", "wish"),
    [
        ("overview", Wish()),
        ("timeline", Wish()),
        ("compare", Wish()),
        ("coauthors", Wish()),
        ("family", Wish()),
        ("paper", Wish(focus="swiftnet small")),
        ("model", Wish(focus="왜가리")),
        ("benchmark", Wish(focus="Benchmark/readbench")),
        ("path", Wish(source="ada", target="cy")),
    ],
)
def test_every_view_is_drawn_from_a_part_of_a_large_graph(snapshot, monkeypatch, view, wish):
    monkeypatch.setattr(drawing, "SMALL", 5)
    text = drawing.view_page(snapshot, view, wish)
    assert "Drawn from the " in text


def test_what_a_view_cannot_be_about_is_told(snapshot, monkeypatch):
    monkeypatch.setattr(drawing, "SMALL", 5)
    with pytest.raises(ViewError, match="nothing called 'zzzzzzzz'"):
        drawing.view_page(snapshot, "model", Wish(focus="zzzzzzzz"))
    with pytest.raises(ViewError, match="no way"):
        drawing.view_page(snapshot, "path", Wish(source="ada", target="éclair"))


def test_a_snapshot_that_cannot_be_written_is_told(tmp_path):
    origin = WorkspaceOrigin(keep(small_graph(), tmp_path / "graph.kg"))
    with pytest.raises(WorkspaceError, match=r"the snapshot cannot be written .* TMPDIR"):
        take_snapshot(origin, tmp_path / "none")
