"""The Neo4j connector for Spark: one jar from Maven Central, fetched when a load asks for it, its content pinned."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from kg_builder.errors import SparkError
from kg_builder.stores.neo4j.jars import cache_folder
from kg_builder.stores.neo4j.locking import locked

#: It runs on Spark 4.1 (Scala 2.13), whatever its name says, and holds all that it needs.
COORDINATE = "org.neo4j:neo4j-connector-apache-spark_2.13:5.3.8_for_spark_3"
SHA256 = "2d60211f0336a3e36cdf2ef291542c4c49ad492858c643e0e0a6143054fb32b1"

_SECONDS_WITHOUT_ANSWER = 60


def connector_jar(cache: Path | None = None) -> Path:
    """The connector's jar, fetched the first time.

    Args:
        cache: where to keep it; the user's cache folder where not given.

    Raises:
        SparkError: it could not be fetched, or is not the one that was tested.
    """
    cache = cache or cache_folder()
    _, name, version = COORDINATE.split(":")
    jar = cache / f"{name}-{version}.jar"
    if not jar.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / f"{jar.name}.lock"):
            if not jar.is_file():
                _fetch(jar)
    _check(jar)
    return jar


def _fetch(jar: Path) -> None:
    try:
        from jgo.maven import MavenContext, PythonResolver
    except ImportError as error:
        raise SparkError(
            "the Neo4j connector for Spark is fetched by jgo, which is missing; install it with: pip install "
            "'kg-builder[spark]'"
        ) from error
    with tempfile.TemporaryDirectory(dir=jar.parent, prefix=f"{jar.stem}-") as staging:
        context = MavenContext(
            resolver=PythonResolver(), repo_cache=Path(staging), timeout=_SECONDS_WITHOUT_ANSWER
        )
        try:
            fetched = context.create_dependency(COORDINATE).artifact.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise SparkError(
                f"{COORDINATE} could not be fetched from Maven Central ({error}); check the network, or put the "
                f"jar there yourself: {jar}"
            ) from error
        _check(fetched)
        fetched.replace(jar)


def _check(jar: Path) -> None:
    with jar.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise SparkError(
            f"{jar} is not the jar that was tested (sha256 {found}, not {SHA256}); delete it, then try again"
        )
