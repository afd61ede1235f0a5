"""Large pictures in a real browser: sigma.js draws, and all else is as on small ones."""

from __future__ import annotations

import pytest
from view_graphs import HOSTILE

from kg_builder.schema import graph_schema
from kg_builder.views import arrangement, folding, page
from kg_builder.views.page import render
from kg_builder.views.picture import Picture, ShownEdge, ShownNode

pytestmark = pytest.mark.browser

SENTENCE = "𝒳 이 논문은 Heron-7을 씁니다."


def picture(hostile: bool = False) -> Picture:
    """Thirty papers that use ten models, in two halves that have nothing to do with each other."""
    models = [
        ShownNode(
            "Model", f"heron-{n}", f"Heron-{n}", {"id": f"heron-{n}", "aliases": [f"왜가리{n}"]}, weight=1.0
        )
        for n in range(10)
    ]
    papers = [
        ShownNode("Paper", f"arxiv:2401.{n:05}", f"논문 {n}", {"votes": n, "url": "https://example.org/p"})
        for n in range(30)
    ]
    evidence = {"evidence": SENTENCE, "start": 0, "mention": "Heron-7", "mention_start": 8, "mention_end": 15}
    edges = [
        ShownEdge(
            "USES",
            p.key,
            models[m].key,
            {**evidence, "confidence": 0.3 + 0.02 * n, "passage": f"{p.id}/abstract/1"},
        )
        for n, p in enumerate(papers)
        for m in (n % 5 + 5 * (n >= 15), (n + 1) % 5 + 5 * (n >= 15))
    ]
    nodes = [*models, *papers]
    if hostile:
        for number, text in enumerate(HOSTILE):
            clean = text.encode("utf-8", "replace").decode()
            nodes.append(
                ShownNode(
                    "Method",
                    f"{clean[:300]}{number}",
                    clean,
                    {"aliases": [clean], "url": f"javascript:{number}"},
                )
            )
            edges.append(
                ShownEdge(
                    "USES", papers[0].key, nodes[-1].key, {"evidence": clean, "mention": clean}, clean[:50]
                )
            )
    cited = {p.id: (p.name, "https://example.org/p") for p in papers}
    return Picture("overview", "Large", "A large one.", tuple(nodes), tuple(edges), papers=cited)


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pictures of a few dozen nodes be large ones."""
    monkeypatch.setattr(page, "MOST_BY_CANVAS", 20)
    monkeypatch.setattr(arrangement, "_CLUSTERED_FROM", 20)


@pytest.fixture
def large(open_page):
    return open_page(render(picture(), graph_schema()))


def test_sigma_draws_every_shape_by_webgl(large) -> None:
    colours = large.page.evaluate(
        """async () => {
            const drawn = await new Promise((done) => {
                const taken = HTMLCanvasElement.prototype.toBlob;
                HTMLCanvasElement.prototype.toBlob = function () {
                    HTMLCanvasElement.prototype.toBlob = taken;
                    const { data } = this.getContext("2d").getImageData(0, 0, this.width, this.height);
                    done([...data]);
                };
                document.getElementById("save").click();
            });
            const found = new Set();
            const hex = (value) => value.toString(16).padStart(2, "0");
            for (let i = 0; i < drawn.length; i += 4) found.add("#" + drawn.slice(i, i + 3).map(hex).join(""));
            return [...found];
        }"""
    )
    assert {"#0067a3", "#c94f00"} <= set(colours)


def test_a_search_finds_by_alias_and_shows_the_evidence(large) -> None:
    large.select("왜가리7")
    panel = large.page.locator("#panel")
    assert panel.locator("h2").text_content() == "Heron-7"
    assert panel.locator("blockquote").first.text_content() == SENTENCE
    assert panel.locator("mark").first.text_content() == "Heron-7"
    assert panel.locator(".cite a").first.get_attribute("href") == "https://example.org/p"


def test_a_click_on_a_node_and_on_a_line_shows_its_evidence(large) -> None:
    large.page.mouse.click(*large.at("Heron-2"))
    assert large.page.locator("#panel h2").text_content() == "Heron-2"
    large.page.keyboard.press("Escape")
    edge = "kgView.edges.map((e) => [kgView.nodes[e.from].name, kgView.nodes[e.to].name])[0]"
    (x1, y1), (x2, y2) = (large.at(name) for name in large.page.evaluate(edge))
    large.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    assert large.page.locator("#panel .chip").text_content() == "uses"


def test_the_legend_the_slider_and_the_table_filter(large) -> None:
    assert len(large.shown()) == 40
    large.page.locator("#confidence").fill("0.9")
    assert "Heron-9" not in large.shown()
    large.page.locator("#confidence").fill("0")
    large.page.get_by_label("Model").uncheck()
    assert {name for name in large.shown() if name.startswith("Heron")} == set()
    large.page.click("#show-table")
    assert large.page.locator("#table-view table.nodes tbody tr").count() == 30


def test_a_double_click_opens_the_neighbourhood_and_back_leaves_it(large) -> None:
    large.page.mouse.dblclick(*large.at("논문 3"))
    large.page.wait_for_selector("#back:enabled")
    assert large.shown() == {"논문 3", "Heron-3", "Heron-4"}
    large.page.click("#back")
    large.page.wait_for_selector("#back:disabled")
    assert len(large.shown()) == 40


def test_two_quick_clicks_in_two_places_are_no_double_click(large) -> None:
    first, second = large.at("Heron-2"), large.at("논문 3")
    large.page.mouse.click(*first)
    large.page.mouse.click(*second)
    assert large.page.locator("#panel h2").text_content() == "논문 3"
    assert large.page.evaluate("kgView.state.around") is None


def outside(large) -> list[str]:
    """The names of the visible nodes that lie outside the stage, once that has been drawn."""
    large.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return list(
        large.page.evaluate(
            """kgView.nodes.filter((node) => {
                const { x, y } = kgView.screenOf(kgView.placeOf(node.id));
                const { clientWidth, clientHeight } = document.getElementById("stage");
                return kgView.visible.nodes[node.id] && (x < 0 || y < 0 || x > clientWidth || y > clientHeight);
            }).map((node) => node.name)"""
        )
    )


def test_fit_shows_all_again(large) -> None:
    assert outside(large) == []
    large.page.focus("#stage")
    for _ in range(8):
        large.page.keyboard.press("+")
    assert outside(large)
    large.page.click("#fit")
    assert outside(large) == []


def test_an_opened_neighbourhood_lies_in_the_middle(large) -> None:
    large.page.mouse.dblclick(*large.at("논문 3"))
    large.page.wait_for_selector("#back:enabled")
    away = large.page.evaluate(
        """() => {
            const shown = kgView.nodes.filter((node) => kgView.visible.nodes[node.id]);
            const at = shown.map((node) => kgView.screenOf(kgView.placeOf(node.id)));
            const middle = (axis) => (Math.min(...at.map((p) => p[axis])) + Math.max(...at.map((p) => p[axis]))) / 2;
            const { clientWidth, clientHeight } = document.getElementById("stage");
            return Math.hypot(middle("x") - clientWidth / 2, middle("y") - clientHeight / 2);
        }"""
    )
    assert away < 3
    assert outside(large) == []


def test_the_address_holds_the_state(open_page, large) -> None:
    large.select("Heron-7")
    again = open_page(render(picture(), graph_schema()), "#" + large.page.url.split("#")[1])
    assert again.page.locator("#panel h2").text_content() == "Heron-7"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, serious_violations, theme: str) -> None:
    opened = open_page(render(picture(), graph_schema()), theme=theme)
    opened.select("Heron-7")
    assert serious_violations(opened.page) == []


def test_hostile_text_stays_text(open_page) -> None:
    opened = open_page(render(picture(hostile=True), graph_schema()))
    wrong = opened.page.evaluate(
        """() => kgView.nodes.filter((node) => {
            kgView.choose(node.id);
            const panel = document.getElementById("panel");
            return panel.querySelector("h2").textContent !== node.name
                || panel.querySelector("script, img, style, iframe, [onerror], [onload], a[href^=javascript]") !== null;
        }).map((node) => node.key)"""
    )
    assert not wrong
    opened.page.fill("#search", "<script>")
    assert opened.page.locator("#options :is(script, img, a, style)").count() == 0
    opened.page.keyboard.press("Escape")
    opened.page.click("#show-table")
    assert opened.page.locator("#table-view :is(script, img, style, a[href^=javascript])").count() == 0


def test_a_community_opens_on_a_click_and_the_address_holds_it(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_BY_WEBGL", 30)
    monkeypatch.setattr(folding, "_MOST_MEMBERS", 20)
    text = render(picture(), graph_schema())
    opened = open_page(text)
    closed = opened.shown()
    assert all(name.startswith("Heron-") and "more" in name for name in closed)
    assert "40 nodes are too many for one picture" in opened.page.locator("#left-out").inner_text()
    name = sorted(closed)[0]
    opened.page.mouse.click(*opened.at(name))
    opened.page.wait_for_selector("#back:enabled")
    assert name not in opened.shown()
    assert len(opened.shown()) > len(closed)
    again = open_page(text, "#" + opened.page.url.split("#")[1])
    assert again.shown() == opened.shown()
    opened.page.click("#back")
    opened.page.wait_for_selector("#back:disabled")
    assert opened.shown() == closed


def test_a_search_finds_what_is_within_a_closed_community(open_page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_BY_WEBGL", 30)
    opened = open_page(render(picture(), graph_schema()))
    opened.page.fill("#search", "왜가리3")
    opened.page.press("#search", "Enter")
    assert "Heron-3" in opened.shown()


def test_without_webgl_the_table_holds_the_graph_and_the_page_says_so(open_page) -> None:
    none = """const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest);
        };"""
    opened = open_page(render(picture(), graph_schema()), before=none)
    assert "cannot draw by WebGL" in opened.page.locator("#left-out").inner_text()
    assert opened.page.locator("#table-view table.nodes tbody tr").count() == 40
    opened.select("Heron-7")
    assert opened.page.locator("#panel h2").text_content() == "Heron-7"
