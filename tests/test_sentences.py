"""Sentence boundaries in Korean and English passages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.extract.sentences import sentences


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Large gains (e.g. on coding) remain, i.e. where Lin et al. stopped.",
        "It needs 2.5 GB and runs at 0.25 fps vs. Fig. 3 of the report.",
        "See https://example.org/v1.2/page.html for Qwen2.5-7B and v1.5 weights.",
        "The tool (it parses. Then it ranks.) needs no index.",
        "We compare J. Smith with K. Jones on Sec. 4 and Eq. (2).",
        "It stops when x ... and then goes on.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert split(text) == [text]


def test_a_name_that_ends_in_a_digit_may_end_a_sentence() -> None:
    assert split("It beats GPT-4. We release it.") == ["It beats GPT-4.", "We release it."]


def test_a_quoted_sentence_keeps_its_closing_quote() -> None:
    assert split('They call it "a trap." We do not.') == ['They call it "a trap."', "We do not."]


def test_korean_sentences_end_in_da() -> None:
    text = "정확도가 3.5% 높아졌습니다. 또한 GPT-4보다 빠릅니다.그러나 메모리는 같습니다."
    assert split(text, "ko") == [
        "정확도가 3.5% 높아졌습니다.",
        "또한 GPT-4보다 빠릅니다.",
        "그러나 메모리는 같습니다.",
    ]


def test_a_hard_wrapped_line_goes_on_in_english() -> None:
    assert split("We train a\nsmall model.\nIt is fast.") == ["We train a\nsmall model.", "It is fast."]


def test_a_bullet_begins_a_sentence() -> None:
    text = "Findings:\n- it is fast\n- it is small\n1. first point"
    assert split(text) == ["Findings:", "- it is fast", "- it is small", "1. first point"]


def test_a_line_end_is_a_sentence_end_in_korean() -> None:
    assert split("첫 줄\n둘째 줄", "ko") == ["첫 줄", "둘째 줄"]


@given(st.text(alphabet="ab A.!?()[]\n\t-1。다요é\u200f", max_size=60), st.sampled_from(["ko", "en"]))
def test_nothing_but_white_space_lies_outside_the_sentences(text: str, language: str) -> None:
    position = 0
    for start, end in sentences(text, language):
        assert text[position:start].strip() == ""
        assert position <= start < end
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("unit", [".", "(", "a.", "\n", "(. ", "다.다", " ", "A. ", "1. "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    began = time.perf_counter()
    sentences(unit * (200_000 // len(unit)), "en")
    assert time.perf_counter() - began < 3
