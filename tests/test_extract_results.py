"""Results of a document: which numbers are claims, and whose, on what, of what and against what they are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg_builder.document import Document, Passage, Section
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.extract.result_weights import WEIGHTS, result_models, write_models
from kg_builder.extract.results import ResultFindings, find_results
from kg_builder.facts import Entity, EntityLabel, Evidence, Mention, Relation, RelationType, Result

Name = tuple[str, EntityLabel, RelationType | None]

KIND: dict[str, EntityLabel] = {"M": "Model", "B": "Benchmark", "T": "Method"}
ROLE: dict[str, RelationType | None] = {
    "new": "INTRODUCES",
    "on": "EVALUATES_ON",
    "vs": "COMPARES_WITH",
    "by": "EVALUATES",
}


class Found:
    """What was found in a text, with names in place of indices."""

    def __init__(
        self, text: str, names: str, section: Section = "performance_highlights", trained: bool = True
    ):
        passages = (Passage("title", "A paper"), *(Passage(section, piece) for piece in text.split("\n\n")))
        self.document = Document("A paper", passages=passages)
        declared = [name.rsplit(":", 2) for name in names.split(", ") if name]
        self.given = [Entity(KIND[label], name) for name, label, _ in declared]
        mentions, relations = [], []
        for index, (name, _, role) in enumerate(declared):
            for place, passage in enumerate(passages):
                for match in re.finditer(re.escape(name) + r"(?![A-Za-z0-9])", passage.text):
                    where = Evidence(place, *match.span(), *match.span())
                    mentions.append(Mention(index, where, 1.0, "test"))
            kind = ROLE[role]
            if kind is not None:
                relations.append(Relation(kind, index, mentions[-1].evidence, 1.0, "test"))
        self.findings: ResultFindings = find_results(
            self.document, self.given, mentions, relations, trained=trained
        )
        self.entities = [*self.given, *self.findings.entities]

    @property
    def values(self) -> list[float]:
        return [result.value for result in self.findings.results]

    def result(self, value: float) -> Result:
        (result,) = [r for r in self.findings.results if r.value == value]
        return result

    def named(self, indices: Sequence[int]) -> list[str]:
        return [self.entities[i].name for i in indices]


@pytest.mark.parametrize("trained", [True, False])
def test_every_value_of_a_sentence_goes_to_its_own_benchmark(trained: bool) -> None:
    text = "NovaMath는 GSM8K에서 10.05%, MMLU에서 4.70%의 성능 향상을 보였습니다."
    found = Found(text, "NovaMath:M:new, GSM8K:B:on, MMLU:B:on", trained=trained)
    assert found.named(found.result(10.05).benchmarks) == ["GSM8K"]
    assert found.named(found.result(4.7).benchmarks) == ["MMLU"]


def test_every_difference_goes_to_its_own_baseline() -> None:
    text = "NovaTutor는 GPT-4o보다 31%, Claude 3.5보다 11% 더 높은 선호도를 보였습니다."
    found = Found(text, "NovaTutor:M:new, GPT-4o:M:vs, Claude 3.5:M:vs")
    assert found.named(found.result(31).baselines) == ["GPT-4o"]
    assert found.named(found.result(11).baselines) == ["Claude 3.5"]


def test_lists_are_read_member_by_member() -> None:
    text = (
        "NovaMath improves over the base model on GSM8K, MATH and AIME by 5.8%, 9.9% and 18.6%, respectively."
    )
    found = Found(text, "NovaMath:M:new, GSM8K:B:on, MATH:B:on, AIME:B:on")
    named = {value: found.named(found.result(value).benchmarks) for value in found.values}
    assert named == {5.8: ["GSM8K"], 9.9: ["MATH"], 18.6: ["AIME"]}


def test_a_number_in_brackets_beside_a_name_is_that_name_s() -> None:
    text = "On RefCOCO it beats OVGNet (43.8%) and VLG (75.3%) with a success rate of 98.0%."
    found = Found(text, "OVGNet:M:vs, VLG:M:vs, RefCOCO:B:on")
    assert found.named(found.result(43.8).subjects) == ["OVGNet"]
    assert found.named(found.result(75.3).subjects) == ["VLG"]


def test_a_change_keeps_both_values() -> None:
    found = Found("NovaDraw는 FID를 9.96에서 4.19로 개선했습니다.", "NovaDraw:M:new")
    result = found.result(4.19)
    assert (result.kind, result.from_value, result.direction) == ("change", 9.96, "down")
    assert found.named(result.metrics) == ["FID"]


@pytest.mark.parametrize(
    ("text", "kind", "direction", "unit"),
    [
        ("NovaNet reduces inference latency by more than 42%.", "delta", "down", "%"),
        ("NovaNet is 6.3x faster than the baseline.", "ratio", "up", "x"),
        ("NovaNet은 메모리 사용량을 42% 줄였습니다.", "delta", "down", "%"),
        ("NovaNet은 정확도를 4.2% 향상시켰습니다.", "delta", "up", "%"),
        ("NovaNet은 추론 속도를 6.3배 높였습니다.", "ratio", "up", "x"),
        ("NovaNet achieves an accuracy of 84.2% in our tests.", "absolute", None, "%"),
        ("NovaNet은 84.2%의 정확도를 기록했습니다.", "absolute", None, "%"),
    ],
)
def test_kind_direction_and_unit_follow_from_the_words(
    text: str, kind: str, direction: str | None, unit: str
) -> None:
    (result,) = Found(text, "NovaNet:M:new").findings.results
    assert (result.kind, result.direction, result.unit) == (kind, direction, unit)


def test_a_time_that_improves_falls() -> None:
    (result,) = Found("NovaNet은 지연 시간을 10배 개선했습니다.", "NovaNet:M:new").findings.results
    assert result.direction == "down"


@pytest.mark.parametrize(
    "text",
    [
        "We collect 12,500 questions from 40 subjects in 2023 and 2024.",
        "The model has 1.5 billion parameters and is trained for 3 epochs on 64 GPUs.",
        "이 데이터셋은 12개 언어의 5,000개 문제로 구성되어 있습니다.",
        "학습은 256개의 GPU에서 30,000 단계 동안 진행됩니다.",
    ],
)
def test_sizes_counts_steps_and_years_are_no_results(text: str) -> None:
    assert Found(text, "", section="technical_details").values == []


def test_a_claim_told_twice_is_one_result() -> None:
    text = "NovaNet은 정확도를 4.2% 향상시킵니다.\n\nNovaNet은 GSM8K에서 정확도를 4.2% 향상시켰습니다."
    found = Found(text, "NovaNet:M:new, GSM8K:B:on")
    assert found.values == [4.2]
    assert found.named(found.result(4.2).benchmarks) == ["GSM8K"]


def test_evidence_is_the_sentence_and_the_number_as_printed() -> None:
    found = Found("처음입니다. NovaNet은 정확도를 4.2% 향상시켰습니다.", "NovaNet:M:new")
    evidence = found.result(4.2).evidence
    assert evidence.text(found.document) == "NovaNet은 정확도를 4.2% 향상시켰습니다."
    assert evidence.mention(found.document) == "4.2%"


def test_metrics_follow_the_given_entities() -> None:
    found = Found("NovaNet reaches an F1 score of 84.2 on SQuAD.", "NovaNet:M:new, SQuAD:B:on")
    result = found.result(84.2)
    assert found.named(result.metrics) == ["F1"]
    assert found.entities[result.metrics[0]].label == "Metric"
    assert all(mention.entity >= len(found.given) for mention in found.findings.mentions)


def test_the_words_that_a_text_prints_for_a_metric_are_its_aliases() -> None:
    found = Found("NovaNet은 SQuAD에서 정확도를 4.2% 높였습니다.", "NovaNet:M:new, SQuAD:B:on")
    (metric,) = found.result(4.2).metrics
    assert (found.entities[metric].name, found.entities[metric].aliases) == ("accuracy", ("정확도",))


def test_a_digit_inside_a_name_is_no_result() -> None:
    found = Found("It surpasses Llama 2 by 4.2% in accuracy.", "Llama 2:M:vs")
    assert found.values == [4.2]


def test_confidence_is_a_probability() -> None:
    found = Found("NovaNet raises accuracy by 4.2% and was trained on 5% of the data.", "NovaNet:M:new")
    assert all(0.5 < result.confidence <= 1 for result in found.findings.results)


def test_a_text_without_numbers_has_no_results() -> None:
    assert Found("NovaNet is accurate.", "NovaNet:M:new").findings == ResultFindings()


def test_the_same_text_gives_the_same_results() -> None:
    text = "NovaNet beats GPT-4o by 3.5% on GSM8K and by 2.5% on MMLU."
    names = "NovaNet:M:new, GPT-4o:M:vs, GSM8K:B:on, MMLU:B:on"
    assert Found(text, names).findings == Found(text, names).findings


@pytest.mark.parametrize("unit", ["1%. A ", "A 5%다. ", "accuracy 3% \n", "from 1 to 2, "])
def test_hostile_repetition_is_bounded(unit: str) -> None:
    found = Found(unit * (50_000 // len(unit)), "A:M:new")
    assert len(found.findings.results) <= 400


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("NovaMath는 GSM8K에서 5.7%, MMLU에서 10.3%의 정답률 향상을 보여줍니다.", "up"),
        ("NovaMath는 최대 91.5%의 추론 시간을 줄였습니다.", "down"),
    ],
)
def test_what_changed_may_stand_between_a_number_and_its_verb(text: str, direction: str) -> None:
    found = Found(text, "NovaMath:M:new, GSM8K:B:on, MMLU:B:on")
    assert {result.direction for result in found.findings.results} == {direction}


def test_a_share_of_a_cost_is_a_ratio_that_went_down() -> None:
    text = "NovaMath matches the baseline on GSM8K with only 14% of the training compute."
    (result,) = Found(text, "NovaMath:M:new, GSM8K:B:on", section="abstract").findings.results
    assert (result.kind, result.direction) == ("ratio", "down")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("NovaMath surpasses the strongest prior baseline, ZeTA-2, by 7.5% in accuracy.", "abstract"),
        ("NovaMath는 ZeTA-2 방식보다 정확도가 7.5% 향상되었습니다.", "performance_highlights"),
    ],
)
def test_a_rival_that_only_the_comparison_gives_away_is_found(text: str, section: Section) -> None:
    found = Found(text, "NovaMath:M:new", section=section)
    assert found.named(found.result(7.5).baselines) == ["ZeTA-2"]
    (rival,) = [e for e in found.entities if e.name == "ZeTA-2"]
    assert rival.label == "Method"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("NovaMath achieves an accuracy of 64.2% on the ZeTa Logic benchmark.", "abstract"),
        ("NovaMath는 ZeTa Logic 벤치마크에서 64.2%의 정확도를 달성했습니다.", "performance_highlights"),
    ],
)
def test_a_benchmark_that_only_its_number_gives_away_is_found(text: str, section: Section) -> None:
    found = Found(text, "NovaMath:M:new", section=section)
    assert found.named(found.result(64.2).benchmarks) == ["ZeTa Logic"]
    names = [m for m in found.findings.mentions if found.entities[m.entity].name == "ZeTa Logic"]
    assert [m.evidence.mention(found.document) for m in names] == ["ZeTa Logic"]


@pytest.mark.parametrize(
    "text",
    [
        "NovaMath is 3.1x faster on NVIDIA H100 than before.",
        "NovaMath improves accuracy by 7.5% over VideoLMs.",
        "NovaMath improves accuracy by 7.5% over LLMs.",
        "NovaMath는 단일 A5000 GPU에서 3.1배 빠릅니다.",
        "NovaMath는 XQD에서 0.8944의 우수한 성능을 달성했습니다.",
    ],
)
def test_neither_hardware_nor_a_class_of_models_is_taken_for_a_name(text: str) -> None:
    found = Found(text, "NovaMath:M:new", section="abstract")
    assert {e.label for e in found.entities} <= {"Model", "Metric"}
    assert found.findings.results


def test_a_result_with_a_doubtful_part_is_less_sure_than_one_whose_parts_are_plain() -> None:
    plain = Found("NovaMath는 GSM8K에서 정확도 81.2%를 달성했습니다.", "NovaMath:M:new, GSM8K:B:on")
    text = "GSM8K와 MMLU를 함께 볼 때 Plato도 NovaMath도 정확도 81.2%를 달성했습니다."
    doubtful = Found(text, "NovaMath:M:new, Plato:M:vs, GSM8K:B:on, MMLU:B:on")
    assert doubtful.result(81.2).confidence < plain.result(81.2).confidence


def test_weights_of_a_folder_are_used_and_a_folder_without_them_leaves_those_that_ship(
    tmp_path: Path,
) -> None:
    document = Document("A paper", passages=(Passage("abstract", "It reaches an accuracy of 81.2%."),))

    def confidences(folder: Path) -> list[float]:
        (facts,) = extract([document], ExtractionSettings(weights=str(folder)))
        return [result.confidence for result in facts.results]

    for name in ("names.npz", "known_names.tsv", "relations.npz"):
        shutil.copy(WEIGHTS.parent / name, tmp_path)
    shipped = confidences(tmp_path)
    unsure = {name: replace(m, bias=(-5.0,)) if name == "whole" else m for name, m in result_models().items()}
    other = tmp_path / "other"
    shutil.copytree(tmp_path, other)
    write_models(unsure, other / WEIGHTS.name)
    assert confidences(other)[0] < shipped[0]


def test_each_number_of_a_list_is_measured_against_its_own_rival() -> None:
    found = Found(
        "ReefBench에서 CoralNet은 Wavelet와 Ripple 대비 정확도가 각각 23%, 17% 높았습니다.",
        "ReefBench:B:on, CoralNet:M:new, Wavelet:M:vs, Ripple:M:vs",
    )
    against = {r.value: [found.entities[i].name for i in r.baselines] for r in found.findings.results}
    subjects = {r.value: [found.entities[i].name for i in r.subjects] for r in found.findings.results}
    assert against == {23.0: ["Wavelet"], 17.0: ["Ripple"]}
    assert subjects == {23.0: ["CoralNet"], 17.0: ["CoralNet"]}


def test_a_number_for_a_model_is_that_model_s() -> None:
    found = Found(
        "On ReefBench, CoralNet attains 84.7% accuracy, compared with 82.9% for Wavelet.",
        "ReefBench:B:on, CoralNet:M:new, Wavelet:M:vs",
    )
    assert [found.entities[i].name for i in found.result(82.9).subjects] == ["Wavelet"]


def test_faster_says_nothing_of_the_scores_before_it() -> None:
    found = Found(
        "CoralNet scores 68.1 on ReefBench while being 9x faster.", "CoralNet:M:new, ReefBench:B:on"
    )
    metrics = {r.value: [found.entities[i].name for i in r.metrics] for r in found.findings.results}
    assert "speed" not in metrics[68.1]
    assert metrics[9.0] == ["speed"]


def test_a_particle_behind_a_number_is_no_metric() -> None:
    found = Found(
        "ReefBench와 Atoll 2026에서는 각각 78.2%, 91.5%를 달성했습니다.", "ReefBench:B:on, Atoll 2026:B:on"
    )
    assert {78.2, 91.5} <= set(found.values)
    assert not any(r.metrics for r in found.findings.results)
