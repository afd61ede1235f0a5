"""Extraction in one process a core. `concurrent.futures` hands out the batches, `multiprocessing` runs the workers."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa

from kg_builder.document_batches import Found, documents_in, with_found
from kg_builder.engines import Notice
from kg_builder.engines.worker import Worker, WorkerDiedError
from kg_builder.errors import ExtractionError
from kg_builder.extract import ExtractionSettings
from kg_builder.facts import Facts

#: Batches that are on their way for each worker: one that is extracted, one that waits, two that are done and wait
#: for an earlier one or for the writer. More would only take memory.
_BATCHES_A_WORKER = 4
#: Deaths in a row, with no batch done between them, after which the fault is taken to lie in the machine: of workers
#: that had come to a paper, and of others.
_DEATHS_AT_PAPERS = 20
_DEATHS_AT_START = 3


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessesEngine:
    """Extracts in worker processes, each fed by a thread of its own; batches are yielded in their order.

    A worker that dies is replaced, and its batch done again without what was already its end: the paper at which
    it died gets a second chance in a worker of its own, and is kept without facts where that dies too.

    Args:
        settings: how to extract.
        notice: told of workers that died.
        workers: how many; one a core where ``None``.
    """

    def __init__(self, settings: ExtractionSettings, notice: Notice, workers: int | None = None) -> None:
        self._settings = settings
        self._notice = notice
        self._count = workers or cores()
        self._pool: ThreadPoolExecutor | None = None
        self._workers: set[Worker] = set()
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._closed = False
        self._deaths = self._failed_starts = 0

    def extract(self, batches: Iterable[pa.RecordBatch]) -> Generator[pa.RecordBatch]:
        """See `kg_builder.engines.Engine`."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._count, "kg-builder-engine", initializer=_leave_ctrl_c)
        waiting: deque[Future[pa.RecordBatch]] = deque()
        try:
            for batch in batches:
                waiting.append(self._pool.submit(self._extract, batch))
                while waiting[0].done() or len(waiting) >= _BATCHES_A_WORKER * self._count:
                    yield waiting.popleft().result()
                    if not waiting:
                        break
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the workers at once."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _extract(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """What is found in a batch, whatever happens to workers."""
        try:
            return self._in_worker(batch)
        except WorkerDiedError as death:
            if death.row is None:
                return self._extract(batch)
            paper = batch.slice(death.row, 1)
            self._tell(paper, f"a worker process {death.how}; the paper is extracted again")
            parts = [
                *(self._extract(part) for part in [batch.slice(0, death.row)] if part.num_rows),
                self._second_chance(paper),
                *(self._extract(part) for part in [batch.slice(death.row + 1)] if part.num_rows),
            ]
            return pa.concat_batches(parts)

    def _second_chance(self, paper: pa.RecordBatch) -> pa.RecordBatch:
        try:
            return self._in_worker(paper)
        except WorkerDiedError as death:
            return with_found(paper, [Found(Facts(), f"the worker process {death.how} twice at it")])

    def _in_worker(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        worker = self._worker()
        try:
            found = worker.extract(batch)
        except WorkerDiedError as death:
            self._replace(worker, death)
            raise
        self._deaths = self._failed_starts = 0
        return found

    def _worker(self) -> Worker:
        """The worker of this thread."""
        worker: Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            worker = self._mine.worker = Worker(self._settings)
            with self._lock:
                self._workers.add(worker)
        if self._closed:
            worker.close()
            raise ExtractionError("extraction was ended")
        return worker

    def _replace(self, worker: Worker, death: WorkerDiedError) -> None:
        """Forget a worker that died; the next batch of its thread starts another."""
        self._mine.worker = None
        with self._lock:
            self._workers.discard(worker)
            self._deaths += 1
            self._failed_starts += death.row is None
        if self._closed:
            raise ExtractionError("extraction was ended") from death
        if self._deaths >= _DEATHS_AT_PAPERS or self._failed_starts >= _DEATHS_AT_START:
            raise ExtractionError(
                f"the worker processes do not live long enough to read a paper (the last one {death.how}); in a "
                "script, call build() under: if __name__ == '__main__'; or use the local engine (--engine local)"
            ) from death

    def _tell(self, paper: pa.RecordBatch, what: str) -> None:
        (document,) = documents_in(paper)
        self._notice(f"{document.identity}: {what}")


def _leave_ctrl_c() -> None:
    """Let the main thread alone be interrupted; workers that this thread starts inherit it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
