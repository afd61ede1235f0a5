"""What a local server reads at its start: ``neo4j.conf`` and Java's arguments, readable by the owner alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg_builder.errors import LocalServerError
from kg_builder.stores.neo4j.loopback import LOOPBACK
from kg_builder.stores.neo4j.private_files import write_private

#: The folders that Neo4j expects in its home.
FOLDERS = ("conf", "data", "logs", "plugins", "import", "run", "licenses", "certificates", "lib")

_OPENED_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


def make_folders(home: Path) -> None:
    """Make the folders of a server, for the owner's eyes only.

    Raises:
        LocalServerError: they cannot be made.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        for name in FOLDERS:
            (home / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LocalServerError(f"{home}: cannot be used for Neo4j ({error.strerror})") from error


def write_configuration(
    home: Path, *, port: int, heap: str, page_cache: str, further: Mapping[str, str]
) -> None:
    """Write ``neo4j.conf``: Bolt on loopback only, with passwords, and nothing told to anybody.

    Args:
        home: the server's folder.
        port: where it answers Bolt.
        heap: memory of the Java heap.
        page_cache: memory of the page cache.
        further: settings beside these, or in their place.
    """
    settings = {
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.heap.initial_size": heap,
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": page_cache,
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "db.tx_log.preallocate": "false",
        # Without it every stop waits 6 to 16 seconds for connections that will not come.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    } | dict(further)
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    write_private(home / "conf" / "neo4j.conf", lines)


def java_arguments(
    home: Path, jars: Path, main: str, arguments: Sequence[str], *, heap: str, options: Sequence[str]
) -> str:
    """The content of a Java argument file: one quoted argument a line.

    Args:
        home: the server's folder, whose plugins are loaded, too.
        jars: the jars of Neo4j.
        main: the class to run.
        arguments: what it is given.
        heap: memory of the Java heap.
        options: further options of the Java virtual machine.
    """
    java = [f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC", *options]
    java += ["-cp", os.pathsep.join(str(folder / "*") for folder in (home / "plugins", jars))]
    java += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED_PACKAGES]
    java += ["-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8", main, *arguments]
    return "".join('"' + re.sub(r'(["\\])', r"\\\1", argument) + '"\n' for argument in java)
