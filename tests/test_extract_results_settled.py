"""What the form of the words settles by itself, and what it leaves to the judge."""

from __future__ import annotations

import pytest

from kg_builder.document import Document, Passage
from kg_builder.extract.result_forms import (
    settled_baseline,
    settled_benchmark,
    settled_direction,
    settled_metric,
    settled_number,
    settled_subject,
)
from kg_builder.extract.result_scene import Named, Scene, Sentence, scene_of
from kg_builder.facts import Entity, Evidence, Mention

NAMES = ("TriQA", "Orbit", "Corvus", "Zeta")


def scene(text: str) -> tuple[Scene, Sentence]:
    """The scene of one sentence, with the names in it."""
    document = Document("A paper", passages=(Passage("abstract", text),))
    entities = [Entity("Benchmark" if index < 2 else "Model", name) for index, name in enumerate(NAMES)]
    mentions = [
        Mention(index, Evidence(0, 0, len(text), start, start + len(name)), 1.0, "test")
        for index, name in enumerate(NAMES)
        if (start := text.find(name)) >= 0
    ]
    found = scene_of(document, entities, mentions, [])
    (sentence,) = found.sentences
    return found, sentence


def named(sentence: Sentence, *, benchmarks: bool) -> list[Named]:
    return [name for name in sentence.names if (name.entity < 2) == benchmarks]


def name(entity: int | None) -> str | None:
    return None if entity is None else NAMES[entity]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The best F1: 30.30 is low.", True),
        ("It has an F1 of 30% only.", True),
        ("It has F1: 30 only.", None),
        ("It reaches Elo ratings of 1578 now.", True),
        ("It gives 93.4 on TriQA now.", True),
        ("TriQA에서 83.1을 얻었습니다.", True),
        ("TriQA에서 5개의 문제를 풀었습니다.", None),
        ("TriQA에서 5초가 걸렸습니다.", None),
        ("It matches the quality of Raven 3.0 there.", False),
        ("It matches a depth of 3.0 there.", None),
        ("15초 동안의 영상을 만듭니다.", False),
        ("15초 만에 영상을 만듭니다.", None),
    ],
)
def test_a_number_is_a_result_none_or_open_by_its_form(text: str, told: bool | None) -> None:
    _, sentence = scene(text)
    assert settled_number(text, sentence, sentence.numbers[0], named(sentence, benchmarks=True)) is told


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The values differ by +2.1% here.", "up"),
        ("The values differ by -2.1% here.", "down"),
        ("정답률이 5.7% 향상되었습니다.", "up"),
        ("비용이 5.7% 감소했습니다.", "down"),
        ("최대 91.5%의 추론 시간을 줄였습니다.", "down"),
        ("a 12% relative improvement", "up"),
        ("a 12% reduction", "down"),
        ("a 3.0 times  latency reduction", "down"),
        ("with only 12% of the compute", "down"),
        ("with 12s of the compute", None),
        ("It reduces the cost by up to 30%.", "down"),
        ("It raises the total by 30%.", "up"),
        ("It scores 30% there.", None),
    ],
)
def test_a_number_points_up_down_or_is_open_by_its_form(text: str, way: str | None) -> None:
    _, sentence = scene(text)
    assert settled_direction(text, sentence, sentence.numbers[0]) == way


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Corvus (43.8%) is behind.", "Corvus"),
        ("It has 84.7%, compared with 82.9% for Corvus.", "Corvus"),
        ("Corvus, Zeta보다 각각 3.5%, 2.1% 높습니다.", None),
        ("It gains 2.6% and 15.2% over Corvus and Zeta.", None),
        ("Corvus has a long history and 43.8% of all.", None),
    ],
)
def test_a_subject_is_settled_only_by_what_ties_it_to_the_number(text: str, subject: str | None) -> None:
    _, sentence = scene(text)
    last = len(sentence.numbers) - 1
    assert name(settled_subject(text, sentence, last, named(sentence, benchmarks=False))) == subject


@pytest.mark.parametrize(
    ("text", "benchmark"),
    [
        ("It has 24.0% in the TriQA test.", "TriQA"),
        ("It raises TriQA by 6% there.", "TriQA"),
        ("TriQA 문서 검색에서 90%를 얻었습니다.", "TriQA"),
        ("It has 24.0%, 3.1% more than in TriQA.", None),
        ("It gains 2.6% and 15.2% over TriQA and Orbit.", "TriQA"),
        ("It has 24.0% there; and later, after a long while of waiting, it was also tried on TriQA.", None),
    ],
)
def test_a_benchmark_is_settled_only_by_what_ties_it_to_the_number(text: str, benchmark: str | None) -> None:
    _, sentence = scene(text)
    assert name(settled_benchmark(text, sentence, 0, named(sentence, benchmarks=True))) == benchmark


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("It is 31% faster than Corvus.", "Corvus"),
        ("Corvus보다 31% 빠릅니다.", "Corvus"),
        ("Corvus를 약 12% 초과합니다.", "Corvus"),
        ("Corvus의 2.5배에 이릅니다.", "Corvus"),
        ("비용은 Corvus의 2% 미만입니다.", "Corvus"),
        ("Corvus의 2%가 틀렸습니다.", None),
        ("Corvus를 12% 사용합니다.", None),
        ("When applied to Corvus, it gains 2.1%.", "Corvus"),
        ("When applied to Corvus and applied to Zeta, it gains 2.1%.", None),
        ("Corvus, Zeta보다 각각 3.5%, 2.1% 높습니다.", "Corvus"),
        ("It gains 2.6% and 15.2% over Corvus and Zeta.", "Corvus"),
        ("It gains 31%, 7% of it over Corvus.", None),
    ],
)
def test_a_baseline_is_settled_only_by_what_ties_it_to_the_number(text: str, baseline: str | None) -> None:
    _, sentence = scene(text)
    assert name(settled_baseline(text, sentence, 0, named(sentence, benchmarks=False))) == baseline


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("8%의 F1을 얻었습니다.", "F1"),
        ("20% 이상의 평균 정확도", "accuracy"),
        ("8%를 얻은 뒤의 F1", None),
    ],
)
def test_a_metric_is_settled_where_it_is_printed_with_the_number(text: str, metric: str | None) -> None:
    _, sentence = scene(text)
    settled = settled_metric(text, sentence.numbers[0], sentence.metrics)
    assert (settled and settled.name) == metric
