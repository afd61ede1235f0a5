"""From documents to facts, Arrow in and Arrow out: the one function that every engine runs.

It depends on nothing but its arguments, and can be pickled: ``functools.partial(extract_batches, settings=settings)``
is what Spark's ``mapInArrow`` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

import pyarrow as pa

from kg_builder.document import Document
from kg_builder.document_batches import Found, documents_in, with_found
from kg_builder.errors import ExtractionError, KgBuilderError
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.facts import Facts


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    settings: ExtractionSettings | None = None,
    at: Callable[[int], None] | None = None,
) -> Generator[pa.RecordBatch]:
    """What is found in each document, in the order of the documents.

    A document at which extraction fails is kept without facts, and with the reason.

    Args:
        batches: batches of `DOCUMENTS`.
        settings: how to extract.
        at: told the row of each document before it is read.

    Yields:
        For each batch one of `EXTRACTED`, with the same rows.

    Raises:
        ExtractionError: extraction fails at every document of a batch: the fault is not in a document.
    """
    for batch in batches:
        found: list[Found] = []
        for row, document in enumerate(documents_in(batch)):
            if at is not None:
                at(row)
            found.append(_found_in(document, settings))
        if len(found) > 1 and all(one.failure for one in found):
            raise ExtractionError(f"extraction fails at every paper ({found[0].failure}); please report it")
        yield with_found(batch, found)


def _found_in(document: Document, settings: ExtractionSettings | None) -> Found:
    # One by one, so that it is known at which paper something fails; together they take as long.
    try:
        (facts,) = extract([document], settings)
    except KgBuilderError:
        raise
    except Exception as error:  # noqa: BLE001 (it becomes a problem of this paper)
        return Found(Facts(), f"{type(error).__name__}: {error}")
    return Found(facts)
