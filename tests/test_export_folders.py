"""Exports as folders: CSV and Parquet tables, and what neo4j-admin imports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from graphs import MemoryGraph, node, relationship

from kg_builder import KgBuilderError, export
from kg_builder.graph import node_fields, relationship_fields
from kg_builder.schema import graph_schema
from kg_builder.stores.folders import (
    ARGUMENT_FILE,
    new_folder,
    write_csv,
    write_for_neo4j_admin,
    write_parquet,
)
from kg_builder.workspace import Workspace

GRAPH = MemoryGraph(
    [
        node("Paper", "p", title='A "title",\nin two lines', authors_complete=True),
        node("Model", "m", name="모델", aliases=["a,b", 'c"']),
        node("Model", "n", name="N"),
    ],
    [relationship("Paper/p", "USES", "Model/m", confidence=0.1 + 0.2, start=3, sources=["s"])],
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "small.kg", writable=True) as made, made.transaction() as connection:
        connection.execute("""INSERT INTO nodes."Topic" VALUES ('a', 'A')""")
        made.mark_graph_fresh()
    return tmp_path / "small.kg"


def test_csv_has_a_table_for_each_label_and_type_and_keeps_every_value(tmp_path):
    write_csv(GRAPH, tmp_path, "tests")
    models = list(csv.DictReader((tmp_path / "nodes" / "Model.csv").open(encoding="utf-8", newline="")))
    assert [(row["id"], row["name"], row["family"]) for row in models] == [("m", "모델", ""), ("n", "N", "")]
    assert json.loads(models[0]["aliases"]) == ["a,b", 'c"']
    (paper,) = csv.DictReader((tmp_path / "nodes" / "Paper.csv").open(encoding="utf-8", newline=""))
    assert paper["title"] == 'A "title",\nin two lines'
    (uses,) = csv.DictReader((tmp_path / "relationships" / "USES.csv").open(encoding="utf-8", newline=""))
    assert (uses["start_id"], uses["end_id"], float(uses["confidence"])) == ("p", "m", 0.1 + 0.2)


def test_parquet_has_the_types_of_the_schema_for_empty_tables_too(tmp_path):
    write_parquet(GRAPH, tmp_path, "tests")
    schema = graph_schema()
    for label in schema.labels.values():
        assert pq.read_schema(tmp_path / "nodes" / f"{label.name}.parquet").equals(node_fields(label))
    for kind in schema.relationships.values():
        found = pq.read_schema(tmp_path / "relationships" / f"{kind.name}.parquet")
        assert found.equals(relationship_fields(kind))
    models = pq.read_table(tmp_path / "nodes" / "Model.parquet").to_pylist()
    assert models[0]["aliases"] == ["a,b", 'c"']
    assert models[1]["aliases"] is None


def test_neo4j_admin_is_given_paths_within_the_folder(tmp_path):
    write_for_neo4j_admin(GRAPH, tmp_path, "tests")
    lines = (tmp_path / ARGUMENT_FILE).read_text(encoding="utf-8").splitlines()
    files = [line.rpartition("=")[2] for line in lines if line.startswith(("--nodes", "--relationships"))]
    assert {"./Paper.csv", "./Model.csv", "./Paper_USES_Model.csv", "./_KgBuilder.csv"} <= set(files)
    assert all((tmp_path / file).is_file() for file in files)
    header = (tmp_path / "Model.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert header.startswith('"id:ID(Model)","name:string"')


def test_the_owner_is_the_workspaces_name_unless_it_is_said(workspace, tmp_path):
    export(workspace, "neo4j-admin", tmp_path / "a")
    export(workspace, "neo4j-admin", tmp_path / "b", owner="team")
    owners = [(tmp_path / name / "_KgBuilder.csv").read_text(encoding="utf-8") for name in "ab"]
    assert ['"small"' in owners[0], '"team"' in owners[1]] == [True, True]


@pytest.mark.parametrize("format", ["csv", "parquet", "neo4j-admin"])
def test_a_folder_is_asked_for_and_never_written_over(workspace, tmp_path, format):
    with pytest.raises(KgBuilderError, match="name it with -o"):
        export(workspace, format)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "precious").touch()
    with pytest.raises(KgBuilderError, match="is there already"):
        export(workspace, format, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["precious"]


def test_a_folder_that_was_cut_off_leaves_nothing(tmp_path):
    def cut_off() -> None:
        with new_folder(tmp_path / "out") as folder:
            (folder / "half").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert list(tmp_path.iterdir()) == []
