"""Where Neo4j is and how to connect to it: from the environment, else the workspace's local server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.private_files import read_private
from kg_builder.version import __version__

if TYPE_CHECKING:
    from neo4j import Driver

_HOW_TO_NAME_ONE = (
    "start one with `kg-builder neo4j start`, or name one by NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD"
)

#: Bolt alone, or with routing; in the clear, or with a certificate that is verified.
_SCHEMES = tuple(f"{base}{how}://" for base in ("bolt", "neo4j") for how in ("", "+s"))

#: What the driver knows beside them: any certificate will do, that of an eavesdropper too.
_UNVERIFIED = ("bolt+ssc://", "neo4j+ssc://")


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """Where a Neo4j is and as whom to speak to it.

    Args:
        uri: such as ``bolt://127.0.0.1:7687`` or ``neo4j+s://….databases.neo4j.io``.
        username: the user's name.
        password: the password; no message and no ``repr`` shows it.
        database: the database's name; ``None`` for the user's home database.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None = None


def connection_settings(workspace: Path | None = None, database: str | None = None) -> ConnectionSettings:
    """The Neo4j that the environment names, else the running local server of a workspace.

    ``NEO4J_URI``, ``NEO4J_USERNAME`` (``neo4j`` where not set), ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE``
    are read. Where the password is not set it is that of the file ``NEO4J_PASSWORD_FILE``, which must be
    its owner's alone; else it is asked for on a terminal.

    Args:
        workspace: the workspace file.
        database: the database's name, before that of the environment.

    Raises:
        DatabaseError: neither names a Neo4j, or there is no password, or others may read its file.
    """
    database = database or os.environ.get("NEO4J_DATABASE")
    uri = os.environ.get("NEO4J_URI")
    if uri:
        username = os.environ.get("NEO4J_USERNAME") or USERNAME
        return ConnectionSettings(uri, username, _password(uri, username), database)
    if workspace is not None:
        server = LocalServer.of_workspace(workspace)
        status = server.status()
        if status.uri is not None:
            return ConnectionSettings(status.uri, USERNAME, server.password(), database)
        raise DatabaseError(f"no Neo4j: the local server of {workspace} does not run; {_HOW_TO_NAME_ONE}")
    raise DatabaseError(f"no Neo4j is named; {_HOW_TO_NAME_ONE}")


def _password(uri: str, username: str) -> str:
    password = os.environ.get("NEO4J_PASSWORD")
    if password:
        return password
    named = os.environ.get("NEO4J_PASSWORD_FILE")
    if named:
        try:
            return read_private(Path(named)).rstrip("\r\n")
        except OSError as error:
            raise DatabaseError(f"NEO4J_PASSWORD_FILE {named}: {error.strerror}") from error
    if not sys.stdin.isatty():
        raise DatabaseError(
            f"the password of {username} at {uri} is not known; set NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE to a "
            "file with it that only you can read"
        )
    from getpass import getpass

    return getpass(f"Password of {username} at {uri}: ")


@contextmanager
def connect(settings: ConnectionSettings) -> Iterator[Driver]:
    """A driver for the time of a ``with`` block, sure to reach the database.

    What Neo4j refuses within the block becomes a `DatabaseError` of one line.

    Raises:
        DatabaseError: nothing answers there, the credentials are refused, or there is no such database.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with _driver(settings) as driver:
            driver.verify_connectivity()
            # Connecting alone does not look at the database.
            driver.execute_query("RETURN 1", database_=settings.database)
            yield driver
    except (DriverError, Neo4jError) as error:
        raise database_error(error, settings) from error


def _driver(settings: ConnectionSettings) -> Driver:
    from neo4j import GraphDatabase
    from neo4j.exceptions import ConfigurationError

    if settings.uri.startswith(_UNVERIFIED):
        raise DatabaseError(
            f"{settings.uri}: with +ssc no certificate is verified, so anybody on the way could read the password; "
            "use +s, and name a certificate of your own in the environment as SSL_CERT_FILE"
        )
    try:
        if not settings.uri.startswith(_SCHEMES):
            raise ConfigurationError(f"it begins with none of {', '.join(_SCHEMES)}")
        return GraphDatabase.driver(
            settings.uri,
            auth=(settings.username, settings.password),
            user_agent=f"kg-builder/{__version__}",
            notifications_min_severity="OFF",
        )
    except (ValueError, ConfigurationError) as error:
        raise DatabaseError(
            f"{settings.uri!r} is no address of a Neo4j ({_one_line(error)}); "
            "set NEO4J_URI to one such as bolt://127.0.0.1:7687 or neo4j+s://example.databases.neo4j.io"
        ) from error


def database_error(error: Exception, settings: ConnectionSettings) -> DatabaseError:
    """What an exception of the driver means, in one line that says what to do and shows no password."""
    from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

    if isinstance(error, AuthError):
        return DatabaseError(
            f"Neo4j at {settings.uri} refuses user {settings.username!r} with this password; "
            "check NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if isinstance(error, ServiceUnavailable):
        return DatabaseError(f"no Neo4j answers at {settings.uri} ({_one_line(error)}); {_HOW_TO_NAME_ONE}")
    code = error.code if isinstance(error, Neo4jError) else None
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return DatabaseError(
            f"Neo4j at {settings.uri} has no database {settings.database!r}; "
            "name one that exists with --database (Community Edition has only `neo4j`)"
        )
    return DatabaseError(f"Neo4j at {settings.uri}: {_one_line(error)}")


def _one_line(error: Exception) -> str:
    said = getattr(error, "message", None) or error
    return " ".join(str(said).split())
