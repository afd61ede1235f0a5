"""The page without a mouse, without colours, without a picture."""

from __future__ import annotations

import pytest
from view_graphs import small_graph

from kg_builder.views.picture import Wish
from kg_builder.views.viewing import page

pytestmark = pytest.mark.browser

GRAPH = small_graph()
OVERVIEW = page(GRAPH)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", ["start", "node", "table", "search"])
def test_axe_finds_nothing_serious(open_page, serious_violations, theme: str, state: str) -> None:
    opened = open_page(OVERVIEW, theme=theme)
    if state == "node":
        opened.select("Heron-7B")
    elif state == "table":
        opened.page.click("#show-table")
    elif state == "search":
        opened.page.fill("#search", "heron")
    assert serious_violations(opened.page) == []


def test_a_pressed_button_takes_its_colours_at_once(open_page) -> None:
    # A background that fades under a text that does not is illegible on the way.
    opened = open_page(OVERVIEW, theme="dark")
    fading = opened.page.evaluate(
        "document.getElementById('show-table').click(), document.getAnimations().length"
    )
    assert fading == 0


def test_axe_finds_nothing_serious_beside_a_leaderboard(open_page, serious_violations) -> None:
    opened = open_page(page(GRAPH, "benchmark", Wish(focus="readbench")))
    assert serious_violations(opened.page) == []


def test_the_keyboard_reaches_search_legend_picture_and_panel(open_page) -> None:
    opened = open_page(OVERVIEW)
    reached = []
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.append(opened.page.evaluate("document.activeElement.id || document.activeElement.className"))
    for wanted in (
        "skip",
        "search",
        "label-0",
        "type-0",
        "confidence",
        "show-table",
        "fit",
        "stage",
        "node-link",
    ):
        assert wanted in reached, wanted


def test_arrow_keys_go_from_node_to_node_and_enter_opens_the_neighbourhood(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.focus("#stage")
    opened.page.keyboard.press("ArrowRight")
    first = opened.page.evaluate("kgView.state.selected")
    assert first is not None
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        opened.page.keyboard.press(key)
        if opened.page.evaluate("kgView.state.selected") != first:
            break
    second = opened.page.evaluate("kgView.state.selected")
    assert second != first
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("kgView.state.around") == second


def test_a_slash_goes_to_the_search_and_escape_leaves_the_selection(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.focus("#stage")
    opened.page.keyboard.press("/")
    assert opened.page.evaluate("document.activeElement.id") == "search"
    opened.page.keyboard.type("heron")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("kgView.state.selected") is not None
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("kgView.state.selected") is None


def test_what_is_selected_is_said_to_screen_readers(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.select("Heron-7B")
    assert (opened.page.locator("#said").text_content() or "").startswith("Model Heron-7B, ")


def test_the_table_holds_every_relationship_and_node_with_its_evidence(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.click("#show-table")
    tables = opened.page.locator("#table-view table")
    edges, nodes = opened.page.evaluate("[kgView.graph.edges.length, kgView.graph.nodes.length]")
    assert tables.nth(0).locator("tbody tr").count() == edges
    assert tables.nth(1).locator("tbody tr").count() == nodes
    assert tables.nth(0).locator("mark", has_text="Heron-7B").count() == 3


def test_the_table_follows_the_filters(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.click("#show-table")
    before = opened.page.locator("#table-view table").nth(0).locator("tbody tr").count()
    opened.page.get_by_label("Result", exact=False).first.uncheck()
    assert opened.page.locator("#table-view table").nth(0).locator("tbody tr").count() < before


def test_a_name_in_the_table_leads_to_its_panel(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.click("#show-table")
    opened.page.locator("#table-view").get_by_role("button", name="ReadBench").first.click()
    assert opened.page.locator("#panel h2").text_content() == "ReadBench"
