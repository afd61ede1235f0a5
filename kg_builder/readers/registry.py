"""Which reader reads what: by name, or by what the content looks like."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg_builder.errors import SourceError, UnknownFormatError
from kg_builder.readers.acl import AclReader
from kg_builder.readers.arxiv import ArxivReader
from kg_builder.readers.bibtex import BibtexReader
from kg_builder.readers.digest import DIGEST_ENTRY, DigestReader
from kg_builder.readers.encoding import remedy, wide_encoding
from kg_builder.readers.huggingface import HuggingFaceReader
from kg_builder.readers.openalex import OpenAlexReader
from kg_builder.readers.source import Reader, SourceFile

_ALL: tuple[Reader, ...] = (
    DigestReader(),
    OpenAlexReader(),
    HuggingFaceReader(),
    ArxivReader(),
    AclReader(),
    BibtexReader(),
)

#: The readers by format name, in the order in which they are asked whether they recognise a content.
READERS: Mapping[str, Reader] = MappingProxyType({reader.format: reader for reader in _ALL})


def reader_for(source: SourceFile, format: str | None = None) -> Reader:
    """The reader of a source.

    Args:
        source: the source.
        format: the name of the format; found from the content where not given.

    Raises:
        UnknownFormatError: there is no such format, or no reader recognises the content.
        SourceError: the source is empty, cannot be opened, or is UTF-16.
    """
    names = ", ".join(READERS)
    if format is not None and format not in READERS:
        raise UnknownFormatError(
            f"there is no format {format!r}; the formats are {names}", location=source.location
        )
    head = source.head()
    if not head.strip():
        raise SourceError("the file is empty", location=source.location)
    wide = wide_encoding(head)
    if wide:
        raise SourceError(f"the text is {wide}, not UTF-8; {remedy(wide)}", location=source.location, line=1)
    if format is not None:
        return READERS[format]
    for reader in READERS.values():
        if reader.recognises(head):
            return reader
    raise UnknownFormatError(
        f"the content is of no known format (tried {names}); name one with --format, or leave the file out; "
        f"an entry of a digest begins with {DIGEST_ENTRY!r}",
        location=source.location,
    )
