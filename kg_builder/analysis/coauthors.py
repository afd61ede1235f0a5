"""The co-authorship report of a workspace: pages, pictures, tables and graph files in one folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from kg_builder.analysis.graph_files import GRAPH_FILES
from kg_builder.analysis.report.content import Content, Figure
from kg_builder.analysis.report.html_page import render_html
from kg_builder.analysis.report.markdown import render_markdown
from kg_builder.analysis.report.sections import report_content
from kg_builder.analysis.study import Settings, Study, study
from kg_builder.analysis.study_tables import study_tables
from kg_builder.errors import ExportError
from kg_builder.workspace import Workspace


def coauthors(graph: str | Path, output: str | Path | None = None, settings: Settings | None = None) -> Study:
    """Analyse who wrote with whom, and write the report.

    The folder gets ``report.html``, ``report.md``, ``pictures/*.svg``, ``tables/*.csv`` and ``.parquet``, and
    ``network/`` with GraphML, GEXF, Pajek and VOSviewer files. The same graph, settings and version give the same
    bytes. Other files in the folder stay as they are.

    Args:
        graph: the workspace file.
        output: the folder; nothing is written where ``None``.
        settings: what is asked for.

    Returns:
        What was found.

    Raises:
        AnalysisError: no paper is left to count, or a person is unknown.
        ExportError: the folder cannot be written.
        WorkspaceError: the workspace cannot be opened.
    """
    with Workspace(graph) as workspace:
        found = study(workspace, settings)
    if output is not None:
        write_report(found, Path(graph).stem, Path(output))
    return found


def write_report(found: Study, name: str, output: Path) -> None:
    """Write the report of a study into a folder, all or nothing.

    Args:
        found: the study.
        name: what the graph is called.
        output: the folder; made where it is not there.

    Raises:
        ExportError: the folder cannot be written.
    """
    content = report_content(found, name)
    try:
        with _arriving(output) as folder:
            (folder / "report.html").write_text(render_html(content), encoding="utf-8", newline="\n")
            (folder / "report.md").write_text(
                render_markdown(content, "pictures"), encoding="utf-8", newline="\n"
            )
            _write_pictures(content, folder / "pictures")
            _write_tables(found, folder / "tables")
            _write_graphs(found, folder / "network")
    except OSError as error:
        raise ExportError(
            f"{output}: the report cannot be written ({error.strerror}); name another folder with -o"
        ) from error


@contextmanager
def _arriving(output: Path) -> Iterator[Path]:
    """A folder whose files move to another once all are written."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".writing-") as name:
        folder = Path(name)
        yield folder
        for part in sorted(p for p in folder.rglob("*") if p.is_file()):
            place = output / part.relative_to(folder)
            place.parent.mkdir(exist_ok=True)
            part.replace(place)


def _write_pictures(content: Content, folder: Path) -> None:
    folder.mkdir()
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Figure):
                (folder / f"{block.name}.svg").write_text(block.svg + "\n", encoding="utf-8", newline="\n")


def _write_tables(found: Study, folder: Path) -> None:
    folder.mkdir()
    for name, table in study_tables(found).items():
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
        pyarrow.csv.write_csv(_flat(table), folder / f"{name}.csv")


def _flat(table: pa.Table) -> pa.Table:
    """A table whose lists are joined by semicolons, as CSV knows no lists."""
    for place, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            joined = [None if cell is None else "; ".join(cell) for cell in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pa.array(joined, pa.string()))
    return table


def _write_graphs(found: Study, folder: Path) -> None:
    folder.mkdir()
    authors = found.author_table()
    for name, write in GRAPH_FILES.items():
        with _text_file(folder / name) as stream:
            write(found.projection, authors, stream)


def _text_file(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n")
