"""What the tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg_builder.document import Document, Problem
from kg_builder.readers import READERS, SourceFile, reader_for

ROOT = Path(__file__).parent.parent

# At the end, so that the benchmarks are found, and the package is the installed one.
sys.path.append(str(ROOT))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpora and the gold, which lies beside a checkout of the developers."""
    folder = Path(os.environ.get("KG_BUILDER_SHARED") or ROOT.parent / "shared").resolve()
    if not (folder / "data").is_dir():
        pytest.skip(
            f"the corpora are absent: there is no {folder}/data; name their folder in KG_BUILDER_SHARED"
        )
    return folder


Reading = tuple[list[Document], list[Problem]]


@pytest.fixture
def read() -> Callable[..., Reading]:
    """Read a text, bytes or a file: the documents, and the entries that were lost."""

    def reading(content: str | bytes | Path, format: str | None = None, location: str = "source") -> Reading:
        raw = content.encode("utf-8") if isinstance(content, str) else content
        source = SourceFile(location, raw)
        reader = READERS[format] if format else reader_for(source)
        outcomes = list(reader.read(source))
        documents = [outcome for outcome in outcomes if isinstance(outcome, Document)]
        return documents, [outcome for outcome in outcomes if isinstance(outcome, Problem)]

    return reading


@pytest.fixture(scope="session")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A kernel of this very Python, found in a folder of the tests' own."""
    folder = tmp_path_factory.mktemp("jupyter")
    command = [sys.executable, "-m", "ipykernel", "install", "--prefix", str(folder), "--name", "tests"]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share" / "jupyter"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        yield
