"""Evaluation as a library function: ``evaluate(gold, export)``."""

from __future__ import annotations

from kg_builder.evaluation import Report, Row, evaluate

__all__ = ["Report", "Row", "evaluate"]
