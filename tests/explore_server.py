"""A real ``kg-builder explore`` in a process of its own, and a client that speaks to it as a browser would."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyarrow as pa

from kg_builder.graph import Graph
from kg_builder.workspace import Workspace
from kg_builder.workspace.tables import node_table, relationship_table


def keep(graph: Graph, path: Path) -> Path:
    """Write a graph into a workspace of its own."""
    with Workspace(path, writable=True) as made, made.transaction() as connection:
        for table, batches in [
            *((node_table(label), graph.nodes(label)) for label in graph.schema.labels),
            *((relationship_table(kind), graph.relationships(kind)) for kind in graph.schema.relationships),
        ]:
            for batch in batches:
                connection.register("incoming", pa.Table.from_batches([batch]))
                connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
                connection.unregister("incoming")
        made.mark_graph_fresh()
    return path


@dataclass
class Reply:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Server:
    """A running application, with the cookie of somebody who has opened its address."""

    process: subprocess.Popen[str]
    address: str
    folder: Path
    cookie: str = ""
    word: str = ""
    errors: Path = field(default=Path())

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    @property
    def root(self) -> str:
        """The first part of every path, without a ``/`` at its end."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        cookie: bool = True,
    ) -> Reply:
        """One request, whatever it answers; nothing is followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent = {"Cookie": self.cookie} if cookie else {}
        text = None
        if body is not None:
            text = urlencode(body)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, text, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Reply(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8")
            )
        finally:
            connection.close()

    def get(self, path: str, **values: str) -> Reply:
        """A page below the root."""
        return self.send("GET", self.root + path + (f"?{urlencode(values)}" if values else ""))

    def post(self, path: str, **fields: str) -> Reply:
        """A form as a page of the server holds it, and what it leads to."""
        reply = self.send("POST", self.root + path, {"word": self.word, **fields})
        return self.send("GET", reply.headers["location"]) if reply.status == 303 else reply

    def ask(self, cypher: str, **fields: str) -> Reply:
        """The answer to a query, as the page shows it."""
        return self.post("/query", cypher=cypher, **fields)

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def serving(graph: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start the command, sign in, and end it afterwards."""
    scratch = graph.parent / f"{graph.stem}-scratch"
    scratch.mkdir(exist_ok=True)
    errors = scratch / "stderr"
    command = [sys.executable, "-m", "kg_builder", "explore", "-g", str(graph), "--port", "0", *options]
    with errors.open("w") as stream:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            env={**os.environ, "TMPDIR": str(scratch), **(environment or {})},
        )
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), errors.read_text()
            server = Server(process, address, scratch, errors=errors)
            welcome = server.send("GET", f"{server.root}/?token={server.token}", cookie=False)
            server.cookie = welcome.headers["set-cookie"].partition(";")[0]
            found = re.search(r'name="word" value="(\w+)"', server.get("/query").text)
            assert found is not None
            server.word = found[1]
            yield server
        finally:
            if process.poll() is None:
                process.kill()
                process.wait(20)
            if process.stdout is not None:
                process.stdout.close()
