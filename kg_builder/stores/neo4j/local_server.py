"""A real Neo4j on this machine without Docker: its files beside the workspace, loopback only."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg_builder.errors import LocalServerError
from kg_builder.stores.neo4j.imported_store import adopt_imported, waits
from kg_builder.stores.neo4j.jars import NEO4J_VERSION, neo4j_jars
from kg_builder.stores.neo4j.java import OLDEST_JAVA, OLDEST_JAVA_OF_CALENDAR_VERSIONS, find_java
from kg_builder.stores.neo4j.locking import locked
from kg_builder.stores.neo4j.loopback import BOLT_PORT, LOOPBACK, free_port, is_taken, speaks_bolt
from kg_builder.stores.neo4j.private_files import read_private, write_private
from kg_builder.stores.neo4j.server_files import (
    java_arguments,
    make_folders,
    write_configuration,
)
from kg_builder.stores.neo4j.server_process import ServerProcess, remember, remembered, start_process

USERNAME = "neo4j"

_FIRST_CALENDAR_VERSION = 2025
_VERSION_FILE = "version"
_TELLING = re.compile(r"ERROR|Exception|Caused by|Error:")
_START_SECONDS = 180.0
_STOP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What a local server does: where it answers, and under which process id; ``None`` where it is stopped."""

    uri: str | None
    pid: int | None

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.pid is not None


@dataclass(frozen=True)
class LocalServer:
    """A Neo4j Community server of one folder.

    Args:
        home: its folder, made where missing and readable by its owner alone: configuration, data, logs,
            and the generated password in the file ``password``.
        version: a release of ``org.neo4j:neo4j``.
        heap: memory of the Java heap.
        page_cache: memory of the page cache.
        java_options: further options of the Java virtual machine.
        configuration: further lines of ``neo4j.conf``.
    """

    home: Path
    version: str = NEO4J_VERSION
    heap: str = "512m"
    page_cache: str = "128m"
    java_options: tuple[str, ...] = ()
    configuration: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_workspace(cls, workspace: Path, *, version: str | None = None, heap: str = "512m") -> LocalServer:
        """The server whose data belong to a workspace: ``graph.kg.neo4j`` beside ``graph.kg``.

        Args:
            workspace: the workspace file; it need not exist.
            version: the release to run; where not given, the one that last ran there.
            heap: memory of the Java heap.
        """
        home = Path(f"{workspace.absolute()}.neo4j")
        ran = home / _VERSION_FILE
        if version is None:
            version = ran.read_text(encoding="ascii").strip() if ran.is_file() else NEO4J_VERSION
        return cls(home, version, heap)

    @property
    def password_file(self) -> Path:
        """The file with the password, readable by its owner alone."""
        return self.home / "password"

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.home / "logs" / "console.log"

    @property
    def is_new(self) -> bool:
        """Whether it never ran and was handed no store, so that it holds nothing."""
        return not (self.home / "data" / "databases" / "system").is_dir() and not waits(self.home)

    def status(self) -> ServerStatus:
        """Whether the server runs, and where."""
        process = self._process()
        if process is None:
            return ServerStatus(None, None)
        return ServerStatus(f"bolt://{LOOPBACK}:{process.port}", process.pid)

    def password(self) -> str:
        """The generated password.

        Raises:
            LocalServerError: the file is gone, or others may read it.
        """
        try:
            return read_private(self.password_file)
        except PermissionError as error:
            raise LocalServerError(f"{self.password_file}: {error.strerror}") from error
        except OSError as error:
            raise LocalServerError(
                f"{self.password_file}: cannot be read ({error.strerror}); put the password of this server back "
                f"there, or stop it and remove {self.home} to begin anew (a load fills it again)"
            ) from error

    def start(self) -> ServerStatus:
        """Start the server and wait until it answers queries; where it runs already, do nothing.

        Raises:
            LocalServerError: Java or Neo4j cannot be had, or the server does not come up.
        """
        make_folders(self.home)
        with locked(self.home / "lock"):
            if self._process() is None:
                adopt_imported(self.home)
                jars, java = neo4j_jars(self.version), self._java()
                if self.is_new:
                    self._set_password(java, jars)
                while not self._runs_at(free_port(), java, jars):
                    pass  # somebody took that port before the server did
        return self.status()

    def stop(self) -> bool:
        """Stop the server; its data stay.

        Returns:
            Whether it was running.
        """
        if not self.home.is_dir():
            return False
        with locked(self.home / "lock"):
            process = self._process()
            if process is not None:
                process.end(_STOP_SECONDS)
            self._process_file.unlink(missing_ok=True)
        return process is not None

    def admin(self, *arguments: str, folder: Path | None = None) -> str:
        """Run ``neo4j-admin``; the server must be stopped.

        Args:
            arguments: what it is given; no process list shows them.
            folder: where it is run; the server's own where not given.

        Returns:
            What it printed.

        Raises:
            LocalServerError: it failed.
        """
        make_folders(self.home)
        with locked(self.home / "lock"):
            if self._process() is not None:
                raise LocalServerError("the local Neo4j runs; stop it first: kg-builder neo4j stop")
            return self._admin(self._java(), neo4j_jars(self.version), *arguments, folder=folder)

    @property
    def _process_file(self) -> Path:
        return self.home / "process.json"

    def _process(self) -> ServerProcess | None:
        process = remembered(self._process_file)
        return process if process is not None and process.runs() else None

    @property
    def _calendar_version(self) -> bool:
        return int(self.version.partition(".")[0]) >= _FIRST_CALENDAR_VERSION

    def _java(self) -> Path:
        return find_java(OLDEST_JAVA_OF_CALENDAR_VERSIONS if self._calendar_version else OLDEST_JAVA)

    def _runs_at(self, port: int, java: Path, jars: Path) -> bool:
        """Start the server at a port and wait until it answers; whether the port was still free."""
        process = self._launch(port, java, jars)
        try:
            self._await_answer(process)
        except BaseException as error:  # an interruption too: nothing half-started is left behind
            lost_the_port = not process.runs() and is_taken(port)
            process.end(_STOP_SECONDS)
            self._process_file.unlink(missing_ok=True)
            if lost_the_port and isinstance(error, LocalServerError):
                return False
            raise
        return True

    def _launch(self, port: int, java: Path, jars: Path) -> ServerProcess:
        self._write_configuration(port)
        write_private(self.home / _VERSION_FILE, self.version)
        main = "org.neo4j.server." + ("Neo4jCommunity" if self._calendar_version else "CommunityEntryPoint")
        arguments = self.home / "conf" / "server.args"
        folders = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        write_private(arguments, self._java_arguments(jars, main, *folders))
        named = f"@{arguments}"
        process = start_process([str(java), named], argument=named, port=port, folder=self.home, log=self.log)
        remember(process, self._process_file)
        return process

    def _write_configuration(self, port: int) -> None:
        write_configuration(
            self.home, port=port, heap=self.heap, page_cache=self.page_cache, further=self.configuration
        )

    def _java_arguments(self, jars: Path, main: str, *arguments: str) -> str:
        return java_arguments(self.home, jars, main, arguments, heap=self.heap, options=self.java_options)

    def _set_password(self, java: Path, jars: Path) -> None:
        if not self.password_file.exists():
            write_private(self.password_file, secrets.token_urlsafe(24))
        self._write_configuration(BOLT_PORT)
        self._admin(java, jars, "dbms", "set-initial-password", "--", self.password())

    def _admin(self, java: Path, jars: Path, *arguments: str, folder: Path | None = None) -> str:
        # Command lines are everybody's to read, so the arguments travel in a file of the owner's.
        file = self.home / "run" / "admin.args"
        write_private(file, self._java_arguments(jars, "org.neo4j.cli.AdminTool", *arguments))
        environment = os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        try:
            run = subprocess.run(  # noqa: S603
                [java, f"@{file}"],
                cwd=folder or self.home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                umask=-1 if os.name == "nt" else 0o077,
            )
        finally:
            file.unlink()
        if run.returncode:
            raise LocalServerError(f"neo4j-admin {arguments[0]} {arguments[1]} failed:\n{run.stdout[-4000:]}")
        return run.stdout

    def _await_answer(self, process: ServerProcess) -> None:
        deadline = time.monotonic() + _START_SECONDS
        # A stranger at that port is not even asked: the password would travel to it.
        while not (process.listens() and speaks_bolt(process.port) and self._answers(process.port)):
            if not process.runs():
                raise LocalServerError(
                    f"Neo4j did not start; from {self.home / 'logs'}:\n{self._last_words()}"
                )
            if time.monotonic() > deadline:
                raise LocalServerError(f"Neo4j did not answer within {_START_SECONDS:.0f} s; see {self.log}")
            time.sleep(0.1)

    def _answers(self, port: int) -> bool:
        """Whether the default database answers a query: it opens a little later than the port."""
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        try:
            with GraphDatabase.driver(
                f"bolt://{LOOPBACK}:{port}", auth=(USERNAME, self.password()), max_transaction_retry_time=0
            ) as driver:
                driver.execute_query("RETURN 1", database_="neo4j")
        except AuthError as error:
            raise LocalServerError(
                f"the server of {self.home} does not take the password in {self.password_file}; put the right "
                f"one there, or stop it and remove {self.home} to begin anew (a load fills it again)"
            ) from error
        except (DriverError, Neo4jError):
            return False
        return True

    def _last_words(self) -> str:
        lines: list[str] = []
        for log in (self.log, self.home / "logs" / "neo4j.log"):
            if log.is_file():
                lines += log.read_text(encoding="utf-8", errors="replace").splitlines()
        telling = [line for line in lines if _TELLING.search(line)]
        return "\n".join((telling or lines)[-3:])
