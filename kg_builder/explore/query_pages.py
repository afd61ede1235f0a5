"""Pages of queries: the library with its forms, any Cypher that only reads, and the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from kg_builder.errors import KgBuilderError, QueryError
from kg_builder.explore.answers import GivenAnswer, as_csv, as_json, shown_cell
from kg_builder.explore.pages import (
    Part,
    RefusedError,
    address,
    explorer_of,
    page_number,
    posted,
    redirect,
    shown,
)
from kg_builder.explore.view_pages import DRAWING, FRAMED
from kg_builder.stores.query_library import LibraryQuery, library_queries, library_query
from kg_builder.stores.read_only import check_query
from kg_builder.stores.rows import Rows

_ROWS = 100
_EXAMPLE = "MATCH (p:Paper)-[r:COMPARES_WITH]->(m:Model)\nRETURN p, r, m\nORDER BY p.votes DESC\nLIMIT 25\n"
_FORM_FIELDS = "p."


def query_form(request: Request) -> Response:
    """The form of a query of the library, or the box for Cypher."""
    return _form(request, {"cypher": _EXAMPLE, **request.query_params})


def _form(request: Request, asked: dict[str, str], wrong: str | None = None) -> Response:
    name = asked.get("name")
    chosen: LibraryQuery | None = None
    if name:
        try:
            chosen = library_query(name)
        except QueryError as error:
            raise RefusedError(404, str(error)) from error
    return shown(
        request,
        "query.html.j2",
        400 if wrong else 200,
        library=list(library_queries().values()),
        chosen=chosen,
        asked=asked,
        wrong=wrong,
        limits=explorer_of(request).limits,
        on_neo4j=explorer_of(request).neo4j is not None,
    )


async def ask(request: Request) -> Response:
    """Ask, keep the answer, and show it at an address of its own."""
    asked = await posted(request)
    explorer = explorer_of(request)
    try:
        cypher, parameters, title, description = _question(asked)
        check_query(cypher, parameters)
        job = {
            "kind": "query",
            "name": asked.get("name") or None,
            "cypher": cypher,
            "parameters": parameters,
            "rows": explorer.limits.rows,
        }
        began = monotonic()
        given = await explorer.workers.ask(job, explorer.limits.seconds)
    except KgBuilderError as error:
        return _form(request, asked, str(error))
    # A query of the library is known to be right: what an engine finds odd about it is of no use here.
    told = (*given["notes"], *([] if asked.get("name") else given["warnings"]))
    rows = Rows(tuple(given["columns"]), given["rows"], given["truncated"], notes=told)
    key = explorer.answers.keep(GivenAnswer(rows, title, description, asked, monotonic() - began))
    return redirect(request, "/answer", key=key)


def _question(asked: dict[str, str]) -> tuple[str, dict[str, Any], str, str]:
    """Text, parameters, title and description of what a form asks."""
    given = {k.removeprefix(_FORM_FIELDS): v for k, v in asked.items() if k.startswith(_FORM_FIELDS)}
    if asked.get("name"):
        known = library_query(asked["name"])
        # An empty field leaves the default, which for a text may be nothing.
        values = known.values({k: v for k, v in given.items() if v != ""})
        return known.cypher, values, known.title, known.description
    text = asked.get("parameters", "").strip() or "{}"
    try:
        parameters = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise QueryError(
            f'the parameters are no JSON ({error}); write them as {{"name": "GPT-4o"}}'
        ) from error
    if not isinstance(parameters, dict):
        raise QueryError('the parameters are no JSON object; write them as {"name": "GPT-4o"}')
    return asked.get("cypher", ""), parameters, "Answer", asked.get("cypher", "")


def answer(request: Request) -> Response:
    """An answer as a table, page by page."""
    given, key = _kept(request)
    part = Part(page_number(request), _ROWS, len(given.rows.rows), address(request, "/answer", key=key))
    rows = given.rows.rows[part.first : part.first + part.size]
    return shown(
        request,
        "answer.html.j2",
        answer=given,
        key=key,
        part=part,
        cells=[[shown_cell(value) for value in row] for row in rows],
    )


async def answer_graph(request: Request) -> Response:
    """An answer as a graph: the page of a view."""
    given, key = _kept(request)
    explorer = explorer_of(request)
    cached = (explorer.snapshot.file.state, "answer", key)
    page = explorer.drawn.get(cached)
    if page is None:
        job = {
            "kind": "answer",
            "columns": given.rows.columns,
            "rows": given.rows.rows,
            "truncated": given.rows.truncated,
            "title": given.title,
            "description": given.description,
        }
        page = (await explorer.workers.ask(job, DRAWING))["html"]
        explorer.keep_drawn(cached, page)
    return HTMLResponse(page, headers=FRAMED)


def _download(
    kind: str, media: str, write: Callable[[Rows], Iterator[bytes]]
) -> Callable[[Request], Response]:
    def download(request: Request) -> Response:
        given, _ = _kept(request)
        headers = {"Content-Disposition": f'attachment; filename="answer.{kind}"'}
        return StreamingResponse(write(given.rows), media_type=media, headers=headers)

    return download


def _kept(request: Request) -> tuple[GivenAnswer, str]:
    key = request.query_params.get("key", "")
    given = explorer_of(request).answers.get(key)
    if given is None:
        raise RefusedError(404, "This answer is no longer kept; ask again.")
    return given, key


ROUTES = [
    Route("/query", query_form, methods=["GET"]),
    Route("/query", ask, methods=["POST"]),
    Route("/answer", answer),
    Route("/answer/graph", answer_graph),
    Route("/answer.csv", _download("csv", "text/csv; charset=utf-8", as_csv)),
    Route("/answer.json", _download("json", "application/json", as_json)),
]
