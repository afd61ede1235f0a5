"""Extraction: a pure function from a `Document` to `Facts`, built as a spaCy pipeline."""
