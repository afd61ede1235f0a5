"""The graph by Spark SQL: every table that of the local engine, and nothing taken over that is not whole or not fit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from digests import OTHER, WEI_ZHANGS, digest, entry
from pyspark.sql import SparkSession

from kg_builder import SourceError, build, export
from kg_builder.curation import add_alias
from kg_builder.engines.spark import SparkTables, spark_session
from kg_builder.ingest import BuildReport, refresh
from kg_builder.ingest import spark as on_spark
from kg_builder.ingest.record_files import build_from_tables
from kg_builder.ingest.spark import write_tables
from kg_builder.resolve.tables import WorkspaceTables
from kg_builder.schema import graph_schema

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("cluster")]

#: So that one paper is over it.
LARGEST_TEAM = 4

ENGLISH = entry(
    title="TinyWalk: Short Walks for Long Proofs",
    new="TinyWalk is a new framework that splits long proofs into short walks.",
    details="TinyWalk is based on Qwen2.5-7B and uses CLIP.",
    highlights="TinyWalk reaches 3.5% higher accuracy than GPT-4o on GSM8K. It needs 10000000 steps.",
)
BIBLIOGRAPHY = r"""
@article{walk, title = {TinyWalk: Short Walks for Long Proofs}, year = 2025, journal = {Journal of Walks},
  author = {Seo, Mina and Falk, Jonas and Brun, Ada and {Harbor Lab}}, doi = {10.1000/walk},
  eprint = {2501.00001}, archivePrefix = {arXiv}, keywords = {walks, proofs}}
@misc{other, title = "Without Ids", author = "Bo Li", year = 2024}
"""


def work(number: int, title: str, cited: list[str], **more: object) -> str:
    """A work as OpenAlex gives it."""
    name = {"display_name": "Mina Seo", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    authorship = {"author": name, "institutions": [{"display_name": "Harbor Lab"}, {"display_name": "GSM8K"}]}
    told = {
        "id": f"https://openalex.org/W{number}",
        "title": title,
        "publication_date": "2025-03-01",
        "authorships": [authorship, {"author": {"display_name": "Wei Zhang"}}],
        "referenced_works": [f"https://openalex.org/{w}" for w in cited],
        "topics": [{"display_name": "Long Proofs"}],
    }
    return json.dumps(told | more) + "\n"


WORKS = (
    # Known by its DOI and its own id, by which the next one cites it; the bibliography knows it by arXiv and DOI.
    work(1, "TinyWalk", ["W2", "W9"], doi="https://doi.org/10.1000/walk")
    + work(2, "Citing", ["W1", "W2"], publication_date=None)
    + work(
        3, "Large Team", ["W1"], authorships=[{"author": {"display_name": f"Person N{n}"}} for n in range(6)]
    )
)


@dataclass
class Made:
    """Tables that were written by Spark with their graph, and the local engine's workspace of the same sources."""

    tables: Path
    local: Path
    report: BuildReport

    def copy(self, folder: Path) -> Path:
        """The tables in a folder of their own."""
        return shutil.copytree(self.tables, folder / "tables")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cluster: dict[str, str]) -> Made:
    folder = tmp_path_factory.mktemp("graph")
    sources = folder / "sources"
    sources.mkdir()
    contents = {
        "1.md": digest(entry(), OTHER),
        "2.md": digest(ENGLISH, date="2025-01-03"),
        "3.md": digest(*WEI_ZHANGS[1:], date="2025-01-04"),
        "works.jsonl": WORKS,
        "walks.bib": BIBLIOGRAPHY,
    }
    for name, content in contents.items():
        (sources / name).write_text(content, encoding="utf-8")
    (folder / "people.yaml").write_text(
        "- apart: [Ada Brun, Mina Seo]\n- merge: [Mina Seo, Minah Seo]\n", encoding="utf-8"
    )
    local = folder / "local.kg"
    build([str(sources)], local, largest_team=LARGEST_TEAM)
    report = add_alias(local, "CLIP", "Qwen2.5-7B", "Model")
    write_tables([str(sources)], str(folder / "tables"), local, with_graph=True)
    return Made(folder / "tables", local, report)


def exported(graph: Path) -> bytes:
    output = graph.with_suffix(".jsonl")
    export(graph, "jsonl", output)
    return output.read_bytes()


def opened(made: Made, folder: Path) -> Path:
    """Where to open the tables with the decisions that they were computed with."""
    graph = folder / "g.kg"
    shutil.copy(made.local, graph)
    shutil.copy(made.local.parent / "people.yaml", folder)
    return graph


def computing(*_: object) -> list[str]:
    raise AssertionError("the graph was computed here")


def test_every_table_of_the_graph_equals_that_of_the_local_engine(made: Made):
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{made.local}' AS local (READ_ONLY)")
    differing = []
    tables = sorted(path for path in (made.tables / "graph").glob("*/*") if path.is_dir())
    for path in tables:
        known = f'local.{"main" if path.parent.name == "beside" else path.parent.name}."{path.name}"'
        columns = ", ".join(f'"{row[0]}"' for row in connection.execute(f"DESCRIBE {known}").fetchall())
        sides = (f"SELECT {columns} FROM {known}", f"SELECT {columns} FROM read_parquet('{path}/*.parquet')")
        for one, other in (sides, sides[::-1]):
            differing += connection.execute(
                f"SELECT '{path.name}', * FROM ({one} EXCEPT ALL {other})"
            ).fetchall()
    schema = graph_schema()
    assert len(tables) == len(schema.labels) + len(schema.relationships) + 4
    assert differing == []


def test_the_made_up_sources_hold_what_could_go_wrong(made: Made):
    rows = {**made.report.nodes, **made.report.relationships}
    empty = {name for name, count in rows.items() if not count}
    assert empty <= {"VARIANT_OF", "PRODUCED_AT", "EVALUATES", "AGAINST"}
    assert any("6 authors, more than 4" in notice for notice in made.report.notices)


def test_the_tables_are_opened_without_computing_and_export_the_same_bytes(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    graph = opened(made, tmp_path)
    expected = exported(graph)
    monkeypatch.setattr(refresh, "compute_graph", computing)
    report = build_from_tables(made.tables, graph)
    assert exported(graph) == expected
    assert not report.changed
    assert (report.nodes, report.relationships) == (made.report.nodes, made.report.relationships)
    assert [n for n in report.notices if "authors" in n] == [n for n in made.report.notices if "authors" in n]


def test_a_workspace_with_other_sources_gets_the_graph_of_all(made: Made, tmp_path: Path):
    graph = opened(made, tmp_path)
    (tmp_path / "more.md").write_text(digest(date="2025-02-01"), encoding="utf-8")
    build([str(tmp_path / "more.md")], graph)
    expected = exported(graph)
    report = build_from_tables(made.tables, graph)
    assert (
        "computed here and not taken from the tables: the workspace holds other sources too"
        in report.notices[0]
    )
    assert exported(graph) == expected


def test_other_decisions_give_the_graph_that_follows_from_them(made: Made, tmp_path: Path):
    graph = opened(made, tmp_path)
    (tmp_path / "people.yaml").unlink()
    report = build_from_tables(made.tables, graph)
    assert "other decisions on people or names" in report.notices[0]
    assert exported(graph) != exported(made.local)


def drop_manifest(graph: Path) -> None:
    shutil.rmtree(graph / "manifest")


def change_version(graph: Path) -> None:
    for part in (graph / "manifest").glob("part-*"):
        told = json.loads(part.read_text(encoding="utf-8"))
        part.write_text(json.dumps(told | {"version": "0;1"}), encoding="utf-8")


def add_to_manifest(graph: Path) -> None:
    for part in (graph / "manifest").glob("part-*"):
        told = json.loads(part.read_text(encoding="utf-8"))
        part.write_text(json.dumps(told | {"more": 1}), encoding="utf-8")


def lose_files(graph: Path) -> None:
    for part in (graph / "nodes" / "Paper").glob("*.parquet"):
        part.unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (drop_manifest, "not written to their end"),
        (change_version, "another version of kg-builder"),
        (add_to_manifest, "another version of kg-builder"),
        (lose_files, r"nodes/Paper has not the \d+ rows"),
    ],
)
def test_what_is_not_whole_or_of_another_version_is_refused(
    made: Made, tmp_path: Path, harm: Callable[[Path], None], said: str
):
    tables = made.copy(tmp_path)
    harm(tables / "graph")
    graph = opened(made, tmp_path)
    expected = exported(graph)
    with pytest.raises(SourceError, match=said):
        build_from_tables(tables, graph)
    assert exported(graph) == expected


def test_a_job_that_fails_midway_leaves_nothing_that_passes_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def failing(tables: SparkTables, _: object) -> list[str]:
        tables.execute('INSERT INTO nodes."Source" BY NAME SELECT source AS id, format FROM source', {})
        raise RuntimeError("lost")

    monkeypatch.setattr(on_spark, "compute_graph", failing)
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    with pytest.raises(RuntimeError, match="lost"):
        write_tables([str(tmp_path / "one.md")], str(tmp_path / "t"), tmp_path / "g.kg", with_graph=True)
    assert (tmp_path / "t" / "graph" / "nodes" / "Source" / "_SUCCESS").exists()
    with pytest.raises(SourceError, match="not written to their end"):
        build_from_tables(tmp_path / "t", tmp_path / "g.kg")


def test_the_session_of_the_user_stays_as_it_was(made: Made):
    active = SparkSession.getActiveSession()
    assert active is not None
    assert active.sql('SELECT "quoted" AS text').first()["text"] == "quoted"
    assert active.catalog.listTables() == []


def test_texts_and_numbers_read_alike_in_both(made: Made, tmp_path: Path):
    numbers = [0.1, 1e7, 1e16, 123456789.125, 1e-5, 5e-324, 1.7976931348623157e308, -0.0, 2 / 3, None]
    texts = ["a", 'quo"te', "back\\slash", "tab\tline\n", "\x01\x1f\x7f", "한글/é", "\u2028", "😀", None]
    query = (
        "SELECT number_text(n) AS number, facts_text(t, number_text(n), NULL, t) AS facts, sha256(t) AS hash "
        "FROM odd ORDER BY i"
    )
    columns = {"i": pa.int32(), "n": pa.float64(), "t": pa.string()}
    rows = list(zip(range(len(numbers)), numbers, [*texts, None], strict=True))
    answers = []
    with spark_session() as session, duckdb.connect() as connection:
        there = SparkTables(session, str(made.tables), str(tmp_path / "unused"), graph_schema())
        for tables in (WorkspaceTables(connection), there):
            tables.make("odd", columns, rows)
            answers.append(list(tables.rows(query)))
        there.close()
    assert answers[0] == answers[1]
