"""Nothing that a user can meet is without a word on what it does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from typer.main import get_command

from kg_builder import build, query
from kg_builder.cli import app
from kg_builder.document import Document, Passage
from kg_builder.errors import KgBuilderError
from kg_builder.schema import graph_schema
from kg_builder.stores.query_library import library_queries, read_query

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^ *```(?:sh|console|text)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"(?:^|[\s|])kg-builder (?P<rest>[a-z].*)")


def commands(command: Any, name: str = "kg-builder") -> Iterator[tuple[str, Any]]:
    """Every command that does something by itself, with its whole name."""
    below = getattr(command, "commands", {})
    if not below or (getattr(command, "invoke_without_command", False) and name != "kg-builder"):
        yield name, command
    for part, one in below.items():
        yield from commands(one, f"{name} {part}")


COMMANDS = dict(commands(get_command(app)))
GROUPS = {
    f"kg-builder {name}": one
    for name, one in get_command(app).commands.items()
    if getattr(one, "commands", None)
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_shows_an_example(name):
    said = COMMANDS[name].help or ""
    assert said
    assert f"{name} " in said.partition("Example: ")[2] + " "


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_of_commands_says_what_it_is_for_and_shows_an_example(name):
    assert f"{name} " in GROUPS[name].help.partition("Example: ")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_of_a_command_says_what_it_does(name):
    for parameter in COMMANDS[name].params:
        if getattr(parameter, "hidden", False):
            continue
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


@pytest.mark.parametrize("label", graph_schema().labels.values(), ids=lambda label: label.name)
def test_a_label_and_its_properties_are_described(label):
    assert label.description
    assert all(p.description for p in label.properties.values())


@pytest.mark.parametrize("kind", graph_schema().relationships.values(), ids=lambda kind: kind.name)
def test_a_relationship_type_and_its_properties_are_described(kind):
    assert kind.description
    assert all(p.description for p in kind.properties.values())


@pytest.mark.parametrize("query", library_queries().values(), ids=lambda query: query.name)
def test_a_query_and_its_parameters_are_described(query):
    assert query.title
    assert query.description
    assert all(p.description for p in query.parameters.values())


def tokens(line: str) -> shlex.shlex:
    """The words of a line for the shell; ``|``, ``>`` and the like are words of their own."""
    read = shlex.shlex(line, posix=True, punctuation_chars=True)
    read.whitespace_split = True
    return read


def calls(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Every command that a page shows: its whole name, and the words behind it."""
    for block in _BLOCK.findall(page.read_text(encoding="utf-8").replace("\\\n", " ")):
        for found in _CALL.finditer(block):
            words = list(takewhile(lambda word: not set(word) <= set("|&;><()"), tokens(found["rest"])))
            name = "kg-builder"
            while words and f"{name} {words[0]}" in {*COMMANDS, *GROUPS}:
                name = f"{name} {words.pop(0)}"
            yield name, words


def unknown(page: Path) -> Iterator[str]:
    """What a page shows and the command line does not have."""
    for name, words in calls(page):
        if name not in COMMANDS:
            yield shlex.join([name, *words])
            continue
        known = {o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts, "-")}
        yield from (f"{name} {word}" for word in words if word.startswith("-") and word not in known)
        if name == "kg-builder query" and words[0][0] != "-" and words[0] not in library_queries():
            yield f"{name} {words[0]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_only_commands_options_and_queries_that_there_are(page):
    assert not list(unknown(page))


@pytest.mark.parametrize(
    "line",
    [
        "kg-builder biuld notes",
        "kg-builder build notes --gold",
        "FOO=1 kg-builder query top-paper | head",
        "a | kg-builder people x",
    ],
)
def test_a_page_that_shows_what_there_is_not_is_found_out(tmp_path, line):
    (tmp_path / "page.md").write_text(f"```sh\n{line}\n```\n", encoding="utf-8")
    assert len(list(unknown(tmp_path / "page.md"))) == 1


def kinds(error: type[Exception]) -> Iterator[type[Exception]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.mark.parametrize("error", sorted(kinds(KgBuilderError), key=str), ids=lambda error: error.__name__)
def test_an_error_has_its_usual_cause_and_a_remedy_in_the_guide(error):
    guide = (ROOT / "docs" / "guides" / "troubleshooting.md").read_text(encoding="utf-8")
    assert f"| `{error.__name__}` |" in guide


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documented") / "graph.kg"
    build([str(ROOT / "examples")], path)
    return path


#: Pages whose Python runs on one machine; that of the others needs a cluster.
RUN = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8") and page.stem != "spark"]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_the_python_of_a_page_can_be_run(page, graph, tmp_path, monkeypatch):
    """Each block by itself, beside graphs of the examples, with documents to extract from."""
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    for name in ("papers.kg", "graph.kg"):
        copyfile(graph, tmp_path / name)
    document = Document("TinyWalk beats GPT-4o", passages=(Passage("title", "TinyWalk beats GPT-4o"),))
    for block in blocks:
        exec(compile(block, str(page), "exec"), {"documents": [document]})


def test_the_query_that_the_guide_shows_is_one_of_the_library_s_kind(graph, tmp_path):
    guide = (ROOT / "docs" / "guides" / "extending.md").read_text(encoding="utf-8")
    (tmp_path / "venue-papers.cypher").write_text(
        guide.split("```cypher\n")[1].split("```")[0], encoding="utf-8"
    )
    known = read_query(tmp_path / "venue-papers.cypher")
    rows = query(graph, cypher=known.cypher, parameters=known.values({"venue": "ACL"}))
    assert rows.columns == known.columns


def test_the_digest_that_the_guide_shows_is_read_without_a_word_of_warning(tmp_path):
    guide = (ROOT / "docs" / "guides" / "sources.md").read_text(encoding="utf-8")
    (tmp_path / "digest.md").write_text(guide.split("```markdown\n")[1].split("```")[0], encoding="utf-8")
    report = build([str(tmp_path / "digest.md")], tmp_path / "g.kg")
    assert report.nodes["Paper"] == 2
    assert not report.problems
