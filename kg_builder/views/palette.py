"""Colours and shapes: told apart by the colour-blind, with contrast on a light and on a dark page.

Hues follow Okabe and Ito, "Color Universal Design" (2008), darkened for the light page and lightened for the
dark one until each stands out from the background by 3:1 at least (WCAG 2.2, 1.4.11). Shapes repeat what the
colours say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How the nodes of a label look: a shape that vis-network draws, and a colour for each theme."""

    shape: str
    light: str
    dark: str


#: The background of the picture in each theme.
BACKGROUNDS: Mapping[str, str] = {"light": "#fbfcfe", "dark": "#10141b"}

LABELS: Mapping[str, Look] = {
    "Paper": Look("square", "#0067a3", "#5bb8ef"),
    "Model": Look("dot", "#c94f00", "#ff9148"),
    "Benchmark": Look("diamond", "#00795a", "#27d3a2"),
    "Method": Look("triangle", "#a8407f", "#f0a3d0"),
    "Result": Look("star", "#857000", "#f2e55c"),
    "Metric": Look("triangleDown", "#6b6f76", "#a7adb8"),
    "Author": Look("dot", "#3d4654", "#c6ced9"),
    "Organization": Look("hexagon", "#5a3ea6", "#b9a4ff"),
    "Topic": Look("triangleDown", "#7a4a21", "#d9a87a"),
}

#: What becomes of a node, in the view of changes: told apart by shape and sign as well.
CHANGES: Mapping[str, Look] = {
    "Added": Look("triangle", "#0067a3", "#5bb8ef"),
    "Changed": Look("diamond", "#857000", "#f2e55c"),
    "Removed": Look("triangleDown", "#c94f00", "#ff9148"),
    "Left alone": Look("hexagon", "#5a3ea6", "#b9a4ff"),
    "Unchanged": Look("dot", "#6b6f76", "#a7adb8"),
}

#: For a label that the schema has and this table has not.
OTHER = Look("dot", "#6b6f76", "#a7adb8")

#: Colours for groups (communities, families) beside one another: light and dark.
GROUPS: tuple[tuple[str, str], ...] = (
    ("#0067a3", "#5bb8ef"),
    ("#c94f00", "#ff9148"),
    ("#00795a", "#27d3a2"),
    ("#a8407f", "#f0a3d0"),
    ("#857000", "#f2e55c"),
    ("#5a3ea6", "#b9a4ff"),
    ("#3d4654", "#c6ced9"),
    ("#7a4a21", "#d9a87a"),
)


@dataclass(frozen=True, slots=True)
class Stroke:
    """How edges of a type are drawn.

    Args:
        light: colour on the light page.
        dark: colour on the dark page.
        width: in pixels.
        dashes: lengths of dash and gap in pixels; empty for a solid line.
        arrow: whether the end bears an arrow head.
    """

    light: str
    dark: str
    width: float = 1.0
    dashes: tuple[int, ...] = ()
    arrow: bool = False


_PLAIN = Stroke("#9aa5b4", "#5d6a7c")

STROKES: Mapping[str, Stroke] = {
    "INTRODUCES": Stroke("#0067a3", "#5bb8ef", 2.2),
    "USES": Stroke("#7c8898", "#7f8da1", 1.2),
    "EVALUATES": Stroke("#00795a", "#27d3a2", 1.2),
    "EVALUATES_ON": Stroke("#00795a", "#27d3a2", 1.2),
    "COMPARES_WITH": Stroke("#c94f00", "#ff9148", 1.2, (7, 4)),
    "BASED_ON": Stroke("#5a3ea6", "#b9a4ff", 1.6, (), True),
    "VARIANT_OF": Stroke("#5a3ea6", "#b9a4ff", 1.0, (2, 3), True),
    "MENTIONS": Stroke("#b3bcc9", "#48535f", 0.8, (2, 4)),
    "REPORTS": Stroke("#a8994d", "#8d8645", 1.0),
    "OF": Stroke("#c3c9d2", "#414b59", 0.8),
    "ON": Stroke("#c3c9d2", "#414b59", 0.8),
    "AGAINST": Stroke("#c3c9d2", "#414b59", 0.8, (4, 3)),
    "BETTER_THAN": Stroke("#c94f00", "#ff9148", 1.8, (), True),
    "CO_AUTHORED": Stroke("#9aa5b4", "#5d6a7c", 1.0),
    "ADDED": Stroke("#0067a3", "#5bb8ef", 2.2),
    "CHANGED": Stroke("#857000", "#f2e55c", 2.2, (2, 3)),
    "REMOVED": Stroke("#c94f00", "#ff9148", 2.2, (8, 5)),
    "LEFT_ALONE": Stroke("#5a3ea6", "#b9a4ff", 1.0, (2, 6)),
    "TIED": Stroke("#9aa5b4", "#5d6a7c", 1.0),
    "SAME_ROW": Stroke("#9aa5b4", "#5d6a7c", 1.0, (2, 4)),
}


def look(label: str) -> Look:
    """How the nodes of a label, or of a group of a view's own, look."""
    return LABELS.get(label) or CHANGES.get(label, OTHER)


def stroke(type_: str) -> Stroke:
    """How the edges of a type are drawn."""
    return STROKES.get(type_, _PLAIN)
