"""Which documents are one paper."""

from itertools import permutations

from kg_builder.resolve.papers import document_key, joined_keys


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
