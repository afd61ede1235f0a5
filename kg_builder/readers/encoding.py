"""Bytes as text: UTF-8, and a plain word where a source is something else."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg_builder.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
#: What `surrogateescape` makes of a byte that is not UTF-8.
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
#: Half of a character: an escaped byte, or what a damaged JSON escape stands for.
SURROGATE = re.compile("[\ud800-\udfff]")
#: Korean in another encoding is not UTF-8 for the most part; Latin-1 text is a few letters in a hundred.
_DAMAGED_SHARE = 0.2
_REMEDY = "convert the file to UTF-8, for example with: iconv -f {encoding} -t UTF-8 IN > OUT"
#: NUL bytes are half of ASCII text in UTF-16, all of them on even or all on odd places; UTF-8 has none.
_NUL_SHARE, _ONE_SIDED = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read as UTF-8.

    Args:
        text: the text; a byte that is not UTF-8 is kept as an escaped byte (see `ESCAPED_BYTE`).
        cut: whether the content ends in the middle of a character.
    """

    text: str
    cut: bool


def wide_encoding(content: bytes) -> str | None:
    """``UTF-16`` or ``UTF-32`` where the content begins like one of them, else ``None``.

    >>> wide_encoding("text".encode("utf-16")), wide_encoding(b"text")
    ('UTF-16', None)
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    one_sided = max(even, odd) > _ONE_SIDED * (even + odd)
    return "UTF-16" if one_sided and even + odd > len(head) * _NUL_SHARE else None


def decode(content: bytes, location: str) -> Decoded:
    """The content as text.

    Args:
        content: all bytes of the source.
        location: the source as the user knows it, for messages.

    Raises:
        SourceError: the content is UTF-16 or UTF-32.
    """
    wide = wide_encoding(content)
    if wide:
        raise SourceError(f"the text is {wide}, not UTF-8; {remedy(wide)}", location=location, line=1)
    body = content.removeprefix(codecs.BOM_UTF8)
    kept = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text = kept.decode(body, final=False)
    pending = kept.getstate()[0]
    return Decoded(text, cut=bool(pending))


def is_unreadable(text: str) -> bool:
    """Whether more of a text is not UTF-8 than a few damaged bytes would explain.

    >>> is_unreadable("모델입니다".encode("cp949").decode("utf-8", "surrogateescape"))
    True
    >>> is_unreadable(b"the caf\\xe9 of models".decode("utf-8", "surrogateescape"))
    False
    """
    return len(ESCAPED_BYTE.findall(text)) > len(text) * _DAMAGED_SHARE


def likely_encoding(text: str) -> str:
    """The encoding that bytes which are not UTF-8 are most likely in: CP949 (EUC-KR) or Latin-1.

    >>> likely_encoding("모델".encode("cp949").decode("utf-8", "surrogateescape"))
    'CP949'
    """
    try:
        korean = text.encode("utf-8", "surrogateescape").decode("cp949")
    except UnicodeDecodeError:
        return "LATIN1"
    return "CP949" if re.search("[가-힣]", korean) else "LATIN1"


def remedy(encoding: str) -> str:
    """What to do about a text in another encoding."""
    return _REMEDY.format(encoding=encoding)
