"""Load by Spark: the graph into an empty Neo4j by the Neo4j connector, marked as an ordinary load marks it.

Every write merges by key, so that a task that Spark runs twice writes once. While it runs, the database says that a
load is at work: what a broken run left is finished by the next ordinary load, as is any difference to come.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kg_builder.engines.spark import spark_session
from kg_builder.errors import DatabaseError
from kg_builder.graph import ENDPOINTS, Graph, known, node_fields, relationship_fields
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.cypher import MARK
from kg_builder.stores.neo4j.marks import Layout, Marker
from kg_builder.stores.neo4j.migration import apply_schema
from kg_builder.stores.neo4j.plan import Comparison
from kg_builder.stores.neo4j.state import Run
from kg_builder.stores.spark_connector import connector_jar

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, DataFrameWriter, SparkSession

_FORMAT = "org.neo4j.spark.DataSource"
_BATCH_ROWS = "10000"


def spark_load(
    graph: Graph,
    settings: ConnectionSettings,
    *,
    owner: str,
    scratch: Path,
    spark: Mapping[str, str] | None = None,
) -> float:
    """Fill a database that holds nothing of this project, by Spark.

    Args:
        graph: the graph to be held.
        settings: where Neo4j is; every executor must reach it there.
        owner: the name under which this graph is kept.
        scratch: a folder for files in passing, which every executor must reach under the same name.
        spark: Spark properties by name.

    Returns:
        The seconds it took.

    Raises:
        DatabaseError: the database holds something already.
        SparkError: Spark or its connector is missing, or a job failed; a load finishes what it began.
    """
    started = time.monotonic()
    with connect(settings) as driver, _folder(scratch) as folder:
        comparison = Comparison.of(graph, driver, database=settings.database, owner=owner, verify=False)
        if not comparison.stored.is_empty:
            raise DatabaseError(
                "the database holds a graph of this project, and --engine spark is for an empty one; load without it"
            )
        properties = {"spark.jars": str(connector_jar()), **(spark or {})}
        with spark_session(properties) as session:
            apply_schema(driver, settings.database, graph.schema)
            run = Run(driver, settings.database, owner, comparison.layout)
            run.begin()
            writer = _Writer(session, settings, comparison.layout, Path(folder))
            nodes = sum(writer.write_nodes(graph, label) for label in graph.schema.labels)
            relationships = sum(
                writer.write_relationships(graph, kind) for kind in graph.schema.relationships
            )
            run.finish(graph.state, nodes, relationships, 0)
    return time.monotonic() - started


def _folder(scratch: Path) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(dir=scratch.absolute(), prefix=".kg-builder-spark-")


class _Writer:
    """Writes the tables of a graph into Neo4j by Spark.

    Args:
        session: an open session that has the connector.
        settings: where Neo4j is.
        layout: what marks mean.
        folder: for files that the executors read.
    """

    def __init__(
        self, session: SparkSession, settings: ConnectionSettings, layout: Layout, folder: Path
    ) -> None:
        self._session = session
        self._layout = layout
        self._folder = folder
        self._options = {
            "url": settings.uri,
            "authentication.basic.username": settings.username,
            "authentication.basic.password": settings.password,
            "batch.size": _BATCH_ROWS,
        }
        if settings.database is not None:
            self._options["database"] = settings.database

    def write_nodes(self, graph: Graph, label: str) -> int:
        """Write the nodes of a label, and say how many."""
        fields = node_fields(graph.schema.labels[label])
        file = self._folder / f"{label}.parquet"
        count = _write_parquet(file, fields, graph.nodes(label))
        if count:
            rows = self._marked(file, fields, Marker.of_label(self._layout, label))
            writer = self._writer(rows).option("labels", f":{label}").option("node.keys", "id")
            writer.save()
        return count

    def write_relationships(self, graph: Graph, kind: str) -> int:
        """Write the relationships of a type, one pair of labels after the other, and say how many."""
        entry = graph.schema.relationships[kind]
        fields = relationship_fields(entry)
        file = self._folder / f"{kind}.parquet"
        pairs: set[tuple[str, str]] = set()
        count = _write_parquet(file, fields, _noting_pairs(graph.relationships(kind), pairs))
        marker = Marker.of_type(self._layout, kind)
        for start, end in sorted(pairs):
            rows = self._marked(file, fields, marker, f"start_label = '{start}' AND end_label = '{end}'")
            # In one stream: two that meet at a node of many relationships would wait for each other.
            writer = self._writer(rows.drop("start_label", "end_label").coalesce(1))
            options = {
                "relationship": kind,
                "relationship.save.strategy": "keys",
                "relationship.source.labels": f":{start}",
                "relationship.source.save.mode": "Match",
                "relationship.source.node.keys": "start_id:id",
                "relationship.target.labels": f":{end}",
                "relationship.target.save.mode": "Match",
                "relationship.target.node.keys": "end_id:id",
                "relationship.properties": ",".join((*entry.properties, MARK)),
            }
            writer.options(**options).save()
        return count

    def _marked(self, file: Path, fields: pa.Schema, marker: Marker, where: str = "true") -> DataFrame:
        from pyspark.sql.pandas.types import from_arrow_schema

        marked = fields.append(pa.field(MARK, pa.string()))
        rows = self._session.read.parquet(str(file)).where(where)
        return rows.mapInArrow(
            partial(marked_batches, fields=marked, marker=marker), from_arrow_schema(marked)
        )

    def _writer(self, rows: DataFrame) -> DataFrameWriter:
        return rows.write.format(_FORMAT).mode("overwrite").options(**self._options)


def marked_batches(
    batches: Iterable[pa.RecordBatch], fields: pa.Schema, marker: Marker
) -> Iterator[pa.RecordBatch]:
    """Rows with their marks, an empty list as an unknown value; this runs on the workers.

    Args:
        batches: rows of one label or type.
        fields: the columns to come out, the mark last.
        marker: of that label or type.
    """
    for batch in batches:
        rows = [known(row) for row in batch.to_pylist()]
        for row in rows:
            row[MARK] = str(
                marker.mark({name: value for name, value in row.items() if name not in ENDPOINTS})
            )
        yield pa.RecordBatch.from_pylist(rows, schema=fields)


def _noting_pairs(batches: Iterable[pa.RecordBatch], pairs: set[tuple[str, str]]) -> Iterator[pa.RecordBatch]:
    """The same batches; the labels at the ends of their rows are added to the pairs."""
    for batch in batches:
        found = pa.Table.from_batches([batch]).group_by(["start_label", "end_label"]).aggregate([])
        pairs.update((row["start_label"], row["end_label"]) for row in found.to_pylist())
        yield batch


def _write_parquet(file: Path, fields: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    count = 0
    with pq.ParquetWriter(file, fields) as writer:
        for batch in batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return count
