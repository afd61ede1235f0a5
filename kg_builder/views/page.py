"""The page: one file with everything in it, that asks the network for nothing and runs no script but its own."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from kg_builder.schema import Schema
from kg_builder.version import __version__
from kg_builder.views.arrangement import MOST_BY_CANVAS
from kg_builder.views.columns import columns
from kg_builder.views.libraries import licences, vendored_scripts, vis_network
from kg_builder.views.links import web_link
from kg_builder.views.network import network
from kg_builder.views.palette import BACKGROUNDS, GROUPS, look, stroke
from kg_builder.views.picture import Picture, Table
from kg_builder.views.wording import wording

_TEMPLATES = Path(__file__).parent / "templates"

_BY_CANVAS = {"{reading}": ("rows",), "{stage}": ("stage-canvas",)}
_BY_WEBGL = {
    "{reading}": ("columns",),
    "{stage}": ("programs", "drawn-graph", "stage-webgl", "under-pointer"),
}

#: The page's own script, in the order in which its parts build on each other; some differ by what draws.
_SCRIPT = (
    "{reading}",
    "graph",
    "theme",
    "state",
    "{stage}",
    "stage",
    "labels",
    "evidence",
    "panel",
    "legend",
    "search",
    "table",
    "keys",
    "main",
)

#: The most nodes that are drawn one by one; of larger pictures communities are.
MOST_BY_WEBGL = 100_000
_MOST_EDGES_BY_CANVAS = 20_000


def render(picture: Picture, schema: Schema, cache: Path | None = None) -> str:
    """Write the page of a picture.

    Args:
        picture: what to show; vis-network draws it while it is small, sigma.js above, and of what is too large for
            that as well, communities are shown first.
        schema: for what labels and relationship types mean.
        cache: folder in which layouts are kept; none are without it.

    Returns:
        HTML; the same for the same picture.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    if len(picture.nodes) > MOST_BY_WEBGL:
        from kg_builder.views.folding import folded

        picture = folded(picture, cache)
    webgl = by_webgl(picture)
    scripts = (*_libraries(webgl), _own_script(webgl))
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    return environment.get_template("page.html.j2").render(
        title=picture.title,
        description=picture.description,
        version=__version__,
        policy=_policy(scripts, style),
        scripts=scripts,
        style=style,
        licences=licences(webgl),
        webgl=webgl,
        data=embedded(contents(picture, schema, cache)),
    )


def by_webgl(picture: Picture) -> bool:
    """Whether a picture is too large for vis-network."""
    return len(picture.nodes) > MOST_BY_CANVAS or len(picture.edges) > _MOST_EDGES_BY_CANVAS


def contents(picture: Picture, schema: Schema, cache: Path | None = None) -> dict[str, Any]:
    """All that the page's script knows of a picture, as JSON values."""
    net, texts = network(picture, cache)
    nodes, edges, *_, options = net.get_network_data()
    cited = sorted({e["paper"] for e in edges if "paper" in e} & picture.papers.keys())
    papers = {p: [picture.papers[p][0], web_link(picture.papers[p][1])] for p in cited}
    told: dict[str, Any]
    if by_webgl(picture):
        told = {"packed": columns(nodes, edges, texts, papers)}
    else:
        told = {"texts": texts, "papers": papers, "nodes": nodes, "edges": edges}
    return {
        "view": picture.view,
        "title": picture.title,
        "focus": picture.focus,
        "leftOut": picture.left_out,
        "timeline": picture.timeline,
        "side": picture.side,
        "notes": [[text, round(x), round(y)] for text, (x, y) in picture.notes],
        "options": json.loads(options),
        "labels": _labels(nodes, picture, schema),
        "types": _types(edges, picture, schema),
        "backgrounds": BACKGROUNDS,
        "groups": GROUPS,
        "table": _table(picture.table, {n["key"]: n["id"] for n in nodes}),
        **told,
    }


def embedded(value: Any) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element or begin another.

    >>> embedded({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # A lone surrogate cannot be written as UTF-8.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _labels(nodes: list[dict[str, Any]], picture: Picture, schema: Schema) -> list[dict[str, Any]]:
    counts = Counter(n["group"] for n in nodes)
    known = [label for label in schema.labels if label in counts]
    meanings = {label: schema.labels[label].description for label in known} | picture.meanings
    return [
        {
            "name": label,
            "meaning": meanings.get(label, ""),
            "count": counts[label],
            "shape": look(label).shape,
            "light": look(label).light,
            "dark": look(label).dark,
        }
        for label in [*known, *sorted(counts.keys() - set(known))]
    ]


def _types(edges: list[dict[str, Any]], picture: Picture, schema: Schema) -> list[dict[str, Any]]:
    counts = Counter(e["type"] for e in edges)
    known = [t for t in schema.relationships if t in counts]
    types = []
    for name in [*known, *sorted(counts.keys() - set(known))]:
        drawn = stroke(name)
        meaning = picture.meanings.get(name)
        if meaning is None:
            meaning = schema.relationships[name].description if name in schema.relationships else ""
        types.append(
            {
                "name": name,
                "words": wording(name),
                "meaning": meaning,
                "count": counts[name],
                "faint": name in picture.faint,
                "light": drawn.light,
                "dark": drawn.dark,
                "width": drawn.width,
                "dashes": drawn.dashes,
                "arrow": drawn.arrow,
            }
        )
    return types


def _table(table: Table | None, numbers: dict[str, int]) -> dict[str, Any] | None:
    if table is None:
        return None
    rows = [[[c.text, numbers.get(c.key) if c.key else None] for c in row] for row in table.rows]
    return {"caption": table.caption, "columns": table.columns, "rows": rows}


def _libraries(webgl: bool) -> tuple[str, ...]:
    if not webgl:
        return (vis_network(),)
    return ((_TEMPLATES / "js" / "lean.js").read_text(encoding="utf-8"), *vendored_scripts())


@cache
def _own_script(webgl: bool) -> str:
    chosen = _BY_WEBGL if webgl else _BY_CANVAS
    names = [name for part in _SCRIPT for name in chosen.get(part, (part,))]
    parts = [(_TEMPLATES / "js" / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return '(async () => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _policy(scripts: tuple[str, ...], style: str) -> str:
    """A Content-Security-Policy that allows this page's own scripts and style, by their hashes, and no more."""
    allowed = " ".join(_hash(s) for s in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
