"""The view in a notebook's saved output, opened without the graph and without a network."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from explore_server import keep
from playwright.sync_api import Browser
from view_graphs import small_graph

import kg_builder
from kg_builder.views.viewing import page as page_of

pytestmark = pytest.mark.browser


def test_the_saved_output_draws_the_view_and_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    shown = kg_builder.open(keep(small_graph(), tmp_path / "papers.kg")).view("paper", focus="2401.00001")
    (tmp_path / "saved.html").write_text(f"<!doctype html>{shown._repr_html_()}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "saved.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#stage canvas").first.wait_for()
    frame.locator("#search").fill("Heron-7B")
    frame.locator("#search").press("Enter")
    assert "It outruns Heron-7B." in frame.locator("#panel").inner_text()
    assert page.frames[1].evaluate("self.origin") == "null"
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert complaints == []
    context.close()


@pytest.mark.parametrize("sandbox", ['sandbox="allow-scripts"', ""])
def test_a_page_that_another_holds_as_text_works_without_an_address(
    browser: Browser, tmp_path: Path, sandbox: str
) -> None:
    text = escape(page_of(small_graph()), quote=True)
    (tmp_path / "holds.html").write_text(
        f'<!doctype html><iframe {sandbox} srcdoc="{text}" width="1200" height="700"></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "holds.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#search").fill("Heron-7B")
    frame.locator("#search").press("Enter")
    frame.locator("#stage").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "Heron-7B"
    assert page.frames[1].evaluate("kgView.state.around === kgView.state.selected")
    assert complaints == []
    page.close()
