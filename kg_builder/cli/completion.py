"""What the shell offers on Tab: names of queries, of their parameters, and of what the graph holds."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from kg_builder.cli.options import DEFAULT_GRAPH
from kg_builder.errors import KgBuilderError

#: Names offered at most.
_OFFERED = 50

_FOCUSED = ("Paper", "Model", "Benchmark", "Method", "Author", "Organization")


def query_names(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of library queries, each with its title."""
    from kg_builder.stores.query_library import library_queries

    for name, query in library_queries().items():
        if name.startswith(incomplete):
            yield name, query.title


def view_names(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of views, each with what it shows."""
    from kg_builder.views.selection import VIEWS

    return ((name, what) for name, what in VIEWS.items() if name.startswith(incomplete))


def parameters(incomplete: str) -> Iterator[str]:
    """``name=`` for each parameter of the query; behind ``=`` the names of the nodes it may mean."""
    from kg_builder.stores.query_library import library_queries

    library = library_queries()
    query = next((library[word] for word in _words() if word in library), None)
    if query is None:
        return
    name, equals, begun = incomplete.partition("=")
    if not equals:
        yield from (f"{p}=" for p in query.parameters if p.startswith(name))
    elif name in query.parameters:
        yield from (f"{name}={found}" for found in _names((query.parameters[name].type,), begun))


def node_names(incomplete: str) -> Iterator[str]:
    """Names of what a view may be about."""
    return _names(_FOCUSED, incomplete)


def author_names(incomplete: str) -> Iterator[str]:
    """Names of authors."""
    return _names(("Author",), incomplete)


def _names(labels: tuple[str, ...], begun: str) -> Iterator[str]:
    from kg_builder.workspace import Workspace
    from kg_builder.workspace.tables import node_table

    try:
        with Workspace(_graph()) as workspace:
            for label in labels:
                if label in workspace.schema.labels:
                    caption = workspace.schema.labels[label].caption
                    found = workspace.connection.execute(
                        f"SELECT DISTINCT {caption} FROM {node_table(label)} "  # noqa: S608
                        f"WHERE starts_with(lower({caption}), lower(?)) ORDER BY 1 LIMIT {_OFFERED}",
                        [begun],
                    )
                    # What was typed stays as typed, since shells offer only what begins so; asking ignores case.
                    yield from (begun + name[len(begun) :] for (name,) in found.fetchall())
    except KgBuilderError:
        return  # no graph to offer names of: the command itself will say so


def _graph() -> Path:
    words = _words()
    named = next((after for word, after in pairwise(words) if word in ("-g", "--graph")), None)
    return Path(named or os.environ.get("KG_BUILDER_GRAPH") or DEFAULT_GRAPH)


def _words() -> list[str]:
    """The words typed so far, as the shells hand them over: an option that still lacks its value ends the parsing."""
    typed = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS", "")
    try:
        return shlex.split(typed)
    except ValueError:
        return typed.split()  # a quote that is still open
