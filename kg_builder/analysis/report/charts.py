"""Charts as SVG: bars, lines and dots on logarithmic axes. The same numbers give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final
from xml.sax.saxutils import escape

from kg_builder.views.palette import GROUPS

WIDTH: Final = 720
HEIGHT: Final = 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 34, 40, 46

_STYLE = (
    "<style>text{font:12px system-ui,sans-serif;fill:var(--ink,#1f2733)}"
    ".tick{fill:var(--soft,#5b6675);font-size:11px}.grid{stroke:var(--line,#e3e7ec);stroke-width:1}"
    ".axis{stroke:var(--soft,#5b6675);stroke-width:1}</style>"
)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers under one name, one for each place along the axis."""

    name: str
    values: Sequence[float]


def colour(number: int) -> str:
    """The colour of a group: that of the page's theme, or the light one's in a file of its own."""
    place = number % len(GROUPS)
    return f"var(--group-{place},{GROUPS[place][0]})"


def svg(width: float, height: float, label: str, body: str) -> str:
    """A picture with a text for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(label, {chr(34): "&quot;"})}">{_STYLE}{body}</svg>'
    )


def stacked_bars(label: str, places: Sequence[str], series: Sequence[Series]) -> str:
    """Bars, the series on top of one another, over named places."""
    totals = [sum(column) for column in zip(*(s.values for s in series), strict=True)]
    ticks = _ticks(max(totals, default=1))
    step = (WIDTH - _LEFT - _RIGHT) / max(len(places), 1)
    parts = [_grid(ticks), _places(places, step)]
    width = min(step * 0.76, 60.0)
    heights = [0.0] * len(places)
    for number, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value:
                top, bottom = _y(heights[place] + value, ticks), _y(heights[place], ticks)
                parts.append(
                    f'<rect x="{_LEFT + step * (place + 0.5) - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" fill="{colour(number)}"><title>{escape(places[place])}: '
                    f"{value:,g} {escape(one.name)}</title></rect>"
                )
                heights[place] += value
    parts.append(_legend([s.name for s in series]))
    return svg(WIDTH, HEIGHT, label, "".join(parts))


def lines(label: str, places: Sequence[str], series: Sequence[Series]) -> str:
    """Lines over named places, a dot at each."""
    ticks = _ticks(max((v for s in series for v in s.values), default=1))
    step = (WIDTH - _LEFT - _RIGHT) / max(len(places), 1)
    parts = [_grid(ticks), _places(places, step)]
    for number, one in enumerate(series):
        points = [(_LEFT + step * (i + 0.5), _y(v, ticks)) for i, v in enumerate(one.values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour(number)}" stroke-width="2"/>')
        for place, (x, y) in enumerate(points):
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour(number)}"><title>'
                f"{escape(places[place])}: {one.values[place]:,g} {escape(one.name)}</title></circle>"
            )
    parts.append(_legend([s.name for s in series]))
    return svg(WIDTH, HEIGHT, label, "".join(parts))


def log_dots(label: str, across: str, up: str, points: Sequence[tuple[float, float]]) -> str:
    """Dots on two logarithmic axes, both in whole powers of ten; the points are greater than 0."""
    xs = _powers([x for x, _ in points])
    ys = _powers([y for _, y in points])

    def x_of(value: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (log10(value) - xs[0]) / (xs[-1] - xs[0])

    def y_of(value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * (log10(value) - ys[0]) / (ys[-1] - ys[0])

    parts = []
    for power in ys:
        y = y_of(10.0**power)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
        )
    for power in xs:
        x = x_of(10.0**power)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>')
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{HEIGHT - _BOTTOM + 18}" text-anchor="middle">{10.0**power:,g}</text>'
        )
    for x, y in points:
        parts.append(
            f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3.2" fill="{colour(0)}" fill-opacity="0.75">'
            f"<title>{x:,g}: {y:,g}</title></circle>"
        )
    parts.append(
        f'<text class="tick" x="{WIDTH - _RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{escape(across)} →</text>'
    )
    parts.append(f'<text class="tick" x="{_LEFT}" y="{_TOP - 14}">↑ {escape(up)}</text>')
    return svg(WIDTH, HEIGHT, label, "".join(parts))


def _powers(values: Sequence[float]) -> list[int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return list(range(low, max(high, low + 1) + 1))


def _ticks(greatest: float) -> list[float]:
    """Round numbers from 0 to at least the greatest value, a few of them.

    >>> _ticks(37)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    power = 10.0 ** floor(log10(max(greatest, 1e-9)))
    step = next(power * unit for unit in (0.2, 0.25, 0.5, 1.0, 2.0) if greatest / (power * unit) <= 5)
    return [step * i for i in range(max(ceil(round(greatest / step, 9)), 1) + 1)]


def _y(value: float, ticks: Sequence[float]) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / ticks[-1]


def _grid(ticks: Sequence[float]) -> str:
    rows = []
    for tick in ticks:
        y = _y(tick, ticks)
        kind = "axis" if not tick else "grid"
        rows.append(f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        rows.append(f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:,g}</text>')
    return "".join(rows)


def _places(places: Sequence[str], step: float) -> str:
    # As many names as there is room for, always the same distance apart.
    widest = max((len(place) for place in places), default=1) * 6.6 + 10
    every = max(ceil(widest / step), 1)
    return "".join(
        f'<text class="tick" x="{_LEFT + step * (i + 0.5):.1f}" y="{HEIGHT - _BOTTOM + 18}" '
        f'text-anchor="middle">{escape(place)}</text>'
        for i, place in enumerate(places)
        if i % every == 0
    )


def _legend(names: Sequence[str]) -> str:
    parts, x = [], float(_LEFT)
    for number, name in enumerate(names):
        parts.append(f'<rect x="{x:.1f}" y="10" width="11" height="11" rx="2" fill="{colour(number)}"/>')
        parts.append(f'<text x="{x + 16:.1f}" y="20">{escape(name)}</text>')
        x += 16 + len(name) * 6.8 + 22
    return "".join(parts)
