"""Reading and extraction in this process, as a stream."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from kg_builder.document import Document, Problem
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.facts import Facts

Extracted = tuple[Document, Facts] | Problem


def extract_stream(
    items: Iterable[Document | Problem], settings: ExtractionSettings | None = None
) -> Iterator[Extracted]:
    """Every document with its facts, and every problem, as they come out of a reader.

    Args:
        items: what `Reader.read` yields.
        settings: how to extract.

    Yields:
        (document, facts) in the order of the documents; a problem comes at the latest before the documents
        that were read after it.
    """
    waiting: deque[Document] = deque()
    problems: deque[Problem] = deque()

    def documents() -> Iterator[Document]:
        for item in items:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                waiting.append(item)
                yield item

    for facts in extract(documents(), settings):
        while problems:
            yield problems.popleft()
        yield waiting.popleft(), facts
    yield from problems
