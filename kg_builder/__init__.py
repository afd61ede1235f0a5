"""kg-builder: knowledge graphs of research papers, with the sentence that proves each fact.

Each command of ``kg-builder`` is a thin layer over the function of the same name here. The parts are loaded when
they are first used, so that importing the package is quick.

Example:
    >>> import tempfile
    >>> from pathlib import Path
    >>> from kg_builder import build, query
    >>> from kg_builder.resources import shipped
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     graph = Path(folder) / "graph.kg"
    ...     report = build([str(shipped("examples") / "daily-papers-en.md")], graph)
    ...     rows = query(graph, cypher="MATCH (p:Paper) RETURN count(p) AS papers")
    >>> rows.columns, rows.rows[0][0] == report.nodes["Paper"]
    (('papers',), True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg_builder.errors import KgBuilderError, SourceError, WorkspaceError
from kg_builder.version import __version__

if TYPE_CHECKING:
    from kg_builder.analysis.coauthors import coauthors
    from kg_builder.document import Document, Passage, Signature
    from kg_builder.evaluation import evaluate
    from kg_builder.facts import Entity, Evidence, Facts, Mention, Relation, Result
    from kg_builder.graph import Graph
    from kg_builder.ingest import build, remove
    from kg_builder.knowledge_graph import KnowledgeGraph
    from kg_builder.knowledge_graph import open_graph as open
    from kg_builder.stores.files import export
    from kg_builder.stores.querying import query
    from kg_builder.views.viewing import view
    from kg_builder.workspace import Workspace

_HOMES = {
    "Document": "kg_builder.document",
    "Passage": "kg_builder.document",
    "Signature": "kg_builder.document",
    "Entity": "kg_builder.facts",
    "Evidence": "kg_builder.facts",
    "Facts": "kg_builder.facts",
    "Mention": "kg_builder.facts",
    "Relation": "kg_builder.facts",
    "Result": "kg_builder.facts",
    "Graph": "kg_builder.graph",
    "KnowledgeGraph": "kg_builder.knowledge_graph",
    "Workspace": "kg_builder.workspace",
    "build": "kg_builder.ingest",
    "coauthors": "kg_builder.analysis.coauthors",
    "evaluate": "kg_builder.evaluation",
    "export": "kg_builder.stores.files",
    "open": "kg_builder.knowledge_graph:open_graph",
    "query": "kg_builder.stores.querying",
    "remove": "kg_builder.ingest",
    "view": "kg_builder.views.viewing",
}

__all__ = [
    "Document",
    "Entity",
    "Evidence",
    "Facts",
    "Graph",
    "KgBuilderError",
    "KnowledgeGraph",
    "Mention",
    "Passage",
    "Relation",
    "Result",
    "Signature",
    "SourceError",
    "Workspace",
    "WorkspaceError",
    "__version__",
    "build",
    "coauthors",
    "evaluate",
    "export",
    "open",
    "query",
    "remove",
    "view",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        module, _, other = _HOMES[name].partition(":")
        return getattr(import_module(module), other or name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
