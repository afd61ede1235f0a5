"""Nodes and edges as columns: typed arrays and texts in one compressed block, that the page's script reads.

A block holds, one after another, the bytes of every column; `directory` says where each begins, in which type. Text
columns are UTF-8 with the offsets before them, so that the page makes a string only of what is looked at.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

#: Stands in a column of numbers where there is none.
NONE = {"u1": 0xFF, "u2": 0xFFFF, "u4": 0xFFFFFFFF}

#: Arrays begin where a typed array may.
_ALIGNED = 8
#: zlib's usual level: higher ones take longer for little.
_LEVEL = 6


class Block:
    """Columns under construction."""

    def __init__(self) -> None:
        self.directory: dict[str, list[Any]] = {}
        self._parts: list[bytes] = []
        self._length = 0

    def numbers(self, name: str, kind: str, values: Iterable[float | int | None]) -> None:
        """Add a column of numbers.

        Args:
            name: what it is called.
            kind: ``u1``, ``u2``, ``u4``, ``i4`` or ``f4``: unsigned, signed or real, and how many bytes.
            values: the numbers; ``None`` only in columns of unsigned ones.
        """
        none = NONE.get(kind)
        array = np.array([none if v is None else v for v in values], dtype=f"<{kind}")
        self._add(name, kind, array.tobytes(), len(array))

    def texts(self, name: str, values: Sequence[str]) -> None:
        """Add a column of texts."""
        encoded = [v.encode("utf-8", "replace") for v in values]
        offsets = np.concatenate([[0], np.cumsum([len(e) for e in encoded], dtype=np.int64)])
        self._add(name, "text", offsets.astype("<u4").tobytes() + b"".join(encoded), len(encoded))

    def _add(self, name: str, kind: str, data: bytes, count: int) -> None:
        self.directory[name] = [kind, self._length, count, len(data)]
        padded = data + bytes(-len(data) % _ALIGNED)
        self._parts.append(padded)
        self._length += len(padded)

    def packed(self) -> str:
        """All columns, compressed, in base64."""
        return b64encode(zlib.compress(b"".join(self._parts), _LEVEL)).decode("ascii")


def columns(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    texts: Sequence[str],
    papers: Mapping[str, Sequence[str | None]],
) -> dict[str, Any]:
    """The nodes, edges, sentences and papers of a page, packed.

    Args:
        nodes: as `kg_builder.views.network` makes them.
        edges: likewise.
        texts: the sentences that edges refer to by number.
        papers: title and link by paper id.

    Returns:
        JSON values: the block, its directory, and the words that columns refer to by number.
    """
    block = Block()
    groups = _words(n["group"] for n in nodes)
    dates = _words(n.get("date") for n in nodes)
    types = _words(e["type"] for e in edges)
    sources = _words(e.get("paper") for e in edges)
    _add_nodes(block, nodes, groups, dates)
    _add_edges(block, edges, types, sources)
    block.texts("texts", texts)
    block.texts("paper.title", [papers[p][0] or p if p in papers else "" for p in sources])
    block.texts("paper.link", [papers[p][1] or "" if p in papers else "" for p in sources])
    return {
        "block": block.packed(),
        "directory": block.directory,
        "groups": list(groups),
        "dates": list(dates),
        "types": list(types),
        "sources": list(sources),
    }


def _words(values: Iterable[str | None]) -> dict[str, int]:
    """Each word with its number, in the order of first use."""
    return {word: number for number, word in enumerate(dict.fromkeys(v for v in values if v is not None))}


def _number(words: Mapping[str, int], word: str | None) -> int | None:
    return None if word is None else words[word]


def _add_nodes(
    block: Block, nodes: Sequence[Mapping[str, Any]], groups: Mapping[str, int], dates: Mapping[str, int]
) -> None:
    block.texts("node.key", [n["key"] for n in nodes])
    block.texts("node.name", [n["name"] for n in nodes])
    # A label that is the name itself need not be told twice.
    block.texts("node.label", ["" if n["label"] == n["name"] else n["label"] for n in nodes])
    block.texts("node.link", [n.get("link") or "" for n in nodes])
    block.texts("node.properties", [_json(n.get("properties")) for n in nodes])
    block.numbers("node.group", "u2", [groups[n["group"]] for n in nodes])
    block.numbers("node.date", "u4", [_number(dates, n.get("date")) for n in nodes])
    block.numbers("node.colour", "u4", [n.get("colour") for n in nodes])
    block.numbers("node.cluster", "u4", [n.get("cluster") for n in nodes])
    block.numbers("node.within", "u4", [n.get("within") for n in nodes])
    block.numbers("node.x", "i4", [n["x"] for n in nodes])
    block.numbers("node.y", "i4", [n["y"] for n in nodes])
    block.numbers("node.size", "f4", [n["size"] for n in nodes])
    block.numbers("node.weight", "f4", [n["weight"] for n in nodes])


def _add_edges(
    block: Block, edges: Sequence[Mapping[str, Any]], types: Mapping[str, int], sources: Mapping[str, int]
) -> None:
    block.numbers("edge.from", "u4", [e["from"] for e in edges])
    block.numbers("edge.to", "u4", [e["to"] for e in edges])
    block.numbers("edge.type", "u2", [types[e["type"]] for e in edges])
    # In thousandths.
    sure = [e.get("confidence") for e in edges]
    block.numbers("edge.confidence", "u2", [None if c is None else round(c * 1000) for c in sure])
    block.numbers("edge.paper", "u4", [_number(sources, e.get("paper")) for e in edges])
    block.numbers("edge.text", "u4", [e.get("text") for e in edges])
    mentions = [e.get("mention") or (None, None) for e in edges]
    block.numbers("edge.first", "u4", [m[0] for m in mentions])
    block.numbers("edge.last", "u4", [m[1] for m in mentions])
    block.texts("edge.caption", [e.get("caption") or "" for e in edges])
    block.texts("edge.properties", [_json(e.get("properties")) for e in edges])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) if value else ""
