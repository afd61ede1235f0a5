"""The entrance to the views: `view` writes a page, `page` returns it.

For a page of nodes and relationships of one's own: a `Picture` of `ShownNode` and `ShownEdge`, given to
`kg_builder.views.page.render`, is a page as text. For the answer of a query:
``page(graph, "query", Wish(answer=Answer(rows, title)))``, whichever engine the rows come from.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from kg_builder.errors import ViewError
from kg_builder.views.picture import Changes, Picture, Wish
from kg_builder.views.selection import select

if TYPE_CHECKING:
    from kg_builder.graph import Graph
    from kg_builder.views.question import Question


def view(
    graph: Graph | str | Path,
    name: str = "overview",
    *,
    focus: str | None = None,
    source: str | None = None,
    target: str | None = None,
    authors: bool = False,
    limit: int | None = None,
    question: Question | None = None,
    against: str | Path | None = None,
    database: str | None = None,
    output: str | Path | None = None,
) -> Path:
    """Write an interactive page of a graph: one file that works offline.

    Args:
        graph: a graph, or the path of a workspace.
        name: one of `kg_builder.views.selection.VIEWS`.
        focus: id or name of what the view is about.
        source: where a path begins.
        target: where a path ends.
        authors: whether authors are shown.
        limit: how many nodes at most, where not the view's own number, 0 for all; the page says what was left out.
        question: what is asked, for the view ``query``.
        against: for the view ``diff``, an earlier workspace or export in JSON lines; else it is what Neo4j holds.
        database: for the view ``diff``, the name of the Neo4j database.
        output: the file to be written; ``NAME.html`` in the current folder unless given.

    Returns:
        The file written.

    Raises:
        ViewError: there is no such view, what it should show does not exist, or the file cannot be written.
        QueryError: the query is unknown or fails.
        DatabaseError: Neo4j is to be compared with and cannot be reached.
    """
    path = Path(output or f"{name}.html")
    answer = question.answer(graph) if name == "query" and question else None
    cache = layout_folder(Path(graph)) if isinstance(graph, str | Path) else None
    with opened(graph) as tables:
        changes = _changes(tables, graph, against, database) if name == "diff" else None
        wish = Wish(focus, source, target, authors, limit, answer, changes)
        text = page(tables, name, wish, cache)
    _write(path, text)
    return path


def _changes(
    tables: Graph, graph: Graph | str | Path, against: str | Path | None, database: str | None
) -> Changes:
    from kg_builder.views.comparing import changes_since, planned_changes

    if against is not None:
        return changes_since(tables, against)
    if not isinstance(graph, str | Path):
        raise ViewError(
            "view diff: name a workspace file to compare with its Neo4j, or give an earlier state"
        )
    return planned_changes(tables, Path(graph), database)


@contextmanager
def opened(graph: Graph | str | Path) -> Iterator[Graph]:
    """A graph, or that of a workspace while it is open."""
    if not isinstance(graph, str | Path):
        yield graph
        return
    from kg_builder.workspace import Workspace

    with Workspace(Path(graph)) as workspace:
        yield workspace.graph()


def layout_folder(workspace: Path) -> Path:
    """Where the layouts of large pictures are kept, beside the workspace; it may be deleted at any time."""
    return workspace.with_name(workspace.name + ".layouts")


def page(graph: Graph, name: str = "overview", wish: Wish | None = None, cache: Path | None = None) -> str:
    """The page of a view as HTML.

    Args:
        graph: the graph.
        name: one of `kg_builder.views.selection.VIEWS`.
        wish: what the reader asks for.
        cache: folder in which layouts of large pictures are kept; none are without it.

    Raises:
        ViewError: there is no such view, or what it should show does not exist.
    """
    from kg_builder.views.page import render

    return render(picture(graph, name, wish), graph.schema, cache)


def picture(graph: Graph, name: str = "overview", wish: Wish | None = None) -> Picture:
    """What a view shows, before it is laid out."""
    wish = wish or Wish()
    if wish.limit is not None and wish.limit < 0:
        raise ViewError(f"view {name}: a limit of {wish.limit} is none; give 1 or more, or 0 for all")
    return select(graph, name, wish)


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(text.encode("utf-8"))
        # The file that a user made keeps its rights; a new one gets the usual ones.
        mask = os.umask(0)
        os.umask(mask)
        Path(part.name).chmod(0o666 & ~mask)
        Path(part.name).replace(path)
    except OSError as error:
        raise ViewError(
            f"{path}: the page cannot be written ({error.strerror}); name another file with -o"
        ) from error
