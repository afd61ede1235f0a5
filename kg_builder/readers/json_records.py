"""Records out of JSON that may be damaged: every record that can be read, and a problem for each that cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg_builder.document import Problem
from kg_builder.errors import SourceError

_OPENING = re.compile(r"\s*\[?\s*")
_BETWEEN = re.compile(r"[\s,\]]*")
_REMEDY = "mend the record, or fetch the file again"
#: Digits of an integer beyond which it is no count of anything; Python refuses to read 4,300 and more.
_LONGEST_INTEGER = 18
_SEPARATOR = re.compile(r"\s*(?:[,\]]|\Z)|[ \t\r]*\n")
#: Characters of reading that a record costs which is nested too deeply: it is given up after a thousand levels.
_DEEP_COST = 100_000
#: How often the length of a source may be read again in search of whole records; damage made on purpose ends here.
_RESCANS = 20


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
    position, line, counted = 0, 1, 0
    budget = _RESCANS * (len(text) + 1)
    while budget > 0 and (position := _between(text, position)) < len(text):
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, end = _DECODER.raw_decode(text, position)
        except RecursionError:
            wrong, reason, end = line, "nested too deeply", position + 1
            budget -= _DEEP_COST
        except json.JSONDecodeError as error:
            wrong, reason = (
                line + text.count("\n", counted, error.pos),
                f"not valid JSON ({error.msg.lower()})",
            )
            end = position + 1
            budget -= error.pos - position
        else:
            yield JsonRecord(value, line)
            if _SEPARATOR.match(text, end):
                position = end
                continue
            wrong, reason = line + text.count("\n", counted, end), "followed by something that is no record"
            end = position + 1 if isinstance(value, str) else end  # a stray quote may hide the next record
        yield Problem(f"the record is {reason}; {_REMEDY}", wrong, lost=True)
        following = record_start.search(text, end)
        position = following.start() if following else len(text)


def _between(text: str, position: int) -> int:
    """Where the next value begins: past white space, commas, and the brackets of the list around the values."""
    found = _BETWEEN.match(text, position) if position else _OPENING.match(text)
    return found.end() if found else position


def json_lines(stream: BinaryIO) -> Iterator[JsonRecord | Problem]:
    """The values of a source with one JSON value a line, one at a time, so that a file of any size can be read."""
    number = 0
    try:
        for number, raw in enumerate(stream, 1):
            row = raw.strip().removeprefix(b"\xef\xbb\xbf")
            if row:
                yield _line(row, number)
    except SourceError as error:
        yield Problem(error.reason, number + 1, lost=True)


def _line(row: bytes, number: int) -> JsonRecord | Problem:
    """The value of one line."""
    try:
        return JsonRecord(read_json(row.decode("utf-8")), number)
    except UnicodeDecodeError as error:
        reason = f"the line is not UTF-8 (byte {error.start + 1}); convert the file to UTF-8"
    except json.JSONDecodeError as error:
        reason = f"the line is not valid JSON ({error.msg.lower()}); {_REMEDY}"
    except ValueError as error:
        reason = f"{error}; {_REMEDY}"
    return Problem(reason, number, lost=True)
