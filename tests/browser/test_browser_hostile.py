"""Hostile text stays text, wherever it is shown."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from view_graphs import HOSTILE, hostile_graph

from kg_builder.views.viewing import page

pytestmark = pytest.mark.browser

GRAPH = hostile_graph()
OVERVIEW = page(GRAPH)

#: Elements that only hostile text could have brought.
BROUGHT = (
    "#panel :is(script, img, svg:not(.swatch, .line), style, iframe), #tip :is(script, img), "
    "[onerror], [onload], [onfocus], [onmouseover]"
)


def test_opening_the_page_runs_nothing(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.wait_for_timeout(300)
    assert opened.page.locator(BROUGHT).count() == 0


def test_every_node_can_be_selected_and_its_name_is_shown_as_it_is(open_page) -> None:
    opened = open_page(OVERVIEW)
    wrong = opened.page.evaluate(
        """brought => kgView.graph.nodes.filter(node => {
            kgView.choose(node.id);
            const panel = document.getElementById("panel");
            return panel.querySelector("h2").textContent !== node.name
                || panel.querySelector("a") !== null
                || document.querySelector(brought) !== null;
        }).map(node => node.key)""",
        BROUGHT,
    )
    assert not wrong


def test_hovering_over_hostile_nodes_shows_text(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.mouse.move(*opened.at(HOSTILE[5]))
    opened.page.wait_for_selector("#tip:not([hidden])")
    assert opened.page.locator("#tip .name").text_content() == HOSTILE[5]
    assert opened.page.locator("#tip a").count() == 0


@pytest.mark.parametrize("text", [h for h in HOSTILE if len(h) < 200 and "\ud800" not in h])
def test_a_search_for_hostile_text_finds_it_as_text(open_page, text: str) -> None:
    opened = open_page(OVERVIEW)
    opened.page.fill("#search", text[:60])
    assert opened.page.locator("#options .name").count() > 0
    assert opened.page.locator("#options :is(script, img, a, style)").count() == 0


def test_the_table_shows_hostile_text_as_text(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.click("#show-table")
    assert "<script>alert(1)</script>" in opened.page.locator("#table-view").inner_text()
    assert opened.page.locator("#table-view :is(script, img, style, a)").count() == 0


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "__proto__", "%E0%A4%A"]
)
def test_a_hostile_address_changes_nothing(open_page, text: str) -> None:
    names = ("node", "around", "without", "hide", "confidence", "until", "theme")
    opened = open_page(OVERVIEW, "#" + "&".join(f"{n}={text if '%' in text else quote(text)}" for n in names))
    assert opened.page.locator("#panel h2").text_content() == "Where to begin"
    assert opened.page.evaluate("kgView.state.selected") is None
    assert len(opened.shown()) > 10


def test_a_label_of_ten_thousand_characters_is_cut_in_the_picture_and_whole_in_the_panel(open_page) -> None:
    opened = open_page(OVERVIEW)
    label = opened.page.evaluate("kgView.graph.nodes.find(node => node.name.length === 10000).label")
    assert len(label) < 120
    opened.select("A" * 50)
    assert len(opened.page.locator("#panel h2").text_content() or "") == 10_000
    box = opened.page.locator("#panel h2").bounding_box()
    assert box is not None
    assert box["height"] < 300
    assert box["width"] < 400


def test_the_longest_name_is_shown_without_delay(open_page) -> None:
    opened = open_page(OVERVIEW)
    took = opened.page.evaluate(
        """() => {
            const node = kgView.graph.nodes.find(node => node.name.length === 10000);
            const start = performance.now();
            kgView.choose(node.id);
            document.body.getBoundingClientRect();
            return performance.now() - start;
        }"""
    )
    # Milliseconds: it took seven seconds before such names were given places to break.
    assert took < 2000


def test_marks_of_direction_do_not_turn_labels_round(open_page) -> None:
    opened = open_page(OVERVIEW)
    labels = opened.page.evaluate("kgView.graph.nodes.map(node => node.label).join('')")
    assert not set(labels) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
