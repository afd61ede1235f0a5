"""The ACL Anthology's XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_builder.document import Document, Problem
from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile, find_sources, reader_for

COLLECTION = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="P19">
  <volume id="1">
    <meta>
      <booktitle>Annual <fixed-case>M</fixed-case>eeting</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor>
      <month>July</month><year>2019</year>
    </meta>
    <frontmatter><url>P19-1000</url></frontmatter>
    <paper id="1">
      <title>Reading <fixed-case>X</fixed-case>-Rays with <tex-math>\\alpha</tex-math></title>
      <author id="yang-liu-icsi"><first>Yang</first><last>Liu</last><affiliation>Some Institute</affiliation></author>
      <author orcid="0000-0002-1825-0097"><first>Jan</first><last>van der Berg</last></author>
      <author><last>Aakanksha</last></author>
      <editor><first>Ed</first><last>Itor</last></editor>
      <abstract>We <i>read</i> scans.</abstract>
      <url>P19-1001</url>
      <doi>10.18653/v1/P19-1001</doi>
    </paper>
    <paper id="2"><title>Second</title><url>http://example.org/2.pdf</url></paper>
    <paper id="3"><author><first>No</first><last>Title</last></author></paper>
  </volume>
</collection>
"""


def test_a_paper_is_read_whole(read):
    (paper, _), _ = read(COLLECTION)
    assert paper.title == "Reading X-Rays with \\alpha"
    assert paper.external_ids == ("acl:P19-1001",)
    assert paper.doi == "10.18653/v1/p19-1001"
    assert paper.url == "https://aclanthology.org/P19-1001"
    assert (paper.published, paper.venue, paper.date) == ("2019-07", "Annual Meeting", None)
    assert [(p.section, p.text) for p in paper.passages][1:] == [("abstract", "We read scans.")]


def test_authors_keep_their_ids_and_affiliations_and_editors_are_none(read):
    (paper, _), _ = read(COLLECTION)
    assert [(a.name, a.ids, a.affiliations) for a in paper.authors] == [
        ("Yang Liu", ("acl-person:yang-liu-icsi",), ("Some Institute",)),
        ("Jan van der Berg", ("orcid:0000-0002-1825-0097",), ()),
        ("Aakanksha", (), ()),
    ]


def test_an_address_of_its_own_is_kept(read):
    (_, second), _ = read(COLLECTION)
    assert second.url == "http://example.org/2.pdf"


def test_a_paper_without_a_title_is_lost_with_its_line_and_id(read):
    _, (problem,) = read(COLLECTION)
    assert (problem.line, problem.paper) == (21, "P19-1003")


def test_front_matter_is_no_paper(read):
    documents, _ = read(COLLECTION)
    assert "acl:P19-1000" not in [i for d in documents for i in d.external_ids]


def test_a_file_cut_off_keeps_the_papers_before_and_names_the_line(read):
    documents, (problem,) = read(COLLECTION[: COLLECTION.index("Second")])
    assert [d.external_ids for d in documents] == [("acl:P19-1001",)]
    assert problem.line == 20
    assert "breaks off" in problem.reason


ATTACK = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">%s]>
<collection id="P19"><volume id="1"><paper id="1"><title>&z;</title></paper></volume></collection>
"""


@pytest.mark.parametrize(
    "declaration",
    ['<!ENTITY z "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">', '<!ENTITY z SYSTEM "file:///etc/hostname">', ""],
)
def test_document_types_and_entities_are_refused(declaration):
    source = SourceFile("P19.xml", (ATTACK % declaration).encode())
    with pytest.raises(SourceError, match=r"P19\.xml:2: .*document type.*remove"):
        list(READERS["acl"].read(source))


def test_deep_nesting_does_no_harm(read):
    deep = "<i>" * 200_000 + "x" + "</i>" * 200_000
    documents, _ = read(COLLECTION.replace("Second", deep))
    assert documents[1].title == "x"


def test_a_collection_without_papers_is_an_error():
    source = SourceFile("S98.xml", b'<collection id="S98"><volume id="1"><meta/></volume></collection>')
    with pytest.raises(SourceError, match="no paper was found"):
        list(reader_for(source).read(source))


def test_every_paper_of_the_anthology_is_read(shared: Path):
    base = shared / "data" / "acl-anthology-2019" / "xml"
    documents = authors = persons = 0
    for source in find_sources([str(base)], base):
        if source.location in ("S98.xml",):  # front matter alone
            continue
        for outcome in reader_for(source).read(source):
            assert not isinstance(outcome, Problem)
            assert isinstance(outcome, Document)
            documents += 1
            authors += len(outcome.authors)
            persons += sum(author.kind == "person" for author in outcome.authors)
    assert (documents, authors) == (48952, 140416)
    assert authors - persons < 12
