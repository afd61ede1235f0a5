"""The application: its routes, what they share, and how a new state of the graph is taken up."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg_builder.errors import KgBuilderError
from kg_builder.explore import query_pages, thing_pages, view_pages
from kg_builder.explore.answers import Answers
from kg_builder.explore.guard import Pass
from kg_builder.explore.pages import HERE, RefusedError, posted, redirect, refused
from kg_builder.explore.snapshot import Origin, Snapshot, take_snapshot
from kg_builder.explore.worker_pool import WorkerPool

#: How many pages of views are kept.
_DRAWN = 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    Args:
        seconds: how long it may run.
        rows: how many rows of its answer are kept.
    """

    seconds: float = 30.0
    rows: int = 10_000


@dataclass
class Explorer:
    """What the pages of one server share.

    Args:
        origin: where the graph is.
        folder: where snapshots are put; whoever made it takes it away.
        limits: what a query may take.
        allowed: token, cookie and path of this start.
        neo4j: where queries run, where not on the snapshot; address, user, password and database.
    """

    origin: Origin
    folder: Path
    limits: Limits
    allowed: Pass
    snapshot: Snapshot
    neo4j: dict[str, Any] | None = None
    answers: Answers = field(default_factory=Answers)
    drawn: dict[object, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.workers = self._pool()
        self._renewing = asyncio.Lock()

    def _pool(self) -> WorkerPool:
        file = self.snapshot.file
        settings = {
            "file": str(file.path),
            "folder": str(file.path.parent),
            "state": file.state,
            "neo4j": self.neo4j,
        }
        return WorkerPool(settings)

    def keep_drawn(self, wanted: object, page: str) -> None:
        """Keep a page of a view, so that it is drawn once."""
        self.drawn[wanted] = page
        while len(self.drawn) > _DRAWN:
            del self.drawn[next(iter(self.drawn))]

    async def renew(self) -> None:
        """Take up the state that the graph has now; what was served is served until that is done.

        Raises:
            WorkspaceError: the workspace is in use by a build.
        """
        async with self._renewing:
            if not self.snapshot.is_outdated:
                return
            folder = Path(mkdtemp(dir=self.folder))
            try:
                taken = await run_in_threadpool(take_snapshot, self.origin, folder)
            except KgBuilderError:
                shutil.rmtree(folder)
                raise
            old, workers = self.snapshot, self.workers
            self.snapshot = taken
            self.workers = self._pool()
            await workers.close()
            # What still reads the old file keeps it until it is done.
            shutil.rmtree(old.file.path.parent, ignore_errors=True)


def application(explorer: Explorer) -> Starlette:
    """The application of an explorer, without the guard before it."""
    routes = [
        *thing_pages.ROUTES,
        *query_pages.ROUTES,
        *view_pages.ROUTES,
        Route("/renew", renew, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    app = Starlette(
        routes=[Mount(explorer.allowed.root, routes=routes)],
        lifespan=_lifespan,
        exception_handlers={
            RefusedError: refused,
            KgBuilderError: refused,
            404: refused,
            405: refused,
            500: refused,
        },
    )
    app.state.explorer = explorer
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    explorer: Explorer = app.state.explorer
    # The first query finds the engine ready; if it cannot be, that query says why.
    warming = asyncio.create_task(explorer.workers.warm())
    yield
    warming.cancel()
    await asyncio.gather(warming, return_exceptions=True)
    await explorer.workers.close()


async def renew(request: Request) -> Response:
    """Take up the new state, and go back to the beginning."""
    await posted(request)
    await request.app.state.explorer.renew()
    return redirect(request, "/")
