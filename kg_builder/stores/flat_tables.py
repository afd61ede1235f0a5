"""Tables whose cells hold one value each, for the formats that know no lists."""

from __future__ import annotations

import json

import pyarrow as pa


def with_lists_as_json(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with its lists as JSON texts; an unknown one stays unknown.

    >>> batch = pa.RecordBatch.from_pydict({"id": ["m"], "aliases": [["a", "b"]]})
    >>> with_lists_as_json(batch).to_pylist()
    [{'id': 'm', 'aliases': '["a", "b"]'}]
    """
    columns = [_as_json(column) if pa.types.is_list(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _as_json(column: pa.Array) -> pa.Array:
    written = [None if v is None else json.dumps(v, ensure_ascii=False) for v in column.to_pylist()]
    return pa.array(written, pa.string())
