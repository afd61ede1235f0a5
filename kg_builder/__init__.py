"""kg-builder: knowledge graphs of research papers, with the sentence that proves each fact."""

from __future__ import annotations

from kg_builder.version import __version__

__all__ = ["__version__"]
