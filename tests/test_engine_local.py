"""The local engine: documents and problems in order, and one bad paper costs the others nothing."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg_builder import Document, Passage
from kg_builder.document import Problem
from kg_builder.engines.local import extract_stream
from kg_builder.errors import ExtractionError
from kg_builder.extract import ExtractionSettings


@Language.component("fails_at_bad_titles")
def fails_at_bad_titles(doc):
    if "bad" in doc.text:
        raise ZeroDivisionError("no way")
    return doc


FAILING = ExtractionSettings(extra=("fails_at_bad_titles",))


def paper(title: str) -> Document:
    return Document(title, passages=(Passage("title", title),))


def test_documents_and_problems_keep_their_order():
    items = [
        paper("one"),
        Problem("p", lost=True),
        *(paper(f"t{i}") for i in range(100)),
        Problem("q", lost=True),
    ]
    out = list(extract_stream(items))
    assert [x if isinstance(x, Problem) else x[0] for x in out] == items


def test_a_paper_at_which_extraction_fails_is_kept_with_the_reason_and_the_others_go_on():
    out = list(extract_stream([paper("GPT-4o wins"), paper("bad"), paper("GPT-4o loses")], FAILING))
    (first, bad, last) = out
    assert first[1].mentions
    assert last[1].mentions
    assert "ZeroDivisionError: no way" in bad[0].problems[0].reason
    assert bad[1].mentions == ()


def test_where_extraction_fails_at_every_paper_it_is_an_error():
    with pytest.raises(ExtractionError, match="no way"):
        list(extract_stream([paper("bad"), paper("worse, bad")], FAILING))
