"""Here for few documents, in worker processes for many."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from itertools import chain

import pyarrow as pa

from kg_builder.engines import Engine, Notice
from kg_builder.engines.local import LocalEngine
from kg_builder.engines.processes import ProcessesEngine, cores
from kg_builder.extract import ExtractionSettings

#: Documents from which on workers pay for their start. Measured on two cores: a worker takes some 1.5 s of CPU to
#: be ready, a document 3 to 6 ms to be read.
MANY_DOCUMENTS = 800


class AutomaticEngine:
    """Looks at the first documents before it decides where the work is done.

    Args:
        settings: how to extract.
        notice: told of workers that died.
    """

    def __init__(self, settings: ExtractionSettings, notice: Notice) -> None:
        self._local = LocalEngine(settings)
        self._processes = ProcessesEngine(settings, notice)

    def extract(self, batches: Iterable[pa.RecordBatch]) -> Generator[pa.RecordBatch]:
        """See `kg_builder.engines.Engine`."""
        source = iter(batches)
        first: list[pa.RecordBatch] = []
        while cores() > 1 and sum(batch.num_rows for batch in first) < MANY_DOCUMENTS:
            batch = next(source, None)
            if batch is None:
                break
            first.append(batch)
        else:
            engine: Engine = self._processes if first else self._local
            return engine.extract(chain(first, source))
        return self._local.extract(first)

    def close(self) -> None:
        """End the workers, where there are any."""
        self._processes.close()
