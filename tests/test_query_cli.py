"""``kg-builder query`` and ``kg-builder queries``, and the library function behind them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from digests import built

from kg_builder import WorkspaceError, query
from kg_builder.cli import main
from kg_builder.errors import QueryError, ReadOnlyError, UsageError
from kg_builder.stores.querying import snapshot_folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("query"))


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command line in this process."""

    def running(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg-builder", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return running


def test_a_query_of_the_library_prints_a_table(run, graph):
    done = run("query", "top-papers", "-g", graph)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].split() == ["paper", "title", "date", "votes"]
    assert "TinyWalk" in done.stdout


def test_json_holds_an_object_a_row(run, graph):
    done = run("query", "top-papers", "-f", "json", "-g", graph)
    assert json.loads(done.stdout) == [
        {
            "paper": "arxiv:2501.00001",
            "title": "TinyWalk: Short Walks for Long Proofs",
            "date": "2025-01-02",
            "votes": 7,
        }
    ]


def test_csv_holds_a_header(run, graph):
    done = run("query", "top-papers", "-f", "csv", "-g", graph)
    assert done.stdout.splitlines()[0] == "paper,title,date,votes"


def test_cypher_takes_parameters_as_json(run, graph):
    cypher = "MATCH (p:Paper) WHERE p.arxiv_id IN $ids AND p.votes > $votes RETURN p.votes AS votes"
    done = run(
        "query", "--cypher", cypher, "-p", 'ids=["2501.00001"]', "-p", "votes=3", "-f", "json", "-g", graph
    )
    assert json.loads(done.stdout) == [{"votes": 7}]


def test_a_parameter_that_is_no_json_is_told_how_to_write_it(run, graph):
    done = run("query", "--cypher", "RETURN $x", "-p", "x=abc", "-g", graph)
    assert done.returncode == 2
    assert 'x="abc"' in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["top-papers", "--cypher", "RETURN 1"], ["top-papers", "-p", "limit"], ["top-papers", "--on", "x"]],
)
def test_wrong_usage_exits_with_2(run, graph, arguments):
    done = run("query", *arguments, "-g", graph)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments", [["top-paper"], ["--cypher", "CREATE (n)"], ["--cypher", "MATCH (n RETURN n"]]
)
def test_a_refused_or_failing_query_is_one_line_and_exit_1(run, graph, arguments):
    done = run("query", *arguments, "-g", graph)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_rows_cut_by_the_limit_are_told_on_standard_error(run, graph):
    done = run(
        "query", "--cypher", "UNWIND range(1, 5) AS n RETURN n", "--limit", "2", "-f", "csv", "-g", graph
    )
    assert (done.stdout, done.stderr) == (
        "n\n1\n2\n",
        "only the first 2 rows are shown; --limit 0 shows all\n",
    )


def test_a_label_that_the_graph_lacks_is_told_for_cypher_only(run, graph):
    assert "Papre" in run("query", "--cypher", "MATCH (p:Papre) RETURN p.id", "-g", graph).stderr
    assert run("query", "topics", "-g", graph).stderr == "nothing was found\n"


def test_the_library_is_listed_with_its_titles(run):
    done = run("queries")
    assert "top-papers" in done.stdout
    assert "Papers with the most votes" in done.stdout


def test_one_query_is_shown_whole(run):
    done = run("queries", "--show", "top-papers")
    assert done.stdout.startswith("// title: Papers with the most votes")
    assert "MATCH (p:Paper)" in done.stdout


def test_the_parameters_of_a_query_are_shown_as_rows(run):
    (first, *_) = json.loads(run("queries", "--show", "model-papers", "-f", "json").stdout)
    assert (first["parameter"], first["type"], first["required"]) == ("model", "Model", True)


def test_the_function_gives_rows(graph):
    rows = query(graph, "top-papers", parameters={"limit": 1})
    assert (rows.columns, len(rows.rows), rows.truncated) == (("paper", "title", "date", "votes"), 1, False)


def test_a_name_and_a_text_at_once_are_one_too_many(graph):
    with pytest.raises(UsageError):
        query(graph, "top-papers", cypher="RETURN 1")


def test_a_refusal_comes_before_the_graph_is_opened(tmp_path):
    with pytest.raises(ReadOnlyError):
        query(tmp_path / "absent.kg", cypher="CREATE (n)")
    with pytest.raises(QueryError, match=r"needs \$x"):
        query(tmp_path / "absent.kg", cypher="RETURN $x")


def test_a_missing_workspace_is_told(tmp_path):
    with pytest.raises(WorkspaceError, match="no such workspace"):
        query(tmp_path / "absent.kg", "top-papers")


def test_the_snapshot_lies_beside_the_workspace_and_may_be_deleted(graph):
    before = query(graph, "summary").rows
    (snapshot,) = snapshot_folder(graph).iterdir()
    snapshot.unlink()
    assert query(graph, "summary").rows == before
