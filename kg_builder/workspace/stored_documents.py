"""Documents as the workspace keeps them, read back for another extraction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from kg_builder.document_batches import DOCUMENTS

_SQL = Path(__file__).with_name("stored_documents.sql")

#: Documents that are read at a time.
_DOCUMENTS_A_QUERY = 4_000


def stored_documents(
    connection: duckdb.DuckDBPyConnection, source: str, documents: int, rows: int
) -> Iterator[pa.RecordBatch]:
    """The documents of a source, without reading the source again.

    Args:
        connection: one whose transaction does not write the tables of what was read.
        source: the id of the source.
        documents: how many it tells of.
        rows: documents in a batch.

    Yields:
        Batches of `DOCUMENTS`, without the problems that reading told of.
    """
    query = _SQL.read_text(encoding="utf-8")
    for first in range(0, documents, _DOCUMENTS_A_QUERY):
        span = {"source": source, "first": first, "last": first + _DOCUMENTS_A_QUERY - 1}
        table = connection.sql(query, params=span).to_arrow_table()
        yield from table.select(DOCUMENTS.names).cast(DOCUMENTS).combine_chunks().to_batches(rows)
