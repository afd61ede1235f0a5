"""Reading and extraction in this process, as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg_builder.document import Document, Problem
from kg_builder.errors import ExtractionError, KgBuilderError
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.facts import Facts

Extracted = tuple[Document, Facts] | Problem

#: Documents that are extracted together.
_BATCH = 64


def extract_stream(
    items: Iterable[Document | Problem], settings: ExtractionSettings | None = None
) -> Iterator[Extracted]:
    """Every document with its facts, and every problem, in the order in which a reader yields them.

    A document at which extraction fails is kept without facts, and says so among its problems.

    Args:
        items: what `Reader.read` yields.
        settings: how to extract.

    Yields:
        (document, facts), or a problem.

    Raises:
        ExtractionError: extraction fails at every document of a batch: the fault is not in a document.
    """
    batch: list[Document | Problem] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield from _extract_batch(batch, settings)
            batch = []
    yield from _extract_batch(batch, settings)


def _extract_batch(batch: list[Document | Problem], settings: ExtractionSettings | None) -> list[Extracted]:
    documents = [item for item in batch if isinstance(item, Document)]
    try:
        pairs = list(zip(documents, extract(documents, settings), strict=True))
    except KgBuilderError:
        raise
    except Exception as error:
        pairs = [_extract_alone(document, settings) for document in documents]
        failed = sum(1 for document, pair in zip(documents, pairs, strict=True) if pair[0] is not document)
        if failed == len(documents) > 1:
            raise ExtractionError(
                f"extraction fails at every paper ({_said(error)}); please report it"
            ) from error
    done = iter(pairs)
    return [item if isinstance(item, Problem) else next(done) for item in batch]


def _extract_alone(document: Document, settings: ExtractionSettings | None) -> tuple[Document, Facts]:
    try:
        (facts,) = extract([document], settings)
    except KgBuilderError:
        raise
    except Exception as error:  # noqa: BLE001 (it becomes a problem of this paper)
        problem = Problem(
            f"extraction failed ({_said(error)}); the paper is kept without facts, please report it",
            line=document.line,
            paper=document.identity,
        )
        return replace(document, problems=(*document.problems, problem)), Facts()
    return document, facts


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
