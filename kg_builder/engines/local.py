"""Reading and extraction in this process, as a stream."""

from __future__ import annotations

from collections.abc import Generator, Iterable

import pyarrow as pa

from kg_builder.engines.extraction import extract_batches
from kg_builder.extract import ExtractionSettings


class LocalEngine:
    """Extracts in this process; needs no start-up, and uses one core.

    Args:
        settings: how to extract.
    """

    def __init__(self, settings: ExtractionSettings) -> None:
        self._settings = settings

    def extract(self, batches: Iterable[pa.RecordBatch]) -> Generator[pa.RecordBatch]:
        """See `kg_builder.engines.Engine`."""
        return extract_batches(batches, self._settings)

    def close(self) -> None:
        """There is nothing to end."""
