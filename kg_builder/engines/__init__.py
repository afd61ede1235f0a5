"""Engines: where extraction runs. All share one function, `kg_builder.engines.extraction.extract_batches`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Literal, Protocol

import pyarrow as pa

from kg_builder.extract import ExtractionSettings

#: Engines that one machine runs; ``auto`` decides between the other two by the number of documents.
EngineName = Literal["auto", "local", "processes"]

#: Told what a user should know of the run.
Notice = Callable[[str], None]


class Engine(Protocol):
    """Runs extraction somewhere."""

    def extract(self, batches: Iterable[pa.RecordBatch]) -> Generator[pa.RecordBatch]:
        """What `extract_batches` yields for these batches, in their order; only some are held at a time."""
        ...

    def close(self) -> None:
        """End what was started; what has not been yielded is given up."""
        ...


def engine_named(name: EngineName, settings: ExtractionSettings, notice: Notice) -> Engine:
    """An engine; it starts nothing before it is asked to extract, and is closed by the caller.

    Args:
        name: which.
        settings: how to extract.
        notice: told of workers that died.
    """
    from kg_builder.engines.automatic import AutomaticEngine
    from kg_builder.engines.local import LocalEngine
    from kg_builder.engines.processes import ProcessesEngine

    if name == "local":
        return LocalEngine(settings)
    if name == "processes":
        return ProcessesEngine(settings, notice)
    return AutomaticEngine(settings, notice)
