"""Which documents are one paper."""

from itertools import permutations

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.resolve.papers import DOCUMENT_KEY, Groups, document_key, joined_keys
from kg_builder.resolve.tables import WorkspaceTables, sql_text


def document(number, **known):
    empty = dict.fromkeys(("arxiv_id", "doi", "published", "date"))
    return {
        "source": f"s{number}",
        "document": 0,
        "title": f"T{number}",
        "external_ids": [],
        **empty,
        **known,
    }


def papers_of(documents):
    """The paper of each document, by its source."""
    keys = [document_key(document) for document in documents]
    joined = dict(joined_keys(all_keys for _, _, all_keys, _, count in keys if count > 1))
    return {source: joined.get(first, first) for source, _, _, first, _ in keys}


def test_documents_that_share_an_id_are_one_paper_whatever_their_order():
    documents = [
        document(1, arxiv_id="2412.1", doi="10.1/x"),
        document(2, doi="10.1/x"),
        document(3, doi="10.1/x", external_ids=["acl:P1"]),
        document(4, external_ids=["acl:P1"]),
        document(5, arxiv_id="2412.2"),
    ]
    for order in permutations(documents):
        assert papers_of(order) == {
            "s1": "arxiv:2412.1",
            "s2": "arxiv:2412.1",
            "s3": "arxiv:2412.1",
            "s4": "arxiv:2412.1",
            "s5": "arxiv:2412.2",
        }


def test_a_title_alone_joins_only_within_its_year():
    papers = papers_of(
        [
            document(1, title="Same", date="2024-01-02"),
            document(2, title="same!", date="2024-05-02"),
            document(3, title="Same", date="2025-01-02"),
        ]
    )
    assert papers["s1"] == papers["s2"] != papers["s3"]


KEYS = st.sampled_from(
    [f"{scheme}:{n}" for scheme in ("arxiv", "doi", "acl", "openalex", "s2") for n in range(4)]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(KEYS, min_size=1, max_size=3, unique=True), min_size=1, max_size=12))
def test_ids_that_one_document_alone_knows_need_no_joining(sets):
    documents = [
        document(n, external_ids=[k for k in keys if not k.startswith("arxiv")], arxiv_id=arxiv_of(keys))
        for n, keys in enumerate(sets)
    ]
    rows = [document_key(d) for d in documents]
    groups = Groups()
    for _, _, keys, _, _ in rows:
        groups.join(keys)
    with duckdb.connect() as connection:
        tables = WorkspaceTables(connection)
        tables.make("document_key", DOCUMENT_KEY, rows)
        shared = [row["keys"] for row in tables.rows(sql_text("shared_keys"))]
    joined = dict(joined_keys(shared))
    assert [joined.get(first, first) for _, _, _, first, _ in rows] == [
        groups.name(row[2][0]) for row in rows
    ]


def arxiv_of(keys):
    return next((key.removeprefix("arxiv:") for key in keys if key.startswith("arxiv")), None)
