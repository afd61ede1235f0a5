"""A graph that was computed with its records, as Parquet files: written elsewhere, taken over by DuckDB alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import duckdb

from kg_builder.errors import SourceError
from kg_builder.ingest.premises import GraphPremises, graph_version
from kg_builder.workspace.tables import node_table, relationship_table

#: The folder of the graph in that of the records.
GRAPH_FOLDER = "graph"
#: Written when all else is there: what was computed, from what, and how many rows it has.
MANIFEST = "manifest"
_COMPLETE = "_SUCCESS"
_TABLE = {"nodes": node_table, "relationships": relationship_table}


@dataclass(frozen=True, slots=True)
class GraphManifest:
    """What tells of a graph in files.

    Args:
        version: of the code and the schema that it was computed by.
        fingerprint: of all that it follows from beside the records.
        largest_team: papers of more persons left no CO_AUTHORED relationships.
        rows: how many, by table, such as ``nodes/Paper``.
        notices: what is to be told of it.
    """

    version: str
    fingerprint: str
    largest_team: int
    rows: Mapping[str, int]
    notices: tuple[str, ...]

    @classmethod
    def of(cls, premises: GraphPremises, rows: Mapping[str, int], notices: list[str]) -> Self:
        """What tells of a graph that was just written."""
        return cls(graph_version(), premises.fingerprint, premises.largest_team, rows, tuple(notices))

    def text(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


class GraphFiles:
    """The graph of a folder of record tables.

    Args:
        folder: of the graph.
        manifest: what tells of it.
    """

    def __init__(self, folder: Path, manifest: GraphManifest) -> None:
        self._folder = folder
        self._manifest = manifest

    @classmethod
    def among(cls, records: Path) -> Self | None:
        """The graph that lies among record tables; ``None`` where none was computed.

        Raises:
            SourceError: it was not written to its end, or by another version.
        """
        folder = records / GRAPH_FOLDER
        if not folder.exists():
            return None
        parts = sorted((folder / MANIFEST).glob("part-*"))
        if not (folder / MANIFEST / _COMPLETE).exists() or not parts:
            raise SourceError(
                "the graph's tables in it were not written to their end; delete that folder to have the graph "
                "computed here, or run the job again",
                location=folder,
            )
        try:
            told = json.loads("".join(part.read_text(encoding="utf-8") for part in parts))
            manifest = GraphManifest(**(told | {"notices": tuple(told["notices"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise _other_version(folder) from error
        if manifest.version != graph_version():
            raise _other_version(folder)
        return cls(folder, manifest)

    @property
    def largest_team(self) -> int:
        """The limit of authors that it was computed with."""
        return self._manifest.largest_team

    def misfit(self, connection: duckdb.DuckDBPyConnection, premises: GraphPremises) -> str | None:
        """Why this is not the graph of what the workspace holds now, if it is not.

        Args:
            connection: of a workspace that has just taken over the records.
            premises: of the workspace's graph.
        """
        if self._manifest.fingerprint != premises.fingerprint:
            return "they were computed by other decisions on people or names, or another limit of authors"
        others = connection.execute(
            "SELECT location FROM source WHERE source NOT IN (SELECT source FROM outcome WHERE outcome = 'read') "
            "ORDER BY location"
        ).fetchone()
        return f"the workspace holds other sources too, such as {others[0]}" if others else None

    def take(self, connection: duckdb.DuckDBPyConnection) -> list[str]:
        """Fill the graph's tables, and those beside it; what is to be told of the graph.

        Args:
            connection: with an open transaction; the graph's tables are there, empty.

        Raises:
            SourceError: rows are missing.
        """
        for table, rows in self._manifest.rows.items():
            group, _, name = table.partition("/")
            files = {"files": sorted(str(path) for path in (self._folder / table).glob("*.parquet"))}
            if group in _TABLE:
                target = _TABLE[group](name)
                statement = f"INSERT INTO {target} BY NAME SELECT * FROM read_parquet($files)"  # noqa: S608
            else:
                target = f'"{name}"'
                statement = f"CREATE OR REPLACE TABLE {target} AS SELECT * FROM read_parquet($files)"  # noqa: S608
            if files["files"]:
                connection.execute(statement, files)
            found = connection.execute(f"SELECT count(*) FROM {target}").fetchone()  # noqa: S608
            if not files["files"] or found != (rows,):
                raise SourceError(
                    f"{table} has not the {rows} rows that were written; copy the folder anew",
                    location=self._folder,
                )
        return list(self._manifest.notices)


def _other_version(folder: Path) -> SourceError:
    return SourceError(
        "the graph's tables in it were computed by another version of kg-builder; delete that folder to have the "
        "graph computed here, or write the tables anew with this version",
        location=folder,
    )
