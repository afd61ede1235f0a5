"""Metrics: the list, what texts print, and noun phrases that no list holds."""

import pytest

from kg_builder.extract.metric_phrases import metric_phrases
from kg_builder.extract.metrics import canonical_metric, listed_metrics, metric_directions


def listed(text: str) -> list[str]:
    return [m.name for m in listed_metrics(text, 0, len(text))]


def phrases(text: str, number: str) -> list[str]:
    begin = text.index(number)
    return [m.name for m in metric_phrases(text, 0, begin, begin + len(number), len(text))]


def test_the_longest_listed_form_wins() -> None:
    assert listed("top-1 accuracy and Pass@1 accuracy") == ["top-1 accuracy", "Pass@1"]


def test_korean_names_lead_to_the_english_metric() -> None:
    assert listed("추론 속도와 정확도를") == ["inference speed", "accuracy"]


def test_capitals_tell_an_acronym_from_a_word() -> None:
    assert listed("the result is clear") == []
    assert listed("an IS of 288") == ["Inception Score"]


def test_an_acronym_is_not_found_inside_a_longer_word() -> None:
    assert listed("FIDelity and APPS") == []


def test_a_unit_of_time_is_no_metric() -> None:
    assert listed("3시간") == []


def test_words_that_hint_at_a_metric_are_marked() -> None:
    (mention,) = listed_metrics("it is faster", 0, 12)
    assert (mention.name, mention.source) == ("speed", "word")


@pytest.mark.parametrize(("name", "higher"), [("FID", False), ("accuracy", True), ("latency", False)])
def test_directions_say_whether_more_is_better(name: str, higher: bool) -> None:
    assert metric_directions()[name] is higher


def test_printed_forms_are_unambiguous() -> None:
    assert canonical_metric("FID score") == "FID"
    assert canonical_metric("no such metric") is None


@pytest.mark.parametrize(
    ("text", "number", "phrase"),
    [
        ("It reduces rollout overhead by 40%.", "40%", "rollout overhead"),
        ("a 97% format validity rate", "97%", "format validity rate"),
        ("롤아웃 단계 길이를 11.15% 줄입니다", "11.15%", "롤아웃 단계 길이"),
        ("코드 성능이 20% 향상", "20%", "코드 성능"),
    ],
)
def test_phrases_beside_a_number_name_what_it_measures(text: str, number: str, phrase: str) -> None:
    assert phrase in phrases(text, number)


def test_bare_performance_is_no_metric() -> None:
    assert phrases("전체 성능이 20% 향상", "20%") == []
