"""Reading big tables in order takes little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.neo4j.made_workspace import make_workspace
from kg_builder import export

READ = """
import re, sys
from pathlib import Path
from kg_builder.stores.bounded_reading import bound_memory
from kg_builder.workspace import Workspace
with Workspace(Path(sys.argv[1])) as workspace:
    if sys.argv[2] == "bound":
        bound_memory(workspace)
    rows = sum(batch.num_rows for batch in workspace.graph().relationships("USES"))
# The peak of this program alone; that of `resource` begins with what its parent held.
print(rows, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.kg"
    make_workspace(path, 150_000)
    return path


def _read(path: Path, how: str) -> tuple[int, int]:
    done = subprocess.run([sys.executable, "-c", READ, path, how], check=True, capture_output=True, text=True)
    rows, megabytes = done.stdout.split()
    return int(rows), int(megabytes)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_a_sort_that_is_bound_takes_less_than_one_that_is_not(made: Path) -> None:
    rows, bound = _read(made, "bound")
    assert rows == 900_000
    assert bound < 420
    assert bound < _read(made, "free")[1]


def test_nothing_of_the_sort_is_left_beside_the_workspace(made: Path, tmp_path: Path) -> None:
    export(made, "parquet", tmp_path / "tables")
    assert [path.name for path in made.parent.iterdir()] == ["made.kg"]
