"""What the view of a query asks: a query of the library or any Cypher, of either engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg_builder.errors import ViewError
from kg_builder.graph import Graph
from kg_builder.stores.query_library import library_query
from kg_builder.stores.querying import ROW_LIMIT, TIMEOUT, Engine, query
from kg_builder.stores.rows import Rows
from kg_builder.views.picture import Answer


@dataclass(frozen=True, slots=True)
class Question:
    """A query.

    Args:
        name: the name of a query of the library.
        cypher: any Cypher that only reads, in place of a name.
        parameters: the query's parameters.
        on: the engine.
        database: the name of the Neo4j database.
        rows: the greatest number of rows; ``None`` for all.
        timeout: seconds after which the query is ended.
    """

    name: str | None = None
    cypher: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    on: Engine = "embedded"
    database: str | None = None
    rows: int | None = ROW_LIMIT
    timeout: float | None = TIMEOUT

    def answer(self, graph: Graph | str | Path) -> Answer:
        """Ask a graph.

        Raises:
            UsageError: neither or both of `name` and `cypher` are given.
            QueryError: there is no such query, a parameter is missing or wrong, or the query fails.
            ViewError: a graph that is no workspace is to be asked on Neo4j.
        """
        rows = self._rows(graph)
        if self.name is None:
            return Answer(rows, "Answer", self.cypher or "")
        asked = library_query(self.name)
        given = ", ".join(f"{name}: {value}" for name, value in sorted(self.parameters.items()))
        return Answer(rows, asked.title, f"{asked.description} ({given})" if given else asked.description)

    def _rows(self, graph: Graph | str | Path) -> Rows:
        if isinstance(graph, str | Path):
            return query(
                Path(graph),
                self.name,
                cypher=self.cypher,
                parameters=self.parameters,
                on=self.on,
                database=self.database,
                limit=self.rows,
                timeout=self.timeout,
            )
        if self.on != "embedded":
            raise ViewError(
                "view query: name a workspace file to ask its Neo4j; a graph in memory is asked embedded"
            )
        from kg_builder.stores.embedded import EmbeddedGraph

        cypher, parameters = self.cypher, self.parameters
        if self.name is not None:
            asked = library_query(self.name)
            cypher, parameters = asked.cypher, asked.values(self.parameters)
        return EmbeddedGraph.from_graph(graph).run(
            cypher or "", parameters, limit=self.rows, timeout=self.timeout
        )
