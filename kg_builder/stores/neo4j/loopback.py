"""Where a local server listens, and whether it speaks Bolt there yet."""

from __future__ import annotations

import socket
from contextlib import closing

from kg_builder.errors import LocalServerError

LOOPBACK = "127.0.0.1"

#: Bolt's own port, taken where it is free.
BOLT_PORT = 7687

# Magic number, then four offers: 5.4 and the three below it, and three times nothing.
_BOLT_HANDSHAKE = b"\x60\x60\xb0\x17" + b"\x00\x04\x04\x05" + b"\x00\x00\x00\x00" * 3


def free_port() -> int:
    """Bolt's own port where nothing listens there, else any free one.

    Raises:
        LocalServerError: there is none.
    """
    for wanted in (BOLT_PORT, 0):
        with closing(socket.socket()) as probe:
            try:
                probe.bind((LOOPBACK, wanted))
            except OSError:
                continue
            port: int = probe.getsockname()[1]
            return port
    raise LocalServerError("this machine has no free port for Neo4j")


def is_taken(port: int) -> bool:
    """Whether somebody listens at a port."""
    with closing(socket.socket()) as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


def speaks_bolt(port: int) -> bool:
    """Whether a Bolt handshake succeeds: an open port alone could be anything, or not ready yet."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.settimeout(5)
            connection.sendall(_BOLT_HANDSHAKE)
            return connection.recv(4)[-1:] == b"\x05"
    except OSError:
        return False
