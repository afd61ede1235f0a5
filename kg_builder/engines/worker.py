"""A worker process: takes batches through a pipe of its own, and remembers at which document it is.

Each worker has its own pipe, so that one that is killed in the middle of an answer disturbs no other.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import signal
from multiprocessing.connection import Connection
from typing import Any

import pyarrow as pa

from kg_builder.document_batches import DOCUMENTS, EXTRACTED
from kg_builder.errors import ExtractionError, KgBuilderError
from kg_builder.extract import ExtractionSettings
from kg_builder.garbage import rarely_collected

#: Neither the parent's threads nor its open workspace are copied; the same on every platform.
_CONTEXT = multiprocessing.get_context("spawn")
_NOT_STARTED = -1


class WorkerDiedError(Exception):
    """A worker process ended by itself.

    Args:
        how: in words.
        row: the row of the batch at which it was; ``None`` where it had not come to any document.
    """

    def __init__(self, how: str, row: int | None) -> None:
        super().__init__(how)
        self.how = how
        self.row = row


class Worker:
    """A process that extracts one batch at a time.

    Args:
        settings: how to extract.
    """

    def __init__(self, settings: ExtractionSettings) -> None:
        self._row = _CONTEXT.RawValue(ctypes.c_long, _NOT_STARTED)
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(
            target=_serve, args=(theirs, self._row, settings), name="kg-builder-worker", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid

    def extract(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """What the process makes of a batch of `DOCUMENTS`.

        Raises:
            WorkerDiedError: the process is no more.
            ExtractionError: extraction fails at every paper, or is set up wrongly.
        """
        try:
            self._connection.send_bytes(_packed(batch))
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        if isinstance(answer, str):
            raise ExtractionError(answer)
        return _unpacked(answer, EXTRACTED)

    def close(self) -> None:
        """End the process at once."""
        # The pipe stays open: another thread may be waiting for an answer, and is told of the end by it.
        self._process.kill()
        self._process.join()

    def _death(self) -> WorkerDiedError:
        self._process.join()
        code = self._process.exitcode or 0
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        return WorkerDiedError(how, None if self._row.value == _NOT_STARTED else self._row.value)


def _serve(connection: Connection, row: Any, settings: ExtractionSettings) -> None:
    """Answer batches until the other end of the pipe is closed."""
    from kg_builder.engines.extraction import extract_batches

    # Ctrl-C reaches the whole group of processes; whether to end is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def at(place: int) -> None:
        row.value = place

    # The parent has gone, or wants no more.
    with rarely_collected(), contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            batch = _unpacked(connection.recv_bytes(), DOCUMENTS)
            try:
                (found,) = extract_batches([batch], settings, at)
            except KgBuilderError as error:
                connection.send(str(error))
            else:
                connection.send(_packed(found))


def _packed(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(packed: bytes, schema: pa.Schema) -> pa.RecordBatch:
    with pa.ipc.open_stream(packed) as reader:
        return reader.read_next_batch().cast(schema)
