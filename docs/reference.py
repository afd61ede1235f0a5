"""Write the reference pages from the sources: command line, schema, queries, Python, errors. Run by `mkdocs build`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import mkdocs_gen_files
from typer.cli import get_docs_for_click
from typer.main import get_command

import kg_builder
from kg_builder import build, errors
from kg_builder.cli import app
from kg_builder.schema import Property, Schema, graph_schema
from kg_builder.stores.query_library import LibraryQuery, library_queries
from kg_builder.stores.querying import query
from kg_builder.stores.rows import Rows

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from schema_drawing import schema_drawing  # noqa: E402

#: Rows of the sample answers, and letters of a cell, that a page shows.
ROWS, LETTERS = 3, 60


def write(page: str, title: str, lines: Iterable[str]) -> None:
    """Write a page of the site."""
    with mkdocs_gen_files.open(f"reference/{page}.md", "w") as file:
        file.write(f"# {title}\n\n" + "\n".join(lines) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A Markdown table."""
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(cell(value) for value in row) + " |"


def cell(value: Any) -> str:
    """A value as text in a table."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = text if len(text) <= LETTERS * 4 else text[: LETTERS * 4] + "…"
    for letter, written in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " ")):
        text = text.replace(letter, written)
    return text


def command_line() -> Iterator[str]:
    """Every command with its options, as their help says."""
    import typer

    command = get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="kg-builder")
    # The page has a title of its own.
    yield text.partition("\n")[2].replace("Example: kg-builder", "Example:\n\n    kg-builder")


def schema_page(schema: Schema) -> Iterator[str]:
    """Every label and relationship type with its properties, and a drawing."""
    yield "The whole graph, drawn from `schema/graph.yaml`, of which all else is made: validation, the embedded"
    yield "tables, constraints and indexes of Neo4j, import headers.\n"
    yield "![The labels and, between them, the relationship types](schema.svg)\n"
    yield "## Labels\n"
    for label in schema.labels.values():
        yield f"### {label.name}\n\n{label.description} It is shown by its `{label.caption}`.\n"
        yield from properties(label.properties.values())
    yield "\n## Relationship types\n"
    for kind in schema.relationships.values():
        yield f"### {kind.name}\n\n{' or '.join(kind.starts)} → {' or '.join(kind.ends)}. {kind.description}\n"
        if kind.has_evidence:
            yield "It carries [evidence](#evidence).\n"
        own = [p for p in kind.properties.values() if not kind.has_evidence or p.name not in evidence(schema)]
        if own:
            yield from properties(own)
            yield ""
    yield "### Evidence\n\n`text[start:end] == evidence` and `text[mention_start:mention_end] == mention`, always.\n"
    yield from properties(evidence(schema).values())


def evidence(schema: Schema) -> dict[str, Property]:
    """The properties that every relationship with evidence has."""
    kinds = [kind.properties for kind in schema.relationships.values() if kind.has_evidence]
    return {name: p for name, p in kinds[0].items() if all(name in kind for kind in kinds)}


def properties(found: Iterable[Property]) -> Iterator[str]:
    """A table of properties."""
    rows = [(f"`{p.name}`", p.type, p.description, "yes" if p.index else "") for p in found]
    yield from table(("property", "type", "meaning", "indexed"), rows)
    yield ""


def queries_page(graph: Path) -> Iterator[str]:
    """Every query with its parameters, its text and what it answers on the graph of the example digests."""
    yield "Run one by `kg-builder query NAME -p PARAMETER=VALUE`, here or (`--on neo4j`) on Neo4j. The sample answers"
    yield f"are those of the example digests that come along, {ROWS} rows at most.\n"
    for known in library_queries().values():
        yield f"## {known.name}\n\n{known.title}. {known.description}\n"
        if known.parameters:
            rows = [
                (
                    f"`{p.name}`",
                    p.type,
                    "required" if p.required else f"`{json.dumps(p.default)}`",
                    p.description,
                )
                for p in known.parameters.values()
            ]
            yield from table(("parameter", "type", "default", "meaning"), rows)
            yield ""
        yield from sample(known, query(graph, known.name, parameters=known.example, limit=ROWS))
        body = [line for line in known.cypher.splitlines() if not line.startswith("//")]
        yield '??? note "Cypher"\n\n    ```cypher'
        yield from (f"    {line}" for line in body)
        yield "    ```\n"


def sample(known: LibraryQuery, rows: Rows) -> Iterator[str]:
    """The command and what it answers."""
    given = "".join(f' -p {name}="{value}"' for name, value in known.example.items())
    yield f"```sh\nkg-builder query {known.name}{given}\n```\n"
    if rows.rows:
        yield from table(rows.columns, [[shortened(value) for value in row] for row in rows.rows])
        yield ""
    else:
        yield f"The example digests hold nothing of the kind; the columns are {', '.join(rows.columns)}.\n"


def shortened(value: Any) -> Any:
    """A text that is not too long for a cell."""
    return value[: LETTERS - 1] + "…" if isinstance(value, str) and len(value) > LETTERS else value


def python_page() -> Iterator[str]:
    """What `kg_builder` offers to programs."""
    yield "Each command is a thin layer over the function of the same name.\n"
    for name in kg_builder.__all__:
        if not name.startswith("__") and not name.endswith("Error"):
            found = getattr(kg_builder, name)
            yield f"::: {found.__module__}.{found.__qualname__}\n"


def kinds(error: type[Exception]) -> Iterator[type[Exception]]:
    """An error and the kinds of it, each behind what it is a kind of."""
    yield error
    for kind in sorted(error.__subclasses__(), key=lambda kind: kind.__name__):
        yield from kinds(kind)


def errors_page() -> Iterator[str]:
    """Every error, what it means and what to do."""
    yield "Every message names the file, the paper or the line, what is wrong and what to do. In Python all of them"
    yield "are kinds of `KgBuilderError`; the command line prints them on one line and exits with 1, or 2 where the"
    yield "command was given wrongly.\n"
    yield "What usually causes each, and what to do: [When something goes wrong](../guides/troubleshooting.md).\n"
    for kind in kinds(errors.KgBuilderError):
        yield f"## {kind.__name__}\n"
        yield (kind.__doc__ or "").partition("\n\n    Args:")[0].replace("\n    ", "\n") + "\n"


with tempfile.TemporaryDirectory() as folder:
    workspace = Path(folder) / "papers.kg"
    build([str(ROOT / "examples")], workspace)
    write("queries", "Queries", queries_page(workspace))
write("command-line", "Command line", command_line())
write("schema", "Schema", schema_page(graph_schema()))
write("python", "Python", python_page())
write("errors", "Errors", errors_page())
with mkdocs_gen_files.open("reference/schema.svg", "w") as drawing:
    drawing.write(schema_drawing(graph_schema()))
