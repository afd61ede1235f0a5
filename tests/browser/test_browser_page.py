"""The page in a real browser, used as a person would."""

from __future__ import annotations

import pytest
from view_graphs import small_graph

from kg_builder.stores.neo4j.changes import Change
from kg_builder.stores.rows import Rows
from kg_builder.views.picture import Answer, Changes, Wish
from kg_builder.views.selection import VIEWS
from kg_builder.views.viewing import page

pytestmark = pytest.mark.browser

GRAPH = small_graph()
OVERVIEW = page(GRAPH)
WISHES = {
    "paper": Wish(focus="2401.00001"),
    "model": Wish(focus="heron-7b"),
    "benchmark": Wish(focus="readbench"),
    "path": Wish(source="ada", target="page-turning"),
    "diff": Wish(
        changes=Changes([Change("add", "Model", ("heron-7b",)), Change("remove", "Model", ("old",))], "Diff")
    ),
    "query": Wish(answer=Answer(Rows(("model",), [["Heron-7B"], ["SwiftNet"]]), "Models")),
}

#: All that the page draws, as a picture in a string.
PICTURE = "document.querySelector('#stage canvas').toDataURL()"


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_opens_and_asks_the_network_for_nothing(open_page, name: str) -> None:
    opened = open_page(page(GRAPH, name, WISHES.get(name)))
    assert opened.shown()
    assert [url.split(":")[0] for url in opened.requests] == ["file"]


def test_the_picture_stands_still(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.wait_for_timeout(500)
    early = (
        opened.page.evaluate("JSON.stringify(kgView.network.getPositions())"),
        opened.page.evaluate(PICTURE),
    )
    opened.page.wait_for_timeout(1500)
    assert (
        opened.page.evaluate("JSON.stringify(kgView.network.getPositions())"),
        opened.page.evaluate(PICTURE),
    ) == early


def test_nodes_lie_where_the_file_says(open_page) -> None:
    opened = open_page(OVERVIEW)
    assert opened.page.evaluate(
        """kgView.graph.nodes.every(node => {
            const at = kgView.network.getPosition(node.id);
            return at.x === node.x && at.y === node.y;
        })"""
    )


def test_search_completes_and_finds(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.fill("#search", "hero")
    assert opened.page.locator("#options li .name").all_text_contents()[0] == "Heron-7B"
    opened.page.press("#search", "Enter")
    assert opened.page.locator("#panel h2").text_content() == "Heron-7B"


def test_search_finds_by_alias_and_by_arrow_keys(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.fill("#search", "왜가")
    assert opened.page.locator("#options li .name").all_text_contents() == ["Heron-7B"]
    opened.page.fill("#search", "swiftnet")
    second = opened.page.locator("#options li .name").nth(1).text_content()
    opened.page.press("#search", "ArrowDown")
    opened.page.press("#search", "Enter")
    assert opened.page.locator("#panel h2").text_content() == second


def test_a_search_for_nothing_known_says_so(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.fill("#search", "zzzz")
    assert opened.page.locator("#options").inner_text() == "Nothing is called so"


def test_a_click_on_a_node_shows_its_evidence_with_the_words_marked(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.mouse.click(*opened.at("Heron-7B"))
    panel = opened.page.locator("#panel")
    assert panel.locator("h2").text_content() == "Heron-7B"
    told = panel.locator(".relation", has_text="It outruns")
    assert told.locator("blockquote").text_content() == "𝒳 It outruns Heron-7B."
    assert told.locator("mark").text_content() == "Heron-7B"
    assert "0.60" in (told.locator(".confidence").text_content() or "")
    assert told.locator("a").get_attribute("href") == "https://arxiv.org/abs/2401.00001"


def test_a_click_on_a_line_shows_its_evidence(open_page) -> None:
    opened = open_page(OVERVIEW)
    (x1, y1), (x2, y2) = opened.at("느린 모델에 대하여"), opened.at("Heron-7B")
    opened.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)
    quote = opened.page.locator("#panel blockquote")
    assert quote.text_content() == "이 연구는 Heron-7B를 씁니다."
    assert quote.get_attribute("lang") == "ko"


def test_evidence_is_shown_on_hover(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.mouse.move(*opened.at("ReadBench"))
    opened.page.wait_for_selector("#tip:not([hidden])")
    assert opened.page.locator("#tip .name").text_content() == "ReadBench"
    assert opened.page.locator("#tip mark").text_content() == "ReadBench"


def test_a_click_lights_the_neighbours_and_fades_the_rest(open_page) -> None:
    opened = open_page(OVERVIEW)
    before = opened.page.evaluate(PICTURE)
    opened.select("Page Turning")
    opened.page.wait_for_timeout(400)
    assert opened.page.evaluate(PICTURE) != before
    colours = """name => {
        const node = kgView.graph.nodes.find(node => node.name === name);
        return kgView.network.body.data.nodes.get(node.id).color.background;
    }"""
    palette = opened.page.evaluate(
        "Object.fromEntries(kgView.graph.labels.map(label => [label.name, label.light]))"
    )
    assert opened.page.evaluate(colours, "Page Turning") == palette["Method"]
    assert opened.page.evaluate(colours, "느린 모델에 대하여") == palette["Paper"]
    assert opened.page.evaluate(colours, "ReadBench") != palette["Benchmark"]


def test_the_legend_names_every_label_and_counts_it(open_page) -> None:
    opened = open_page(OVERVIEW)
    entries = opened.page.locator("#labels label").all_inner_texts()
    assert [entry.split() for entry in entries] == [
        ["Paper", "2"],
        ["Model", "2"],
        ["Benchmark", "1"],
        ["Method", "1"],
        ["Result", "4"],
    ]


def test_the_legend_filters_by_label(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.get_by_label("Model").uncheck()
    assert opened.shown().isdisjoint({"SwiftNet", "Heron-7B"})
    opened.page.get_by_label("Model").check()
    assert {"SwiftNet", "Heron-7B"} <= opened.shown()


def test_the_legend_filters_by_relationship(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.get_by_label("mentions").uncheck()
    assert "Page Turning" not in opened.shown()


def test_the_slider_hides_what_is_less_sure(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.locator("#confidence").fill("0.5")
    assert "Page Turning" not in opened.shown()
    assert "Heron-7B" in opened.shown()


#: Notes the words that are written on a canvas with their ends, in pixels of the page.
WRITTEN = """
window.written = new Map();
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2;
    if (this.textAlign === "center") written.set(text, [x - half, x + half]);
    return write.call(this, text, x, y);
};
"""


def test_the_label_of_a_node_in_the_picture_is_not_cut_by_its_border(open_page) -> None:
    opened = open_page(OVERVIEW, before=WRITTEN)
    cut = opened.page.evaluate(
        """async () => {
            const wide = document.querySelector("#stage canvas").clientWidth;
            const bearers = (label) => kgView.nodes.filter((node) => node.label === label).length;
            const inStage = kgView.nodes.filter((node) => bearers(node.label) === 1 && !node.label.includes("\\n"));
            const found = [];
            // Each node in turn is brought to the very border.
            for (const node of inStage)
                for (const side of [-1, 1]) {
                    const scale = kgView.network.getScale();
                    const at = kgView.placeOf(node.id);
                    kgView.network.moveTo({ position: { x: at.x - side * (wide / 2 - 6) / scale, y: at.y }, scale });
                    written.clear();
                    kgView.network.redraw();
                    const ends = written.get(node.label);
                    if (ends && (ends[0] < -2 || ends[1] > wide + 2)) found.push([node.label, ...ends]);
                }
            return [inStage.length, found];
        }"""
    )
    assert cut[0] > 5
    assert cut[1] == []


def test_a_double_click_opens_the_neighbourhood_and_back_leaves_it(open_page) -> None:
    opened = open_page(OVERVIEW)
    everything = opened.shown()
    opened.page.mouse.dblclick(*opened.at("느린 모델에 대하여"))
    opened.page.wait_for_selector("#back:enabled")
    assert opened.shown() == {"느린 모델에 대하여", "Heron-7B", "Page Turning"}
    opened.page.click("#back")
    opened.page.wait_for_selector("#back:disabled")
    assert opened.shown() == everything


def test_the_address_holds_the_state(open_page) -> None:
    opened = open_page(OVERVIEW)
    opened.page.get_by_label("Benchmark").uncheck()
    opened.select("Heron-7B")
    opened.page.click("#theme")
    fragment = "#" + opened.page.url.split("#")[1]
    again = open_page(OVERVIEW, fragment)
    assert again.page.locator("#panel h2").text_content() == "Heron-7B"
    assert "ReadBench" not in again.shown()
    assert again.page.locator("html").get_attribute("data-theme") == "dark"


def test_the_page_follows_the_theme_of_the_system(open_page) -> None:
    assert open_page(OVERVIEW, theme="dark").page.locator("html").get_attribute("data-theme") == "dark"
    assert open_page(OVERVIEW, theme="light").page.locator("html").get_attribute("data-theme") == "light"


def test_the_picture_is_saved_as_png(open_page) -> None:
    opened = open_page(OVERVIEW)
    with opened.page.expect_download() as download:
        opened.page.click("#save")
    assert download.value.suggested_filename == "overview.png"
    assert download.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_nodes_move_on_demand_only(open_page) -> None:
    opened = open_page(OVERVIEW)
    assert opened.page.evaluate("kgView.network.physics.physicsEnabled") is False
    opened.page.click("#move")
    assert opened.page.evaluate("kgView.network.physics.physicsEnabled") is True
    opened.page.click("#move")
    assert opened.page.evaluate("kgView.network.physics.physicsEnabled") is False


def test_the_leaderboard_stands_beside_the_picture_and_leads_to_its_rows(open_page) -> None:
    opened = open_page(page(GRAPH, "benchmark", Wish(focus="readbench")))
    rows = opened.page.locator("#panel table tbody tr")
    assert rows.first.inner_text().split("\t") == ["80.25\u00a0%", "SwiftNet", "accuracy"]
    rows.first.get_by_role("button", name="SwiftNet").click()
    assert opened.page.locator("#panel h2").text_content() == "SwiftNet"


def test_the_time_slider_shows_what_was_known_by_a_day(open_page) -> None:
    opened = open_page(page(GRAPH, "timeline"))
    assert "느린 모델에 대하여" in opened.shown()
    opened.page.locator("#until").fill("0")
    assert opened.page.locator("#until-value").text_content() == "2024-01-02"
    assert "느린 모델에 대하여" not in opened.shown()
    assert "Heron-7B" in opened.shown()


def test_what_was_left_out_is_said_on_the_page(open_page) -> None:
    opened = open_page(page(GRAPH, "overview", Wish(limit=4)))
    assert "Not shown: 1 paper" in opened.page.locator("#left-out").inner_text()


def test_a_small_window_keeps_the_picture_and_opens_the_panel_over_it(open_page) -> None:
    opened = open_page(OVERVIEW, width=390, height=800)
    assert not opened.page.locator("#panel").is_visible()
    assert (opened.page.locator("#stage canvas").bounding_box() or {})["height"] > 200
    opened.select("Heron-7B")
    assert opened.page.locator("#panel").is_visible()
    opened.page.get_by_label("Close details").click()
    assert not opened.page.locator("#panel").is_visible()
