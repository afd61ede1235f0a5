"""The page as a file: whole, deterministic, and with nothing in it that could run or call out."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from view_graphs import HOSTILE, HeldGraph, hostile_graph, small_graph

from kg_builder.errors import ViewError
from kg_builder.stores.rows import Rows
from kg_builder.views.picture import Answer, Changes, Wish
from kg_builder.views.selection import VIEWS
from kg_builder.views.viewing import page, view

GRAPH = small_graph()


class Elements(HTMLParser):
    """The elements of a page, each with its attributes and, for scripts and styles, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open and self.found[-1][0] in {"script", "style", "title", "h1"}:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def named(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, text) for name, attributes, text in self.found if name == tag]


def contents(text: str) -> dict[str, object]:
    (data,) = [t for a, t in Elements(text).named("script") if a.get("type") == "application/json"]
    loaded: dict[str, object] = json.loads(data)
    return loaded


def test_the_policy_names_the_scripts_of_the_page_and_no_others() -> None:
    elements = Elements(page(GRAPH))
    (policy,) = [a["content"] or "" for a, _ in elements.named("meta") if a.get("http-equiv")]
    scripts = [text for a, text in elements.named("script") if "type" not in a]
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in scripts}
    (allowed,) = re.findall(r"script-src ([^;]*);", policy)
    assert set(allowed.split()) == hashes
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_page_has_a_language_a_title_and_a_doctype() -> None:
    text = page(GRAPH)
    elements = Elements(text)
    assert text.startswith("<!DOCTYPE html>")
    assert elements.named("html")[0][0]["lang"] == "en"
    assert elements.named("title")[0][1] == "Overview · kg-builder"


def test_the_licence_of_what_is_inlined_stands_in_the_page() -> None:
    text = page(GRAPH)
    assert "Copyright (c) 2017-2019 visjs contributors" in text
    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.parametrize("seed", ["1", "77"])
def test_the_same_graph_gives_the_same_bytes(seed: str) -> None:
    program = (
        "import sys; from view_graphs import small_graph; from kg_builder.views.viewing import page;"
        "sys.stdout.buffer.write(page(small_graph()).encode())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
    again = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert again.stdout == page(GRAPH).encode()


@pytest.mark.parametrize("name", ["overview", "timeline", "compare"])
def test_hostile_text_adds_no_element_to_the_page(name: str) -> None:
    plain = [tag for tag, _, _ in Elements(page(GRAPH, name)).found]
    assert [tag for tag, _, _ in Elements(page(hostile_graph(), name)).found] == plain


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_title_stays_text_in_the_heading(number: int) -> None:
    graph = hostile_graph()
    titles = {str(n.properties["title"]): n.id for n in graph.all_nodes if n.label == "Paper"}
    title = next(t for t in titles if t[:20] == HOSTILE[number].encode("utf-8", "replace").decode()[:20])
    text = page(graph, "paper", Wish(focus=titles[title]))
    assert [tag for tag, _, _ in Elements(text).found] == [
        tag for tag, _, _ in Elements(page(GRAPH, "paper", Wish(focus="2401.00001"))).found
    ]


def test_only_links_of_the_web_become_links() -> None:
    nodes = contents(page(hostile_graph()))["nodes"]
    assert isinstance(nodes, list)
    assert not [node for node in nodes if "link" in node]
    linked = contents(page(GRAPH))["nodes"]
    assert isinstance(linked, list)
    assert [n["link"] for n in linked if "link" in n] == ["https://arxiv.org/abs/2401.00001"]


def test_a_sentence_stands_in_the_page_once() -> None:
    texts = contents(page(GRAPH))["texts"]
    assert isinstance(texts, list)
    assert len(texts) == len(set(texts))


def test_the_mention_is_placed_in_code_points_within_the_sentence() -> None:
    held = contents(page(GRAPH))
    texts, edges = held["texts"], held["edges"]
    assert isinstance(texts, list)
    assert isinstance(edges, list)
    (edge,) = [e for e in edges if e["type"] == "COMPARES_WITH"]
    start, end = edge["mention"]
    assert texts[edge["text"]][start:end] == "Heron-7B"


def test_a_mention_outside_of_its_sentence_is_not_marked() -> None:
    graph = small_graph()
    for relationship in graph.all_relationships:
        if relationship.type == "COMPARES_WITH":
            relationship.properties.update(mention_start=0, mention_end=8)
    edges = contents(page(graph))["edges"]
    assert isinstance(edges, list)
    assert ["mention" in e for e in edges if e["type"] == "COMPARES_WITH"] == [False]


def test_parallel_edges_are_all_kept() -> None:
    edges = contents(page(GRAPH, "model", Wish(focus="heron-7b")))["edges"]
    assert isinstance(edges, list)
    pairs = [(e["from"], e["to"], e["type"]) for e in edges]
    assert len(pairs) == len(set(pairs))
    assert max(e["lane"] for e in edges) >= 1 or len({p[:2] for p in pairs}) == len(pairs)


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_of_an_empty_graph_is_a_page_or_a_word_on_why_not(name: str) -> None:
    empty = HeldGraph([], [])
    wish = (
        Wish(answer=Answer(Rows(("paper",), [["arxiv:2401.00001"]]), "Papers")) if name == "query" else Wish()
    )
    if name == "diff":
        wish = Wish(changes=Changes([], "Nothing"))
    if name in {"paper", "model", "benchmark", "path"}:
        wish = Wish(focus="x", source="x", target="y")
    if wish.focus:
        with pytest.raises(ViewError, match="the graph has no"):
            page(empty, name, wish)
    else:
        assert contents(page(empty, name, wish))["nodes"] == []


def test_a_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    written = view(GRAPH, output=tmp_path / "new" / "다.html")
    assert written == tmp_path / "new" / "다.html"
    assert written.read_text(encoding="utf-8") == page(GRAPH)
    assert [p.name for p in written.parent.iterdir()] == ["다.html"]


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(ViewError, match="cannot be written"):
        view(GRAPH, output=tmp_path / "taken" / "page.html")


def test_a_limit_below_nothing_is_refused() -> None:
    with pytest.raises(ViewError, match="a limit of -1 is none"):
        page(GRAPH, "overview", Wish(limit=-1))


def test_a_limit_of_zero_shows_all() -> None:
    assert contents(page(GRAPH, "overview", Wish(limit=0)))["leftOut"] == []
