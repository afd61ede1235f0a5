"""Which reader reads what: a guess from the content, and never a silent wrong one."""

from __future__ import annotations

import gzip
from itertools import permutations

import pytest

from kg_builder.errors import SourceError, UnknownFormatError
from kg_builder.readers import READERS, SourceFile, reader_for

SAMPLES = {
    "digest": "## Daily Papers (2025-03-01)\n\n### [T](https://arxiv.org/abs/2503.00001)\n\nAuthors: A B\n\n- Text.\n",
    "huggingface": '[{"paper": {"id": "2503.00001", "title": "T", "authors": [{"name": "A B"}]}}]',
    "arxiv": '{"id": "2503.00001", "title": "T", "authors": "A B", "categories": "cs.CL", "abstract": "Text."}\n',
    "acl": '<collection id="P19"><volume id="1"><paper id="1"><title>T</title></paper></volume></collection>',
    "openalex": '{"id": "https://openalex.org/W1", "title": "T", "authorships": []}\n',
    "bibtex": "% my papers\n@article{key2025,\n  title = {T},\n  author = {B, A}\n}\n",
}
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2503.00001v1</id><title>T</title></entry></feed>"""


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_every_format_is_recognised_by_its_content(form):
    assert reader_for(SourceFile("file", SAMPLES[form].encode())).format == form


def test_an_atom_answer_is_arxivs():
    assert reader_for(SourceFile("file", ATOM.encode())).format == "arxiv"


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_no_content_is_recognised_by_two_readers(form):
    head = SAMPLES[form].encode()
    assert [name for name, reader in READERS.items() if reader.recognises(head)] == [form]


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_a_byte_order_mark_and_gzip_change_nothing(form):
    packed = gzip.compress(b"\xef\xbb\xbf" + SAMPLES[form].encode())
    source = SourceFile("file.gz", packed)
    reader = reader_for(source)
    assert reader.format == form
    assert [outcome.title for outcome in reader.read(source)] == ["T"]


@pytest.mark.parametrize(("form", "other"), list(permutations(sorted(SAMPLES), 2)))
def test_a_format_forced_on_another_content_is_an_error(form, other):
    source = SourceFile("file", SAMPLES[other].encode())
    reader = reader_for(source, form)
    with pytest.raises(SourceError):
        list(reader.read(source))


@pytest.mark.parametrize(
    "content",
    [
        "Just some prose.\n",
        "# Readme\n\n### Usage\n\nRun it.\n",
        '{"a": 1}',
        "<html><body/></html>",
        "a,b\n1,2\n",
        "# Changelog\n\n### [1.2.0](https://example.org/compare/1.1...1.2)\n\n- Fixed things.\n",
        "\x00\x01\x00\x00\x02",
    ],
)
def test_content_of_no_known_format_is_refused_with_what_was_tried(content):
    with pytest.raises(UnknownFormatError, match=r"notes\.md: .*digest.*huggingface.*--format"):
        reader_for(SourceFile("notes.md", content.encode()))


def test_a_format_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(UnknownFormatError, match=r"'csv'.*acl.*arxiv|'csv'.*arxiv.*acl"):
        reader_for(SourceFile("file", b"x"), "csv")


def test_a_broken_gzip_file_is_named():
    with pytest.raises(SourceError, match=r"file\.gz: broken gzip"):
        reader_for(SourceFile("file.gz", gzip.compress(SAMPLES["digest"].encode() * 99)[:60]))
