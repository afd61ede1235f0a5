"""The command line as a person meets it: where to go next, a configuration file, quiet and talkative, completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from digests import built, digest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("command-line"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in a folder of its own."""

    def running(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; sys.argv[0] = 'kg-builder'; from kg_builder.cli import main; main()"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KG_BUILDER", "NEO4J"))}
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=tmp_path,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return running


def test_alone_in_an_empty_folder_it_offers_the_demo_and_a_build(run):
    done = run()
    assert done.returncode == 0
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[:3]] == [
        "kg-builder demo",
        "kg-builder build FOLDER",
        "kg-builder --help",
    ]


def test_alone_beside_sources_it_offers_to_build_them(run, tmp_path):
    (tmp_path / "digest.md").write_text(digest(), encoding="utf-8")
    assert "kg-builder build . " in run().stdout


def test_alone_beside_a_graph_it_offers_to_ask_it_to_see_it_and_to_study_it(run, graph):
    lines = run(KG_BUILDER_GRAPH=str(graph)).stdout.splitlines()[:3]
    assert [line.split()[1] for line in lines] == ["query", "view", "coauthors"]


def test_alone_beside_a_graph_with_a_database_it_offers_to_plan_a_load(run, graph):
    assert "kg-builder plan" in run(KG_BUILDER_GRAPH=str(graph), NEO4J_URI="bolt://127.0.0.1:1").stdout


def test_alone_beside_a_graph_of_another_name_it_names_that_graph(run, tmp_path, graph):
    copyfile(graph, tmp_path / "papers.kg")
    lines = run().stdout.splitlines()[:3]
    assert [line.split("  ")[0] for line in lines] == [
        "kg-builder query top-papers -g papers.kg",
        "kg-builder view overview -g papers.kg",
        "kg-builder coauthors -g papers.kg",
    ]


def test_the_graph_may_be_named_before_the_command(run, graph):
    assert "TinyWalk" in run("-g", graph, "query", "top-papers", KG_BUILDER_GRAPH="other.kg").stdout
    assert f"-g {graph}" in run("-g", graph).stdout


def test_the_graph_behind_the_command_goes_before_the_one_in_front(run, graph):
    assert "TinyWalk" in run("-g", "other.kg", "query", "top-papers", "-g", graph).stdout


def test_a_query_without_an_answer_says_so_beside_its_columns(run, graph):
    done = run("query", "topics", "-g", graph)
    assert done.stdout.split() == ["topic", "name", "papers"]
    assert done.stderr == "nothing was found\n"


def test_a_configuration_file_names_the_graph_for_every_command_below_its_folder(run, tmp_path, graph):
    (tmp_path / "kg-builder.toml").write_text(f'graph = "{graph}"\n[query]\nformat = "csv"\n')
    assert run("query", "top-papers").stdout.startswith("paper,title,date,votes\n")


def test_a_path_in_a_configuration_file_is_taken_from_the_file_s_folder(run, tmp_path, graph):
    above = graph.parent / "kg-builder.toml"
    above.write_text('graph = "g.kg"\n')
    done = run("query", "top-papers", KG_BUILDER_CONFIG=str(above))
    assert "TinyWalk" in done.stdout


def test_an_option_given_goes_before_the_configuration_file(run, tmp_path, graph):
    (tmp_path / "kg-builder.toml").write_text(f'graph = "{graph}"\nformat = "csv"\n')
    assert run("query", "top-papers", "-f", "json").stdout.startswith("[")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('grap = "g.kg"', "there is no option 'grap'; did you mean graph?"),
        ("[quary]\nlimit = 1", "there is no command 'quary'; did you mean query?"),
        ("[query]\nlimits = 1", "there is no option of query 'limits'; did you mean limit?"),
        ("graph =", "cannot be read as TOML"),
        ("yes = true", "there is no option 'yes'"),
    ],
)
def test_a_wrong_configuration_file_is_told_with_what_was_meant(run, tmp_path, text, told):
    (tmp_path / "kg-builder.toml").write_text(text)
    done = run("queries")
    assert done.returncode == 2
    assert f"{tmp_path / 'kg-builder.toml'}: {told}" in done.stderr


def test_a_configuration_file_that_is_named_must_be_there(run):
    done = run("queries", KG_BUILDER_CONFIG="nowhere.toml")
    assert done.returncode == 2
    assert "there is no file nowhere.toml" in done.stderr


def test_quiet_prints_results_and_nothing_else(run, tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    done = run("build", "one.md", "-q")
    assert "Paper" in done.stdout
    assert done.stderr == ""


def test_quiet_still_tells_errors(run):
    done = run("query", "top-papers", "-q")
    assert done.returncode == 1
    assert "there is no such workspace" in done.stderr


def test_verbose_tells_how_long_it_took_and_where_an_error_arose(run):
    done = run("query", "top-papers", "-v")
    assert " s in all" in done.stderr
    assert "Traceback" in done.stderr


def test_verbose_tells_what_was_read_and_which_file_gave_the_options(run, tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    (tmp_path / "kg-builder.toml").write_text('graph = "mine.kg"\n')
    told = run("build", "one.md", "-v").stderr.splitlines()
    assert "read one.md" in told
    assert f"defaults of options: {tmp_path / 'kg-builder.toml'}" in told


def test_many_notes_are_counted_unless_all_are_asked_for(run, tmp_path):
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    decisions = [
        f'- merge: ["Nobody {n} @ arxiv:2412.00000", "Nobody {n} @ arxiv:2412.00001"]\n' for n in range(8)
    ]
    (tmp_path / "people.yaml").write_text("".join(decisions))
    told = run("build", "one.md").stderr
    assert told.count("this decision does nothing for them") == 5
    assert "note: … and 3 more of the kind; -v shows them" in told
    (tmp_path / "one.md").write_text(digest() + "\n", encoding="utf-8")
    assert run("build", "one.md", "-v").stderr.count("this decision does nothing for them") == 8


def test_a_name_without_another_is_told_as_such(run, graph):
    done = run("aliases", "why", "nothing of the kind", "-g", graph)
    assert done.stderr == "no other name is taken for 'nothing of the kind'\n"


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")


def test_colours_stay_away_where_they_are_not_wanted(run):
    assert COLOUR.search(run("--help", FORCE_COLOR="1", TERM="xterm").stdout)
    assert not COLOUR.search(run("--help", FORCE_COLOR="1", TERM="xterm", NO_COLOR="1").stdout)


def test_a_misspelt_command_is_answered_with_the_one_meant(run):
    done = run("quer")
    assert done.returncode == 2
    assert "Did you mean" in done.stderr


def completed(run: Run, words: str, **environment: str) -> list[str]:
    number = str(len(words.split()) - 1)
    done = run(_KG_BUILDER_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=number, **environment)
    return done.stdout.split("\n")[:-1]


def test_tab_completes_names_of_queries(run):
    assert completed(run, "kg-builder query model-l") == ["model-lineage"]


def test_tab_completes_parameters_of_the_query(run):
    assert completed(run, "kg-builder query model-results -p var") == ["variants="]


def test_tab_completes_names_that_the_graph_holds_and_leaves_what_was_typed(run, graph):
    words = "kg-builder query paper -p paper=tiny"
    (offered,) = completed(run, words, KG_BUILDER_GRAPH=str(graph))
    assert offered.startswith("paper=tinyWalk")


@pytest.mark.parametrize("option", ["--focus", "--source", "--target"])
def test_tab_completes_what_a_view_is_about(run, graph, option):
    offered = completed(run, f"kg-builder view path {option} tiny", KG_BUILDER_GRAPH=str(graph))
    assert any(name.startswith("tinyWalk") for name in offered)


@pytest.mark.parametrize("option", ["--person", "--to"])
def test_tab_completes_names_of_authors(run, graph, option):
    offered = completed(run, f"kg-builder coauthors {option} ada", KG_BUILDER_GRAPH=str(graph))
    assert [name.lower() for name in offered] == ["ada brun"]


def test_tab_completes_names_of_views_and_of_queries_that_they_draw(run):
    assert [line.split("\t")[0] for line in completed(run, "kg-builder view time")] == ["timeline"]
    assert completed(run, "kg-builder view query model-l") == ["model-lineage"]


def test_tab_offers_nothing_where_there_is_no_graph(run):
    assert completed(run, "kg-builder query paper -p paper=tiny") in ([], [""])


def test_the_configuration_file_of_the_guide_is_understood(run, tmp_path):
    guide = (Path(__file__).parent.parent / "docs" / "guides" / "command-line.md").read_text(encoding="utf-8")
    (tmp_path / "kg-builder.toml").write_text(guide.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert run("queries", "-q").returncode == 0
