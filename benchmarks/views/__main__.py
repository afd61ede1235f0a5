"""``python -m benchmarks.views``: a table of writing times, page sizes, first pictures and memory.

Chromium draws WebGL in software here, as in a container: a graphics card is faster. Name it in KG_BUILDER_CHROMIUM
where it is not on the path. The first picture counts from opening the file until the browser has shown the graph, in
seconds of the clock and of the processors (of all of Chromium): on a machine that does other things as well only the
latter tell. Memory is that of the tab's process. Of several runs the least of each counts.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.network import Network

from benchmarks.chromium import ARGUMENTS, chromium_path
from benchmarks.views.made_picture import made_picture
from kg_builder.schema import graph_schema
from kg_builder.views.page import render
from kg_builder.views.picture import Picture

SIZES = (1_000, 5_000, 20_000, 100_000, 200_000)
#: Seconds within which a picture must be there.
GOALS = {1_000: 1.0, 5_000: 2.0, 20_000: 2.0, 100_000: 6.0}
#: Stock pyvis is shown these sizes only, and waited for so long.
PYVIS_SIZES, PYVIS_SECONDS = (1_000, 5_000), 60.0
#: Two frames may be under way to the screen: only when the fourth is asked for has the first been drawn.
SHOWN = """async () => {
    for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
}"""


@dataclass(frozen=True)
class Row:
    """What was measured of one page; seconds, MB."""

    what: str
    nodes: int
    edges: int
    write_new: float | None
    write_kept: float | None
    page: float
    shown: float | None
    worked: float
    memory: float

    def line(self) -> str:
        """As a line of a table in Markdown."""

        def number(value: float | None) -> str:
            return "–" if value is None else f"{value:.1f}"

        shown = f"> {PYVIS_SECONDS:.0f}" if self.shown is None else number(self.shown)
        cells = [
            self.what, f"{self.nodes:,}", f"{self.edges:,}", number(self.write_new), number(self.write_kept),
            number(self.page), shown, number(self.worked), f"{self.memory:.0f}",
        ]  # fmt: skip
        return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.views", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of nodes")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is opened")
    parser.add_argument("--no-pyvis", action="store_true", help="without stock pyvis")
    given = parser.parse_args()
    chromium = chromium_path() or "chromium"
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    )
    print(
        "| page | nodes | edges | write, CPU s | layout kept, CPU s | page, MB | first picture, s | CPU, s | tab, MB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:

        def opened(file: Path, ready: Callable[[Page], object]) -> Shown:
            times = []
            for _ in range(given.runs):
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                times.append(_first_picture(browser, file, ready))
                browser.close()
            shown = [seconds for seconds, _, _ in times if seconds is not None]
            return min(shown, default=None), min(t[1] for t in times), min(t[2] for t in times)

        for size in given.sizes:
            picture = made_picture(size)
            print(_own(picture, Path(folder), opened).line(), flush=True)
            if size in PYVIS_SIZES and not given.no_pyvis:
                print(_stock(picture, Path(folder), opened).line(), flush=True)


#: Seconds until the picture is shown, seconds of processors, MB.
Shown = tuple[float | None, float, float]
Opened = Callable[[Path, Callable[[Page], object]], Shown]


def _own(picture: Picture, folder: Path, opened: Opened) -> Row:
    file, cache = folder / "own.html", folder / "layouts"
    spent = []
    for _ in range(2):
        start = time.process_time()
        file.write_text(render(picture, graph_schema(), cache), encoding="utf-8")
        spent.append(time.process_time() - start)
    shown = opened(file, lambda page: page.wait_for_selector("html[data-ready]"))
    return Row("kg-builder", len(picture.nodes), len(picture.edges), *spent, _megabytes(file), *shown)


def _stock(picture: Picture, folder: Path, opened: Opened) -> Row:
    """The same graph as pyvis writes it by itself, but for its quadratic `add_edge`."""
    file = folder / "pyvis.html"
    numbers = {node.key: number for number, node in enumerate(picture.nodes)}
    start = time.process_time()
    net = Network(height="850px", cdn_resources="in_line")
    net.add_nodes(list(numbers.values()), label=[node.name for node in picture.nodes])
    net.edges = [{"from": numbers[e.start], "to": numbers[e.end]} for e in picture.edges]
    file.write_text(net.generate_html(), encoding="utf-8")
    spent = time.process_time() - start
    steady = "document.getElementById('loadingBar')?.style.display === 'none'"
    shown = opened(file, lambda page: page.wait_for_function(steady))
    return Row("stock pyvis", len(picture.nodes), len(picture.edges), spent, None, _megabytes(file), *shown)


def _first_picture(browser: Browser, file: Path, ready: Callable[[Page], object]) -> Shown:
    """What opening a page takes.

    What a page asks the network for is refused at once, so that stock pyvis does not wait for its style sheet.
    """
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.route("http*://**", lambda route: route.abort())
    # The first tab of a browser is slow whatever it shows.
    page.goto("about:blank")
    page.evaluate(SHOWN)
    before = _browser_seconds()
    start = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    shown: float | None = None
    page.set_default_timeout(1000 * PYVIS_SECONDS)
    # A frozen tab answers nothing: the wait ends all the same.
    with suppress(TimeoutError):
        ready(page)
        page.evaluate(SHOWN)
        shown = time.perf_counter() - start
    return shown, _browser_seconds() - before, _tab_memory()


def _browser_seconds() -> float:
    """The processors' seconds that all of Chromium has spent."""
    spent = [
        child.cpu_times() for child in psutil.Process().children(recursive=True) if "node" not in child.name()
    ]
    return sum(times.user + times.system for times in spent)


def _tab_memory() -> float:
    """The greatest resident set of Chromium's renderer processes, in MB."""
    renderers = [
        child.memory_info().rss
        for child in psutil.Process().children(recursive=True)
        if "--type=renderer" in child.cmdline()
    ]
    return max(renderers, default=0) / 1e6


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6


if __name__ == "__main__":
    main()
