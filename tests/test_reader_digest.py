"""The digest reader: every era of the daily digests."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import READERS, SourceFile, find_sources, reader_for

TODAY = """\
## Daily Papers (2025-03-01)

### [Tidy: A Model [for Cleaning] Tables](https://arxiv.org/abs/2503.00001)

![](https://cdn.example/2503.00001.png)

Vote: 1,204

Authors: Mina Park, Jan van der Berg, Geunseob, Oh, Tidy Team

- ***What's New***: Tidy는 표를 정리하는 모델입니다.
- ***Technical Details***: GPT-4o를 심판으로 씁니다.
- ***Performance Highlights***: 정확도가 12.5% 올랐습니다.

### [Second Paper](https://huggingface.co/papers/2503.00002v2)

<div><video controls src="https://cdn.example/a.mp4"></video></div>

Vote: -

Authors: ['Ada Lovelace', "Luca D'Amico"]

- **What's New**: 두 번째 논문입니다.
"""


def test_an_entry_of_today_is_read_whole(read):
    (tidy, _), lost = read(TODAY)
    assert lost == []
    assert tidy.title == "Tidy: A Model [for Cleaning] Tables"
    assert (tidy.arxiv_id, tidy.url) == ("2503.00001", "https://arxiv.org/abs/2503.00001")
    assert (tidy.votes, tidy.date, tidy.line) == (1204, "2025-03-01", 3)
    assert [(a.name, a.kind) for a in tidy.authors] == [
        ("Mina Park", "person"),
        ("Jan van der Berg", "person"),
        ("Geunseob Oh", "person"),
        ("Tidy Team", "organization"),
    ]


def test_title_and_sections_become_passages_in_reading_order(read):
    (tidy, _), _ = read(TODAY)
    assert [(p.section, p.text, p.language) for p in tidy.passages] == [
        ("title", "Tidy: A Model [for Cleaning] Tables", "en"),
        ("whats_new", "Tidy는 표를 정리하는 모델입니다.", "ko"),
        ("technical_details", "GPT-4o를 심판으로 씁니다.", "ko"),
        ("performance_highlights", "정확도가 12.5% 올랐습니다.", "ko"),
    ]


def test_python_lists_two_stars_missing_votes_and_videos_are_read(read):
    (_, second), _ = read(TODAY)
    assert second.arxiv_id == "2503.00002"
    assert second.votes is None
    assert [a.name for a in second.authors] == ["Ada Lovelace", "Luca D'Amico"]
    assert [p.section for p in second.passages] == ["title", "whats_new"]
    assert second.authors_complete


def test_each_plain_bullet_is_a_passage_of_the_body(read):
    text = "### [Old Paper](https://arxiv.org/abs/2311.00001)\n\n- 첫 문장.\n- 둘째 문장.\n  - 딸린 문장.\n"
    (old,), _ = read(text)
    assert [(p.section, p.text) for p in old.passages[1:]] == [
        ("body", "첫 문장."),
        ("body", "둘째 문장."),
        ("body", "딸린 문장."),
    ]
    assert [p.reason for p in old.problems] == ["no authors are given; add a line 'Authors: …'"]


def test_lines_below_a_bullet_belong_to_it(read):
    (paper,), _ = read(_entry("- ***What's New***: 방법은 둘입니다:\n1) 하나.\n2) 둘."))
    assert paper.passages[1].text == "방법은 둘입니다:\n1) 하나.\n2) 둘."


def test_a_text_printed_as_a_python_list_has_a_line_for_each_of_its_strings(read):
    (paper,), _ = read(_entry("- **What's New**: ['표를 정리합니다.', \"GPT-4의 'o' 판을 씁니다.\"]"))
    assert paper.passages[1].text == "표를 정리합니다.\nGPT-4의 'o' 판을 씁니다."


def test_a_text_that_only_begins_like_a_python_list_stays_as_printed(read):
    (paper,), _ = read(_entry("- **What's New**: ['정리']와 ['청소']를 합니다."))
    assert paper.passages[1].text == "['정리']와 ['청소']를 합니다."


def test_another_section_is_body_and_keeps_its_name_in_the_text(read):
    (paper,), _ = read(_entry("- ***What's New***: 새롭다.\n- ***Limitations***: 느리다."))
    assert [(p.section, p.text) for p in paper.passages[2:]] == [("body", "***Limitations***: 느리다.")]


@pytest.mark.parametrize(
    "label", ["**What’s New**:", "***What's New:***", "*** What's  new ***:", "What's New:", "**What's New**"]
)
def test_the_spelling_of_a_section_label_does_not_matter(read, label):
    (paper,), _ = read(_entry(f"- {label} 새롭다."))
    assert [(p.section, p.text) for p in paper.passages[1:]] == [("whats_new", "새롭다.")]


def test_form_feeds_and_other_separators_stay_in_the_text(read):
    (paper,), _ = read(_entry("- ***What's New***: a\x0cb\u2028c\x85d."))
    assert paper.passages[1].text == "a\x0cb\u2028c\x85d."


def test_a_plus_in_the_author_list_says_that_it_is_cut_off(read):
    (paper,), _ = read(TODAY.split("### [Second")[0].replace("Geunseob, Oh", "+, Bo Li"))
    assert not paper.authors_complete
    assert "+" not in [a.name for a in paper.authors]


def test_the_date_comes_from_the_path_where_no_heading_states_it(read):
    (paper,), _ = read(
        "### [A](https://arxiv.org/abs/2503.00001)\n\nAuthors: A B\n\n- 글.\n", location="2025/03/01.md"
    )
    assert paper.date == "2025-03-01"


def test_the_listing_date_is_that_of_the_first_heading():
    source = SourceFile("1999/01/01.md", TODAY.encode())
    assert READERS["digest"].listing_date(source) == "2025-03-01"


def test_several_days_in_one_file_keep_their_dates(read):
    documents, _ = read(TODAY + TODAY.replace("2025-03-01", "2025-03-02"))
    assert [d.date for d in documents] == ["2025-03-01"] * 2 + ["2025-03-02"] * 2


def test_a_heading_without_a_link_is_a_paper_below_the_digests_heading(read):
    documents, _ = read(
        "## Daily Papers (2025-03-01)\n\n### Bare Title\n\nAuthors: A B\n\n- 글.\n\n### [Bracketed]\n\n- 글.\n"
    )
    assert [(d.title, d.url) for d in documents] == [("Bare Title", None), ("Bracketed", None)]


def test_a_heading_without_a_link_is_a_paper_after_a_linked_one_too(read):
    documents, _ = read(
        "### [Linked](https://arxiv.org/abs/2503.00001)\n\n- 글.\n\n### Bare\n\nAuthors: A B\n\n- 글.\n"
    )
    assert [d.title for d in documents] == ["Linked", "Bare"]


def test_numbered_headings_are_papers(read):
    documents, _ = read(
        "## Daily Papers (2025-03-01)\n\n### 1. [First](https://arxiv.org/abs/2503.00001)\n\n- 글.\n"
    )
    assert [d.title for d in documents] == ["First"]


def test_headings_of_four_signs_are_papers_where_no_linked_heading_has_fewer(read):
    documents, problems = read(TODAY.replace("### [", "#### ["))
    assert [(d.title, d.votes, len(d.authors), len(d.passages)) for d in documents] == [
        (d.title, d.votes, len(d.authors), len(d.passages)) for d in read(TODAY)[0]
    ]
    assert problems == read(TODAY)[1]


def test_papers_below_topics_have_four_signs(read):
    text = "## Daily Papers (2025-03-01)\n\n### Vision\n\n" + TODAY.partition("\n\n")[2].replace(
        "###", "####"
    )
    documents, _ = read(text)
    assert [d.title for d in documents] == ["Tidy: A Model [for Cleaning] Tables", "Second Paper"]


def test_a_linked_heading_of_four_signs_inside_an_entry_belongs_to_it(read):
    text = TODAY.replace(
        "- **What's New**: 두", "#### [Code](https://git.example/tidy)\n\n- **What's New**: 두"
    )
    assert [d.title for d in read(text)[0]] == [d.title for d in read(TODAY)[0]]


def test_a_bracketed_heading_of_four_signs_without_a_link_makes_no_paper(read):
    text = "## Daily Papers (2025-03-01)\n\n### Bare\n\nAuthors: A B\n\n#### [Note]\n\n- 글.\n"
    assert [d.title for d in read(text)[0]] == ["Bare"]


def test_a_digest_of_four_signs_without_a_heading_of_the_day_is_recognised():
    text = TODAY.partition("\n\n")[2].replace("###", "####")
    assert reader_for(SourceFile("papers.md", text.encode())) is READERS["digest"]


def test_utf8_with_a_byte_order_mark_is_read(read):
    documents, _ = read(b"\xef\xbb\xbf" + TODAY.encode())
    assert documents[0].date == "2025-03-01"


def test_windows_line_ends_change_nothing(read):
    assert read(TODAY.replace("\n", "\r\n"))[0] == read(TODAY)[0]


def test_votes_that_are_no_number_are_told(read):
    (paper, _), _ = read(TODAY.replace("1,204", "many"))
    assert paper.votes is None
    assert paper.problems[0].line == 7
    assert "many" in paper.problems[0].reason


def test_a_file_cut_off_in_a_sentence_keeps_what_is_there_and_says_so(read):
    cut = TODAY[: TODAY.index("심판으로")]
    (paper,), lost = read(cut)
    assert lost == []
    assert paper.passages[-1].text == "GPT-4o를"
    (problem,) = paper.problems
    assert "ends in the middle of a sentence" in problem.reason
    assert (problem.line, problem.paper) == (12, paper.title)


def test_a_file_cut_off_between_sections_says_so(read):
    first = TODAY[: TODAY.index("### [Second")]
    (_, paper), _ = read(
        first + first[: first.index("- ***Performance")].replace("## Daily Papers (2025-03-01)\n", "")
    )
    assert "lacks sections" in paper.problems[0].reason


def test_a_file_cut_off_in_the_authors_has_an_incomplete_list(read):
    (paper,), _ = read(TODAY[: TODAY.index(" Berg, Geunseob")])
    assert not paper.authors_complete
    assert "ends before the entry's text" in paper.problems[0].reason


def test_a_file_cut_off_in_an_address_keeps_no_half_id(read):
    _, paper = read(TODAY[: TODAY.index("00002v2)")] + "0000")[0]
    assert (paper.title, paper.arxiv_id, paper.url) == ("Second Paper", None, None)


def test_a_file_cut_off_in_a_title_loses_that_entry_alone(read):
    documents, lost = read(TODAY[: TODAY.index(" Paper](https")])
    assert len(documents) == 1
    assert (lost[0].paper, lost[0].line) == ("Second", 15)


def test_a_file_cut_off_inside_a_character_is_kept_up_to_it(read):
    raw = TODAY.encode()[: TODAY.encode().index("심판".encode()) + 1]
    (paper,), _ = read(raw)
    assert "ends in the middle" in paper.problems[0].reason


@pytest.mark.parametrize(
    ("encoding", "named"), [("cp949", "CP949"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")]
)
def test_another_encoding_is_named_with_what_to_do(encoding, named):
    source = SourceFile("24.md", TODAY.encode(encoding))
    with pytest.raises(SourceError, match=rf"24\.md:\d+.*{named}.*iconv"):
        list(reader_for(source).read(source))


def test_a_name_in_another_encoding_is_left_out_and_costs_nothing_else(read):
    one = "### [One](https://arxiv.org/abs/2503.00001)\n\nAuthors: René Roy\n\n- Text.\n\n"
    two = "### [Two](https://arxiv.org/abs/2503.00002)\n\nAuthors: Ada Low\n\n- Text.\n"
    english = f"## Daily Papers (2025-03-01)\n\n{one}{two}"
    documents, lost = read(english.encode("latin-1"))
    assert lost == []
    assert [d.title for d in documents] == ["One", "Two"]
    assert (documents[0].authors, documents[0].authors_complete) == ((), False)
    assert (documents[0].problems[0].line, documents[0].problems[0].paper) == (5, "One")
    assert "LATIN1" in documents[0].problems[0].reason
    assert documents[1].problems == ()


def test_a_damaged_byte_in_korean_text_is_kept_as_a_replacement_character(read):
    raw = TODAY.encode().replace("정리하는".encode(), b"\xff")
    (paper, _), lost = read(raw)
    assert lost == []
    assert "\ufffd" in paper.passages[1].text
    assert paper.problems[0].line == 11


@pytest.mark.parametrize("content", ["", "  \n\n"])
def test_an_empty_file_is_said_to_be_empty(content):
    with pytest.raises(SourceError, match="the file is empty"):
        reader_for(SourceFile("24.md", content.encode()))


def test_a_digest_without_papers_is_an_error():
    source = SourceFile("24.md", b"## Daily Papers (2025-03-01)\n\nNothing today.\n")
    with pytest.raises(SourceError, match="no paper was found"):
        list(reader_for(source).read(source))


def _entry(body: str) -> str:
    heading = "## Daily Papers (2025-03-01)\n\n### [A Title](https://arxiv.org/abs/2503.00001)\n\n"
    return f"{heading}Authors: Ada Lovelace\n\n{body}\n"


def test_no_heading_of_any_era_is_lost(shared: Path):
    base = shared / "data" / "daily-papers-ko"
    headings = documents = 0
    for source in find_sources([str(base)], base):
        if source.location == "LICENSE.md":
            continue
        text = (base / source.location).read_text("utf-8")
        headings += sum(line.startswith("### [") for line in text.split("\n"))
        outcomes = list(reader_for(source).read(source))
        documents += sum(isinstance(outcome, Document) and bool(outcome.arxiv_id) for outcome in outcomes)
        assert {o.date for o in outcomes if isinstance(o, Document)} == {
            source.location[:-3].replace("/", "-")
        }
    assert headings == documents == 4134


def test_the_digest_of_the_24th_has_its_260_openai_authors(shared: Path):
    base = shared / "data" / "daily-papers-ko"
    source = SourceFile("2024/12/24.md", base / "2024/12/24.md")
    documents = [d for d in reader_for(source).read(source) if isinstance(d, Document)]
    assert len(documents) == 18
    o1 = next(d for d in documents if d.arxiv_id == "2412.16720")
    assert sum(a.kind == "person" for a in o1.authors) == 261
    assert [a.name for a in o1.authors if a.kind == "organization"] == ["OpenAI"]
