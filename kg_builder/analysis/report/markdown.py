"""A report as Markdown, its pictures in files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.analysis.report.content import Content, Figure, Paragraph, Table, printed
from kg_builder.analysis.report.html_page import numeric_columns

#: What Markdown would take for more than text.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render_markdown(content: Content, pictures: str) -> str:
    """The report; the same content gives the same bytes.

    Args:
        content: the report.
        pictures: the folder of the pictures, as seen from the report.
    """
    return "\n".join(_lines(content, pictures)) + "\n"


def _lines(content: Content, pictures: str) -> Iterator[str]:
    yield f"# {_text(content.title)}"
    yield ""
    yield _text(content.subtitle)
    for section in content.sections:
        yield ""
        yield f"## {_text(section.title)}"
        for block in section.blocks:
            yield ""
            if isinstance(block, Paragraph):
                yield _text(block.text)
            elif isinstance(block, Figure):
                yield f"![{_text(block.caption)}]({pictures}/{block.name}.svg)"
                yield ""
                yield _text(block.counted)
            else:
                yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    numeric = numeric_columns(table)
    yield f"### {_text(table.caption)}"
    yield ""
    yield "| " + " | ".join(_text(column) for column in table.columns) + " |"
    yield "|" + "|".join("---:" if n in numeric else "---" for n in range(len(table.columns))) + "|"
    for row in table.rows:
        yield "| " + " | ".join(_text(printed(cell)) for cell in row) + " |"
    yield ""
    yield _text(table.counted)


def _text(text: str) -> str:
    """Text that stays what it is: on one line, nothing in it taken for a mark.

    >>> print(_text("A|B *C*"))
    A\\|B \\*C\\*
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
