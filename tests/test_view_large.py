"""Large pictures: columns, communities in discs, kept layouts, folding, and what is vendored to draw them."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import struct
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_view_page import Elements
from view_graphs import HOSTILE

from kg_builder.schema import graph_schema
from kg_builder.views import arrangement, folding, page
from kg_builder.views.arrangement import arranged
from kg_builder.views.clusters import clustered
from kg_builder.views.columns import columns
from kg_builder.views.folding import folded
from kg_builder.views.libraries import vendored, vendored_scripts
from kg_builder.views.page import render
from kg_builder.views.picture import Picture, ShownEdge, ShownNode

VENDOR = Path(page.__file__).parent / "templates" / "vendor"


def ring_picture(groups: int, size: int) -> Picture:
    """Groups of nodes, each tied to all others of its group, and each group to the next by one edge."""
    nodes = [
        ShownNode("Model", f"m{n}", f"Model {n}", {"id": f"m{n}"}, weight=1 / (n + 1))
        for n in range(groups * size)
    ]
    pairs = [
        (g * size + a, g * size + b) for g in range(groups) for a in range(size) for b in range(a + 1, size)
    ] + [(g * size, (g + 1) % groups * size + 1) for g in range(groups)]
    edges = [ShownEdge("VARIANT_OF", nodes[a].key, nodes[b].key) for a, b in pairs]
    return Picture("overview", "Rings", "", tuple(nodes), tuple(edges))


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pictures of a few dozen nodes be large ones."""
    monkeypatch.setattr(page, "MOST_BY_CANVAS", 20)
    monkeypatch.setattr(page, "MOST_BY_WEBGL", 80)
    monkeypatch.setattr(arrangement, "_CLUSTERED_FROM", 20)
    monkeypatch.setattr(arrangement, "_KEPT_FROM", 20)


def contents(text: str) -> dict[str, Any]:
    (data,) = [t for a, t in Elements(text).named("script") if a.get("type") == "application/json"]
    loaded: dict[str, Any] = json.loads(data)
    return loaded


def column(packed: dict[str, Any], name: str) -> list[Any]:
    """What the page's script reads of a column."""
    kind, start, count, length = packed["directory"][name]
    data = zlib.decompress(b64decode(packed["block"]))[start : start + length]
    if kind != "text":
        return np.frombuffer(data, dtype=f"<{kind}").tolist()
    offsets = struct.unpack(f"<{count + 1}I", data[: 4 * (count + 1)])
    words = data[4 * (count + 1) :]
    return [words[a:b].decode() for a, b in itertools.pairwise(offsets)]


def test_columns_give_back_what_was_put_in() -> None:
    nodes = [
        {"key": "Model/a", "name": "가", "label": "가", "group": "Model", "x": -5, "y": 7, "size": 2.5, "weight": 0.5},
        {"key": "Paper/b", "name": "B", "label": "B…", "group": "Paper", "x": 0, "y": 1, "size": 1.0, "weight": 0.0,
         "date": "2024-01-02", "properties": {"votes": 3}},
    ]  # fmt: skip
    edge = {
        "from": 1,
        "to": 0,
        "type": "USES",
        "confidence": 0.875,
        "text": 0,
        "mention": [2, 4],
        "paper": "b",
    }
    packed = columns(nodes, [edge], ["문장"], {"b": ["B", None]})
    assert column(packed, "node.name") == ["가", "B"]
    assert column(packed, "node.x") == [-5, 0]
    assert column(packed, "node.label") == ["", "B…"]
    assert column(packed, "node.properties") == ["", '{"votes":3}']
    assert column(packed, "node.date") == [0xFFFFFFFF, 0]
    assert column(packed, "edge.confidence") == [875]
    assert (column(packed, "edge.first"), column(packed, "edge.last")) == ([2], [4])
    assert column(packed, "texts") == ["문장"]


def test_every_column_begins_where_a_typed_array_may() -> None:
    packed = columns([], [], ["x", "yz"], {})
    assert all(start % 8 == 0 for _, start, _, _ in packed["directory"].values())


def test_communities_lie_apart_and_the_same_each_time() -> None:
    picture = ring_picture(6, 12)
    numbers = {n.key: i for i, n in enumerate(picture.nodes)}
    edges = [(numbers[e.start], numbers[e.end], 1.0) for e in picture.edges]
    places, communities = clustered(len(numbers), edges)
    again, _ = clustered(len(numbers), edges)
    assert (places == again).all()
    assert len(set(communities.tolist())) == 6
    centres = np.array([places[communities == c].mean(axis=0) for c in range(6)])
    within = max(float(np.hypot(*(places[communities == c] - centres[c]).T).max()) for c in range(6))
    gaps = [float(np.hypot(*(a - b))) for i, a in enumerate(centres) for b in centres[:i]]
    assert min(gaps) > within


def test_a_layout_by_communities_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    clustered(30, [(i, i + 1, 1.0) for i in range(29)])
    assert random.random() == expected


@pytest.mark.usefixtures("small_limits")
def test_a_kept_layout_is_used_again_and_a_broken_one_is_made_anew(tmp_path: Path) -> None:
    picture = ring_picture(3, 10)
    boxes = [(10.0, 10.0)] * 30
    first = arranged(picture, boxes, [(0, 1, 1.0)], tmp_path)
    (kept,) = tmp_path.iterdir()
    np.savez_compressed(kept.open("wb"), places=first.places + 1, communities=np.arange(30))
    assert (arranged(picture, boxes, [(0, 1, 1.0)], tmp_path).places == first.places + 1).all()
    kept.write_bytes(b"broken")
    assert (arranged(picture, boxes, [(0, 1, 1.0)], tmp_path).places == first.places).all()


@pytest.mark.usefixtures("small_limits")
def test_of_kept_layouts_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrangement, "_MOST_KEPT", 2)
    for count in (30, 31, 32):
        arranged(ring_picture(1, 2), [(1.0, 1.0)] * count, [], tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("small_limits")
def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    found = arranged(ring_picture(3, 10), [(1.0, 1.0)] * 30, [], tmp_path / "taken" / "layouts")
    assert len(found.places) == 30


@pytest.mark.usefixtures("small_limits")
def test_a_large_picture_is_the_same_bytes_with_and_without_a_kept_layout(tmp_path: Path) -> None:
    picture = ring_picture(4, 10)
    plain = render(picture, graph_schema())
    assert render(picture, graph_schema(), tmp_path) == plain
    assert render(picture, graph_schema(), tmp_path) == plain
    assert "sigma.js 3.0.3" in plain
    assert column(contents(plain)["packed"], "node.key")[0] == "Model/m0"


@pytest.mark.usefixtures("small_limits")
def test_above_all_limits_communities_come_first_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folding, "_MOST_MEMBERS", 10)
    monkeypatch.setattr(folding, "_LEAST", 2)
    shown = folded(ring_picture(10, 12))
    bubbles = [n for n in shown.nodes if n.group == "Community"]
    assert len(bubbles) == 10
    assert {n.within for n in shown.nodes if n.group is None} == {b.key for b in bubbles}
    assert [sum(n.within == b.key for n in shown.nodes) for b in bubbles] == [2] * 10
    assert bubbles[0].properties["members"] == 12
    assert (
        "120 nodes are too many for one picture: they are shown as 10 communities, and 20"
        in shown.left_out[0]
    )
    assert any(e.type == "TIED" for e in shown.edges)


@pytest.mark.usefixtures("small_limits")
def test_hostile_text_adds_no_element_to_a_large_page() -> None:
    plain = ring_picture(3, 10)
    named = [
        ShownNode("Model", f"{t[:90]}{i}", t.encode("utf-8", "replace").decode())
        for i, t in enumerate(HOSTILE)
    ]
    hostile = Picture("overview", HOSTILE[1], HOSTILE[0], (*plain.nodes, *named), plain.edges)
    expected = [tag for tag, _, _ in Elements(render(plain, graph_schema())).found]
    assert [tag for tag, _, _ in Elements(render(hostile, graph_schema())).found] == expected


def test_what_is_vendored_is_what_its_list_says() -> None:
    for entry in vendored():
        data = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert entry["licence"] == "MIT"
    listed = {e["file"] for e in vendored()} | {"vendored.json"}
    assert {f.name for f in VENDOR.iterdir() if not f.name.endswith("LICENSES.txt")} == listed


def test_no_script_names_a_source_map_that_a_browser_would_ask_for() -> None:
    assert not [script for script in vendored_scripts() if "sourceMappingURL" in script]
