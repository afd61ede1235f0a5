"""Which addresses a page may link to."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_link(address: object) -> str | None:
    """The address where it is one of the web, else nothing: a source may have written anything there.

    >>> web_link("https://arxiv.org/abs/2412.15118")
    'https://arxiv.org/abs/2412.15118'
    >>> web_link("javascript:alert(1)"), web_link("https:evil"), web_link(None)
    (None, None, None)
    """
    if not isinstance(address, str) or any(c <= " " or c == "\x7f" for c in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
