"""The YAML lists of ``kg_builder/extract/lists``: metrics, units, number words, cues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "lists"
# The loader in C is eight times as quick; it is missing where PyYAML was built without libyaml.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def word_list(name: str) -> Any:
    """What a list file holds.

    Args:
        name: the file's name.
    """
    return yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
