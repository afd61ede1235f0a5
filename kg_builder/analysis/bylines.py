"""Who signed which paper, and when: the one input of every co-authorship analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kg_builder.errors import AnalysisError
from kg_builder.workspace import Workspace

SQL = Path(__file__).parent / "sql"


class Bylines:
    """The author lists of papers, as numbered rows in temporary tables of a DuckDB connection.

    Tables: ``author`` (number, id, name, identity), ``paper`` (number, id, title, day, digits, published, complete,
    size) and ``signed`` (paper, author). `digits` is the length of the date as given: 4 for a year, 7 for a month.

    Args:
        connection: a connection that has the views ``given_author``, ``given_paper`` and ``given_signature``;
            it is this object's own from now on.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.run("bylines")

    @classmethod
    def of_workspace(cls, workspace: Workspace) -> Bylines:
        """The persons who signed papers of a workspace; organisations in author lists are left out."""
        return cls._of_graph(workspace, "graph_bylines")

    @classmethod
    def of_organizations(cls, workspace: Workspace) -> Bylines:
        """The organisations behind papers: as sources say of a paper, as signed, or through authors' affiliations."""
        return cls._of_graph(workspace, "organization_bylines")

    @classmethod
    def _of_graph(cls, workspace: Workspace, views: str) -> Bylines:
        # A cursor has temporary tables of its own.
        connection = workspace.connection.cursor()
        connection.execute((SQL / f"{views}.sql").read_text(encoding="utf-8"))
        return cls(connection)

    @classmethod
    def of_rows(cls, signatures: pa.Table) -> Bylines:
        """Author lists from a table of signatures.

        Args:
            signatures: a row for each name on a paper: `paper` and `author` (ids), and where known `date` (ISO 8601)
                and `complete` (false where the list is cut off) of the paper, and `name` and `identity` of the author.

        Raises:
            AnalysisError: a column is missing.

        Example:
            >>> table = pa.table({"paper": ["p", "p", "q"], "author": ["a", "b", "a"]})
            >>> Bylines.of_rows(table).one("SELECT count(*) FROM author")
            2
        """
        missing = {"paper", "author"} - set(signatures.column_names)
        if missing:
            raise AnalysisError(f"the table of signatures lacks the columns {', '.join(sorted(missing))}")
        connection = duckdb.connect()
        connection.register("rows", signatures)
        known = set(signatures.column_names)

        def column(name: str, other: str) -> str:
            return f"any_value({name})" if name in known else other

        connection.execute(f"""
            CREATE TEMP VIEW given_signature AS SELECT paper, author FROM rows;
            CREATE TEMP VIEW given_author AS
            SELECT author AS id, {column("name", "author")} AS name,
                {column("identity", "CAST(NULL AS VARCHAR)")} AS identity
            FROM rows WHERE author IS NOT NULL GROUP BY author;
            CREATE TEMP VIEW given_paper AS
            SELECT paper AS id, paper AS title, {column("date", "CAST(NULL AS VARCHAR)")} AS date,
                true AS published, {column("complete", "true")} AS complete
            FROM rows GROUP BY paper;
        """)  # noqa: S608 - column names of this function alone
        lists = cls(connection)
        # All is numbered by now: the rows given need not be kept in memory.
        for view in ("given_paper", "given_author", "given_signature"):
            connection.execute(f"DROP VIEW {view}")
        connection.unregister("rows")
        return lists

    def run(self, name: str) -> None:
        """Run one of the files of SQL statements."""
        self.connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))

    def one(self, query: str, parameters: Any = None) -> Any:
        """The one value that a query answers."""
        row = self.connection.execute(query, parameters).fetchone()
        return None if row is None else row[0]

    def table(self, query: str, parameters: Any = None) -> pa.Table:
        """The answer to a query as an Arrow table."""
        return self.connection.sql(query, params=parameters).to_arrow_table()
