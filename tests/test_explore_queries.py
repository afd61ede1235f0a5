"""Queries in ``kg-builder explore``: read-only, bounded, and unable to take anything down but their worker."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from attacks import attacks
from explore_server import Reply, Server, keep, serving
from view_graphs import small_graph

#: Seconds that a query may take on the server of these tests, and rows that it may give.
SECONDS, ROWS = 3, 50

#: Far more work than any machine does in time, whatever the engine makes of it.
ENDLESS = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c "
    "RETURN sum(a * b * c) AS s"
)
DOUBLING = "WITH reduce(s = 'aaaaaaaa', i IN range(1, 60) | s + s) AS s RETURN size(s)"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    graph = keep(small_graph(), tmp_path_factory.mktemp("queries") / "papers.kg")
    with serving(graph, "--timeout", str(SECONDS), "--rows", str(ROWS)) as running:
        yield running


def wrong(reply: Reply) -> str:
    """What the page says is wrong with a query."""
    found = re.search(r'class="wrong" role="alert">([^<]*)<', reply.text)
    assert found is not None, reply.text
    return found[1]


def key_of(reply: Reply) -> str:
    found = re.search(r"answer\.csv\?key=(\w+)", reply.text)
    assert found is not None, reply.text
    return found[1]


def test_cypher_is_answered_as_a_table_with_ways_to_what_it_names(server):
    reply = server.ask("MATCH (p:Paper)-[r:COMPARES_WITH]->(m) RETURN p, m, r.confidence AS sure")
    assert reply.status == 200
    assert f'href="{server.root}/model?id=heron-7b">Heron-7B</a>' in reply.text
    assert '<td class="number">0.6</td>' in reply.text


def test_parameters_of_cypher_are_json(server):
    reply = server.ask("RETURN $name AS name", parameters='{"name": "왜가리"}')
    assert "<td>왜가리</td>" in reply.text
    assert "no JSON" in wrong(server.ask("RETURN 1 AS x", parameters="{name"))


def test_a_query_of_the_library_has_a_field_for_each_parameter_with_its_default(server):
    text = server.get("/query", name="leaderboard").text
    assert re.search(r'<input id="p-benchmark" name="p.benchmark" value="" [^>]*required', text)
    assert re.search(r'<input id="p-limit" name="p.limit" value="50"', text)


def test_a_query_of_the_library_is_answered(server):
    reply = server.post("/query", name="leaderboard", **{"p.benchmark": "ReadBench", "p.limit": ""})
    assert reply.text.index("80.25") < reply.text.index("71.5")


def test_a_name_in_another_spelling_is_understood_and_told(server):
    reply = server.post("/query", name="leaderboard", **{"p.benchmark": "Read Bench"})
    assert "taken for ReadBench" in reply.text
    assert "80.25" in reply.text


def test_what_is_missing_is_said_and_what_was_typed_stays(server):
    reply = server.post("/query", name="leaderboard", **{"p.metric": "acc<uracy"})
    assert (reply.status, wrong(reply)) == (
        400,
        "query leaderboard needs benchmark; it takes benchmark, metric, limit",
    )
    assert 'value="acc&lt;uracy"' in reply.text


@pytest.mark.parametrize("attack", attacks())
def test_what_would_do_more_than_read_is_refused(server, attack):
    reply = server.ask(attack)
    assert reply.status == 400
    assert wrong(reply)


def test_the_answer_holds_no_more_rows_than_allowed_and_says_so(server):
    reply = server.ask("UNWIND range(1, 1000) AS n RETURN n")
    assert f"{ROWS} rows" in reply.text
    assert "there are more than may be shown" in reply.text


def test_an_answer_is_downloaded_as_csv_and_as_json(server):
    key = key_of(
        server.ask("MATCH (p:Paper) RETURN p.title AS title, p.votes AS votes, p ORDER BY p.votes DESC")
    )
    sheet = server.get("/answer.csv", key=key)
    lines = list(csv.reader(io.StringIO(sheet.text)))
    assert lines[0] == ["title", "votes", "p"]
    assert lines[1][:2] == ["SwiftNet: Small Models Read Faster", "40"]
    assert json.loads(lines[1][2])["id"] == "Paper/arxiv:2401.00001"
    assert sheet.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    rows = json.loads(server.get("/answer.json", key=key).text)
    assert [row["title"] for row in rows] == ["SwiftNet: Small Models Read Faster", "느린 모델에 대하여"]


def test_a_spreadsheet_finds_no_formula_in_a_text(server):
    key = key_of(server.ask("RETURN '=1+1' AS a, '@x' AS b, -5 AS c"))
    assert server.get("/answer.csv", key=key).text == "a,b,c\n'=1+1,'@x,-5\n"


def test_an_answer_is_drawn_as_the_page_of_a_view_in_a_sandbox(server):
    key = key_of(server.ask("MATCH (p:Paper)-[r:INTRODUCES]->(m) RETURN p, r, m"))
    drawn = server.get("/answer/graph", key=key)
    assert "Here SwiftNet is presented" in drawn.text
    policy = drawn.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts ")
    assert "allow-same-origin" not in policy
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in drawn.text.replace(
        "&#39;", "'"
    )


def test_the_values_of_an_answer_that_name_nodes_are_drawn_too(server):
    key = key_of(server.post("/query", name="top-papers"))
    assert "느린 모델에 대하여" in server.get("/answer/graph", key=key).text


def test_an_answer_that_is_no_longer_kept_is_not_found(server):
    assert server.get("/answer", key="0123456789abcdef").status == 404


def test_a_query_that_takes_too_long_is_ended_while_others_are_answered(server):
    server.ask("RETURN 1 AS x")
    with ThreadPoolExecutor() as pool:
        began = time.monotonic()
        endless = pool.submit(server.ask, ENDLESS)
        time.sleep(0.3)
        assert '<td class="number">1</td>' in server.ask("RETURN 1 AS x").text
        assert "Heron-7B" in server.get("/search", q="heron").text
        assert not endless.done()
        assert "ended" in wrong(endless.result())
    # Its own time, that of the process which is ended, and that of a new one which had to start.
    assert time.monotonic() - began < 45


def test_a_query_that_eats_memory_takes_down_its_worker_alone(server):
    assert "ended" in wrong(server.ask(DOUBLING))
    assert '<td class="number">2</td>' in server.ask("MATCH (p:Paper) RETURN count(p) AS papers").text


@pytest.mark.parametrize("deep", ["NOT " * 20_000 + "true", "-" * 20_000 + "1", "1" + " + 1" * 20_000])
def test_a_query_that_is_too_deep_takes_down_its_worker_alone(server, deep):
    server.ask(f"RETURN {deep} AS x")
    assert '<td class="number">2</td>' in server.ask("MATCH (p:Paper) RETURN count(p) AS papers").text
    assert server.process.poll() is None


def test_an_answer_of_huge_rows_is_cut(server):
    reply = server.ask(
        "UNWIND range(1, 40) AS i WITH reduce(s = 'aaaaaaaa', j IN range(1, 17) | s + s) AS s, i RETURN s, i"
    )
    assert "there are more than may be shown" in reply.text
