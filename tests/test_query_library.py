"""The files of the library: what their headers say is what they do."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphs import MemoryGraph
from made_graphs import made_graph

from kg_builder.errors import QueryError
from kg_builder.stores.cypher_tokens import parameter_names, tokenize
from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.query_library import Parameter, library_queries, library_query, read_query

LIBRARY = library_queries()

GIVEN = {
    "model": "zeta0 model",
    "benchmark": "alpha1bench",
    "organization": "zeta0 labs",
    "person": "Zeta Person 0",
    "other": "alpha Person 0",
    "paper": "2401.00003",
    "name": "metric 1",
    "text": "named",
}


@pytest.fixture(scope="module")
def made() -> EmbeddedGraph:
    return EmbeddedGraph.from_graph(MemoryGraph(*made_graph(40)))


def required(name: str) -> dict[str, object]:
    return {p.name: GIVEN[p.name] for p in LIBRARY[name].parameters.values() if p.required}


def test_the_library_holds_thirty_queries_and_more():
    assert len(LIBRARY) >= 30


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_answers_with_the_columns_it_declares(name, made):
    query = LIBRARY[name]
    assert made.run(query.cypher, query.values(required(name))).columns == query.columns


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_uses_every_parameter_it_declares_and_no_other(name):
    query = LIBRARY[name]
    assert parameter_names(tokenize(query.cypher)) == set(query.parameters)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_has_a_title_a_description_and_described_parameters(name):
    query = LIBRARY[name]
    assert query.title
    assert query.description.endswith(".")
    assert all(parameter.description for parameter in query.parameters.values())


@pytest.mark.parametrize("name", LIBRARY)
def test_a_query_answers_on_a_graph_without_anything(name):
    query = LIBRARY[name]
    empty = EmbeddedGraph.from_graph(MemoryGraph())
    assert empty.run(query.cypher, query.values(required(name))).rows == []


@pytest.mark.parametrize("name", [name for name, query in LIBRARY.items() if "limit" in query.parameters])
def test_the_limit_of_a_query_cuts_its_answer_and_nothing_else(name, made):
    query = LIBRARY[name]
    whole = made.run(query.cypher, query.values({**required(name), "limit": 10_000})).rows
    one = made.run(query.cypher, query.values({**required(name), "limit": 1})).rows
    assert one == whole[:1]


def test_an_unknown_query_is_told_with_the_likely_one():
    with pytest.raises(QueryError, match="did you mean model-papers"):
        library_query("model-paper")


def test_an_underscore_may_stand_for_a_hyphen():
    assert library_query("model_papers").name == "model-papers"


def test_a_path_is_no_name():
    with pytest.raises(QueryError, match="no query"):
        library_query("../queries/model-papers")


def test_a_missing_parameter_is_told():
    with pytest.raises(QueryError, match="model-papers needs model; it takes model, variants, limit"):
        LIBRARY["model-papers"].values({})


def test_an_unknown_parameter_is_told_with_the_likely_one():
    with pytest.raises(QueryError, match="no parameter 'modell'; did you mean model"):
        LIBRARY["model-papers"].values({"modell": "GPT-4o"})


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "5", "5"),
        ("string", "", ""),
        ("integer", "5", 5),
        ("integer", 5, 5),
        ("float", "0.5", 0.5),
        ("float", 1, 1.0),
        ("boolean", "true", True),
        ("boolean", "No", False),
        ("boolean", False, False),
        ("date", "2024-12", "2024-12"),
        ("date", "2024-12-24", "2024-12-24"),
    ],
)
def test_a_value_becomes_one_of_the_declared_type(kind, text, value):
    found = Parameter("p", kind, "a parameter", required=True).value(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "five"),
        ("integer", "5.0"),
        ("integer", True),
        ("float", "much"),
        ("boolean", "maybe"),
        ("date", "yesterday"),
        ("date", "2024-12-24T10:00"),
        ("string", None),
    ],
)
def test_a_value_of_another_type_is_refused(kind, text):
    with pytest.raises(QueryError, match=r"parameter p: .* is no"):
        Parameter("p", kind, "a parameter", required=True).value(text)


def test_a_null_lifts_a_restriction_where_that_is_the_default():
    assert LIBRARY["top-papers"].values({"since": None})["since"] is None


HEADER = "// title: A title\n// description: It tells\n//   more.\n// columns: x\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "own.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_goes_on_over_several_lines(tmp_path):
    query = read_query(written(tmp_path, HEADER + "RETURN 1 AS x\n// title: not a header\n"))
    assert (query.title, query.description, query.columns) == ("A title", "It tells more.", ("x",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("// param n: integer  how many", "not declared"),
        ("// param n: number = 1  how many", "one of string, integer"),
        ("// param n: string = unquoted  what", "no JSON"),
    ],
)
def test_a_wrong_declaration_names_the_file_and_the_parameter(tmp_path, line, reason):
    path = written(tmp_path, HEADER + line + "\nRETURN $n AS x\n")
    with pytest.raises(QueryError, match=f"own.cypher: .*parameter n.*{reason}|own.cypher: .*{reason}"):
        read_query(path)


def test_a_file_without_a_title_is_refused(tmp_path):
    with pytest.raises(QueryError, match="no `// title"):
        read_query(written(tmp_path, "RETURN 1 AS x\n"))
