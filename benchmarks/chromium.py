"""The browser that pages are measured and tried in: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil

#: Headless, drawing by software (WebGL as well, as in a container), and asking nobody for anything.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-accelerated-2d-canvas",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromium_path() -> str | None:
    """Chromium, as KG_BUILDER_CHROMIUM or the path has it; ``None`` where there is none."""
    named = os.environ.get("KG_BUILDER_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
