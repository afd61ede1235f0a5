"""``kg-builder`` alone: the three most likely next steps for where one stands."""

from __future__ import annotations

import os
from pathlib import Path

from kg_builder.cli.options import DEFAULT_GRAPH

#: Endings of files that may be sources.
_SOURCES = (".md", ".json", ".jsonl", ".xml", ".bib", ".gz")


def next_steps(graph: Path | None = None) -> list[tuple[str, str]]:
    """Commands and what each does, the likeliest first.

    Args:
        graph: the workspace that would be used; where not given that of ``KG_BUILDER_GRAPH``, else ``graph.kg``, else
            the one of this folder that was last built.
    """
    usual = Path(os.environ.get("KG_BUILDER_GRAPH") or DEFAULT_GRAPH)
    found = graph or usual
    if graph is None and usual == DEFAULT_GRAPH and not usual.is_file():
        found = max(Path().glob("*.kg"), key=lambda path: (path.stat().st_mtime, path.name), default=usual)
    named = "" if found == usual else f" -g {found}"
    if found.is_file():
        return [
            (
                f"kg-builder query top-papers{named}",
                "ask it; `kg-builder queries` lists what there is to ask",
            ),
            (f"kg-builder view overview{named}", "look at it: a page that works offline"),
            _third(found, named),
        ]
    sources = "." if any(path.suffix in _SOURCES for path in Path().iterdir()) else "FOLDER"
    return [
        ("kg-builder demo", "see a first graph built, asked and drawn"),
        (f"kg-builder build {sources}{named}", "build a graph from digests, metadata or abstracts"),
        ("kg-builder --help", "see every command"),
    ]


def _third(graph: Path, named: str) -> tuple[str, str]:
    if os.environ.get("NEO4J_URI") or graph.with_name(graph.name + ".neo4j").is_dir():
        return f"kg-builder plan{named}", "see what a load into Neo4j would write"
    return f"kg-builder coauthors{named}", "study who wrote with whom"
