"""Colours that stand out, and that the colour-blind can tell apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from kg_builder.resources import shipped
from kg_builder.schema import read_schema
from kg_builder.views.palette import BACKGROUNDS, GROUPS, LABELS, STROKES

THEMES = ("light", "dark")

#: How dichromats see linear RGB, at full severity (Machado, Oliveira and Fernandes 2009).
DICHROMACY = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, kind: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    return lab(
        [sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in DICHROMACY[kind]]
    )


def difference(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize("theme", THEMES)
def test_every_node_stands_out_from_the_page(theme: str) -> None:
    faint = {
        label: contrast(getattr(look, theme), BACKGROUNDS[theme])
        for label, look in LABELS.items()
        if contrast(getattr(look, theme), BACKGROUNDS[theme]) < 3
    }
    assert not faint


@pytest.mark.parametrize("number", range(len(GROUPS)))
def test_every_group_stands_out_from_the_page(number: int) -> None:
    light, dark = GROUPS[number]
    assert contrast(light, BACKGROUNDS["light"]) >= 3
    assert contrast(dark, BACKGROUNDS["dark"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", DICHROMACY)
def test_labels_of_one_shape_are_told_apart_by_the_colour_blind(theme: str, kind: str) -> None:
    alike = [
        (one, other)
        for one, other in combinations(LABELS, 2)
        if LABELS[one].shape == LABELS[other].shape
        and difference(seen(getattr(LABELS[one], theme), kind), seen(getattr(LABELS[other], theme), kind))
        < 15
    ]
    assert not alike


def test_every_label_that_views_show_has_a_look() -> None:
    schema = read_schema(shipped("schema") / "graph.yaml")
    assert set(schema.labels) - set(LABELS) == {"Passage", "Source"}


def test_only_types_of_the_schema_or_of_a_view_have_strokes() -> None:
    schema = read_schema(shipped("schema") / "graph.yaml")
    assert set(STROKES) - set(schema.relationships) == {
        "BETTER_THAN",
        "SAME_ROW",
        "TIED",
        "ADDED",
        "CHANGED",
        "REMOVED",
        "LEFT_ALONE",
    }
