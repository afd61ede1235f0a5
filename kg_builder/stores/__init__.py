"""Stores: where the graph goes, and where Cypher is asked of it."""
