"""Answers of queries, kept for a while so that they can be paged, drawn and downloaded without being asked again."""

from __future__ import annotations

import csv
import io
import json
import math
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kg_builder.stores.rows import Rows

#: How many answers are kept; those asked first go first.
_KEPT = 8
#: Rows that are written in one go.
_ROWS_AT_ONCE = 500
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The answer of a query, and what was asked.

    Args:
        rows: the answer.
        title: of the query.
        description: of the query.
        asked: what the form held, so that it can be asked again.
        seconds: how long it took.
    """

    rows: Rows
    title: str
    description: str
    asked: dict[str, str]
    seconds: float


class Answers:
    """The latest answers, each under a key that cannot be guessed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, GivenAnswer] = OrderedDict()

    def keep(self, answer: GivenAnswer) -> str:
        """Keep an answer.

        Returns:
            Its key.
        """
        key = secrets.token_hex(8)
        self._kept[key] = answer
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> GivenAnswer | None:
        """An answer that is still kept."""
        return self._kept.get(key)


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A value as a page shows it.

    Args:
        text: in words.
        address: the path of what it names, where it is a node.
        number: whether it is a number.
    """

    text: str
    address: str | None = None
    number: bool = False


def shown_cell(value: Any) -> ShownCell:
    """A value of an answer as a page shows it."""
    if isinstance(value, dict) and value.get("type") == "node" and "properties" in value:
        label, _, identifier = str(value["id"]).partition("/")
        properties = value["properties"]
        name = properties.get("name") or properties.get("title") or properties.get("text") or identifier
        return ShownCell(str(name), f"/{label.lower()}?{urlencode({'id': identifier})}")
    return ShownCell(_text(value), number=isinstance(value, int | float) and not isinstance(value, bool))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, list):
        return "; ".join(shown_cell(part).text for part in value)
    if isinstance(value, dict) and value.get("type") == "relationship":
        return f"{value['start']['id']} {value['label']} {value['end']['id']}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def as_csv(rows: Rows) -> Iterator[bytes]:
    """An answer as CSV, piece by piece; what a spreadsheet would take for a formula begins with an apostrophe."""
    yield _csv_lines([list(rows.columns)])
    for first in range(0, len(rows.rows), _ROWS_AT_ONCE):
        yield _csv_lines(rows.rows[first : first + _ROWS_AT_ONCE])


def _csv_lines(lines: list[list[Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([_csv_cell(value) for value in line] for line in lines)
    return stream.getvalue().encode("utf-8", "replace")


def _csv_cell(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else _text(value)
    return f"'{text}" if not isinstance(value, int | float) and text.startswith(_FORMULA) else text


def as_json(rows: Rows) -> Iterator[bytes]:
    """An answer as a JSON list of objects, piece by piece."""
    yield b"["
    for place, row in enumerate(rows.as_maps()):
        text = json.dumps(_finite(row), ensure_ascii=False, allow_nan=False)
        yield (",\n" if place else "\n").encode() + text.encode("utf-8", "replace")
    yield b"\n]\n"


def _finite(value: Any) -> Any:
    """The value with what JSON has no word for as null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_finite(part) for part in value]
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    return value
