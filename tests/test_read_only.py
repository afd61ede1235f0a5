"""What is let through to the engines: queries that read the graph, and nothing else."""

from __future__ import annotations

import kglite
import pytest
from attacks import attacks
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from kg_builder.errors import QueryError, ReadOnlyError
from kg_builder.stores.query_library import library_queries
from kg_builder.stores.read_only import allowed_cypher, check_query, check_read_only

READING = [
    "MATCH (n) RETURN n",
    "MATCH (n) RETURN n;",
    "match (n) return n",
    "MATCH (m:Model {name: 'CREATE (n)'}) RETURN m.set, m.`create`",
    'MATCH (m) WHERE m.name = "it\'s; DELETE" RETURN m',
    "MATCH (n:`Create`)-[:`SET`]->(m:Delete) RETURN n.remove // CREATE (n)",
    "MATCH (n) /* DETACH DELETE n */ RETURN n",
    "MATCH (n)-[r:USES*1..3]->(m) WHERE n.x =~ '(?i)a' RETURN n, count(*) AS c ORDER BY c DESC, n.id SKIP 1 LIMIT $n",
    "UNWIND $ids AS i MATCH (n {id: i}) WITH *, 1 AS x RETURN *",
    "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x > 1 } RETURN n",
    "MATCH (a) RETURN COUNT { (a)-[:R]->() } AS n, COLLECT { MATCH (a)--(b) RETURN b.id } AS ids",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.relationshipTypes",
    "RETURN CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END AS x UNION ALL RETURN 'c' AS x",
    "MATCH p = shortestPath((a)-[:R*..6]-(b)) RETURN [n IN nodes(p) WHERE n.id IS NOT NULL | n.id]",
    "RETURN {create: 1, set: 2}.create AS made",
    "MATCH (n) CALL (n) { MATCH (n)--(m) RETURN m } RETURN m",
    "RETURN date('2024-01-01').year, duration.between(date(), date())",
    "RETURN any(x IN [1] WHERE x > 1), 2 * size('a'), -1.5e3 % 2 ^ 3",
    "MATCH (n) WHERE NOT n.b STARTS WITH 'x' AND n:Paper RETURN DISTINCT n AS y",
    "MATCH (a) RETURN a {.id, .set, x: 1, y: size(a.b)}",
    "MATCH (n:$label) RETURN n",
    "RETURN '\\uD55C한글 😀' AS 한글",
    "MATCH (n)\r\nRETURN n",
    "WITH 1 AS a OPTIONAL MATCH (n {id: a}) RETURN n",
]


@pytest.mark.parametrize("cypher", READING)
def test_a_query_that_reads_passes(cypher):
    check_read_only(cypher)


@pytest.mark.parametrize("cypher", attacks())
def test_a_query_that_would_do_more_is_refused(cypher):
    with pytest.raises(ReadOnlyError):
        check_read_only(cypher)


@pytest.mark.parametrize("name", library_queries())
def test_every_query_of_the_library_passes(name):
    check_read_only(library_queries()[name].cypher)


def test_a_refusal_names_the_line_the_word_and_the_way_out():
    with pytest.raises(ReadOnlyError, match=r"line 2 .*DETACH is refused.*`DETACH`"):
        check_read_only("MATCH (n)\nDETACH DELETE n")


def test_a_refused_procedure_is_named_with_those_that_are_allowed():
    with pytest.raises(ReadOnlyError, match=r"apoc\.load\.json .*db\.labels"):
        check_read_only("CALL apoc.load.json('x')")


@pytest.mark.parametrize("cypher", ["", "  \n", "// nothing", ";"])
def test_an_empty_query_is_no_query(cypher):
    with pytest.raises(QueryError, match="empty"):
        check_read_only(cypher)


@pytest.mark.parametrize("cypher", ["RETURN 'a", 'RETURN "a', "RETURN `a"])
def test_what_is_opened_must_be_closed(cypher):
    with pytest.raises(QueryError, match="not closed"):
        check_read_only(cypher)


@pytest.mark.parametrize(
    ("cypher", "reason"),
    [
        ("RETURN 1 AS a" + " UNION ALL RETURN 1 AS a" * 60, "UNWIND a list"),
        ("CALL { " * 60 + "RETURN 1 AS x" + " } RETURN x" * 60, "nest deeper"),
        ("RETURN " + "(" * 60 + "1" + ")" * 60, "nest deeper"),
        ("RETURN [" + "1, " * 40_000 + "1]", "as parameters"),
    ],
)
def test_a_query_that_could_take_the_engine_down_is_refused(cypher, reason):
    with pytest.raises(QueryError, match=reason):
        check_read_only(cypher)


def test_a_missing_parameter_is_named():
    with pytest.raises(QueryError, match=r"needs \$model, \$other; give -p model=… -p other=…"):
        check_query("MATCH (m {id: $model}) WHERE m.x = $other RETURN $limit", {"limit": 1})


#: Text without the one thing that strings may not hold, an escape of an ASCII character.
TEXT = st.text().filter(lambda text: "\\u" not in text)


@given(TEXT)
@example("'; CREATE (n) //")
@example("*/ CREATE (n) /*")
def test_whatever_a_string_or_a_quoted_name_holds_is_let_through(text):
    string = text.replace("\\", "\\\\").replace("'", "\\'")
    name = text.replace("\\", "").replace("`", "``")
    check_read_only(f"MATCH (n) WHERE n.`{name}` = '{string}' RETURN n")


GAPS = st.sampled_from([" ", "\n", "\t", "\r\n", " /* gap */ ", " // gap\n", "/**/"])
BEFORE = st.sampled_from(
    [
        "MATCH (n)",
        "MATCH (n) RETURN n",
        "RETURN 1",
        "WITH *",
        "RETURN 'a'",
        "RETURN n.x",
        "RETURN [1]",
        "RETURN {a: 1}",
    ]
)


@given(
    before=BEFORE,
    gap=GAPS,
    word=st.sampled_from(sorted(allowed_cypher().refused)),
    upper=st.lists(st.booleans()),
)
def test_a_refused_word_is_refused_in_any_case_after_any_gap(before, gap, word, upper):
    spelled = "".join(
        c if u else c.lower() for c, u in zip(word, [*upper, *[True] * len(word)], strict=False)
    )
    with pytest.raises(ReadOnlyError):
        check_read_only(f"{before}{gap}{spelled}{gap}n.x = 1")


@given(before=BEFORE, word=st.from_regex(r"[A-Za-z]{2,12}", fullmatch=True))
def test_a_word_that_is_no_known_clause_may_not_follow_a_finished_expression(before, word):
    assume(word.upper() not in allowed_cypher().keywords)
    with pytest.raises(ReadOnlyError):
        check_read_only(f"{before} {word} (m:Evil)")


@given(st.lists(st.from_regex(r"[A-Za-z_]{1,8}", fullmatch=True), min_size=2, max_size=4), st.booleans())
def test_a_function_of_a_namespace_is_refused_unless_listed(parts, quoted):
    assume(".".join(parts).lower() not in allowed_cypher().functions)
    name = ".".join(f"`{part}`" if quoted else part for part in parts)
    with pytest.raises(ReadOnlyError):
        check_read_only(f"RETURN {name}('x')")


FRAGMENTS = st.sampled_from(
    [
        *(
            "MATCH",
            "OPTIONAL",
            "RETURN",
            "WITH",
            "WHERE",
            "CREATE",
            "SET",
            "DELETE",
            "DETACH",
            "REMOVE",
            "MERGE",
        ),
        *(
            "UNWIND",
            "FOREACH",
            "CALL",
            "UNION",
            "ALL",
            "AS",
            "IN",
            "ON",
            "LOAD",
            "CSV",
            "FROM",
            "INSERT",
            "YIELD",
        ),
        *(
            "(n)",
            "(n:Paper)",
            "(:Evil)",
            "-[r]->",
            "n",
            "n.x",
            "n:Evil",
            "=",
            "1",
            "'a'",
            '"b"',
            "`c`",
            "[1,2]",
        ),
        *(
            "{a:1}",
            "{",
            "}",
            "|",
            ",",
            ";",
            "//",
            "/*",
            "*/",
            "\n",
            "*",
            "+",
            ".",
            ":",
            "$p",
            "x",
            "db.labels()",
        ),
        *("\\u0053ET", "\\u0027", "'", '"', "`", "label"),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(FRAGMENTS, min_size=2, max_size=12), st.sampled_from([" ", "", "\n"]))
@example(["MATCH", "(n)", "SET", "n.x", "=", "1"], " ")
def test_no_text_that_passes_changes_a_graph_that_could_be_written(fragments, gap):
    cypher = gap.join(fragments)
    try:
        check_read_only(cypher)
    except QueryError:
        return
    graph = kglite.KnowledgeGraph()
    graph.cypher("CREATE (:Paper {id: 'p', x: 1})-[:R]->(:Model {id: 'm'})")
    before = _content(graph)
    try:
        graph.cypher(cypher, params={"p": 1}, timeout_ms=1000)
    except (kglite.KgError, ValueError):
        return
    assert _content(graph) == before


def _content(graph: kglite.KnowledgeGraph) -> list[object]:
    nodes = "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY n.id"
    relationships = (
        "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b ORDER BY a, b"
    )
    return [graph.cypher(nodes).to_list(), graph.cypher(relationships).to_list(), graph.list_indexes()]
