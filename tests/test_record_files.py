"""Taking over record tables: what workers wrote becomes the workspace's, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from digests import OTHER, digest
from typer.testing import CliRunner

from kg_builder import SourceError, build, export
from kg_builder.cli import app
from kg_builder.engines.spark.record_files import wide_batches, wide_schema
from kg_builder.errors import SparkError
from kg_builder.extract import ExtractionSettings, fingerprint
from kg_builder.ingest.record_files import build_from_tables


def write(folder: Path, **sources: str) -> Path:
    """Tables as Spark writes them, by the function that its workers run."""
    rows = [{"location": name, "content": text.encode(), "named": True} for name, text in sources.items()]
    fields = {"location": pa.string(), "path": pa.string(), "content": pa.binary(), "named": pa.bool_()}
    incoming = pa.RecordBatch.from_pylist(rows, schema=pa.schema(fields))
    batches = wide_batches([incoming], None, ExtractionSettings(), {}, fingerprint())
    ds.write_dataset(
        pa.Table.from_batches(batches, wide_schema()),
        folder,
        format="parquet",
        partitioning=ds.partitioning(pa.schema({"table": pa.string()}), flavor="hive"),
    )
    (folder / "_SUCCESS").touch()
    return folder


def exported(graph: Path) -> bytes:
    output = graph.with_suffix(".jsonl")
    export(graph, "jsonl", output)
    return output.read_bytes()


def test_tables_give_the_graph_of_the_sources(tmp_path: Path):
    tables = write(tmp_path / "tables", one=digest(), two=digest(OTHER, date="2025-01-03"))
    report = build_from_tables(tables, tmp_path / "tables.kg")
    (tmp_path / "one").write_text(digest(), encoding="utf-8")
    (tmp_path / "two").write_text(digest(OTHER, date="2025-01-03"), encoding="utf-8")
    build([str(tmp_path / "one"), str(tmp_path / "two")], tmp_path / "direct.kg")
    assert (report.read, report.papers) == (["one", "two"], 2)
    assert exported(tmp_path / "tables.kg") == exported(tmp_path / "direct.kg")


def test_what_tables_say_of_a_source_replaces_what_was_known_of_it_and_others_stay(tmp_path: Path):
    build_from_tables(write(tmp_path / "a", one=digest(), two=digest(OTHER)), tmp_path / "g.kg")
    build_from_tables(write(tmp_path / "b", two=digest()), tmp_path / "g.kg")
    build_from_tables(write(tmp_path / "c", one=digest(), two=digest()), tmp_path / "fresh.kg")
    assert exported(tmp_path / "g.kg") == exported(tmp_path / "fresh.kg")


def test_a_source_that_failed_keeps_what_it_said_before(tmp_path: Path):
    build_from_tables(write(tmp_path / "a", one=digest(), two=digest(OTHER)), tmp_path / "g.kg")
    before = exported(tmp_path / "g.kg")
    report = build_from_tables(write(tmp_path / "b", one="", two=digest(OTHER)), tmp_path / "g.kg")
    assert [str(problem) for problem in report.problems] == ["one: the file is empty"]
    assert exported(tmp_path / "g.kg") == before


def test_tables_of_which_nothing_could_be_read_leave_no_workspace(tmp_path: Path):
    with pytest.raises(SourceError, match="one: the file is empty"):
        build_from_tables(write(tmp_path / "a", one=""), tmp_path / "g.kg")
    assert not (tmp_path / "g.kg").exists()


def test_tables_that_were_cut_off_are_refused(tmp_path: Path):
    tables = write(tmp_path / "a", one=digest())
    (tables / "_SUCCESS").unlink()
    with pytest.raises(SourceError, match="no complete record tables"):
        build_from_tables(tables, tmp_path / "g.kg")
    with pytest.raises(SourceError, match="there is no such folder"):
        build_from_tables(tmp_path / "nowhere", tmp_path / "g.kg")


def test_a_source_that_stands_in_the_tables_twice_is_refused(tmp_path: Path):
    tables = write(tmp_path / "a", one=digest())
    (write(tmp_path / "b", one=digest()) / "table=outcome" / "part-0.parquet").rename(
        tables / "table=outcome" / "more.parquet"
    )
    with pytest.raises(SourceError, match="one: this source stands in the tables twice"):
        build_from_tables(tables, tmp_path / "g.kg")


def test_tables_of_another_version_are_refused(tmp_path: Path):
    tables = write(tmp_path / "a", one=digest())
    for file in (tables / "table=document").glob("*.parquet"):
        ds.write_dataset(
            ds.dataset(file).to_table(columns=["source", "document"]),
            file.parent,
            format="parquet",
            existing_data_behavior="delete_matching",
        )
    with pytest.raises(SourceError, match="not those of this version"):
        build_from_tables(tables, tmp_path / "g.kg")
    assert not (tmp_path / "g.kg").exists()


def test_a_worker_of_another_version_refuses_to_work():
    with pytest.raises(SparkError, match="another version of kg-builder than the driver"):
        next(wide_batches([], None, ExtractionSettings(), {}, "another"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from-tables", "t", "one.md"], "--from-tables stands alone"),
        ([], "name the sources"),
        (["one.md", "--tables", "t"], "belong to --engine spark"),
        (["one.md", "--with-graph"], "belong to --engine spark"),
        (["one.md", "--engine", "spark", "--with-graph"], "--with-graph goes with --tables DIR"),
        (["one.md", "--engine", "spark", "--sync"], "--sync does not go with --engine spark"),
        (["one.md", "--engine", "spark", "--spark", "master"], "give a property as NAME=VALUE"),
    ],
)
def test_options_that_do_not_fit_together_are_told(arguments: list[str], said: str):
    outcome = CliRunner().invoke(app, ["build", *arguments])
    assert said in str(outcome.exception)
