"""The process of a local server: started apart from the terminal, remembered, recognised, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from kg_builder.errors import LocalServerError
from kg_builder.stores.neo4j.java import INSTALL_HINT

#: Process start times are derived from the boot time, which moves a little when the clock is set.
_START_TIME_TOLERANCE = 2.0

_COMMAND_LINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A started server, told from any other process by its start time and its command line.

    Args:
        pid: the process id.
        started: seconds since the epoch at which it started.
        argument: an argument of its command line that no other program has.
        port: where it answers Bolt.
    """

    pid: int
    started: float
    argument: str
    port: int

    def runs(self) -> bool:
        """Whether this very process is alive; another one under the same id is not it."""
        psutil = _psutil()
        try:
            process = psutil.Process(self.pid)
            same_start = abs(process.create_time() - self.started) <= _START_TIME_TOLERANCE
            ended = process.status() == psutil.STATUS_ZOMBIE
            return bool(same_start and not ended and self.argument in process.cmdline())
        except psutil.Error:
            return False

    def listens(self) -> bool:
        """Whether it is this process, and no stranger, that listens at its port."""
        psutil = _psutil()
        try:
            connections = psutil.Process(self.pid).net_connections("tcp")
        except psutil.Error:
            return False
        return any(c.status == psutil.CONN_LISTEN and c.laddr.port == self.port for c in connections)

    def end(self, patience: float) -> None:
        """Ask it to end, and end it by force after ``patience`` seconds; a stranger is left alone."""
        if not self.runs():
            return
        psutil = _psutil()
        try:
            process = psutil.Process(self.pid)
            process.terminate()
            if not self._ends_within(patience):
                process.kill()
                self._ends_within(patience)
        except psutil.NoSuchProcess:
            return
        except psutil.Error as error:
            raise LocalServerError(f"the Neo4j process {self.pid} could not be stopped: {error}") from error

    def _ends_within(self, seconds: float) -> bool:
        # psutil's own wait goes on for a process that has ended but whose parent has not taken note.
        deadline = time.monotonic() + seconds
        while self.runs():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


def start_process(command: list[str], *, argument: str, port: int, folder: Path, log: Path) -> ServerProcess:
    """Start a command that outlives this process and its terminal; its files are the user's alone.

    Args:
        command: the program and its arguments.
        argument: the one of them to recognise the process by.
        port: where it will answer.
        folder: its working directory.
        log: the file that its output is added to.
    """
    psutil = _psutil()
    umask = -1 if sys.platform == "win32" else 0o077
    log.touch(mode=0o600)
    with log.open("ab") as output:
        started = subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=umask,
        )
    started.returncode = 0  # it is meant to outlive this object, which would warn of that
    try:
        process = psutil.Process(started.pid)
        _await_command_line(process, argument)
        return ServerProcess(started.pid, process.create_time(), argument, port)
    except psutil.Error as error:
        raise LocalServerError(f"Neo4j ended as soon as it was started; see {log}") from error


def _await_command_line(process: Any, argument: str) -> None:
    """Wait until the system shows the command line, which is empty for a moment after the start."""
    deadline = time.monotonic() + _COMMAND_LINE_SECONDS
    while argument not in process.cmdline() and time.monotonic() < deadline:
        time.sleep(0.01)


def remembered(path: Path) -> ServerProcess | None:
    """The process that ``path`` tells of, or ``None`` where it tells of none."""
    try:
        return ServerProcess(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise LocalServerError(
            f"{path}: damaged ({error}); end that Neo4j yourself, then remove this file"
        ) from error


def remember(process: ServerProcess, path: Path) -> None:
    """Write down a process, whole or not at all."""
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(process)), encoding="utf-8")
    draft.replace(path)


def _psutil() -> Any:
    try:
        return import_module("psutil")
    except ImportError as error:
        raise LocalServerError(f"the local Neo4j needs psutil; {INSTALL_HINT}") from error
