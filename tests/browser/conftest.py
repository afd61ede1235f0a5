"""A real Chromium, and pages whose every request, dialog and complaint is written down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright

from benchmarks.chromium import ARGUMENTS, chromium_path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = chromium_path()
    if found is not None:
        return found
    reason = "no Chromium: install it (apt-get install chromium) or name it in KG_BUILDER_CHROMIUM"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


Violations = Callable[[Page | Frame], list[tuple[str, list[str]]]]


@pytest.fixture(scope="session")
def serious_violations() -> Violations:
    """Runs axe-core on a page; what it finds serious or critical, with the elements meant."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.fail("axe-core is missing: pip install axe-playwright-python")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page | Frame) -> list[tuple[str, list[str]]]:
        # Through the debugger: the policy of the page would rightly refuse it as a script element.
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")[
            "violations"
        ]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        return [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in serious]

    return violations


@dataclass
class Opened:
    """A page and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def select(self, name: str) -> None:
        """Select a node by searching for its name, as a person would."""
        self.page.fill("#search", name)
        self.page.press("#search", "Enter")

    def at(self, name: str) -> tuple[float, float]:
        """Where on the screen a node is drawn."""
        place = self.page.evaluate(
            """name => {
                const node = kgView.nodes.find(node => node.name === name);
                const at = kgView.screenOf(kgView.placeOf(node.id));
                const box = document.querySelector('#stage canvas').getBoundingClientRect();
                return [at.x + box.x, at.y + box.y];
            }""",
            name,
        )
        return (place[0], place[1])

    def shown(self) -> set[str]:
        """The names of the nodes that are visible."""
        return set(
            self.page.evaluate("kgView.nodes.filter((n, i) => kgView.visible.nodes[i]).map(n => n.name)")
        )


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from its HTML; at the end it must have asked the network for nothing and complained of nothing."""
    contexts = []
    pages: list[Opened] = []

    def open_(
        text: str,
        fragment: str = "",
        *,
        theme: str = "light",
        width: int = 1400,
        height: int = 900,
        before: str = "",
    ) -> Opened:
        file = tmp_path / f"page{len(pages)}.html"
        file.write_text(text, encoding="utf-8", newline="\n")
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
        )
        contexts.append(context)
        if before:
            context.add_init_script(before)
        opened = Opened(context.new_page())
        pages.append(opened)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on(
            "console",
            lambda message: opened.complaints.append(message.text) if message.type != "log" else None,
        )
        opened.page.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
        opened.page.goto(file.as_uri() + fragment)
        opened.page.wait_for_selector("html[data-ready]")
        return opened

    yield open_
    for opened in pages:
        away = [url for url in opened.requests if not url.startswith(("file:", "blob:", "data:"))]
        assert not away, f"requests left the page: {away}"
        assert not opened.complaints, f"the console complains: {opened.complaints}"
        assert not opened.dialogs, f"a script ran: {opened.dialogs}"
    for context in contexts:
        context.close()
