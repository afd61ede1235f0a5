"""Readers: one module a format, each turning a source into `Document`s."""

from __future__ import annotations

from kg_builder.readers.discovery import find_sources
from kg_builder.readers.registry import READERS, reader_for
from kg_builder.readers.source import Reader, SourceFile

__all__ = ["READERS", "Reader", "SourceFile", "find_sources", "reader_for"]
