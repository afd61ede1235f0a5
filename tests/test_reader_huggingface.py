"""The daily-papers JSON of Hugging Face."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg_builder.document import Document, Problem
from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile, find_sources, reader_for

RECORD = {
    "paper": {
        "id": "2503.00001",
        "authors": [
            {"name": "Ada Low", "hidden": False, "status": "claimed_verified", "user": {"user": "adalow"}},
            {"name": "Bo Li", "hidden": True},
            {"name": "Cy Roe", "status": "extracted_pending", "user": {"user": "someone"}},
            {"name": "Seed", "hidden": False},
        ],
        "publishedAt": "2025-02-27T17:59:59.000Z",
        "submittedOnDailyAt": "2025-03-01T00:17:01.674Z",
        "title": "Tidy: Cleaning\n  Tables",
        "summary": "We clean\ntables.",
        "upvotes": 12,
        "ai_keywords": ["table cleaning", "language models", "table cleaning"],
        "organization": {"name": "ByteDance-Seed", "fullname": "ByteDance Seed"},
    },
    "publishedAt": "2025-03-01T00:00:00.000Z",
    "title": "Tidy: Cleaning Tables",
}


def text(*records) -> str:
    return json.dumps(list(records), indent=1)


def other(number: int) -> dict:
    return {"paper": {**RECORD["paper"], "id": f"2503.{number:05}", "title": f"Paper {number}"}}


def test_a_record_is_read_whole(read):
    (paper,), lost = read(text(RECORD), location="2025-03-01.json")
    assert lost == []
    assert (paper.title, paper.arxiv_id, paper.votes) == ("Tidy: Cleaning Tables", "2503.00001", 12)
    assert (paper.date, paper.published) == ("2025-03-01", "2025-02-27")
    assert paper.topics == ("table cleaning", "language models")
    assert paper.organizations == ("ByteDance Seed",)
    assert paper.url == "https://arxiv.org/abs/2503.00001"


def test_title_and_abstract_are_passages_as_printed(read):
    (paper,), _ = read(text(RECORD))
    assert [(p.section, p.text) for p in paper.passages] == [
        ("title", "Tidy: Cleaning\n  Tables"),
        ("abstract", "We clean\ntables."),
    ]


def test_an_account_is_an_identity_only_where_it_is_more_than_a_guess(read):
    (paper,), _ = read(text(RECORD))
    assert [(a.name, a.ids) for a in paper.authors][:3] == [
        ("Ada Low", ("hf:adalow",)),
        ("Bo Li", ()),
        ("Cy Roe", ()),
    ]


def test_an_author_called_like_the_papers_home_is_an_organisation(read):
    (paper,), _ = read(text(RECORD))
    assert (paper.authors[-1].name, paper.authors[-1].kind) == ("Seed", "organization")


def test_the_listing_day_of_a_record_stands_in_where_the_file_names_none(read):
    (paper,), _ = read(text(RECORD), location="today")
    assert paper.date == "2025-03-01"


def test_records_written_as_python_literals_are_read(read):
    documents, _ = read(json.dumps([repr(RECORD)]))
    assert documents == read(text(RECORD))[0]


def test_an_answer_with_a_status_is_unwrapped(read):
    answer = json.dumps({"status": "success", "date": "2025-01-10", "count": 1, "data": [RECORD]})
    (paper,), _ = read(answer, location="today")
    assert (paper.arxiv_id, paper.date) == ("2503.00001", "2025-01-10")


def test_a_single_paper_is_read(read):
    documents, _ = read(json.dumps(RECORD["paper"]))
    assert [d.arxiv_id for d in documents] == ["2503.00001"]


def test_one_record_a_line_is_read(read):
    documents, _ = read("\n".join(json.dumps(other(n)) for n in (1, 2)))
    assert [d.title for d in documents] == ["Paper 1", "Paper 2"]


@pytest.mark.parametrize(
    "bad",
    ["{broken", '{"paper": {"id": "2503.00009", "title":', '{"paper": {"title": 7}}', '"not a record"', "17"],
)
def test_a_bad_record_costs_no_other(read, bad):
    rows = [json.dumps(other(1)), bad, json.dumps(other(2))]
    documents, lost = read("[" + ",\n".join(rows) + "]", format="huggingface")
    assert [d.title for d in documents] == ["Paper 1", "Paper 2"]
    assert [problem.line for problem in lost] in ([2], [3])


def test_a_file_cut_off_in_a_record_keeps_those_before(read):
    whole = text(other(1), other(2))
    documents, lost = read(whole[: whole.index("Paper 2")])
    assert [d.title for d in documents] == ["Paper 1"]
    assert lost[0].line > 10


def test_a_paper_without_authors_is_kept_with_a_warning(read):
    (paper,), _ = read(text({"paper": {**RECORD["paper"], "authors": []}}))
    assert paper.authors == ()
    assert paper.problems[0].paper == "Tidy: Cleaning Tables"


def test_a_lone_surrogate_becomes_a_replacement_character_and_is_told(read):
    record = {"paper": {**RECORD["paper"], "summary": "a \ud800 b"}}
    (paper,), _ = read(text(record))
    assert paper.passages[1].text == "a \ufffd b"
    assert "damaged" in paper.problems[0].reason


@pytest.mark.parametrize(
    "content", ["[]", '{"data": []}', '[{"paper": {}}]', "[" * 100_000, '{"paper":' * 100_000]
)
def test_a_file_without_papers_is_an_error(content):
    source = SourceFile("day.json", content.encode())
    with pytest.raises(SourceError, match=r"day\.json"):
        list(READERS["huggingface"].read(source))


@pytest.fixture(scope="module")
def corpus(shared: Path) -> list[Document | Problem]:
    base = shared / "data" / "hf-daily-json"
    return [
        outcome for source in find_sources([str(base)], base) for outcome in reader_for(source).read(source)
    ]


def test_every_record_of_the_corpus_is_read(corpus):
    assert not [o for o in corpus if isinstance(o, Problem)]
    documents = [o for o in corpus if isinstance(o, Document)]
    assert len(documents) == 8507
    assert all(d.arxiv_id and d.date and d.passages[1].section == "abstract" for d in documents)


def test_accounts_of_the_corpus_are_those_that_their_owners_claimed(corpus, shared: Path):
    papers = [outcome for outcome in corpus if isinstance(outcome, Document)]
    found = {(p.arxiv_id, a.name): a.ids for p in papers for a in p.authors if a.ids}
    rows = [
        json.loads(r) for r in (shared / "data/identity/hf_accounts.jsonl").read_text("utf-8").splitlines()
    ]
    known = [(r, found[r["arxiv"], r["name"]]) for r in rows if (r["arxiv"], r["name"]) in found]
    assert len(known) > 1500
    assert all(f"hf:{r['person']}" in ids for r, ids in known)
