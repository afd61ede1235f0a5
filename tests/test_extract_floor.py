"""The scores of extraction may not fall below what is recorded, on papers that its weights were not trained on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmarks.extraction.__main__ import FLOOR, measured_on_aside

SHARED = Path(os.environ.get("KG_BUILDER_SHARED", Path(__file__).parents[2] / "shared"))
_FLOOR: dict[str, dict[str, float]] = json.loads(FLOOR.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, float]]:
    if not (SHARED / "data").is_dir():
        pytest.skip("needs the corpora in ../shared, or KG_BUILDER_SHARED naming their folder")
    return measured_on_aside(SHARED)


@pytest.mark.parametrize(
    ("language", "kind"), [(lang, kind) for lang, kinds in _FLOOR.items() for kind in kinds]
)
def test_no_score_is_below_its_floor(scores: dict[str, dict[str, float]], language: str, kind: str) -> None:
    assert scores[language][kind] >= _FLOOR[language][kind]
