"""Marks: what a node or relationship in a database says of itself."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.spatial import WGS84Point
from neo4j.time import Date

from kg_builder.schema import graph_schema
from kg_builder.stores.neo4j.cypher import quoted
from kg_builder.stores.neo4j.fingerprints import fingerprint
from kg_builder.stores.neo4j.marks import Layout, Mark, Marker, without_empty_lists

bits = st.integers(0, 2**40)
marks = st.builds(Mark, st.integers(0, 99), bits, bits, st.just("0123456789abcdef"), st.booleans())


@given(marks)
def test_a_mark_is_read_as_it_was_written(mark: Mark) -> None:
    assert Mark.parse(str(mark)) == mark


@pytest.mark.parametrize(
    "text", [None, 3, "", "3.1", "3.1..0123", "x.1..0123456789abcdef", "3.1..0123456789abcdef "]
)
def test_what_is_no_mark_is_somebody_elses(text: object) -> None:
    assert Mark.parse(text) is None


def test_a_mark_tells_what_was_written_from_what_was_there() -> None:
    marker = Marker(3, ("id", "name", "size"))
    mark = marker.mark({"id": "m", "size": "7B"}, kept=["id"])
    assert (marker.names(mark.known), marker.names(mark.written)) == (["id", "size"], ["size"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 1.0}),
        ({"a": 0.0}, {"a": -0.0}),
        ({"a": True}, {"a": 1}),
        ({"a": ["b", "c"]}, {"a": ["b,c"]}),
        ({"a": ["b", "c"]}, {"a": ["bc"]}),
        ({"a": ["b"]}, {"a": "b"}),
        ({"a": ""}, {}),
        ({"a": "b1:cs1:d"}, {"a": "b", "c": "d"}),
    ],
)
def test_fingerprints_tell_types_and_shapes_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_stored_values_are_judged_by_the_properties_that_the_graph_knows() -> None:
    marker = Marker(0, ("id", "name"))
    mark = marker.mark({"id": "m", "name": "M"})
    assert marker.of_stored(mark, {"id": "m", "name": "M", "note": "a guest's"}) == mark
    assert marker.of_stored(mark, {"id": "m", "name": "edited"}) != mark
    assert marker.of_stored(mark, {"id": "m"}) != mark


def test_a_layout_keeps_its_meaning_when_the_schema_changes() -> None:
    schema = graph_schema()
    layout = Layout.empty().extended(schema)
    paper = schema.labels["Paper"]
    properties = {"subtitle": replace(paper.properties["title"], name="subtitle")} | dict(paper.properties)
    del properties["venue"]
    labels = {"Lab": schema.labels["Topic"], "Paper": replace(paper, properties=properties)}
    grown = layout.extended(replace(schema, labels={**{k: replace(v, name=k) for k, v in labels.items()}}))
    old = Marker.of_label(layout, "Paper").mark({"id": "p", "venue": "ACL"})
    assert Marker.of_label(grown, "Paper").names(old.known) == ["id", "venue"]
    assert grown.label_of(old) == "Paper"
    assert grown.labels["Paper"][-1] == "subtitle"
    assert Layout.from_json(grown.to_json()) == grown


@given(st.text())
def test_a_quoted_name_cannot_end_its_quotes(name: str) -> None:
    inside = quoted(name)[1:-1]
    assert inside.replace("``", "").count("`") == 0
    assert inside.replace("``", "`") == name


ROW = st.fixed_dictionaries(
    {},
    optional={
        "id": st.text(),
        "text": st.text(),
        "value": st.floats(),
        "from_value": st.floats(),
        "count": st.integers(-(2**63), 2**63 - 1),
        "complete": st.booleans(),
        "aliases": st.lists(st.text(), min_size=1),
    },
)
COLUMNS = pa.schema(
    {
        "value": pa.float64(),
        "id": pa.string(),
        "count": pa.int64(),
        "complete": pa.bool_(),
        "aliases": pa.list_(pa.string()),
        "text": pa.string(),
        "from_value": pa.float64(),
    }
)


@given(st.lists(ROW))
def test_marks_of_columns_are_the_marks_of_the_rows(rows: list[dict[str, object]]) -> None:
    marker = Marker(7, tuple(COLUMNS.names))
    # A slice begins in the middle of what its columns hold, as batches of a larger table do.
    batch = pa.RecordBatch.from_pylist([{"aliases": ["before"]}, *rows], COLUMNS).slice(1)
    columns = dict(zip(COLUMNS.names, batch.columns, strict=True))
    assert marker.marks(columns, len(rows)).to_pylist() == [str(marker.mark(row)) for row in rows]


def test_marks_of_no_columns_are_those_of_no_properties() -> None:
    marker = Marker(0, ())
    assert marker.marks({}, 2).to_pylist() == [str(marker.mark({}))] * 2


def test_an_empty_list_is_a_property_that_is_not_known() -> None:
    lists = pa.array([["a"], [], None, [""]], pa.list_(pa.string()))
    assert without_empty_lists(lists).to_pylist() == [["a"], None, None, [""]]


@pytest.mark.parametrize(
    "value", [Date(2024, 1, 2), b"2024", [Date(2024, 1, 2)], [1, 2], WGS84Point((1.0, 2.0))]
)
def test_values_that_only_others_write_have_fingerprints(value: object) -> None:
    assert fingerprint({"date": value}) != fingerprint({"date": str(value)})
    assert fingerprint({"date": value}) == fingerprint({"date": copy(value)})
