"""Elements out of XML of any size, one at a time; document types are refused, and with them every entity attack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kg_builder.errors import SourceError

_CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class XmlElement:
    """A whole element.

    Args:
        element: the element with all that it holds.
        line: 1-based line where it begins.
        path: tag and attributes of the elements around it, from the outermost.
    """

    element: Element
    line: int
    path: tuple[tuple[str, Mapping[str, str]], ...]


def read_elements(stream: BinaryIO, wanted: frozenset[str]) -> Iterator[XmlElement]:
    """The wanted elements, in the order in which they end; what stands outside them is not kept in memory.

    Args:
        stream: the XML.
        wanted: tags, without namespace.

    Raises:
        SourceError: the XML is not well-formed (all elements before have been given), or declares a document type.
    """
    collector = _Collector(wanted)
    while True:
        chunk = stream.read(_CHUNK_BYTES)
        failure = collector.feed(chunk)
        yield from collector.take()
        if failure:
            raise failure
        if not chunk:
            return


class _Collector:
    """Builds the wanted elements from expat's events."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._path: list[tuple[str, Mapping[str, str]]] = []
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._line = 0
        self._complete: list[XmlElement] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> SourceError | None:
        """Read on; what went wrong is returned, so that the elements before it can be taken first."""
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            wrong = expat.errors.messages[error.code]
            return SourceError(
                f"the XML breaks off or is damaged here ({wrong}); fetch the file again", line=error.lineno
            )
        except SourceError as error:
            return error
        return None

    def take(self) -> Iterator[XmlElement]:
        """The elements that are complete."""
        complete, self._complete = self._complete, []
        yield from complete

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if self._builder is None and tag in self._wanted:
            self._builder, self._depth, self._line = TreeBuilder(), 0, self._parser.CurrentLineNumber
        if self._builder is None:
            self._path.append((tag, attributes))
        else:
            self._depth += 1
            self._builder.start(tag, attributes)

    def _end(self, name: str) -> None:
        if self._builder is None:
            self._path.pop()
            return
        self._builder.end(name.rpartition("}")[2])
        self._depth -= 1
        if not self._depth:
            self._complete.append(XmlElement(self._builder.close(), self._line, tuple(self._path)))
            self._builder = None

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _refuse(self, *_: object) -> None:
        raise SourceError(
            "the XML declares a document type, which could be made to exhaust memory; remove '<!DOCTYPE …>'",
            line=self._parser.CurrentLineNumber,
        )


def flat_text(element: Element | None) -> str | None:
    """The text of an element without its markup; ``None`` where there is none."""
    text = "".join(element.itertext()).strip() if element is not None else ""
    return text or None


def flat_line(element: Element | None) -> str | None:
    """The text of an element without its markup, on one line."""
    text = flat_text(element)
    return " ".join(text.split()) if text else None
