"""Whom ``kg-builder explore`` answers, and what its answers carry."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from explore_server import Server, keep, serving
from view_graphs import small_graph

from kg_builder.explore.serving import warning


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(keep(small_graph(), tmp_path_factory.mktemp("guard") / "papers.kg")) as running:
        yield running


def test_without_the_token_nothing_is_told(server):
    reply = server.send("GET", f"{server.root}/", cookie=False)
    assert reply.status == 403
    assert "papers.kg" not in reply.text


@pytest.mark.parametrize("token", ["", "x", "é", "0" * 43])
def test_a_wrong_token_is_refused(server, token):
    reply = server.send("GET", f"{server.root}/?token={quote(token)}", cookie=False)
    assert reply.status == 403
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("cookie", ["kg-builder=", "kg-builder=wrong", "other=1", 'kg-builder="é'])
def test_a_wrong_cookie_is_refused(server, cookie):
    reply = server.send(
        "GET", f"{server.root}/", headers={"Cookie": cookie.encode().decode("latin-1")}, cookie=False
    )
    assert reply.status == 403


def test_the_token_is_changed_for_a_cookie_and_leaves_the_address(server):
    reply = server.send("GET", f"{server.root}/search?q=heron&token={server.token}", cookie=False)
    assert (reply.status, reply.headers["location"]) == (303, f"{server.root}/search?q=heron")
    cookie = reply.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert f"Path={server.root}" in cookie
    assert server.token not in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "[::1", ""]
)
def test_another_host_is_refused_though_the_cookie_is_right(server, host):
    reply = server.send("GET", f"{server.root}/", headers={"Host": host.format(port=server.port)})
    assert reply.status == 421


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_answered(server, host):
    reply = server.send("GET", f"{server.root}/", headers={"Host": host.format(port=server.port)})
    assert reply.status == 200


@pytest.mark.parametrize(
    "path", ["/", "/search?q=heron", "/none", "/static/explore.css", "/paper?id=none", "/query"]
)
def test_every_answer_is_fenced_in(server, path):
    headers = server.send("GET", server.root + path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control")]


def test_a_refusal_is_fenced_in_too(server):
    assert server.send("GET", "/", cookie=False).headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_script_of_their_own(server):
    text = server.get("/paper", id="arxiv:2401.00001").text
    assert text.count("<script") == text.count("<script src=")
    assert "<style" not in text
    assert " style=" not in text


def test_a_form_without_the_word_of_a_page_is_refused(server):
    reply = server.send("POST", f"{server.root}/query", {"cypher": "RETURN 1", "word": "0" * 64})
    assert reply.status == 403
    assert "This form" in reply.text


def test_a_form_of_another_site_is_refused(server):
    reply = server.send(
        "POST",
        f"{server.root}/query",
        {"cypher": "RETURN 1", "word": server.word},
        {"Sec-Fetch-Site": "cross-site"},
    )
    assert reply.status == 403


def test_a_form_of_more_than_a_megabyte_is_refused(server):
    assert server.ask("RETURN 1", parameters="x" * 1_100_000).status == 413


@pytest.mark.parametrize("path", ["/static/../guard.py", "/static/%2e%2e/guard.py", "/static//etc/passwd"])
def test_no_other_file_is_served(server, path):
    assert server.send("GET", server.root + path).status == 404


def test_nothing_is_changed_by_an_address(server):
    assert server.get("/renew").status == 405


def test_no_message_holds_the_token(server):
    server.send("GET", f"{server.root}/?token={server.token}", cookie=False)
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(f"GET /?token={server.token} \x00 HTTP/9\r\n\r\n".encode())
        assert b"400" in raw.recv(1000)
    said = server.errors.read_text()
    assert "reading the graph" in said
    assert server.token not in said


def test_opening_it_to_other_machines_is_warned_of():
    assert "other machines" in (warning("0.0.0.0") or "")
    assert "other machines" in (warning("192.168.1.2") or "")
    assert warning("127.0.0.1") is warning("::1") is warning("localhost") is None


@pytest.mark.parametrize("name", ["query", "diff", "nonsense"])
def test_a_view_that_needs_more_than_a_graph_is_neither_offered_nor_shown(server, name):
    offered = server.send("GET", f"{server.root}/view?name=overview")
    assert offered.status == 200
    assert f'value="{name}"' not in offered.text
    assert server.send("GET", f"{server.root}/view?name={name}").status == 404
