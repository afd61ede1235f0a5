"""A real Spark cluster for the tests: two executors, each a process of its own, kept for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg_builder.engines.spark import spark_session
from kg_builder.stores.spark_connector import connector_jar

CLUSTER = {
    "spark.master": "local-cluster[2,1,1024]",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    # Small tables, many plans: to compile each well would take longer than to run it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The properties of the cluster that is running; `spark_session` finds it by itself."""
    more = {"spark.local.dir": str(tmp_path_factory.mktemp("spark")), "spark.jars": str(connector_jar())}
    with spark_session({**CLUSTER, **more}):
        yield CLUSTER
