"""Evaluation: how well an exported graph agrees with papers annotated by hand."""

from __future__ import annotations

from kg_builder.evaluation.report import Report, Row, evaluate

__all__ = ["Report", "Row", "evaluate"]
