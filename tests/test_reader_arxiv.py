"""What arXiv says of its papers: the Atom answer and the metadata snapshot."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from pathlib import Path

import pytest

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2503.00001v2</id>
    <published>2025-03-01T17:00:00Z</published>
    <updated>2025-03-05T17:00:00Z</updated>
    <title>Tidy: Cleaning
  Tables</title>
    <summary>  We clean
tables &amp; more.
</summary>
    <author><name>Ada Low</name><affiliation>Lab A</affiliation></author>
    <author><name>ATLAS Collaboration</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/XYZ</arxiv:doi>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Tables 1 (2025)</arxiv:journal_ref>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>
"""
ROW = {
    "id": "0704.0001",
    "title": "Old\n  Paper",
    "authors": "C. Bal\\'azs, E. L. Berger",
    "authors_parsed": [["Bal\\'azs", "C.", ""], ["Berger", "E. L.", "Jr.", "Some Lab"]],
    "abstract": "  We compute.\n",
    "categories": "hep-ph cs.AI",
    "doi": "10.1103/PhysRevD.76.013009",
    "journal-ref": "Phys.Rev.D76:013009,2007",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
    "update_date": "2008-11-26",
}


def test_an_atom_entry_is_read_whole(read):
    (paper,), lost = read(ATOM)
    assert lost == []
    assert (paper.title, paper.arxiv_id, paper.doi) == ("Tidy: Cleaning Tables", "2503.00001", "10.1000/xyz")
    assert (paper.published, paper.venue) == ("2025-03-01", "J. Tables 1 (2025)")
    assert paper.topics == ("cs.CL", "cs.AI")
    assert paper.passages[1].text == "We clean\ntables & more."
    assert [(a.name, a.kind, a.affiliations) for a in paper.authors] == [
        ("Ada Low", "person", ("Lab A",)),
        ("ATLAS Collaboration", "organization", ()),
    ]


def test_an_error_that_arxiv_answers_is_told():
    entry = "<id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format</summary>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'
    with pytest.raises(SourceError, match="incorrect id format"):
        list(READERS["arxiv"].read(SourceFile("answer.xml", feed.encode())))


def test_a_row_of_the_snapshot_is_read_whole(read):
    (paper,), _ = read(json.dumps(ROW))
    assert (paper.title, paper.arxiv_id, paper.published) == ("Old Paper", "0704.0001", "2007-04-02")
    assert (paper.doi, paper.venue) == ("10.1103/physrevd.76.013009", "Phys.Rev.D76:013009,2007")
    assert paper.topics == ("hep-ph", "cs.AI")
    assert [(a.name, a.affiliations) for a in paper.authors] == [
        ("C. Balázs", ()),
        ("E. L. Berger Jr.", ("Some Lab",)),
    ]


def test_the_printed_list_serves_where_names_are_not_taken_apart(read):
    (paper,), _ = read(json.dumps({**ROW, "authors_parsed": None}))
    assert [a.name for a in paper.authors] == ["C. Balázs", "E. L. Berger"]


@pytest.mark.parametrize(
    "bad", ["{", "[" * 100_000, "7", '{"id": 5, "categories": "x"}', "\x00", "x" * 100_000]
)
def test_a_bad_line_costs_no_other(read, bad):
    documents, lost = read(f"{json.dumps(ROW)}\n{bad}\n\n{json.dumps(ROW)}\n", format="arxiv")
    assert len(documents) == 2
    assert [problem.line for problem in lost] == [2]


def test_a_line_in_another_encoding_costs_no_other(read):
    row = json.dumps(ROW).encode()
    documents, (problem,) = read(row + b"\n" + row.replace(b"Old", b"\xe9") + b"\n", format="arxiv")
    assert len(documents) == 1
    assert "not UTF-8" in problem.reason


def test_a_packed_snapshot_that_is_cut_off_keeps_the_rows_before():
    rows = "".join(
        json.dumps({**ROW, "abstract": random.Random(n).randbytes(400).hex()}) + "\n" for n in range(400)
    )
    packed = gzip.compress(rows.encode())
    *documents, problem = READERS["arxiv"].read(SourceFile("snapshot.json.gz", packed[: len(packed) // 2]))
    assert len(documents) > 100
    assert all(isinstance(document, Document) for document in documents)
    assert problem.line == len(documents) + 1
    assert "broken gzip" in problem.reason


def test_a_snapshot_is_never_in_memory_as_a_whole(tmp_path: Path):
    path = tmp_path / "snapshot.json"
    row = json.dumps({**ROW, "abstract": "word " * 500})
    with path.open("w", encoding="utf-8") as stream:
        for _ in range(5_000):
            stream.write(row + "\n")
    tracemalloc.start()
    read = sum(isinstance(d, Document) for d in READERS["arxiv"].read(SourceFile("snapshot.json", path)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 5_000
    assert peak < path.stat().st_size / 4
