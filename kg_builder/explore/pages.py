"""What all pages have in common: templates, links, forms, the way through long lists, and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg_builder.errors import KgBuilderError
from kg_builder.explore.search import FOUND
from kg_builder.version import __version__
from kg_builder.views.captions import printable
from kg_builder.views.links import web_link
from kg_builder.views.palette import look
from kg_builder.views.wording import wording

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg_builder.explore.application import Explorer

HERE = Path(__file__).parent

#: Bytes of a form.
_LARGEST_FORM = 1024**2


class RefusedError(Exception):
    """A request that cannot be answered, with what to tell."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long list.

    Args:
        page: its number, from 1.
        size: how many entries a page has.
        total: how many entries there are.
        address: the address of the list, to which the number of a page is added.
    """

    page: int
    size: int
    total: int
    address: str

    @property
    def first(self) -> int:
        """How many entries come before it."""
        return (self.page - 1) * self.size

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, ceil(self.total / self.size))


def explorer_of(request: Request) -> Explorer:
    """What the pages share."""
    found: Explorer = request.app.state.explorer
    return found


def shown(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """A page from its template."""
    explorer = explorer_of(request)
    about = {
        "root": explorer.allowed.root,
        "form_word": explorer.allowed.form_word,
        "graph_name": explorer.origin.name,
        "outdated": explorer.snapshot.is_outdated,
        "version": __version__,
        "kinds": FOUND,
        "path": request.url.path.removeprefix(explorer.allowed.root),
        "q": "",
    }
    return HTMLResponse(_templates().get_template(template).render(**{**about, **values}), status)


def address(request: Request, path: str, **values: object) -> str:
    """An address of this server."""
    given = {k: v for k, v in values.items() if v not in (None, "")}
    return explorer_of(request).allowed.root + path + (f"?{urlencode(given)}" if given else "")


def redirect(request: Request, path: str, **values: object) -> Response:
    """Send the browser on."""
    return RedirectResponse(address(request, path, **values), 303)


def page_number(request: Request) -> int:
    """The page of a list that is asked for; the first where that makes no sense."""
    given = request.query_params.get("page", "1")
    return (
        min(max(int(given), 1), 10_000_000) if given.isascii() and given.isdigit() and len(given) < 9 else 1
    )


async def posted(request: Request) -> dict[str, str]:
    """The fields of a form, which must come from a page of this server.

    Raises:
        RefusedError: it does not, or is too large.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            raise RefusedError(413, "The form is larger than 1 MB.")
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if not explorer_of(request).allowed.is_form_word(fields.pop("word", "")):
        raise RefusedError(
            403, "This form is of no page of this server, or of an earlier start; load the page again."
        )
    return fields


async def refused(request: Request, error: Exception) -> Response:
    """A page that says what is wrong."""
    if isinstance(error, RefusedError):
        status, reason = error.status, str(error)
    elif isinstance(error, KgBuilderError):
        status, reason = 400, str(error)
    elif isinstance(error, HTTPException):
        status, reason = (
            error.status_code,
            "There is no such page." if error.status_code == 404 else error.detail,
        )
    else:
        status, reason = 500, "Something failed that should not have; the terminal says more."
    return shown(request, "refused.html.j2", status, title="This did not work", reason=reason)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["query"] = _query
    environment.filters["plain"] = printable
    environment.globals.update(wording=wording, web_link=web_link, look=look)
    return environment


def _query(values: Mapping[str, object]) -> str:
    # A lone surrogate stands in no address.
    return urlencode({k: str(v).encode("utf-8", "replace") for k, v in values.items() if v is not None})
