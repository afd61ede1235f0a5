"""Ids are derived from content alone."""

from hypothesis import given
from hypothesis import strategies as st

from kg_builder import ids


def test_a_slug_folds_case_and_separators_and_keeps_the_rest():
    assert ids.slug("Qwen2.5  7B_Instruct") == "qwen2.5-7b-instruct"
    assert ids.slug("HumanEval+") == "humaneval+"
    assert ids.slug("a/b") == "a/b"
    assert ids.slug("한국어 벤치마크") == "한국어-벤치마크"


@given(st.text())
def test_a_slug_of_a_slug_is_itself(name):
    assert ids.slug(ids.slug(name)) == ids.slug(name)


def test_an_arxiv_id_loses_its_version_and_prefix():
    assert ids.arxiv_id("2412.15118v3") == "2412.15118"
    assert ids.arxiv_id("arXiv:2412.15118") == "2412.15118"
    assert ids.arxiv_id("hep-th/9901001") == "hep-th/9901001"
    assert ids.arxiv_id("2412.15118x") is None


def test_a_paper_is_called_by_arxiv_before_doi_before_the_rest():
    keys = ids.paper_keys(
        title="T", arxiv="2412.1", doi="10.1/x", external_ids=["s2:9", "openalex:W1", "acl:P19-1001"]
    )
    assert keys == ["arxiv:2412.1", "doi:10.1/x", "acl:P19-1001", "openalex:W1", "s2:9"]


def test_a_paper_without_ids_is_called_by_its_title_and_year():
    (key,) = ids.paper_keys(title="Attention, please", year="2017")
    (same,) = ids.paper_keys(title="attention  PLEASE", year="2017")
    (later,) = ids.paper_keys(title="Attention, please", year="2018")
    assert key == same
    assert key != later
    assert key.startswith("title:")


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_different_parts_have_different_hashes(a, b):
    assert (ids.content_hash(*a) == ids.content_hash(*b)) == (a == b)
