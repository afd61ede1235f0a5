"""A report as one HTML page that needs nothing beside itself: no script, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2

from kg_builder.analysis.report.content import Block, Content, Table, printed
from kg_builder.views.palette import GROUPS


def render_html(content: Content) -> str:
    """The page; the same content gives the same bytes."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    sections = [
        {
            "anchor": section.anchor,
            "title": section.title,
            "blocks": [(type(block).__name__, _shown(block)) for block in section.blocks],
        }
        for section in content.sections
    ]
    page = {"title": content.title, "subtitle": content.subtitle, "sections": sections}
    return environment.get_template("report.html.j2").render(content=page, groups=GROUPS)


def _shown(block: Block) -> Block | dict[str, Any]:
    if not isinstance(block, Table):
        return block
    return {
        "caption": block.caption,
        "columns": block.columns,
        "rows": [[printed(cell) for cell in row] for row in block.rows],
        "numeric": numeric_columns(block),
        "counted": block.counted,
    }


def numeric_columns(table: Table) -> list[int]:
    """The columns that hold numbers alone, unknown ones among them.

    Example:
        >>> numeric_columns(Table("", ("name", "papers"), [("A. Brun", 3), ("M. Seo", None)], ""))
        [1]
    """
    return [
        number
        for number in range(len(table.columns))
        if table.rows
        and all(row[number] is None or isinstance(row[number], int | float) for row in table.rows)
    ]
