"""Neo4j Community as the jars of Maven Central, kept in the user's cache folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg_builder.errors import LocalServerError
from kg_builder.stores.neo4j.java import INSTALL_HINT
from kg_builder.stores.neo4j.locking import locked

#: The long-term support release that the local server runs where no other is asked for.
NEO4J_VERSION = "5.26.30"

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>neo4j-jars</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{}</version>
</dependency></dependencies></project>
"""
_VERSION = re.compile(r"\d+(\.\d+)+")
_MAVEN_DOWNLOAD = re.compile(r"Downloaded from \S+ \S*/(\S+)")
_SECONDS_WITHOUT_ANSWER = 60
_RUN_TIME_SCOPES = (None, "compile", "runtime")


def cache_folder() -> Path:
    """Where downloads are kept: the cache folder of this user, as each system has it."""
    home = Path.home()
    if named := os.environ.get("XDG_CACHE_HOME"):
        base = Path(named)
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = home / ".cache"
    return base / "kg-builder"


def neo4j_jars(version: str = NEO4J_VERSION, *, cache: Path | None = None) -> Path:
    """The folder with the jars of Neo4j, fetched from Maven Central the first time.

    The folder appears under its name only when it is complete. A second process waits for the first.

    Args:
        version: a release of ``org.neo4j:neo4j``.
        cache: where to keep it; the user's cache folder where not given.

    Raises:
        LocalServerError: nothing to fetch with is installed, or fetching failed.
    """
    if not _VERSION.fullmatch(version):
        raise LocalServerError(f"{version!r} is no Neo4j version; name one such as {NEO4J_VERSION}")
    cache = cache or cache_folder()
    jars = cache / f"neo4j-{version}"
    if jars.is_dir():
        return jars
    cache.mkdir(parents=True, exist_ok=True)
    with locked(cache / f"neo4j-{version}.lock"):
        if jars.is_dir():
            return jars
        with tempfile.TemporaryDirectory(dir=cache, prefix=f"neo4j-{version}-") as staging:
            complete = Path(staging) / "jars"
            complete.mkdir()
            _fetch(version, Path(staging), complete)
            _check(complete)
            complete.rename(jars)
    return jars


def _fetch(version: str, staging: Path, jars: Path) -> None:
    what = f"Neo4j {version} (120 MB, once) from Maven Central"
    with _told(what) as tell:
        if shutil.which("mvn"):
            try:
                _fetch_by_maven(version, staging, jars, tell)
            except LocalServerError as error:
                print(f"{error}; fetching without it", file=sys.stderr)  # noqa: T201
            else:
                return
        _fetch_by_jgo(version, staging, jars, tell)


@contextmanager
def _told(what: str) -> Iterator[Callable[[str], None]]:
    """Say what is being fetched; on a terminal show each file as it comes."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        print(f"Fetching {what} …", file=sys.stderr)  # noqa: T201
        yield lambda _: None
        return
    with console.status(f"Fetching {what} …") as status:
        count = 0

        def tell(name: str) -> None:
            nonlocal count
            count += 1
            status.update(f"Fetching {what}: file {count}, {name}")

        yield tell
    console.print(f"Fetched {what}")


def _fetch_by_maven(version: str, staging: Path, jars: Path, tell: Callable[[str], None]) -> None:
    pom = staging / "pom.xml"
    pom.write_text(_POM.format(version), encoding="utf-8")
    command = ["mvn", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    command += [f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
    lines = []
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as maven:
        assert maven.stdout is not None
        for line in maven.stdout:
            lines.append(line)
            if found := _MAVEN_DOWNLOAD.search(line):
                tell(found.group(1))
    if maven.returncode:
        shutil.rmtree(jars)
        jars.mkdir()
        errors = [line.strip() for line in lines if "ERROR" in line] or ["it gave no reason"]
        raise LocalServerError(f"mvn could not fetch Neo4j {version}: {errors[0]}")


def _fetch_by_jgo(version: str, staging: Path, jars: Path, tell: Callable[[str], None]) -> None:
    try:
        from jgo.maven import MavenContext, PythonResolver
    except ImportError as error:
        raise LocalServerError(f"the local Neo4j needs jgo (or mvn); {INSTALL_HINT}") from error

    @contextmanager
    def progress(name: str, _size: int) -> Iterator[Callable[[int], None]]:
        tell(name)
        yield lambda _received: None

    # The repository lies in the staging folder: what an interrupted run left elsewhere could be cut off.
    resolver = PythonResolver(progress_callback=progress)
    context = MavenContext(
        resolver=resolver, repo_cache=staging / "repository", timeout=_SECONDS_WITHOUT_ANSWER
    )
    try:
        wanted = context.create_dependency(f"org.neo4j:neo4j:{version}")
        itself, needed = resolver.resolve([wanted])
        for dependency in (*itself, *needed):
            if dependency.type == "jar" and dependency.scope in _RUN_TIME_SCOPES:
                jar = dependency.artifact.resolve()
                jar.replace(jars / jar.name)
    except (OSError, RuntimeError, ValueError) as error:
        raise LocalServerError(
            f"Neo4j {version} could not be fetched from Maven Central ({error}); "
            "check the network (and that this version exists), then try again"
        ) from error


def _check(jars: Path) -> None:
    """Raise `LocalServerError` where a jar was cut off or changed on its way."""
    found = sorted(jars.glob("*.jar"))
    if not any(jar.name.startswith("neo4j-kernel-") for jar in found):
        raise LocalServerError("what Maven Central sent holds no Neo4j server; try again")
    for jar in found:
        try:
            with zipfile.ZipFile(jar) as archive:
                damaged = archive.testzip()
        except zipfile.BadZipFile:
            damaged = "its directory"
        if damaged is not None:
            raise LocalServerError(f"{jar.name} arrived damaged ({damaged}); try again")
