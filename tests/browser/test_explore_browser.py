"""``kg-builder explore`` in a real browser: as a person uses it, by keyboard, with hostile text, and without a word
to any other host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from explore_server import Server, keep, serving
from playwright.sync_api import Browser, Page, Route, expect
from view_graphs import hostile_graph, small_graph

pytestmark = pytest.mark.browser

#: Elements that only hostile text could have brought.
BROUGHT = (
    "main :is(script, style, svg, img), main iframe:not(.drawn), "
    "[onerror], [onload], [onfocus], [onmouseover]"
)

#: What Chromium writes of a page that says what is wrong with a form.
REFUSAL = "Failed to load resource: the server responded with a status of 400"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(keep(small_graph(), tmp_path_factory.mktemp("explore") / "papers.kg")) as running:
        yield running


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(keep(hostile_graph(), tmp_path_factory.mktemp("hostile") / "papers.kg")) as running:
        yield running


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[Open]:
    """A page that has opened the printed address; at the end it has asked no other host and run no script of others."""
    contexts = []
    pages: list[tuple[Server, list[str], list[str]]] = []

    def signed_in(server: Server, theme: str = "light", width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        asked: list[str] = []
        complaints: list[str] = []
        pages.append((server, asked, complaints))
        context.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.goto(server.address)
        return page

    yield signed_in
    for context in contexts:
        context.close()
    for server, asked, complaints in pages:
        here = f"http://127.0.0.1:{server.port}/"
        assert [url for url in asked if not url.startswith((here, "blob:", "data:", "about:"))] == []
        assert [said for said in complaints if not said.startswith(REFUSAL)] == []


def go(page: Page, server: Server, path: str, **values: str) -> None:
    page.goto(
        f"http://127.0.0.1:{server.port}{server.root}{path}" + (f"?{urlencode(values)}" if values else "")
    )


def test_the_token_is_not_in_the_address_of_the_page(sign_in, server):
    page = sign_in(server)
    assert page.url == f"http://127.0.0.1:{server.port}{server.root}/"
    assert page.evaluate("document.cookie") == ""


def test_a_search_finds_a_paper_and_its_page_shows_the_evidence_with_the_words_marked(sign_in, server):
    page = sign_in(server)
    page.fill("#q", "swiftnet")
    page.click("form.search button")
    page.click("text=SwiftNet: Small Models Read Faster")
    compared = page.locator("section", has=page.locator("h2", has_text="Compares with"))
    assert compared.locator("blockquote").inner_text() == "𝒳 It outruns Heron-7B."
    assert compared.locator("mark").inner_text() == "Heron-7B"
    link = page.locator("a.out")
    assert link.get_attribute("href") == "https://arxiv.org/abs/2401.00001"
    assert "noreferrer" in (link.get_attribute("rel") or "")


def test_while_one_types_names_are_offered_and_chosen_by_keyboard(sign_in, server):
    page = sign_in(server)
    page.keyboard.press("/")
    page.keyboard.type("왜가리")
    page.wait_for_selector("#offers li")
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "offer-0"
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Heron-7B')")


def test_escape_takes_the_offers_away(sign_in, server):
    page = sign_in(server)
    page.fill("#q", "heron")
    page.wait_for_selector("#offers li")
    page.keyboard.press("Escape")
    assert page.locator("#offers").is_hidden()


def test_what_was_typed_before_the_script_came_is_offered_as_well(sign_in, server):
    page = sign_in(server)
    held: list[Route] = []
    page.route("**/static/search.js", lambda route: held.append(route))
    page.goto(page.url, wait_until="commit")
    page.fill("#q", "heron")
    held[0].continue_()
    expect(page.locator("#offers li").first).to_be_visible()


def test_offers_that_come_after_escape_are_not_shown(sign_in, server):
    page = sign_in(server)
    held: list[Route] = []
    page.route("**/offers?*", lambda route: held.append(route))
    with page.expect_request("**/offers?*"):
        page.fill("#q", "heron")
    page.keyboard.press("Escape")
    with page.expect_response("**/offers?*") as answer:
        held[0].continue_()
    assert answer.value.json()["hits"]
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert page.locator("#offers").is_hidden()


def test_a_benchmark_shows_its_leaderboard_and_a_metric_can_be_chosen(sign_in, server):
    page = sign_in(server)
    go(page, server, "/benchmark", id="readbench")
    assert page.locator("section[aria-labelledby=board] td.value").all_inner_texts() == ["80.25 %", "71.5 %"]
    page.click("nav[aria-label=Metrics] >> text=latency")
    expect(page.locator("section[aria-labelledby=board] td.value")).to_have_text(["12 ms"])
    expect(page.locator("section[aria-labelledby=board] .said")).to_contain_text("lower is better")


def test_an_author_shows_papers_and_co_authors(sign_in, server):
    page = sign_in(server)
    go(page, server, "/author", id="name:bo")
    assert page.locator("h2").all_inner_texts()[:2] == ["Wrote 2", "Wrote with 2"]
    page.click("text=ada")
    expect(page.locator("h1")).to_have_text("ada")


def test_a_query_is_asked_by_its_form_and_its_answer_is_drawn(sign_in, server):
    page = sign_in(server)
    page.click("nav >> text=Queries")
    page.click("text=Leaderboard of a benchmark")
    page.fill("#p-benchmark", "ReadBench")
    page.click("button.main")
    assert page.locator("[role=status]").inner_text().startswith("3 rows")
    page.locator("iframe.drawn").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.drawn")
    frame.locator("#stage canvas").first.wait_for()
    assert "Leaderboard of a benchmark" in frame.locator("h1").inner_text()


def test_a_write_is_refused_and_what_was_typed_stays(sign_in, server):
    page = sign_in(server)
    go(page, server, "/query")
    page.fill("#cypher", "MATCH (n) DETACH DELETE n")
    page.click("button.main")
    assert "DETACH is refused" in page.locator(".wrong").inner_text()
    assert page.locator("#cypher").input_value() == "MATCH (n) DETACH DELETE n"


def test_a_view_is_drawn_and_reaches_nothing_of_the_server(sign_in, server):
    page = sign_in(server)
    go(page, server, "/model", id="heron-7b")
    page.click("text=See it drawn")
    frame = page.frame_locator("iframe.drawn")
    frame.locator("#stage canvas").first.wait_for()
    inner = next(f for f in page.frames if "/view/page" in f.url)
    assert inner.evaluate("self.origin") == "null"
    assert "used by" in frame.locator("#panel").inner_text().lower()


def test_the_theme_is_kept_from_page_to_page(sign_in, server):
    page = sign_in(server)
    page.click("#theme")
    go(page, server, "/query")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 20, 27)"


PAGES = {
    "home": ("/", {}),
    "search": ("/search", {"q": "heron"}),
    "paper": ("/paper", {"id": "arxiv:2401.00001"}),
    "author": ("/author", {"id": "name:bo"}),
    "model": ("/model", {"id": "heron-7b"}),
    "benchmark": ("/benchmark", {"id": "readbench"}),
    "queries": ("/query", {}),
    "query": ("/query", {"name": "leaderboard"}),
    "view": ("/view", {"name": "paper"}),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(sign_in, server, serious_violations, theme):
    page = sign_in(server, theme)
    found = {}
    for name, (path, values) in PAGES.items():
        go(page, server, path, **values)
        found[name] = serious_violations(page)
    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_an_answer_and_in_its_graph(sign_in, server, serious_violations, theme):
    page = sign_in(server, theme)
    go(page, server, "/query")
    page.fill("#cypher", "MATCH (p:Paper)-[r:USES]->(m) RETURN p, r, m, p.votes AS votes")
    page.click("button.main")
    expect(page.locator("[role=status]")).to_contain_text("row")
    page.locator("iframe.drawn").scroll_into_view_if_needed()
    page.frame_locator("iframe.drawn").locator("#stage canvas").first.wait_for()
    assert serious_violations(page) == []
    assert serious_violations(next(frame for frame in page.frames if "/answer/graph" in frame.url)) == []


def test_a_narrow_page_does_not_scroll_sideways(sign_in, server):
    page = sign_in(server, width=400)
    for path, values in PAGES.values():
        go(page, server, path, **values)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path


def test_hostile_text_stays_text_on_every_page(sign_in, hostile):
    page = sign_in(hostile)
    addresses = {page.url}
    for kind in ("Paper", "Model"):
        go(page, hostile, "/search", kind=kind)
        addresses |= set(page.eval_on_selector_all("main a", "links => links.map(a => a.href)"))
    things = [address for address in addresses if "?id=" in address]
    assert len(things) > 30
    for address in sorted(addresses):
        page.goto(address)
        assert page.locator(BROUGHT).count() == 0, address
        assert page.locator("a[href^='javascript']").count() == 0, address
        assert page.locator("h1").count() == 1, address


def test_hostile_text_is_offered_and_looked_for_as_text(sign_in, hostile):
    page = sign_in(hostile)
    for text in ("<script>alert", "<img src=x onerror", '" onmouseover', "{{ 7 * 7 }}", "]]><style>"):
        page.fill("#q", text)
        page.wait_for_selector("#offers li")
        assert text.lower().split()[0] in page.locator("#offers").inner_text().lower()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(f"“{text}”")
        expect(page.locator(".hits li").first).to_be_visible()
        assert page.locator(BROUGHT).count() == 0


def test_hostile_text_in_an_answer_and_in_its_graph_stays_text(sign_in, hostile):
    page = sign_in(hostile)
    go(page, hostile, "/query")
    page.fill(
        "#cypher",
        "MATCH (p:Paper)-[r:INTRODUCES]->(m) RETURN p, r, m, p.title AS `<img src=x onerror=alert(1)>`",
    )
    page.click("button.main")
    expect(page.locator("[role=status]")).to_contain_text("row")
    assert page.locator(BROUGHT).count() == 0
    page.locator("iframe.drawn").scroll_into_view_if_needed()
    page.frame_locator("iframe.drawn").locator("#stage canvas").first.wait_for()
