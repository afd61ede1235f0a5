"""Extraction: a pure function from a `Document` to `Facts`, built as a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg_builder.document import Document
from kg_builder.extract.draft import Draft
from kg_builder.extract.settings import ExtractionSettings
from kg_builder.facts import Facts, checked

__all__ = ["Draft", "ExtractionSettings", "extract", "fingerprint"]

_BATCH = 64


def extract(documents: Iterable[Document], settings: ExtractionSettings | None = None) -> Iterator[Facts]:
    """The facts of each document, in the order of the documents.

    Streams: at no time are more than a batch of documents held.

    Args:
        documents: what readers yield.
        settings: what is switched on; everything by default.

    Yields:
        For each document its facts, every one with evidence that reproduces; what does not is dropped and
        counted in `Facts.refused`.
    """
    from kg_builder.extract.pipeline import as_doc, pipeline

    settings = settings or ExtractionSettings()
    nlp = pipeline(settings)
    words = bool(settings.extra)
    source = iter(documents)
    while batch := list(islice(source, _BATCH)):
        with nlp.memory_zone():
            docs = [as_doc(nlp, Draft(document), words=words) for document in batch]
            facts = [checked(doc._.draft.facts(), doc._.draft.document) for doc in nlp.pipe(docs)]
        yield from facts


def fingerprint(settings: ExtractionSettings | None = None) -> str:
    """What names this extraction: it changes whenever code version, lists, weights or settings do."""
    from kg_builder.extract.fingerprint import fingerprint_of

    return fingerprint_of(settings or ExtractionSettings())
