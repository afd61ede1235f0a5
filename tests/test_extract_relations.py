"""What a paper does with the things that it names, and the sentence that says so."""

from __future__ import annotations

from kg_builder.document import Document, Passage
from kg_builder.extract import ExtractionSettings, extract
from kg_builder.facts import Facts

PAPER = Document(
    title="TideNet: Forecasting Tides with Language Models",
    passages=(
        Passage("title", "TideNet: Forecasting Tides with Language Models"),
        Passage("whats_new", "이 논문은 조수 예측을 위한 새로운 모델 TideNet을 제안합니다."),
        Passage(
            "technical_details",
            "TideNet은 Llama-3-8B를 기반으로 미세 조정되었으며, 라벨은 GPT-4를 사용하여 생성했습니다.",
        ),
        Passage(
            "performance_highlights",
            "TideNet은 WeatherBench 벤치마크에서 기존의 Chronos-Bolt 모델보다 12% 높은 정확도를 달성했습니다.",
        ),
    ),
)


def facts_of(paper: Document, settings: ExtractionSettings | None = None) -> Facts:
    return next(extract([paper], settings))


def triples(facts: Facts) -> set[tuple[str, str]]:
    return {(r.type, facts.entities[r.target].name) for r in facts.relations}


def test_each_name_has_the_role_that_its_sentence_gives_it() -> None:
    assert {
        ("INTRODUCES", "TideNet"),
        ("USES", "GPT-4"),
        ("USES", "Llama-3-8B"),
        ("EVALUATES_ON", "WeatherBench"),
        ("COMPARES_WITH", "Chronos-Bolt"),
    } <= triples(facts_of(PAPER))


def test_what_is_introduced_is_neither_used_nor_compared_with() -> None:
    assert {kind for kind, name in triples(facts_of(PAPER)) if name == "TideNet"} == {"INTRODUCES"}


def test_the_base_belongs_to_what_the_paper_introduces() -> None:
    facts = facts_of(PAPER)
    based = [r for r in facts.relations if r.type == "BASED_ON"]
    assert [facts.entities[r.target].name for r in based] == ["Llama-3-8B"]
    assert all(r.subject is not None and facts.entities[r.subject].name == "TideNet" for r in based)


def test_the_evidence_of_a_relation_is_a_sentence_that_names_its_target() -> None:
    facts = facts_of(PAPER)
    for relation in facts.relations:
        target = facts.entities[relation.target]
        assert relation.evidence.mention(PAPER) in (target.name, *target.aliases)
        assert relation.evidence.mention(PAPER) in relation.evidence.text(PAPER)


def test_the_evidence_of_an_introduction_is_the_sentence_that_presents() -> None:
    facts = facts_of(PAPER)
    said = next(r.evidence.text(PAPER) for r in facts.relations if r.type == "INTRODUCES")
    assert "제안" in said


def test_only_benchmarks_are_evaluated_on_and_only_models_evaluated() -> None:
    facts = facts_of(PAPER)
    labels = {(r.type, facts.entities[r.target].label) for r in facts.relations}
    assert not {("EVALUATES_ON", "Model"), ("EVALUATES", "Benchmark")} & labels


def test_rules_alone_tell_rivals_from_tools() -> None:
    found = triples(facts_of(PAPER, ExtractionSettings(trained=False)))
    assert ("USES", "GPT-4") in found
