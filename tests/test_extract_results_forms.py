"""Forms of words that settle what a number says: whatever the judge thinks, these are not up to it."""

from __future__ import annotations

import time

import pytest

from tests.test_extract_results import Found


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("VELA와 같은 기존 모델에 비해 추론 시간을 30% 단축했습니다.", "VELA"),
        ("NovaFlow는 VELA를 약 12.8% 초과하는 성능을 기록했습니다.", "VELA"),
        ("NovaFlow는 훈련 비용을 VELA 모델의 2% 미만으로 줄였습니다.", "VELA"),
        ("When applied to VELA, our approach improves accuracy by 2.1%.", "VELA"),
        ("It surpasses the next-best model, VELA, by 7.1% in rubric score.", "VELA"),
    ],
)
def test_what_the_words_make_a_rival_is_the_baseline_and_not_the_subject(text: str, baseline: str) -> None:
    found = Found(text, "NovaFlow:T:new, VELA:M:vs" if "NovaFlow" in text else "VELA:M:vs")
    (result,) = found.findings.results
    assert found.named(result.baselines) == [baseline]
    assert baseline not in found.named(result.subjects)


def test_a_score_is_not_that_of_the_rivals_which_it_beats() -> None:
    text = "Corvus 모델은 VELA 및 Zeta를 능가하며 TriQA 점수 81.2를 달성했습니다."
    found = Found(text, "Corvus:M:new, VELA:M:vs, Zeta:M:vs, TriQA:B:on")
    assert found.named(found.result(81.2).subjects) == ["Corvus"]


def test_a_name_in_brackets_behind_a_number_is_what_it_is_measured_on() -> None:
    text = "정확도가 9.8%(TriQA), 22.5%(QuaDS), 5.3%(Orbit) 증가했습니다."
    found = Found(text, "TriQA:B:on, QuaDS:B:on, Orbit:B:on")
    assert [found.named(r.benchmarks) for r in found.findings.results] == [["TriQA"], ["QuaDS"], ["Orbit"]]


def test_scores_listed_on_benchmarks_are_results_whatever_their_size() -> None:
    text = "Corvus delivers strong results: 93.4 on TriQA, 2088 on CodeArc, and 55.94 on Orbit."
    found = Found(text, "Corvus:M:new, TriQA:B:on, CodeArc:B:on, Orbit:B:on")
    assert found.values == [93.4, 2088.0, 55.94]
    assert [found.named(r.benchmarks) for r in found.findings.results] == [["TriQA"], ["CodeArc"], ["Orbit"]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Everything stays hard for now (best F1: 30.30).", 30.3),
        ("The two reach Elo ratings of 1578.", 1578.0),
    ],
)
def test_a_number_behind_its_metric_is_a_result(text: str, value: float) -> None:
    assert Found(text, "").values == [value]


def test_the_task_between_a_benchmark_and_its_number_does_not_part_them() -> None:
    text = "NovaNet은 TriQA 캡셔닝에서 76%의 CIDEr를, Orbit 하이라이트 검출에서 90%의 mAP를 기록했습니다."
    found = Found(text, "NovaNet:T:new, TriQA:B:on, Orbit:B:on")
    assert found.named(found.result(90).benchmarks) == ["Orbit"]


@pytest.mark.parametrize(
    "text",
    [
        "The method keeps its quality on 30-second clips.",
        "Corvus는 15초 동안의 영상을 생성하며 일관성을 유지합니다.",
        "This is on par with the accuracy of Corvus 3.0 in the same setting.",
        "Training on an 8times RTX 4090 server improves accuracy.",
    ],
)
def test_what_lasts_so_long_and_what_is_of_a_version_is_no_result(text: str) -> None:
    assert Found(text, "").values == []


def test_the_metric_printed_with_a_number_is_its_own() -> None:
    found = Found(
        "NovaNet은 TriQA에서 21.5%의 AP50과 8%의 AP25 향상을 보였습니다.", "NovaNet:T:new, TriQA:B:on"
    )
    assert found.named(found.result(21.5).metrics) == ["AP50"]
    assert found.named(found.result(8).metrics) == ["AP25"]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("인스트럭션 튜닝이 일반적으로 뇌 정렬을 평균 6% 향상시킵니다.", ["뇌 정렬"]),
        ("문맥 이해력에서는 12배 향상을 보였습니다.", ["문맥 이해력"]),
        ("다른 접근법에 비해 질적으로 우수하면서도 100배 빠릅니다.", []),
    ],
)
def test_a_metric_is_a_noun_phrase_without_the_words_that_lead_to_it(text: str, metrics: list[str]) -> None:
    found = Found(text, "")
    named = {name for r in found.findings.results for name in found.named(r.metrics)} - {"speed"}
    assert sorted(named) == metrics


@pytest.mark.parametrize(
    "text",
    [
        "NovaNet은 초당 40프레임(40 fps)의 속도로 동작합니다.",
        "NovaNet은 81.2%(81.2%)의 정확도를 달성했습니다.",
    ],
)
def test_a_number_repeated_at_once_is_one_claim(text: str) -> None:
    assert len(Found(text, "NovaNet:M:new").findings.results) == 1


def test_one_value_on_two_benchmarks_is_two_claims() -> None:
    text = "NovaNet attains an accuracy of 81.2% on TriQA and of 81.2% on Orbit."
    found = Found(text, "NovaNet:M:new, TriQA:B:on, Orbit:B:on")
    assert [found.named(r.benchmarks) for r in found.findings.results] == [["TriQA"], ["Orbit"]]


def test_one_number_on_a_list_of_benchmarks_is_on_each() -> None:
    found = Found(
        "NovaNet은 TriQA와 Orbit에서 81.2%의 정확도를 달성했습니다.", "NovaNet:M:new, TriQA:B:on, Orbit:B:on"
    )
    assert sorted(found.named(found.result(81.2).benchmarks)) == ["Orbit", "TriQA"]


def test_one_number_against_a_list_of_rivals_is_against_each() -> None:
    found = Found(
        "NovaNet outperforms Corvus and Zeta by 3.5% in accuracy.",
        "NovaNet:M:new, Corvus:M:vs, Zeta:M:vs",
    )
    assert sorted(found.named(found.result(3.5).baselines)) == ["Corvus", "Zeta"]


def test_a_score_that_is_beaten_is_the_rival_s_own() -> None:
    text = "NovaAgent는 38.5%의 성공률로 VELA의 14.9%를 크게 넘어섰습니다."
    found = Found(text, "NovaAgent:M:new, VELA:M:vs")
    assert found.named(found.result(14.9).subjects) == ["VELA"]
    assert found.result(14.9).kind == "absolute"
    assert found.named(found.result(38.5).subjects) == ["NovaAgent"]


def test_what_is_so_much_lower_than_a_rival_is_a_difference() -> None:
    found = Found(
        "NovaAgent는 TriQA에서 VELA보다 2.1%p 낮았지만 더 빠릅니다.", "NovaAgent:M:new, VELA:M:vs, TriQA:B:on"
    )
    result = found.result(2.1)
    assert (result.kind, result.direction, found.named(result.baselines)) == ("delta", "down", ["VELA"])


def test_two_scores_set_against_each_other_are_no_differences() -> None:
    found = Found(
        "NovaNet improves accuracy on TriQA by 0.9% (91.1% vs. 90.2%).", "NovaNet:T:new, TriQA:B:on"
    )
    assert {r.value: r.kind for r in found.findings.results} == {
        0.9: "delta",
        91.1: "absolute",
        90.2: "absolute",
    }


@pytest.mark.parametrize(
    ("text", "part", "named"),
    [
        ("NovaNet은 Corvus와 Zeta보다 3.5% 높은 정확도를 보였습니다.", "baselines", ["Corvus", "Zeta"]),
        ("NovaNet attains an accuracy of 81.2% on TriQA and Orbit.", "benchmarks", ["Orbit", "TriQA"]),
    ],
)
def test_what_is_listed_with_a_settled_part_belongs_to_the_number_too(
    text: str, part: str, named: list[str]
) -> None:
    found = Found(
        text, "NovaNet:M:new, Corvus:M:vs, Zeta:M:vs" if part == "baselines" else "TriQA:B:on, Orbit:B:on"
    )
    (result,) = found.findings.results
    assert sorted(found.named(getattr(result, part))) == named


def test_a_long_word_far_before_a_number_costs_nothing() -> None:
    text = "A" * 200_000 + ". This is an accuracy of Corvus 3.0 in the end."
    started = time.process_time()
    assert Found(text, "").values == []
    assert time.process_time() - started < 20
