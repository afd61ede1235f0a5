"""The entrance: take a snapshot, open a port, serve until Ctrl-C, and leave nothing behind."""

from __future__ import annotations

import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import FrameType
from typing import TYPE_CHECKING

from kg_builder.errors import UsageError
from kg_builder.explore.application import Explorer, Limits, application
from kg_builder.explore.guard import Guard, Pass, is_loopback
from kg_builder.explore.snapshot import Origin, WorkspaceOrigin, take_snapshot

if TYPE_CHECKING:
    from kg_builder.stores.neo4j.connection import ConnectionSettings

#: Where the application listens unless told otherwise.
HOST, PORT = "127.0.0.1", 8377


def explore(
    graph: Path,
    *,
    neo4j: ConnectionSettings | None = None,
    host: str = HOST,
    port: int = PORT,
    limits: Limits | None = None,
    ready: Callable[[str], None] | None = None,
    open_browser: bool = False,
) -> None:
    """Serve the application until it is interrupted.

    Args:
        graph: the workspace file.
        neo4j: the Neo4j that holds the graph, in place of the workspace; queries run there.
        host: the address to listen at; only this machine reaches 127.0.0.1.
        port: the port; 0 for any that is free.
        limits: what a query may take.
        ready: is called once with the address to open, which holds the token of this start.
        open_browser: whether to open that address in a browser.

    Raises:
        UsageError: the address cannot be listened at.
        WorkspaceError: the workspace is missing, damaged, or in use by a build.
        DatabaseError: Neo4j does not answer, or holds no graph.
    """
    allowed = Pass()
    with _listening(host, port) as sock, _folder() as folder, _ended_by_sigterm():
        bound = sock.getsockname()[1]
        snapshot = take_snapshot(_origin(graph, neo4j), Path(mkdtemp(dir=folder)))
        explorer = Explorer(
            snapshot.origin, folder, limits or Limits(), allowed, snapshot, asdict(neo4j) if neo4j else None
        )
        address = f"http://{_named(host)}:{bound}{allowed.root}/?token={allowed.token}"
        if ready is not None:
            ready(address)
        if open_browser:
            _open(address, folder)
        _serve(Guard(application(explorer), allowed, host, bound), sock)


def _serve(app: Guard, sock: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,  # an address may hold the token
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        date_header=False,
        ws="none",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[sock])


def _origin(graph: Path, neo4j: ConnectionSettings | None) -> Origin:
    if neo4j is None:
        return WorkspaceOrigin(graph)
    from kg_builder.explore.neo4j_origin import Neo4jOrigin

    return Neo4jOrigin(neo4j)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    plain = host.strip("[]")
    family = socket.AF_INET6 if ":" in plain else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((plain, port))
            sock.listen(128)
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"cannot listen at {host} port {port} ({error}); name another with --port, or 0 for any that is free"
            ) from error
        yield sock


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder of this start alone, gone at its end."""
    with TemporaryDirectory(prefix="kg-builder-explore-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM end the program as an exception does, so that it tidies up."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _named(host: str) -> str:
    if host in ("0.0.0.0", "::", "[::]"):  # noqa: S104 - every address of this machine; this one always works
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _open(address: str, folder: Path) -> None:
    """Open a browser by a file that sends it on: an argument would show the token to every user of the machine."""
    page = folder / "open.html"
    page.touch(mode=0o600)
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0;url={address}">', encoding="utf-8")
    webbrowser.open(page.as_uri())


def warning(host: str) -> str | None:
    """What to tell whoever opens the application to other machines; nothing where it is not."""
    if is_loopback(host):
        return None
    return (
        f"warning: {host} can be reached from other machines. Whoever has the address with its token reads the whole "
        "graph and may run queries, and what is sent is not encrypted."
    )
