"""A build on Spark: sources to record tables by many machines, tables to the workspace by this one."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.engines.spark import SourceTable, SparkTables, spark_session, write_record_files
from kg_builder.errors import SparkError
from kg_builder.extract import ExtractionSettings
from kg_builder.ingest.graph_files import GRAPH_FOLDER, MANIFEST, GraphManifest
from kg_builder.ingest.premises import DECISION, GraphPremises
from kg_builder.ingest.record_files import TWICE, build_from_tables, named_twice
from kg_builder.ingest.refresh import compute_graph
from kg_builder.ingest.report import BuildReport
from kg_builder.readers import SourceFile, find_sources
from kg_builder.workspace import Workspace

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kg_builder.engines.spark.record_files import Known


def write_tables(
    sources: Sequence[str],
    folder: str,
    graph: Path = Path("graph.kg"),
    *,
    format: str | None = None,
    name: str | None = None,
    stdin: bytes | None = None,
    settings: ExtractionSettings | None = None,
    with_graph: bool = False,
    largest_team: int | None = None,
    spark: Mapping[str, str] | None = None,
) -> None:
    """Read and extract sources on Spark, and write what they say as Parquet tables.

    Args:
        sources: what `kg_builder.ingest.build` takes, addresses that Spark knows (``s3a://…``), and Parquet tables.
        folder: where to write: a folder that every worker can reach under this name, or an address.
        graph: the workspace that the tables are meant for: sources that it knows as they are, are not read
            again; locations are relative to its folder; its decisions on names and people hold. It need not exist.
        format: the format of all sources; found from their content where not given.
        name: the location of what comes through standard input.
        stdin: the bytes that came through standard input.
        settings: how to extract.
        with_graph: whether to compute the graph of these sources, all of which are then read, and write its tables
            beside the records.
        largest_team: see `kg_builder.ingest.build`.
        spark: Spark properties by name.

    Raises:
        PeopleFileError: the people file beside the workspace contradicts itself.
        SourceError: a file is missing, or a source is named twice.
        SparkError: Spark is missing, cannot be started, or a job failed.
    """
    if "://" not in folder and Path(folder).exists():
        raise SparkError(f"{folder}: there is something already; name a folder that does not exist yet")
    remote = [SourceTable(s) for s in sources if "://" in s or s.rstrip("/").endswith(".parquet")]
    uris = {table.uri for table in remote}
    local = [s for s in sources if s not in uris]
    found: list[SourceFile | SourceTable] = [
        *(find_sources(local, graph.parent, name, stdin) if local else ()),
        *remote,
    ]
    known = {} if with_graph else _known(graph)
    premises = GraphPremises.for_file(graph, largest_team) if with_graph else None
    target = folder if "://" in folder else str(Path(folder).absolute())
    with spark_session(spark) as session:
        write_record_files(session, found, target, format=format, settings=settings, known=known)
        if premises is not None:
            write_graph(session, target, premises)


def write_graph(session: SparkSession, records: str, premises: GraphPremises) -> None:
    """Compute the graph of record tables on Spark, and write its tables among them, the manifest last.

    Args:
        session: an open session.
        records: the folder of the record tables.
        premises: what the graph follows from beside them.

    Raises:
        SourceError: a source stands in the records twice.
    """
    folder = f"{records}/{GRAPH_FOLDER}"
    tables = SparkTables(session, records, folder, premises.schema)
    try:
        for row in tables.rows(TWICE):
            raise named_twice(row["location"])
        rows = [(number, *row) for number, row in enumerate(premises.names, start=1)]
        tables.make("decision", DECISION, rows)
        notices = compute_graph(tables, premises)
        tables.finish()
        manifest = GraphManifest.of(premises, tables.written, notices)
        tables.write_text(MANIFEST, manifest.text())
    finally:
        tables.close()


def build_on_spark(
    sources: Sequence[str],
    graph: Path = Path("graph.kg"),
    *,
    format: str | None = None,
    name: str | None = None,
    stdin: bytes | None = None,
    settings: ExtractionSettings | None = None,
    largest_team: int | None = None,
    spark: Mapping[str, str] | None = None,
) -> BuildReport:
    """Bring the workspace up to date with its sources, read and extracted on Spark.

    The tables pass through a folder beside the workspace, which the workers must reach under the same name.

    Args:
        sources: see `write_tables`.
        graph: the workspace file; made where there is none.
        format: see `write_tables`.
        name: see `write_tables`.
        stdin: see `write_tables`.
        settings: see `write_tables`.
        largest_team: see `kg_builder.ingest.build`.
        spark: Spark properties by name.

    Returns:
        What was done: the same as of a build in this process.

    Raises:
        SourceError: nothing could be read at all; the workspace is as it was.
        SparkError: Spark is missing, cannot be started, or a job failed; the workspace is as it was.
        WorkspaceError: the workspace cannot be opened for writing.
    """
    with tempfile.TemporaryDirectory(dir=graph.absolute().parent, prefix=f".{graph.name}.tables-") as folder:
        tables = Path(folder) / "records"
        write_tables(
            sources,
            str(tables),
            graph,
            format=format,
            name=name,
            stdin=stdin,
            settings=settings,
            spark=spark,
        )
        return build_from_tables(tables, graph, largest_team=largest_team)


def _known(graph: Path) -> Known:
    if not graph.is_file():
        return {}
    with Workspace(graph) as workspace:
        rows = workspace.connection.execute("SELECT source, sha256, reader, extractor FROM source").fetchall()
    return {source: (sha256, reader, extractor) for source, sha256, reader, extractor in rows}
