"""The libraries of others that draw: vis-network as pyvis ships it, sigma.js as vendored here."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg_builder.errors import ViewError

_VENDOR = Path(__file__).parent / "templates" / "vendor"
_VIS_NETWORK = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_MAP = "//# sourceMappingURL="


@cache
def vis_network() -> str:
    """vis-network's script, its licence at the head."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise ViewError("pyvis is not installed; pip install pyvis")
    path = Path(spec.origin).parent / _VIS_NETWORK
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ViewError(f"{path}: this pyvis has no vis-network 9.1.2; pip install 'pyvis==0.3.2'") from error


@cache
def vendored_scripts() -> tuple[str, ...]:
    """The scripts that are vendored: that of sigma.js."""
    return tuple(_without_map((_VENDOR / entry["file"]).read_text(encoding="utf-8")) for entry in vendored())


@cache
def vendored() -> list[dict[str, Any]]:
    """What is vendored: name, version, licence, file and its SHA-256, and the package it is of."""
    entries: list[dict[str, Any]] = json.loads((_VENDOR / "vendored.json").read_text(encoding="utf-8"))
    return entries


@cache
def licences(webgl: bool) -> str:
    """The licences of what a page holds: of sigma.js, or of vis-network."""
    name = "sigma" if webgl else "vis-network"
    return (_VENDOR / f"{name}.LICENSES.txt").read_text(encoding="utf-8")


def _without_map(script: str) -> str:
    """A script without the address of its source map, which a browser's tools would ask for."""
    return "\n".join(line for line in script.split("\n") if not line.startswith(_MAP)) + "\n"
