"""A graph to work with, in a notebook or a script: ask it, look at it, study who writes with whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg_builder.errors import UsageError
from kg_builder.inline_page import HEIGHT, InlinePage
from kg_builder.stores.querying import ROW_LIMIT, TIMEOUT, Engine, query

if TYPE_CHECKING:
    import pandas as pd

    from kg_builder.analysis.study import Study


def open_graph(path: str | Path) -> KnowledgeGraph:
    """Open a workspace to work with; ``kg_builder.open`` is this function.

    Args:
        path: the file that ``kg-builder build`` has made. It is read at each question and open only as long.

    Raises:
        WorkspaceError: there is no such file, or it is no workspace.

    Example:
        >>> import kg_builder
        >>> kg_builder.open("graph.kg").query("top-papers", limit=5)  # doctest: +SKIP
    """
    from kg_builder.workspace import Workspace

    Workspace(Path(path)).close()
    return KnowledgeGraph(Path(path))


class KnowledgeGraph:
    """A workspace to work with; see `open_graph`.

    Args:
        path: the workspace file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"kg_builder.open({str(self.path)!r})"

    def query(
        self,
        name: str | None = None,
        *,
        cypher: str | None = None,
        rows: int | None = ROW_LIMIT,
        timeout: float | None = TIMEOUT,
        on: Engine = "embedded",
        **parameters: object,
    ) -> pd.DataFrame:
        """Ask the graph; see `kg_builder.query` for rows without pandas.

        Args:
            name: the name of a query of the library: ``graph.query("top-papers", limit=5)``.
            cypher: any Cypher that only reads, in place of a name.
            rows: the greatest number of rows; ``None`` for all.
            timeout: seconds after which the query is ended.
            on: ``embedded`` or ``neo4j``.
            **parameters: the query's parameters.

        Returns:
            A data frame, a column for each of the answer's.

        Raises:
            UsageError: pandas is not installed, or neither or both of `name` and `cypher` are given.
            QueryError: there is no such query, a parameter is missing or wrong, or it fails.
            ReadOnlyError: it would do more than read.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError(
                'a data frame needs pandas: pip install "kg-builder[notebook]"; '
                "kg_builder.query gives the same rows without it"
            ) from error
        found = query(
            self.path, name, cypher=cypher, parameters=parameters, on=on, limit=rows, timeout=timeout
        )
        return pd.DataFrame(found.rows, columns=list(found.columns))

    def view(
        self,
        name: str = "overview",
        *,
        focus: str | None = None,
        source: str | None = None,
        target: str | None = None,
        authors: bool = False,
        limit: int | None = None,
        query: str | None = None,
        cypher: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        height: int = HEIGHT,
    ) -> InlinePage:
        """Look at the graph; a notebook shows the page below the cell.

        Args:
            name: one of `kg_builder.views.selection.VIEWS`.
            focus: id or name of what the view is about.
            source: where a path begins.
            target: where a path ends.
            authors: whether authors are shown.
            limit: how many nodes at most; the page says what was left out.
            query: for the view ``query``, the name of a query of the library.
            cypher: for the view ``query``, any Cypher that only reads.
            parameters: for the view ``query``, the query's parameters.
            height: of the frame in a notebook, in pixels.

        Raises:
            ViewError: there is no such view, or what it should show does not exist.
        """
        from kg_builder.views.page import render
        from kg_builder.views.picture import Wish
        from kg_builder.views.viewing import picture
        from kg_builder.workspace import Workspace

        answer = None
        if name == "query":
            from kg_builder.views.question import Question

            answer = Question(query, cypher, parameters or {}).answer(self.path)
        with Workspace(self.path) as workspace:
            graph = workspace.graph()
            drawn = picture(graph, name, Wish(focus, source, target, authors, limit, answer))
            return InlinePage(render(drawn, graph.schema), drawn.title, height)

    def coauthors(self, output: str | Path | None = None, **settings: Any) -> Study:
        """Study who wrote with whom.

        Args:
            output: a folder for the report; none is written where ``None``.
            **settings: see `kg_builder.analysis.study.Settings`.

        Raises:
            AnalysisError: no paper is left to count, or a person is unknown.
        """
        from kg_builder.analysis.coauthors import coauthors
        from kg_builder.analysis.study import Settings

        return coauthors(self.path, None if output is None else Path(output), Settings(**settings))
