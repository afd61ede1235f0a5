"""Bibliographies in BibTeX."""

from __future__ import annotations

import pytest

from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile

BIBLIOGRAPHY = r"""
@string{tab = "Journal of Tables"}
% a comment
@article{low2025tidy,
  title = {{T}idy: Cleaning {\'E}toile Tables in $O(n^2)$},
  author = {Low, Ada and Jan van der Berg and Erd{\H o}s, Paul and King, Jr., Martin and {Tidy Project} and others},
  journal = tab,
  year = 2025, month = mar,
  doi = {https://doi.org/10.1000/XYZ},
  eprint = {2503.00001v2}, archivePrefix = {arXiv},
  url = {https://aclanthology.org/2025.acl-long.7/},
  keywords = {tables; cleaning, tables},
  abstract = {We clean 50% of tables.},
}
@proceedings{vol, title = {A Volume}, editor = {Ed Itor}}
@misc{second, title = "Second", author = "Bo Li", journal = {arXiv preprint arXiv:2503.00002}, date = {2025-04-05}}
"""


def test_an_entry_is_read_whole(read):
    (paper, _), lost = read(BIBLIOGRAPHY)
    assert lost == []
    assert paper.title == "Tidy: Cleaning Étoile Tables in $O(n^2)$"
    assert (paper.arxiv_id, paper.doi, paper.external_ids) == (
        "2503.00001",
        "10.1000/xyz",
        ("acl:2025.acl-long.7",),
    )
    assert (paper.published, paper.venue) == ("2025-03", "Journal of Tables")
    assert paper.topics == ("tables", "cleaning")
    assert paper.passages[1].text == "We clean 50% of tables."
    assert paper.line == 4


def test_names_are_turned_and_braces_mark_an_organisation(read):
    (paper, _), _ = read(BIBLIOGRAPHY)
    assert [(a.name, a.kind) for a in paper.authors] == [
        ("Ada Low", "person"),
        ("Jan van der Berg", "person"),
        ("Paul Erdős", "person"),
        ("Martin King Jr.", "person"),
        ("Tidy Project", "organization"),
    ]


def test_and_others_says_that_the_list_is_cut_off(read):
    (paper, second), _ = read(BIBLIOGRAPHY)
    assert not paper.authors_complete
    assert second.authors_complete


def test_an_arxiv_id_in_the_journal_is_an_id_and_no_venue(read):
    (_, second), _ = read(BIBLIOGRAPHY)
    assert (second.arxiv_id, second.venue, second.published) == ("2503.00002", None, "2025-04-05")


def test_a_volume_is_no_paper(read):
    documents, _ = read(BIBLIOGRAPHY)
    assert [d.title for d in documents][1:] == ["Second"]


@pytest.mark.parametrize(
    "bad", ["@article{x, title = {No end", "@article{x, year = 2020}", "@article{x title}"]
)
def test_a_bad_entry_costs_no_other(read, bad):
    documents, lost = read(BIBLIOGRAPHY + bad + "\n@misc{third, title = {Third}, author = {Cy Roe}}\n")
    assert documents[-1].title == "Third"
    assert [problem.line for problem in lost] == [17]


def test_two_entries_under_one_key_are_two_papers(read):
    documents, lost = read(
        "@misc{a, title = {One}, author = {A B}}\n@misc{a, title = {Two}, author = {C D}}\n"
    )
    assert [d.title for d in documents] == ["One", "Two"]
    assert lost == []


def test_a_bibliography_without_entries_is_an_error():
    with pytest.raises(SourceError, match=r"papers\.bib"):
        list(READERS["bibtex"].read(SourceFile("papers.bib", b"just text")))
