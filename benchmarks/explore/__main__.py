"""Measure explore on a graph of a million nodes: ``python -m benchmarks.explore [--papers N] [--folder FOLDER]``.

A workspace is made up, the real server started on it, and asked over HTTP as a browser asks; the median and the
slowest of several rounds are printed, each round asking for something else, so that no cache answers.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from benchmarks.explore.made_workspace import make_workspace

_ROUNDS = 7


class _Browser:
    """Signs in with the printed address, and asks for pages."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._port, self._root = int(parts.port or 0), parts.path.rstrip("/")
        _, headers, _ = self._ask("GET", f"{parts.path}?{parts.query}", {})
        self._cookie = {"Cookie": headers["set-cookie"].partition(";")[0]}

    def get(self, path: str, **values: str) -> str:
        """A page, which must be there."""
        status, _, text = self._ask(
            "GET", f"{self._root}{path}" + (f"?{urlencode(values)}" if values else ""), self._cookie
        )
        assert status == 200, (path, values, status)
        return text

    def query(self, cypher: str) -> None:
        """Ask in Cypher; the answer must come."""
        word = re.search(r'name="word" value="(\w+)"', self.get("/query"))
        assert word is not None
        body = urlencode({"word": word[1], "cypher": cypher})
        status, _, text = self._ask("POST", f"{self._root}/query", self._cookie, body)
        assert status == 303, (cypher, re.findall(r'role="alert">([^<]*)', text))

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = {k.lower(): v for k, v in answer.getheaders()}
        return answer.status, found, answer.read().decode()


def _told(what: str, ask: Callable[[int], object]) -> None:
    spent = []
    for number in range(_ROUNDS):
        began = time.perf_counter()
        ask(number)
        spent.append(time.perf_counter() - began)
    print(f"{what:32} {statistics.median(spent) * 1000:8.0f} ms {max(spent) * 1000:8.0f} ms", flush=True)


def _measure(browser: _Browser, papers: int) -> None:
    names = ("kamori", "누리", "velxor dan", "zen", "tesu quite", "a1234", "rino")
    typos = ("kamroi", "velxro", "quikka", "zenluu", "perzne", "surino1", "danxorx")
    print(f"{'':32} {'median':>11} {'slowest':>11}")
    _told("beginning", lambda _: browser.get("/"))
    _told("offers while typing", lambda n: browser.get("/offers", q=names[n]))
    _told("search", lambda n: browser.get("/search", q=names[n]))
    _told("search with a mistake", lambda n: browser.get("/search", q=typos[n]))
    _told("paper", lambda n: browser.get("/paper", id=f"arxiv:{papers * n // _ROUNDS}"))
    _told("author", lambda n: browser.get("/author", id=f"name:a{papers * n // _ROUNDS}"))
    _told("model", lambda n: browser.get("/model", id=f"m{papers // 10 * n // _ROUNDS}"))
    _told("benchmark, leaderboard", lambda n: browser.get("/benchmark", id=f"b{papers // 50 - 1 - n}"))
    _told("metric of 5 % of the results", lambda n: browser.get("/metric", id=f"metric{n}"))
    _told(
        "its results, page 50",
        lambda n: browser.get(
            "/results", label="Metric", id=f"metric{n}", type="MEASURES", way="in", page="50"
        ),
    )
    _told(
        "view of a paper", lambda n: browser.get("/view/page", name="paper", focus=f"arxiv:{papers - 1 - n}")
    )
    _told(
        "Cypher, one paper",
        lambda n: browser.query(f"MATCH (p:Paper {{id: 'arxiv:{n}'}})-[r]-(x) RETURN p, r, x"),
    )
    _told(
        "Cypher, all papers counted",
        lambda n: browser.query(f"MATCH (p:Paper) WHERE p.votes > {n} RETURN count(p)"),
    )


def main() -> None:
    """Make the workspace, start the server, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=200_000, help="five nodes each")
    parser.add_argument("--folder", type=Path, help="where the workspace is kept for the next time")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        graph = (given.folder or Path(scratch)) / f"made-{given.papers}.kg"
        if not graph.exists():
            make_workspace(graph, given.papers)
        began = time.perf_counter()
        command = [sys.executable, "-m", "kg_builder", "explore", "-g", str(graph), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                browser = _Browser(server.stdout.readline().strip())
                print(f"ready after {time.perf_counter() - began:.1f} s")
                began = time.perf_counter()
                browser.query("RETURN 1 AS x")
                print(f"first query answered {time.perf_counter() - began:.1f} s after that")
                _measure(browser, given.papers)
                held = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
                print("memory of the server:", re.findall(r"VmRSS:\s+(\d+) kB", held)[0], "kB")
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
