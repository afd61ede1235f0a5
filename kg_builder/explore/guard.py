"""The guard before the application: whom it answers, and what every answer carries.

A page of the wide web can make a browser ask any address of this machine. So a request is answered only when it
names this server as its host (which a name that was rebound to 127.0.0.1 does not), and when it brings the token
of this start, in the address at first and in a cookie from then on. The cookie lies below a path that differs
with each start, since a browser sends cookies to every port of a machine. What changes something is sent by a
form, and must bring the word that only a page of this server can know.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kg-builder"

#: For every answer; a page that needs more says so itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Pass:
    """What one start of the server asks for.

    Args:
        token: in the address that is opened.
        session: in the cookie that the token is changed for.
        place: the first part of every path.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    place: str = field(default_factory=lambda: secrets.token_hex(6))

    @property
    def root(self) -> str:
        """The path below which everything lies, without a ``/`` at its end."""
        return f"/{self.place}"

    @property
    def form_word(self) -> str:
        """What every form carries, so that no other page can send one."""
        return hmac.new(self.session.encode(), b"form", hashlib.sha256).hexdigest()

    def is_form_word(self, given: str) -> bool:
        """Whether a form came from a page of this server."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.form_word.encode())


class Guard:
    """Let through what may be answered, and put the headers on the answer.

    Args:
        app: the application.
        allowed: token, cookie and path of this start.
        host: the address that the server listens at.
        port: its port.
    """

    def __init__(self, app: ASGIApp, allowed: Pass, host: str, port: int) -> None:
        self._app = app
        self._pass = allowed
        self._port = port
        self._hosts = {host.lower().strip("[]"), "localhost"}
        self._is_open = not _is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, _dressed(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead; ``None`` where the request may pass."""
        headers = Headers(scope=scope)
        if not self._is_this_host(headers.get("host", "")):
            return PlainTextResponse("This is not the host that was asked for.\n", 421)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and scope["method"] != "GET":
            return PlainTextResponse("Another site may not send anything here.\n", 403)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        if "token" in query and hmac.compare_digest(query["token"].encode(), self._pass.token.encode()):
            return self._welcome(scope, query)
        if not self._has_cookie(headers):
            return PlainTextResponse(
                "kg-builder explore: open the address that the command has printed; it holds this start's token.\n",
                403,
            )
        return None

    def _is_this_host(self, named: str) -> bool:
        host, _, port = named.lower().rpartition(":")
        if port != str(self._port):
            # The port may be left out where it is HTTP's own.
            if self._port != 80 or named.lower().rpartition("]")[2].count(":"):
                return False
            host = named.lower()
        host = host.strip("[]")
        if host in self._hosts:
            return True
        # A name can be bound to any address by whoever owns it; an address cannot.
        return _is_loopback(host) or (self._is_open and _is_address(host))

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        given = cookie.value if cookie else ""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._pass.session.encode())

    def _welcome(self, scope: Scope, query: dict[str, str]) -> Response:
        """Change the token for the cookie, so that it stays in no address, no history and no bookmark."""
        rest = urlencode({k: v for k, v in query.items() if k != "token"})
        path = scope["path"] if scope["path"].startswith(self._pass.root + "/") else f"{self._pass.root}/"
        response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        response.set_cookie(
            COOKIE, self._pass.session, path=self._pass.root, httponly=True, samesite="strict"
        )
        return response


def _dressed(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return dressed


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    return _is_loopback(host.lower().strip("[]"))
