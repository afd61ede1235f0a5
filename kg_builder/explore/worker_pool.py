"""Workers of a snapshot: started when needed, ended when they take too long, started again when they fall."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from typing import Any

from kg_builder.errors import QueryError
from kg_builder.explore.worker import FRAME

#: Seconds beyond a job's own that a worker gets to say itself that time is up, and to start.
_GRACE = 2.0
_START = 300.0


class WorkerPool:
    """Some processes that answer jobs, each one at a time; see `kg_builder.explore.worker`.

    Args:
        settings: what each worker is told when it starts.
        size: how many there may be at once.
    """

    def __init__(self, settings: dict[str, Any], size: int = 2) -> None:
        self._settings = settings
        self._free = asyncio.Semaphore(size)
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._closed = False

    async def ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Have a job done.

        Args:
            job: see `kg_builder.explore.worker`.
            seconds: how long it may take, beside the wait for a free worker, which may take as long again.

        Raises:
            QueryError: it is refused or fails, takes too long or too much memory, or all workers are taken.
        """
        try:
            await asyncio.wait_for(self._free.acquire(), seconds + _GRACE)
        except TimeoutError as error:
            raise QueryError("all workers are busy with other queries; try again in a moment") from error
        try:
            return await self._asked({**job, "seconds": seconds}, seconds)
        finally:
            self._free.release()

    async def warm(self) -> None:
        """Have a worker ready before the first query."""
        await self.ask({"kind": "warm"}, _START)

    async def close(self) -> None:
        """End every worker, whatever it does."""
        self._closed = True
        for process in list(self._all):
            await self._end(process)

    async def _asked(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        # A new worker has to load the graph before it can answer.
        allowed = seconds + _GRACE if self._idle else seconds + _GRACE + _START
        process = self._idle.pop() if self._idle else await self._start()
        try:
            answer = await asyncio.wait_for(_exchange(process, job), allowed)
        except TimeoutError as error:
            raise QueryError(f"it took longer than {seconds:g} s and was ended; ask for less") from error
        except (EOFError, OSError) as error:
            raise await self._why(process) from error
        else:
            self._idle.append(process)
        finally:
            if process not in self._idle:
                await self._end(process)
        if "error" in answer:
            raise QueryError(answer["error"])
        return answer

    async def _why(self, process: Process) -> QueryError:
        """Why a worker is gone."""
        if self._closed:
            return QueryError("the graph was taken up anew meanwhile; ask again")
        # A fault of Python's ends with 1; what the system ends has the negative number of a signal.
        if await process.wait() == 1:
            return QueryError("it failed for a reason that is no fault of the question; please report it")
        return QueryError("it took more memory or processor time than it may, and was ended; ask for less")

    async def _start(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing is imported from the folder that one happens to be in
            "-m",
            "kg_builder.explore.worker",
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            # Ctrl-C is for the application, which ends its workers itself.
            start_new_session=True,
        )
        self._all.add(process)
        await _send(process, self._settings)
        return process

    async def _end(self, process: Process) -> None:
        self._all.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _send(process: Process, value: dict[str, Any]) -> None:
    assert process.stdin is not None
    frame = json.dumps(value).encode()
    process.stdin.write(FRAME.pack(len(frame)) + frame)
    await process.stdin.drain()


async def _exchange(process: Process, job: dict[str, Any]) -> dict[str, Any]:
    assert process.stdout is not None
    await _send(process, job)
    head = await process.stdout.readexactly(FRAME.size)
    answer: dict[str, Any] = json.loads(await process.stdout.readexactly(FRAME.unpack(head)[0]))
    return answer
