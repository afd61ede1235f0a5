"""Records out of JSON that may be damaged: every record that can be read, and a problem for each that cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg_builder.document import Problem

_SPACE = re.compile(r"[\s,]*")
_REMEDY = "mend the record, or fetch the file again"
#: Digits of an integer beyond which it is no count of anything; Python refuses to read 4,300 and more.
_LONGEST_INTEGER = 18


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One value of a JSON source.

    Args:
        value: the value.
        line: 1-based line where it begins.
    """

    value: Any
    line: int


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float("inf")


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


def read_json(text: str) -> Any:
    """One JSON value.

    Raises:
        ValueError: it is no JSON, or nested too deeply.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("the record is nested too deeply") from error


def json_records(text: str, record_start: re.Pattern[str]) -> Iterator[JsonRecord | Problem]:
    """The values of a JSON list, or of a row of JSON values.

    Args:
        text: the whole source.
        record_start: how a record begins; after a damaged one, reading goes on at the next match.

    Returns:
        The records in their order. Where one is damaged there is a `Problem` with its line, and what follows is read.
    """
    position = _SPACE.match(text).end()  # type: ignore[union-attr]
    in_list = text.startswith("[", position)
    position += in_list
    line, counted = 1, 0
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        if position >= len(text) or (in_list and text[position] == "]"):
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, position = _DECODER.raw_decode(text, position)
        except RecursionError:
            yield Problem(f"the record is nested too deeply; {_REMEDY}", line, lost=True)
            return
        except json.JSONDecodeError as error:
            wrong = line + text.count("\n", counted, error.pos)
            yield Problem(f"the record is not valid JSON ({error.msg.lower()}); {_REMEDY}", wrong, lost=True)
            following = record_start.search(text, max(error.pos, position + 1))
            if not following:
                return
            position = following.start()
        else:
            yield JsonRecord(value, line)


def json_lines(stream: BinaryIO) -> Iterator[JsonRecord | Problem]:
    """The values of a source with one JSON value a line, one at a time, so that a file of any size can be read."""
    for number, raw in enumerate(stream, 1):
        row = raw.strip().removeprefix(b"\xef\xbb\xbf")
        if not row:
            continue
        try:
            text = row.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = f"the line is not UTF-8 (byte {error.start + 1}); convert the file to UTF-8"
            yield Problem(reason, number, lost=True)
            continue
        try:
            yield JsonRecord(read_json(text), number)
        except json.JSONDecodeError as error:
            yield Problem(f"the line is not valid JSON ({error.msg.lower()}); {_REMEDY}", number, lost=True)
        except ValueError as error:
            yield Problem(f"{error}; {_REMEDY}", number, lost=True)
