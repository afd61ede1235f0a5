"""Pages of things: the beginning, what a search finds, and one paper, author, model, benchmark or other thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg_builder.explore import catalogue, leaderboard
from kg_builder.explore.catalogue import Section, Thing
from kg_builder.explore.family import variants, wider_names
from kg_builder.explore.pages import (
    Part,
    RefusedError,
    address,
    explorer_of,
    page_number,
    redirect,
    shown,
)
from kg_builder.explore.passages import passages
from kg_builder.explore.search import FOUND, search
from kg_builder.explore.snapshot import SnapshotFile
from kg_builder.views.selection import NEEDING_MORE, VIEWS

#: Entries of a section on the page of a thing, and on a page of their own.
_FEW, _MANY = 10, 100
#: Hits of a search on a page, and offered while one types.
_HITS, _OFFERED = 30, 8
#: Results shown on the page of a thing.
_RESULTS = 25

#: How an author is known to be one person, in words.
IDENTITIES = {
    "source": "A source gives this person an id of their own.",
    "curated": "Someone has decided which papers are this person's; see kg-builder people why.",
    "name": "Only the name tells: people of the same name may be mixed up here. See kg-builder people suggest.",
}
#: The view that shows a thing, by its label.
VIEW_OF = {"Paper": "paper", "Model": "model", "Method": "model", "Benchmark": "benchmark"}

#: The results of a thing, by the way in which they are its own.
_RESULTS_OF = {
    "Paper": (("REPORTS", True, "Results"),),
    "Model": (("OF", False, "Results"), ("AGAINST", False, "Results against it")),
    "Method": (("OF", False, "Results"), ("AGAINST", False, "Results against it")),
    "Metric": (("MEASURES", False, "Results"),),
}
#: Relationships that a page tells in another way.
_TOLD_ELSEWHERE = {"HAS_PASSAGE", "REPORTS", "OF", "ON", "AGAINST", "MEASURES", "VARIANT_OF"}


def home(request: Request) -> Response:
    """The beginning: what there is, and the most important of each kind."""
    snapshot = explorer_of(request).snapshot.file
    counts = catalogue.counts(snapshot)
    top = {kind: catalogue.most_important(snapshot, kind, most=6) for kind in FOUND[:6] if kind in counts}
    return shown(request, "home.html.j2", counts=counts, top=top, views=_views())


def _views() -> Mapping[str, str]:
    return {name: what.replace(" (--focus)", "") for name, what in VIEWS.items() if name not in NEEDING_MORE}


def found(request: Request) -> Response:
    """What a search finds, page by page."""
    text, kind = request.query_params.get("q", "").strip(), request.query_params.get("kind") or None
    if kind not in FOUND:
        kind = None
    if not text and kind is None:
        return redirect(request, "/")
    snapshot = explorer_of(request).snapshot.file
    page = page_number(request)
    if not text and kind is not None:
        total = catalogue.counts(snapshot).get(kind, 0)
        part = Part(page, _HITS, total, address(request, "/search", kind=kind))
        hits: Any = catalogue.most_important(snapshot, kind, part.first, _HITS)
        return shown(request, "search.html.j2", text="", kind=kind, hits=hits, spelled=None, part=part)
    answer = search(snapshot, text, label=kind, first=(page - 1) * _HITS, most=_HITS)
    part = Part(page, _HITS, answer.total, address(request, "/search", q=text, kind=kind))
    return shown(
        request,
        "search.html.j2",
        text=text,
        q=text,
        kind=kind,
        hits=answer.hits,
        spelled=answer.spelled,
        part=part,
    )


def offered(request: Request) -> Response:
    """What is offered while one types, as JSON."""
    snapshot = explorer_of(request).snapshot.file
    answer = search(snapshot, request.query_params.get("q", ""), most=_OFFERED)
    hits = [
        {"label": h.label, "name": h.name[:200], "address": address(request, f"/{h.label.lower()}", id=h.id)}
        for h in answer.hits
    ]
    return JSONResponse({"hits": hits, "total": answer.total, "spelled": answer.spelled})


def thing_page(label: str) -> Callable[[Request], Response]:
    """The page of a thing of a label."""

    def page(request: Request) -> Response:
        snapshot = explorer_of(request).snapshot.file
        about = _asked(request, snapshot, label)
        told = {
            "thing": about,
            "results": list(_results(request, snapshot, about)),
            "sections": [
                catalogue.section(snapshot, about, s.type, s.leaving, most=_FEW)
                for s in _sections(snapshot, about)
            ],
            "identity": IDENTITIES.get(about.properties.get("identity", "")) if label == "Author" else None,
            "view": VIEW_OF.get(label),
            "wider": [],
            "variants": ([], 0),
            "boards": [],
            "passages": passages(snapshot, about) if label == "Paper" else [],
        }
        if label == "Model":
            told |= {"wider": wider_names(snapshot, about), "variants": variants(snapshot, about)}
        if label == "Benchmark":
            told["boards"] = leaderboard.boards(snapshot, about)
            told["board"] = _board(request, snapshot, about)
            told["unranked"] = leaderboard.unranked(snapshot, about)
        return shown(request, "thing.html.j2", **told)

    return page


def _asked(request: Request, snapshot: SnapshotFile, label: str) -> Thing:
    identifier = request.query_params.get("id", "")
    about = catalogue.thing(snapshot, label, identifier.encode("utf-8", "replace").decode("utf-8"))
    if about is None:
        raise RefusedError(404, f"The graph has no {label.lower()} with the id {identifier[:200]!r}.")
    return about


def _sections(snapshot: SnapshotFile, about: Thing) -> list[Section]:
    return [s for s in catalogue.sections(snapshot, about) if s.type not in _TOLD_ELSEWHERE]


def _results(request: Request, snapshot: SnapshotFile, about: Thing) -> Any:
    for type_, leaving, heading in _RESULTS_OF.get(about.label, ()):
        rows, total = catalogue.results(snapshot, about, type_, leaving, most=_RESULTS)
        if total:
            more = address(
                request, "/results", label=about.label, id=about.id, type=type_, way=_WAYS[leaving]
            )
            yield {"heading": heading, "rows": rows, "total": total, "more": more}


def _board(request: Request, snapshot: SnapshotFile, about: Thing) -> dict[str, Any] | None:
    """One leaderboard: that of the metric asked for, else the longest."""
    boards = leaderboard.boards(snapshot, about)
    if not boards:
        return None
    asked = (request.query_params.get("metric"), request.query_params.get("unit") or None)
    chosen = next((b for b in boards if (b.metric, b.unit) == asked), boards[0])
    where = address(request, "/benchmark", id=about.id, unit=chosen.unit)
    part = Part(page_number(request), _RESULTS, chosen.total, f"{where}&metric={_quoted(chosen.metric)}")
    return {
        "board": chosen,
        "rows": leaderboard.ranked(snapshot, about, chosen, part.first, part.size),
        "part": part,
    }


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


#: How an address tells the direction of relationships.
_WAYS = {True: "out", False: "in", None: "both"}


def section_page(request: Request) -> Response:
    """All relationships of a type that a thing has, page by page."""
    snapshot = explorer_of(request).snapshot.file
    about = _asked(request, snapshot, request.query_params.get("label", ""))
    type_, leaving = _relationship(request, snapshot)
    page = page_number(request)
    held = catalogue.section(snapshot, about, type_, leaving, (page - 1) * _MANY, _MANY)
    where = address(request, "/section", label=about.label, id=about.id, type=type_, way=_WAYS[leaving])
    total = next(
        (s.total for s in catalogue.sections(snapshot, about) if (s.type, s.leaving) == (type_, leaving)), 0
    )
    part = Part(page, _MANY, total, where)
    return shown(request, "section.html.j2", thing=about, section=held, part=part)


def results_page(request: Request) -> Response:
    """All results of a thing, page by page."""
    snapshot = explorer_of(request).snapshot.file
    about = _asked(request, snapshot, request.query_params.get("label", ""))
    type_, leaving = _relationship(request, snapshot)
    page = page_number(request)
    rows, total = catalogue.results(snapshot, about, type_, bool(leaving), (page - 1) * _MANY, _MANY)
    where = address(request, "/results", label=about.label, id=about.id, type=type_, way=_WAYS[leaving])
    part = Part(page, _MANY, total, where)
    return shown(request, "results.html.j2", thing=about, rows=rows, part=part)


def _relationship(request: Request, snapshot: SnapshotFile) -> tuple[str, bool | None]:
    type_ = request.query_params.get("type", "")
    if type_ not in snapshot.graph.schema.relationships:
        raise RefusedError(404, f"The graph has no relationships of type {type_[:100]!r}.")
    way = request.query_params.get("way")
    return type_, None if type_ in catalogue.MUTUAL else way != "in"


ROUTES = [
    Route("/", home),
    Route("/search", found),
    Route("/offers", offered),
    Route("/section", section_page),
    Route("/results", results_page),
    *(Route(f"/{label.lower()}", thing_page(label)) for label in (*FOUND, "Result", "Passage", "Source")),
]
