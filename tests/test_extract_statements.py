"""What a text says outright that a name stands for."""

from __future__ import annotations

import re

import pytest

from kg_builder.extract.contexts import NAME
from kg_builder.extract.statements import KINDS, KindNouns, kind_noun, statements

_WORD = re.compile(r"<n>|[가-힣]+|[a-z]+(?:-[a-z]+){0,3}|\d+|[,.;:()\"%/&$]")


def _said(sentence: str) -> list[str]:
    """The kinds that a sentence states of its first name; names are written ``<n>``."""
    words = _WORD.findall(sentence)
    at = words.index(NAME)
    return [KINDS[kind] for _, kind in statements(words, KindNouns.of(words), (0, at, at + 1, len(words)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "we release <n>, a hand-checked corpus of recipes for language models",
        "<n>: a multi-step benchmark for gardening agents",
        "<n> is the first collection of tide tables that",
        "we collect a large dataset termed <n>",
        "on datasets such as <n>, <n> and <n>",
        "results on the <n>, <n> and <n> benchmarks",
        "<n>라는 새로운 벤치마크를 공개합니다",
        "<n>은 조리법 만 개로 이루어진 데이터셋으로, 모델을 평가합니다",
        "<n>와 <n> 같은 다양한 데이터세트에서",
        "병렬 번역 말뭉치인 <n>을 만들었습니다",
    ],
)
def test_a_dataset_or_benchmark_is_said_to_be_one(sentence):
    assert _said(sentence) == ["benchmark"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("<n> (short walk), a compact vision-language model trained on maps", "model"),
        ("<n>(긴 이름)라는 가벼운 번역 모델(translator)을 소개합니다", "model"),
        ("we propose <n>, a simple framework for evaluating models", "method"),
        ("<n>이라는 학습 기법을 제안합니다", "method"),
        ("measured by <n> score", "other"),
    ],
)
def test_other_kinds_are_told_apart(sentence, kind):
    assert _said(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    ["<n>은 모델을 천천히 식힙니다", "we walk to <n> by night", "벤치마크에서 <n>이 앞섭니다"],
)
def test_a_noun_that_belongs_to_something_else_says_nothing(sentence):
    assert _said(sentence) == []


def test_the_head_of_a_noun_phrase_decides_not_its_modifiers():
    assert _said("we present <n>, a language model evaluation suite for cooks") == ["benchmark"]


@pytest.mark.parametrize("word", ["번역모델을", "언어모델을", "데이터모델을"])
def test_a_korean_noun_is_known_behind_what_it_is_compounded_with_and_before_its_particle(word):
    noun = kind_noun(word)
    assert noun is not None
    assert (KINDS[noun.kind], noun.ending) == ("model", "을")
