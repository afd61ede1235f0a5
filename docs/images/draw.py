"""Draw the picture of the README: the overview of the example digests, as Chromium shows it.

pip install playwright pillow
python docs/images/draw.py
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.chromium import ARGUMENTS, chromium_path
from kg_builder import build, view

ROOT = Path(__file__).parents[2]

#: The paper that is selected, so that the picture shows evidence.
PAPER = "Paper/arxiv:2501.12948"


def main() -> None:
    """Build the examples, write the page, open it, select a paper and take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "graph.kg"
        build(sorted(str(path) for path in (ROOT / "examples").glob("*.md")), workspace)
        written = view(workspace, output=Path(folder) / "overview.html")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
            page = chromium.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{written.as_uri()}#node={PAPER}")
            page.wait_for_selector("html[data-ready]")
            picture = Image.open(BytesIO(page.screenshot()))
            chromium.close()
    # 256 colours do for a picture of few, and make a third of the file.
    picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        Path(__file__).parent / "overview.png", optimize=True
    )


if __name__ == "__main__":
    main()
