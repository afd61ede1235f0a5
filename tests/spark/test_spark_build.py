"""Building on Spark: the graph of the local engine, byte for byte, whatever happens to a worker or a file."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from digests import OTHER, digest, entry

from kg_builder import build, export
from kg_builder.engines.spark import spark_session
from kg_builder.errors import SparkError
from kg_builder.ingest import BuildReport
from kg_builder.ingest.record_files import build_from_tables
from kg_builder.ingest.spark import build_on_spark, write_tables

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("cluster")]

FILES = 1_200
CORRUPT = "0777.json"


def exported(graph: Path) -> bytes:
    output = graph.with_suffix(".jsonl")
    export(graph, "jsonl", output)
    return output.read_bytes()


def record(number: int) -> str:
    """A paper as the daily listing gives it; every third ties to the next by an author."""
    paper = {
        "id": f"2503.{number:05}",
        "title": f"StepNet{number}: Counting Steps",
        "summary": f"StepNet{number} reaches {number % 90 + 5}.5% accuracy on GSM8K.",
        "authors": [{"name": f"Ada Number{number // 3}"}, {"name": "Jonas Falk"}],
        "upvotes": number % 50,
        "publishedAt": "2025-03-01T00:00:00.000Z",
    }
    return json.dumps([{"paper": paper, "publishedAt": "2025-03-01T00:00:00.000Z", "title": paper["title"]}])


@dataclass
class Run:
    """A build on Spark of many files, one of them corrupt, in the middle of which an executor was killed."""

    local: BuildReport
    spark: BuildReport
    folder: Path
    killed: int | None


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, cluster: dict[str, str]) -> Run:
    folder = tmp_path_factory.mktemp("thousands")
    files = folder / "files"
    files.mkdir()
    for number in range(FILES):
        (files / f"{number:04}.json").write_text(record(number), encoding="utf-8")
    (files / CORRUPT).write_text(record(777)[:-40], encoding="utf-8")
    local = build([str(files)], folder / "local.kg")
    killer = _Killer()
    killer.start()
    spark = build_on_spark([str(files)], folder / "spark.kg")
    killer.join()
    return Run(local, spark, folder, killer.killed)


class _Killer(threading.Thread):
    """Kills an executor of this process's Spark when some tasks are done and others are at work."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        with spark_session() as session:
            self._tracker = session.sparkContext.statusTracker()
        self.killed: int | None = None

    def run(self) -> None:
        deadline = time.monotonic() + 300
        while self.killed is None and time.monotonic() < deadline:
            stages = [self._tracker.getStageInfo(stage) for stage in self._tracker.getActiveStageIds()]
            if any(s and s.numCompletedTasks and s.numActiveTasks for s in stages):
                executor = next(p for p in psutil.Process().children(recursive=True) if _is_executor(p))
                os.kill(executor.pid, signal.SIGKILL)
                self.killed = executor.pid
            time.sleep(0.02)


def _is_executor(process: psutil.Process) -> bool:
    try:
        return any("CoarseGrainedExecutorBackend" in argument for argument in process.cmdline())
    except psutil.Error:
        return False


def test_an_executor_killed_in_the_middle_costs_nothing(run: Run):
    assert run.killed is not None
    assert not psutil.pid_exists(run.killed)
    assert run.spark.papers == run.local.papers == FILES - 1
    assert exported(run.folder / "spark.kg") == exported(run.folder / "local.kg")


def test_a_corrupt_file_among_thousands_is_told_as_the_local_engine_tells_it_and_costs_nothing_else(run: Run):
    assert [str(problem) for problem in run.spark.problems] == [
        str(problem) for problem in run.local.problems
    ]
    assert [problem.location for problem in run.spark.problems] == [f"files/{CORRUPT}"]
    assert run.spark.read == run.local.read


def test_the_graph_of_mixed_formats_equals_that_of_the_local_engine(tmp_path: Path):
    (tmp_path / "one.md").write_text(digest(entry(), OTHER), encoding="utf-8")
    (tmp_path / "two.json").write_text(record(1), encoding="utf-8")
    (tmp_path / "notes.md").write_text("# nothing to read here\n", encoding="utf-8")
    local = build([str(tmp_path)], tmp_path / "local.kg")
    spark = build_on_spark([str(tmp_path)], tmp_path / "spark.kg")
    assert exported(tmp_path / "spark.kg") == exported(tmp_path / "local.kg")
    assert spark.passed_over == local.passed_over == ["notes.md"]


def test_what_is_as_it_was_is_not_read_again(tmp_path: Path):
    for name, content in (("one.md", digest()), ("two.md", digest(OTHER, date="2025-01-03"))):
        (tmp_path / name).write_text(content, encoding="utf-8")
    build([str(tmp_path)], tmp_path / "g.kg")
    (tmp_path / "two.md").write_text(digest(entry(title="Third", arxiv="2501.00003")), encoding="utf-8")
    report = build_on_spark([str(tmp_path)], tmp_path / "g.kg")
    assert (report.read, report.unchanged) == (["two.md"], ["one.md"])
    build([str(tmp_path)], tmp_path / "fresh.kg")
    assert exported(tmp_path / "g.kg") == exported(tmp_path / "fresh.kg")


def test_each_row_of_a_parquet_table_is_a_source(tmp_path: Path):
    rows = {"location": ["day/1.md", "day/2.json"], "content": [digest(), record(5)]}
    pq.write_table(pa.table(rows), tmp_path / "days.parquet")
    (tmp_path / "day").mkdir()
    for location, content in zip(*rows.values(), strict=True):
        (tmp_path / location).write_text(content, encoding="utf-8")
    write_tables([str(tmp_path / "days.parquet")], str(tmp_path / "tables"), tmp_path / "spark.kg")
    build_from_tables(tmp_path / "tables", tmp_path / "spark.kg")
    build([str(tmp_path / "day")], tmp_path / "local.kg")
    assert exported(tmp_path / "spark.kg") == exported(tmp_path / "local.kg")


def test_files_below_an_address_are_read_by_spark_itself(tmp_path: Path):
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "one.md").write_text(digest(), encoding="utf-8")
    write_tables([folder.as_uri()], str(tmp_path / "tables"), tmp_path / "g.kg")
    report = build_from_tables(tmp_path / "tables", tmp_path / "g.kg")
    assert [Path(location).name for location in report.read] == ["one.md"]


def test_tables_are_never_written_over_something(tmp_path: Path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    with pytest.raises(SparkError, match="there is something already"):
        write_tables([str(tmp_path / "one.md")], str(tmp_path), tmp_path / "g.kg")


def test_a_fault_that_is_no_source_s_says_so_and_leaves_the_workspace_as_it_was(tmp_path: Path):
    missing = tmp_path / "missing.parquet"
    with pytest.raises(SparkError, match=r"Spark failed: .*missing\.parquet"):
        build_on_spark([str(missing)], tmp_path / "g.kg")
    assert list(tmp_path.iterdir()) == []
