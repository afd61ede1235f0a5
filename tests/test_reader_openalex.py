"""Works as OpenAlex gives them."""

from __future__ import annotations

import json

import pytest

from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile
from kg_builder.readers.openalex import abstract_text

WORK = {
    "id": "https://openalex.org/W100",
    "doi": "https://doi.org/10.48550/arXiv.2503.00001",
    "title": "Tidy: Cleaning Tables",
    "publication_date": "2025-03-01",
    "publication_year": 2025,
    "is_authors_truncated": True,
    "authorships": [
        {
            "raw_author_name": "Ada B. Low",
            "author": {
                "id": "https://openalex.org/A5",
                "display_name": "Ada Low",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "institutions": [{"display_name": "Lab A"}, {"display_name": "Lab B"}],
        },
        {"author": {"display_name": "Bo Li"}},
    ],
    "primary_location": {
        "landing_page_url": "https://example.org/tidy",
        "source": {"display_name": "Journal of Tables"},
    },
    "abstract_inverted_index": {"We": [0], "clean": [1, 3], "and": [2]},
    "referenced_works": ["https://openalex.org/W1", "https://openalex.org/W2", "https://openalex.org/W1"],
    "topics": [{"display_name": "Data Cleaning"}],
    "keywords": [{"display_name": "Tables"}],
    "concepts": [{"display_name": "Computer science", "score": 0.5}, {"display_name": "Art", "score": 0}],
}


def test_a_work_is_read_whole(read):
    (paper,), lost = read(json.dumps(WORK))
    assert lost == []
    assert (paper.arxiv_id, paper.doi) == ("2503.00001", "10.48550/arxiv.2503.00001")
    assert paper.external_ids == ("openalex:W100",)
    assert (paper.published, paper.venue, paper.url) == (
        "2025-03-01",
        "Journal of Tables",
        "https://example.org/tidy",
    )
    assert paper.topics == ("Data Cleaning", "Tables", "Computer science")
    assert paper.cites == ("openalex:W1", "openalex:W2")
    assert [(p.section, p.text) for p in paper.passages][1:] == [("abstract", "We clean and clean")]


def test_authors_keep_name_as_printed_ids_and_affiliations(read):
    (paper,), _ = read(json.dumps(WORK))
    assert [(a.name, a.ids, a.affiliations) for a in paper.authors] == [
        ("Ada B. Low", ("orcid:0000-0002-1825-0097", "openalex:A5"), ("Lab A", "Lab B")),
        ("Bo Li", (), ()),
    ]


def test_an_affiliation_is_neither_an_author_nor_the_papers_home(read):
    (paper,), _ = read(json.dumps(WORK))
    assert paper.organizations == ()
    assert all(author.kind == "person" for author in paper.authors)


def test_a_truncated_author_list_is_not_complete(read):
    (paper,), _ = read(json.dumps(WORK))
    assert not paper.authors_complete


@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_of_the_api_is_unwrapped(read, indent):
    documents, _ = read(json.dumps({"meta": {"count": 2}, "results": [WORK, WORK]}, indent=indent))
    assert len(documents) == 2


def test_a_position_beyond_all_bounds_takes_no_memory():
    assert abstract_text({"a": [10**15], "b": [0, "x", -1, True]}) == "b a"


@pytest.mark.parametrize("bad", ["{", '{"id": "https://openalex.org/W2"}', "[1, 2]", "null"])
def test_a_bad_work_costs_no_other(read, bad):
    documents, lost = read(f"{json.dumps(WORK)}\n{bad}\n{json.dumps(WORK)}\n", format="openalex")
    assert len(documents) == 2
    assert [problem.line for problem in lost] == [2]


def test_a_file_without_works_is_an_error():
    with pytest.raises(SourceError, match=r"works\.jsonl"):
        list(READERS["openalex"].read(SourceFile("works.jsonl", b"{}\n")))
