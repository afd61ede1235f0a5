"""Cypher without a server: the graph in kglite, filled from the tables and kept as a snapshot beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg_builder.errors import QueryError
from kg_builder.schema import Schema
from kg_builder.stores.read_only import check_query
from kg_builder.stores.rows import Rows, node_map, node_reference, path_map, relationship_map, timed_out

if TYPE_CHECKING:
    from kglite import KnowledgeGraph, ResultView

    from kg_builder.graph import Graph

#: Raised when the files that fill kglite change their form, so that older snapshots are not used.
_SNAPSHOT_FORMAT = 1

_REFERENCES = (
    "MATCH (n) WHERE elementId(n) IN $ids RETURN elementId(n) AS place, labels(n) AS labels, n.id AS id"
)


class EmbeddedGraph:
    """A graph in memory that answers Cypher; it never writes.

    Args:
        graph: the filled kglite graph.
        schema: what it may hold.
    """

    def __init__(self, graph: KnowledgeGraph, schema: Schema) -> None:
        import kglite

        # They come with the rows; printed by the engine they would mix into what commands tell.
        kglite.set_query_warning_policy("silent")
        graph.read_only(True)
        self._graph = graph
        self._schema = schema
        self._references: dict[int, dict[str, Any]] = {}

    @classmethod
    def from_graph(cls, graph: Graph, snapshot: Path | None = None) -> EmbeddedGraph:
        """Take the graph from its snapshot where that is up to date, else fill it from the tables.

        Args:
            graph: the graph, read in batches.
            snapshot: folder for the snapshot; what is in it may be deleted at any time. ``None`` keeps none.

        Raises:
            WorkspaceError: the tables do not hold together (see `fill_kglite`).
        """
        kept = _snapshot_file(snapshot, graph.state) if snapshot is not None and graph.state else None
        filled = None if kept is None else _load(kept)
        if filled is None:
            # Late: what fills the graph is slow to import, and most queries find a snapshot.
            from kg_builder.stores.kglite_tables import fill_kglite

            filled = fill_kglite(graph)
            if kept is not None:
                _keep(filled, kept)
        return cls(filled, graph.schema)

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Answer a query that only reads.

        Args:
            cypher: the query.
            parameters: the values of its ``$parameters``.
            limit: the greatest number of rows to return; all where ``None``.
            timeout: seconds after which the query is ended; three minutes where ``None``.

        Raises:
            ReadOnlyError: the query would do more than read (see `check_read_only`).
            QueryError: it is wrong, misses a parameter, or took too long.
        """
        import kglite

        parameters = dict(parameters or {})
        check_query(cypher, parameters)
        try:
            view = self._graph.cypher(
                cypher,
                params=parameters,
                timeout_ms=None if timeout is None else max(1, round(timeout * 1000)),
                row_limit=limit,
                hide_structural_keys=True,
            )
        except kglite.CypherTimeoutError as error:
            raise timed_out(timeout) from error
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise QueryError(f"the query failed: {' '.join(str(error).split())}") from error
        return self._rows(cast("ResultView", view))

    def _rows(self, view: ResultView) -> Rows:
        columns = tuple(view.columns)
        values = [[row[column] for column in columns] for row in view.to_list()]
        self._learn_references(values)
        about = view.diagnostics or {}
        truncated = about.get("total_rows") is not None
        warnings = tuple(w for w in about.get("warnings", ()) if "row_limit" not in w)
        return Rows(columns, [[self._plain(v) for v in row] for row in values], truncated, warnings)

    def _learn_references(self, values: object) -> None:
        """Look up the ends of the relationships in an answer; the engine gives only their places."""
        missing = {place for place in _places(values) if place not in self._references}
        if not missing:
            return
        ids = [str(place) for place in sorted(missing)]
        for found in cast("ResultView", self._graph.cypher(_REFERENCES, params={"ids": ids})):
            self._references[int(found["place"])] = node_reference(found["labels"], found["id"])

    def _plain(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._plain(v) for v in value]
        if not isinstance(value, dict):
            return value
        if _is_node(value) and value["labels"][0] in self._schema.labels:
            known = self._schema.labels[value["labels"][0]].properties
            properties = {k: v for k, v in value["properties"].items() if k in known}
            return node_map(value["labels"], properties["id"], properties)
        if _is_relationship(value) and {value["start"], value["end"]} <= set(self._references):
            start, end = self._references[value["start"]], self._references[value["end"]]
            return relationship_map(value["type"], start, end, value["properties"])
        if _is_path(value):
            return path_map(self._plain(value["nodes"]), self._plain(value["relationships"]))
        return {k: self._plain(v) for k, v in value.items()}


# The engine gives nodes, relationships and paths as maps, told from others only by their form.


def _is_node(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "labels", "properties"}
        and isinstance(value["id"], int)
        and isinstance(value["properties"], dict)
        and {"id", "type"} <= set(value["properties"])
        and value["labels"] == [value["properties"]["type"]]
    )


def _is_relationship(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "start", "end", "type", "properties"}
        and all(isinstance(value[name], int) for name in ("id", "start", "end"))
        and isinstance(value["properties"], dict)
    )


def _is_path(value: dict[str, Any]) -> bool:
    return (
        set(value) == {"nodes", "relationships"}
        and all(isinstance(part, list) for part in value.values())
        and len(value["nodes"]) == len(value["relationships"]) + 1
        and all(map(_is_node, value["nodes"]))
        and all(map(_is_relationship, value["relationships"]))
    )


def _places(values: object) -> Iterator[int]:
    if isinstance(values, list):
        for value in values:
            yield from _places(value)
    elif isinstance(values, dict):
        if _is_relationship(values):
            yield values["start"]
            yield values["end"]
        else:
            for value in values.values():
                yield from _places(value)


def has_snapshot(folder: Path, state: str) -> bool:
    """Whether a folder holds the snapshot of a graph in this state."""
    return _snapshot_file(folder, state).is_file()


def _snapshot_file(folder: Path, state: str) -> Path:
    import kglite

    return folder / f"{state}-{kglite.__version__}-{_SNAPSHOT_FORMAT}.kgl"


def _load(path: Path) -> KnowledgeGraph | None:
    """The graph of a snapshot; ``None`` where there is none that can be read, and it has to be filled anew."""
    import kglite

    if not path.is_file():
        return None
    try:
        return kglite.load(str(path))
    except (kglite.KgError, OSError, ValueError):
        return None


def _keep(graph: KnowledgeGraph, path: Path) -> None:
    """Write the snapshot, whole or not at all, and drop older ones."""
    import kglite

    try:
        path.parent.mkdir(exist_ok=True)
        graph.save(str(path), fsync=False)
        for older in path.parent.glob("*.kgl"):
            if older != path:
                older.unlink(missing_ok=True)
    except (kglite.FileError, OSError):
        # A folder that cannot be written costs the next query the time to fill the graph, nothing else.
        return
