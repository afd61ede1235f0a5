"""The co-authorship report of a graph, from the library and from the command line."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from digests import digest, entry
from typer.testing import CliRunner

from kg_builder import Workspace, build
from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.coauthors import coauthors
from kg_builder.analysis.organizations import project_organizations
from kg_builder.analysis.projection import project
from kg_builder.analysis.study import Settings
from kg_builder.cli import app
from kg_builder.errors import AnalysisError, UsageError

FILES = {
    "report.html",
    "report.md",
    "network/network.gexf",
    "network/network.graphml",
    "network/network.net",
    "network/network.vosviewer.json",
    "pictures/collaborations.svg",
    "pictures/components.svg",
    "pictures/degrees.svg",
    "pictures/growth.svg",
    "pictures/network.svg",
    "pictures/paper-sizes.svg",
} | {
    f"tables/{name}.{form}"
    for name in (
        "authors",
        "ties",
        "communities",
        "bridges",
        "growth",
        "suggestions",
        "organizations",
        "organization_ties",
    )
    for form in ("csv", "parquet")
}


def paper(number: int, authors: str) -> str:
    return entry(title=f"Paper {number}: <b>Walks & Maps</b>", arxiv=f"2501.{number:05}", authors=authors)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coauthors")
    december = digest(
        paper(1, "Mina Seo, Jonas Falk, Ada Brun"), paper(2, "Ada Brun, Ole Lind"), date="2024-12-24"
    )
    crowd = ", ".join(f"Lee {chr(65 + n % 26)}a{chr(97 + n // 26)}o" for n in range(60))
    january = digest(
        paper(3, "Jonas Falk, Mina Seo"), paper(4, crowd), paper(5, "Ida Alone"), date="2025-01-02"
    )
    (folder / "december.md").write_text(december, encoding="utf-8")
    (folder / "january.md").write_text(january, encoding="utf-8")
    build([str(folder / "december.md"), str(folder / "january.md")], folder / "walks.kg")
    return folder / "walks.kg"


@pytest.fixture(scope="module")
def report(graph: Path) -> Path:
    coauthors(graph, graph.parent / "report", Settings(by="month", person="Ole Lind", to="Mina Seo"))
    return graph.parent / "report"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_report_has_pages_pictures_tables_and_graph_files(report):
    assert set(files(report)) == FILES | {"tables/distances.csv", "tables/distances.parquet"}


def test_the_same_graph_gives_the_same_bytes(graph, report, tmp_path):
    coauthors(graph, tmp_path, Settings(by="month", person="Ole Lind", to="Mina Seo"))
    assert files(tmp_path) == files(report)


def test_the_page_needs_nothing_beside_itself(report):
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="([^"#][^"]*)"', page)) == set()
    assert "&lt;b&gt;" in page
    assert "<b>Walks" not in page


def test_every_element_of_the_page_is_closed(report):
    open_elements: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                open_elements.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_elements.pop() == tag

    Balance().feed((report / "report.html").read_text(encoding="utf-8"))
    assert open_elements == []


def test_pictures_are_whole_svg_files_with_a_text_for_those_who_cannot_see(report):
    for picture in sorted((report / "pictures").iterdir()):
        root = ElementTree.parse(picture).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("aria-label")


def test_both_reports_say_what_the_cap_left_out_and_what_rests_on_names(report):
    for name in ("report.html", "report.md"):
        text = (report / name).read_text(encoding="utf-8")
        assert (
            "Left out by the cap of 50 authors: 1 paper (the largest of 60 authors), with 1,770 pairs" in text
        )
        assert "Unverified identity: 5 of 5 authors (100.0 %)" in text


def test_every_table_and_picture_says_how_it_was_counted(report):
    page = (report / "report.html").read_text(encoding="utf-8")
    assert page.count('<p class="counted">') == page.count("<table>") + page.count("<figure")
    assert '<p class="counted"></p>' not in page


def test_the_path_stands_in_the_report_with_its_papers(report):
    text = (report / "report.md").read_text(encoding="utf-8")
    assert "From Ole Lind to Mina Seo: 2 steps" in text
    assert "Paper 2: \\<b\\>Walks & Maps\\</b\\> (arxiv:2501.00002, 2024-12-24)" in text


def test_tables_say_the_same_as_csv_and_as_parquet(report):
    for table in ("authors", "ties", "communities", "growth"):
        with (report / f"tables/{table}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        found = duckdb.sql(f"SELECT * FROM '{report / f'tables/{table}.parquet'}'")
        assert list(rows[0]) == found.columns
        assert len(rows) == len(found.fetchall())


def test_a_repeated_collaboration_is_told_in_its_month(report):
    with (report / "tables/growth.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["period"]: row for row in csv.DictReader(stream)}
    assert (rows["2024-12"]["new_ties"], rows["2025-01"]["new_ties"]) == ("4", "0")
    assert rows["2025-01"]["repeated_ties"] == "1"


def test_other_files_in_the_folder_stay(graph, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    coauthors(graph, tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.glob(".writing-*"))


def test_communities_are_called_after_what_their_papers_name(graph):
    found = coauthors(graph)
    names = [name.text for name in found.community_names]
    assert all(name and not name.startswith("around ") for name in names)


def test_organisations_in_author_lists_and_affiliations_make_their_own_network(tmp_path):
    def work(number: int, *institutions: str) -> dict[str, object]:
        return {
            "id": f"https://openalex.org/W{number}",
            "title": f"Work {number}",
            "publication_date": "2024-05-01",
            "authorships": [
                {
                    "author": {"id": f"https://openalex.org/A{number}", "display_name": "Mina Seo"},
                    "institutions": [{"display_name": name} for name in institutions],
                }
            ],
        }

    (tmp_path / "works.json").write_text(
        json.dumps({"results": [work(1, "Harbor Lab", "Grey University")]}), encoding="utf-8"
    )
    build([str(tmp_path / "works.json")], tmp_path / "graph.kg")
    with Workspace(tmp_path / "graph.kg") as workspace:
        found = project_organizations(workspace)
    assert found is not None
    assert found.projection.names == ["Grey University", "Harbor Lab"]
    assert found.projection.ties.num_rows == 1
    assert found.affiliated == 1


def test_a_graph_without_papers_is_told(tmp_path):
    with Workspace(tmp_path / "empty.kg", writable=True):
        pass
    with pytest.raises(AnalysisError, match="holds no paper; read some first"):
        coauthors(tmp_path / "empty.kg")


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["coauthors", *map(str, arguments)])
    if isinstance(result.exception, AnalysisError | UsageError):
        return 1, "", str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_key_figures_and_writes_the_report(graph, tmp_path):
    code, out, err = run("-g", graph, "-o", tmp_path / "out", "-f", "json")
    assert code == 0
    figures = {row["figure"]: row["value"] for row in json.loads(out)}
    assert (figures["papers"], figures["authors"], figures["ties"]) == (4, 5, 4)
    assert "left out: 1 paper of more than 50 authors, with 1,770 pairs" in err
    assert set(files(tmp_path / "out")) == FILES


def test_without_a_cap_every_paper_counts(graph, tmp_path):
    _, out, _ = run("-g", graph, "-o", tmp_path, "--no-cap", "--weight", "full", "-f", "json")
    assert {row["figure"]: row["value"] for row in json.loads(out)}["ties"] == 4 + 1770


def test_a_path_is_printed_with_its_papers_and_writes_nothing(graph, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("-g", graph, "--person", "Ole Lind", "--to", "jonas falk", "-f", "csv")
    assert code == 0
    assert [line.split(",")[:2] for line in out.splitlines()[1:]] == [
        ["Ole Lind", "Ada Brun"],
        ["Ada Brun", "Jonas Falk"],
    ]
    assert "2 collaborations apart" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--person", "Jonas Flak"], "did you mean Jonas Falk?"),
        (["--since", "2030"], "its papers date from 2024-12-24 to 2025-01-02"),
        (["--since", "soon"], "--since 'soon' is no date"),
        (["--to", "Ada Brun"], "name where it begins with --person"),
    ],
)
def test_what_cannot_be_answered_says_why(graph, tmp_path, arguments, message):
    code, _, err = run("-g", graph, "-o", tmp_path / "out", *arguments)
    assert code != 0
    assert message in err
    assert not (tmp_path / "out").exists()


def test_the_largest_author_list_of_a_digest_is_counted_without_a_cap(shared, tmp_path):
    build([str(shared / "data" / "daily-papers-ko/2024/12/24.md")], tmp_path / "day.kg")
    with Workspace(tmp_path / "day.kg") as workspace:
        lists = Bylines.of_workspace(workspace)
        whole, capped = project(lists, cap=None), project(lists)
    assert capped.coverage.pairs_over_cap == 260 * 259 // 2 == 33_670
    assert whole.ties.num_rows - capped.ties.num_rows >= 33_000
