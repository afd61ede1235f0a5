"""The drawing of the schema: Paper in the middle, the other labels around it, an arrow for all types between two."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import cos, hypot, pi, sin

from kg_builder.schema import Schema

WIDTH, HEIGHT = 1120, 860
CENTRE = "Paper"
#: Around it from the top, clockwise, so that few arrows cross; labels that are not named come last.
RING = [
    "Author",
    "Organization",
    "Model",
    "Method",
    "Benchmark",
    "Result",
    "Metric",
    "Passage",
    "Topic",
    "Source",
]
#: Half of a box, and the space between lines of text, in pixels.
HALF_WIDTH, HALF_HEIGHT, LINE = 58, 17, 14
#: How far from its start an arrow's names stand, as a part of the way: with the centre, and elsewhere.
NAMES_AT, NAMES_AT_ELSEWHERE = 0.56, 0.24

STYLE = """
text { font: 12px sans-serif; text-anchor: middle; dominant-baseline: central; fill: #1f2430; }
.label { font-weight: 600; font-size: 14px; fill: #ffffff; }
.type { paint-order: stroke; stroke: #ffffff; stroke-width: 5px; }
rect { fill: #3949ab; } .centre { fill: #00695c; }
path { stroke: #7a8194; stroke-width: 1.3px; fill: none; marker-end: url(#head); }
"""

Point = tuple[float, float]


def schema_drawing(schema: Schema) -> str:
    """The drawing as SVG."""
    places = _places(schema)
    names = _types_between(schema)
    parts = [_arrow(places, ends) for ends in names]
    parts += [_box(label, place) for label, place in places.items()]
    parts += [text for ends, types in names.items() for text in _names(places, ends, types)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Labels and relationship types of the graph"><style>{STYLE}</style>'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0,0 L8,4 L0,8 z" style="fill:#7a8194;stroke:none;marker-end:none"/></marker></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" style="fill:#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _places(schema: Schema) -> dict[str, Point]:
    others = [label for label in schema.labels if label != CENTRE]
    around = sorted(others, key=lambda label: RING.index(label) if label in RING else len(RING))
    middle = (WIDTH / 2, HEIGHT / 2)
    wide, high = WIDTH / 2 - HALF_WIDTH - 70, HEIGHT / 2 - HALF_HEIGHT - 60
    places = {CENTRE: middle}
    for number, label in enumerate(around):
        turn = 2 * pi * number / len(around) - pi / 2
        places[label] = (middle[0] + wide * cos(turn), middle[1] + high * sin(turn))
    return places


def _types_between(schema: Schema) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for kind in schema.relationships.values():
        for start in kind.starts:
            for end in kind.ends:
                found.setdefault((start, end), []).append(kind.name)
    return found


def _box(label: str, place: Point) -> str:
    x, y = place
    centre = ' class="centre"' if label == CENTRE else ""
    return (
        f'<rect{centre} x="{x - HALF_WIDTH:.0f}" y="{y - HALF_HEIGHT:.0f}" width="{2 * HALF_WIDTH}" '
        f'height="{2 * HALF_HEIGHT}" rx="9"/><text class="label" x="{x:.0f}" y="{y:.0f}">{escape(label)}</text>'
    )


def _arrow(places: dict[str, Point], ends: tuple[str, str]) -> str:
    start, end = places[ends[0]], places[ends[1]]
    if ends[0] == ends[1] == CENTRE:
        x, y = start[0] - HALF_WIDTH, start[1]
        return f'<path d="M{x:.0f},{y - 9:.0f} c-42,-16 -42,34 -2,18"/>'
    if start == end:
        x, y, up = start[0], start[1] - _up(start) * HALF_HEIGHT, _up(start)
        return f'<path d="M{x - 22:.0f},{y:.0f} c-20,{-40 * up} 64,{-40 * up} 44,{-2 * up}"/>'
    (x1, y1), (x2, y2) = _border(start, end), _border(end, start)
    return f'<path d="M{x1:.1f},{y1:.1f} L{x2:.1f},{y2:.1f}"/>'


def _up(place: Point) -> int:
    return 1 if place[1] <= HEIGHT / 2 else -1


def _border(place: Point, towards: Point) -> Point:
    """Where the line from the middle of a box to another leaves the box."""
    across, down = towards[0] - place[0], towards[1] - place[1]
    reach = min(HALF_WIDTH / abs(across) if across else 9e9, HALF_HEIGHT / abs(down) if down else 9e9)
    gap = 3 / hypot(across, down)
    return place[0] + across * (reach + gap), place[1] + down * (reach + gap)


def _names(places: dict[str, Point], ends: tuple[str, str], types: list[str]) -> Iterator[str]:
    start, end = places[ends[0]], places[ends[1]]
    if ends[0] == ends[1] == CENTRE:
        x, y = start[0] - HALF_WIDTH - 58, start[1]
    elif start == end:
        x, y = start[0], start[1] - _up(start) * (HALF_HEIGHT + 30 + LINE * len(types) / 2)
    else:
        way = NAMES_AT if CENTRE in ends else NAMES_AT_ELSEWHERE
        x, y = start[0] + (end[0] - start[0]) * way, start[1] + (end[1] - start[1]) * way
    top = y - LINE * (len(types) - 1) / 2
    for number, name in enumerate(types):
        yield f'<text class="type" x="{x:.0f}" y="{top + LINE * number:.0f}">{escape(name)}</text>'
