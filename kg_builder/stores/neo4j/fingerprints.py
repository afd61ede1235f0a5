"""Fingerprints of properties: one function, written for a row as Python values and for a batch as Arrow columns.

What is hashed is a text that tells types and shapes apart and needs no escapes, since whatever varies in length
says how long it is: a text is ``s4:Qwen``, 7 is ``i7;``, 0.5 is ``f4602678819172646912;`` (its bits as an integer,
so that no two numbers share a text), ``["a"]`` is ``l1:s1:a``.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_BYTES = 8
_DOUBLE, _LONG = struct.Struct("<d"), struct.Struct("<q")


def fingerprint(properties: Mapping[str, Any]) -> str:
    """A short hash of known properties, whatever their order; types count (1 is not 1.0).

    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1}), fingerprint({}) == fingerprint({"a": 1})
    (True, False)
    """
    text = "".join(f"{_named(name)}{canonical(properties[name])}" for name in sorted(properties))
    return blake2b(text.encode(), digest_size=_BYTES).hexdigest()


def fingerprints(columns: Mapping[str, pa.Array], count: int) -> pa.Array:
    """The fingerprints of many rows from the columns of their properties; nulls are properties they lack.

    Args:
        columns: by property name, in any order; texts, lists of texts, integers, floats or booleans.
        count: how many rows there are.
    """
    parts = [_canonical_column(_named(name), columns[name]) for name in sorted(columns)]
    texts = _joined(pa.array([""] * count, pa.string()), *parts, nulls="skip").cast(pa.binary())
    return pa.array(
        [blake2b(text, digest_size=_BYTES).hexdigest() for text in texts.to_pylist()], pa.string()
    )


def canonical(value: Any) -> str:
    """A value as the text that is hashed; values of kinds that no graph holds, as others may write, by their names."""
    if isinstance(value, str):
        return f"s{len(value)}:{value}"
    if isinstance(value, bool):
        return "b1;" if value else "b0;"
    if isinstance(value, int):
        return f"i{value};"
    if isinstance(value, float):
        return f"f{_LONG.unpack(_DOUBLE.pack(value))[0]};"
    if isinstance(value, list):
        return f"l{len(value)}:{''.join(map(canonical, value))}"
    return canonical(f"{type(value).__name__} {value!r}")[1:]


def _canonical_column(name: str, column: pa.Array) -> pa.Array:
    """``name`` and the canonical text of each value; null where it is unknown."""
    kind = column.type
    if pa.types.is_string(kind):
        return _joined(f"{name}s", _text(pc.utf8_length(column)), ":", column)
    if pa.types.is_list(kind):
        return _joined(f"{name}l", _text(pc.list_value_length(column)), ":", _canonical_lists(column))
    if pa.types.is_boolean(kind):
        return _joined(f"{name}b", _text(column.cast(pa.int8())), ";")
    if pa.types.is_floating(kind):
        return _joined(f"{name}f", _text(column.view(pa.int64())), ";")
    return _joined(f"{name}i", _text(column), ";")


def _canonical_lists(column: pa.ListArray) -> pa.Array:
    """The elements of each list, one after the other."""
    # `flatten` leaves out what stands behind a null, so that offsets are counted anew.
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])
    elements = pa.ListArray.from_arrays(offsets, _canonical_column("", column.flatten()))
    return pc.if_else(pc.is_valid(column), pc.binary_join(elements, ""), pa.scalar(None, pa.string()))


@cache
def _named(name: str) -> str:
    return f"{len(name)}:{name}"


def _text(numbers: pa.Array) -> pa.Array:
    return numbers.cast(pa.string())


def _joined(*parts: pa.Array | str, nulls: str = "emit_null") -> pa.Array:
    return pc.binary_join_element_wise(*parts, "", null_handling=nulls)
