"""Views on demand: a form for what is wanted, and the page of the view in a frame of its own."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg_builder.explore.pages import RefusedError, address, explorer_of, shown
from kg_builder.views.selection import NEEDING_MORE, VIEWS

#: Seconds in which a picture must be drawn.
DRAWING = 60.0

#: A view's page brings its own policy, which names its scripts by hash. Beyond that it lives in a sandbox: as of
#: an origin of its own, it has no cookie and reads nothing of this server.
FRAMED = {
    "Content-Security-Policy": "sandbox allow-scripts allow-downloads allow-popups "
    "allow-popups-to-escape-sandbox; connect-src 'none'; object-src 'none'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'",
}

#: Views that need to be told what they are about.
_ABOUT = ("paper", "model", "benchmark")


def view(request: Request) -> Response:
    """A view, with the form to ask for another."""
    wanted = {k: request.query_params.get(k, "").strip() for k in ("name", "focus", "source", "target")}
    name = wanted["name"] = wanted["name"] or "overview"
    if name not in VIEWS or name in NEEDING_MORE:
        raise RefusedError(404, f"There is no view {name[:100]!r}.")
    missing = (name in _ABOUT and not wanted["focus"]) or (
        name == "path" and not (wanted["source"] and wanted["target"])
    )
    return shown(
        request,
        "view.html.j2",
        views={n: what.partition(" (--")[0] for n, what in VIEWS.items() if n not in NEEDING_MORE},
        wanted=wanted,
        drawn=None if missing else address(request, "/view/page", **wanted),
    )


async def view_page(request: Request) -> Response:
    """The page of a view."""
    explorer = explorer_of(request)
    wish = {k: request.query_params.get(k) or None for k in ("focus", "source", "target")}
    name = request.query_params.get("name", "overview")
    # With the state: what was drawn of an older one is not shown for the new.
    cached = (explorer.snapshot.file.state, name, *wish.values())
    page = explorer.drawn.get(cached)
    if page is None:
        page = (await explorer.workers.ask({"kind": "view", "view": name, "wish": wish}, DRAWING))["html"]
        explorer.keep_drawn(cached, page)
    return HTMLResponse(page, headers=FRAMED)


ROUTES = [Route("/view", view), Route("/view/page", view_page)]
