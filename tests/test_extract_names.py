"""Which names extraction finds in a document, of what kind they are, and what is one thing."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg_builder.document import Document, Passage
from kg_builder.extract import ExtractionSettings, extract, fingerprint
from kg_builder.extract.candidates import candidates
from kg_builder.extract.draft import Draft
from kg_builder.extract.entities import add_entities
from kg_builder.extract.judgement import Judgement
from kg_builder.extract.tokens import name_key, runs, tokens
from kg_builder.facts import Entity, Facts


def document(title: str, *texts: str) -> Document:
    sections = ("whats_new", "technical_details", "performance_highlights")
    passages = [Passage("title", title)]
    if len(texts) == 1:
        passages.append(Passage("abstract", texts[0]))
    else:
        passages.extend(Passage(section, text) for section, text in zip(sections, texts, strict=False))
    return Document(title=title, passages=tuple(passages))


def facts_of(paper: Document, settings: ExtractionSettings | None = None) -> Facts:
    return next(extract([paper], settings))


def entity(facts: Facts, name: str) -> Entity:
    wanted = name_key(name)
    return next(e for e in facts.entities if wanted in map(name_key, (e.name, *e.aliases)))


KOREAN = document(
    "LumoQA: Asking Questions about Night Photographs",
    "이 논문에서는 야간 사진에 대한 질의응답을 위한 새로운 벤치마크인 LumoQA를 소개합니다.",
    "질문은 GPT-4o를 사용하여 생성되었으며, 이미지는 COCO 데이터셋에서 가져왔습니다.",
    "실험 결과, Qwen2-VL-7B와 LLaVA-1.5는 LumoQA에서 낮은 정확도를 보였습니다.",
)
ENGLISH = document(
    "SkipTune: Cheaper Adaptation of Large Language Models",
    "Adapting large language models (LLMs) is costly. We propose Selective Key Instance Pruning (SKIP), a method that "
    "prunes the training set. Built on Llama 3.1 8B, our model outperforms Mistral-7B and GPT-3.5 on GSM8K, MMLU, "
    "and HumanEval. Code is at https://example.org/FakeNet-9000.",
)


def test_what_is_found_in_a_paper_does_not_depend_on_the_papers_beside_it() -> None:
    empty = document("nothing", "nothing is named here")
    together = list(extract([KOREAN, empty, ENGLISH, *[KOREAN] * 7]))
    assert together == [facts_of(paper) for paper in (KOREAN, empty, ENGLISH, *[KOREAN] * 7)]


def test_a_lower_case_word_between_quotes_is_a_candidate() -> None:
    draft = Draft(document("A title", "We call it 'lumen' and nothing else lumen-like."))
    assert "lumen" in candidates(draft).by_key


def test_a_particle_is_not_part_of_a_name() -> None:
    names = {e.name for e in facts_of(KOREAN).entities}
    assert {"GPT-4o", "LumoQA"} <= names
    assert not any("가" <= c <= "힣" for name in names for c in name)


def test_the_title_prefix_is_what_the_paper_introduces() -> None:
    facts = facts_of(KOREAN)
    introduced = {facts.entities[r.target].name for r in facts.relations if r.type == "INTRODUCES"}
    assert introduced == {"LumoQA"}


@pytest.mark.parametrize(
    ("name", "label"),
    [("LumoQA", "Benchmark"), ("GPT-4o", "Model"), ("COCO", "Benchmark"), ("Qwen2-VL-7B", "Model")],
)
def test_a_name_has_the_kind_that_its_context_gives_it(name: str, label: str) -> None:
    assert entity(facts_of(KOREAN), name).label == label


@pytest.mark.parametrize("name", ["GSM8K", "MMLU", "HumanEval"])
def test_names_in_one_list_share_their_kind(name: str) -> None:
    assert entity(facts_of(ENGLISH), name).label == "Benchmark"


def test_a_name_of_several_words_stays_whole() -> None:
    assert entity(facts_of(ENGLISH), "Llama 3.1 8B").label == "Model"


def test_acronym_and_full_name_are_one_entity() -> None:
    skip = entity(facts_of(ENGLISH), "SKIP")
    assert name_key("Selective Key Instance Pruning") in {name_key(n) for n in (skip.name, *skip.aliases)}


def test_a_class_of_models_is_no_model() -> None:
    models = {e.name for e in facts_of(ENGLISH).entities if e.label == "Model"}
    assert not models & {"LLM", "LLMs", "Large Language Models"}


def test_a_web_address_holds_no_names() -> None:
    assert "FakeNet-9000" not in {t.text for t in tokens(ENGLISH.passages[1].text)}


def test_spellings_of_one_name_are_one_entity() -> None:
    paper = document(
        "RobuTune: Robust Tuning",
        "ROBUTUNE은 잡음에 강한 미세 조정 프레임워크입니다.",
        "RobuTune은 GSM-8K로 학습합니다.",
        "RobuTune은 GSM8K에서 5% 향상되었습니다.",
    )
    facts = facts_of(paper)
    assert [e.name for e in facts.entities if name_key(e.name) == "robutune"] == ["RobuTune"]
    assert len([e for e in facts.entities if name_key(e.name) == "gsm8k"]) == 1


def test_a_run_on_sentence_does_not_lengthen_a_name() -> None:
    assert [t.text for t in tokens("It beats Foo-1.5.To sum up") if t.shape == "marked"] == ["Foo-1.5"]


def test_a_joined_participle_is_not_part_of_a_name() -> None:
    assert [t.text for t in tokens("a GPT-4-based judge") if t.shape == "marked"] == ["GPT-4"]


def test_every_mention_lies_where_it_says() -> None:
    for paper in (KOREAN, ENGLISH):
        facts = facts_of(paper)
        assert facts.mentions
        for mention in facts.mentions:
            named = facts.entities[mention.entity]
            said = " ".join(mention.evidence.mention(paper).split())
            if mention.extractor.startswith("kg_names"):
                assert said in (named.name, *named.aliases)
            assert mention.evidence.mention(paper) in mention.evidence.text(paper)


def test_confidences_are_probabilities() -> None:
    for paper in (KOREAN, ENGLISH):
        facts = facts_of(paper)
        assert all(0 < fact.confidence <= 1 for fact in (*facts.mentions, *facts.relations))


def test_rules_alone_find_what_the_title_and_the_lists_say() -> None:
    facts = facts_of(ENGLISH, ExtractionSettings(trained=False))
    assert entity(facts, "SkipTune")
    assert entity(facts, "GPT-3.5").label == "Model"


def test_lists_alone_find_listed_names_only() -> None:
    facts = facts_of(ENGLISH, ExtractionSettings(trained=False, rules=False))
    names = {e.name for e in facts.entities if e.label in ("Model", "Benchmark", "Method")}
    assert {"GSM8K", "MMLU"} <= names
    assert "SkipTune" not in names


def test_a_listed_organization_is_mentioned_and_nothing_more() -> None:
    facts = facts_of(document("Foo: A Tool", "We present Foo. Together with Microsoft, we test it on GSM8K."))
    index = next(i for i, e in enumerate(facts.entities) if e.label == "Organization")
    assert facts.entities[index].name == "Microsoft"
    assert not [r for r in facts.relations if r.target == index]


def test_words_after_a_benchmark_tell_whether_it_is_a_dataset() -> None:
    assert entity(facts_of(KOREAN), "COCO").kind == "dataset"
    assert entity(facts_of(KOREAN), "LumoQA").kind == "benchmark"


def test_a_user_can_add_a_component_by_name() -> None:
    @Language.component("count_sentences")
    def count_sentences(doc: Doc) -> Doc:
        doc._.draft.results.clear()
        seen.append(len(doc._.draft.entities))
        assert "GSM8K" in doc.text
        return doc

    seen: list[int] = []
    facts_of(ENGLISH, ExtractionSettings(extra=("count_sentences",)))
    assert len(seen) == 1
    assert seen[0] > 3


def test_a_document_without_text_has_no_facts() -> None:
    assert facts_of(Document(title="")) == Facts()


def test_the_order_of_documents_is_kept() -> None:
    papers = [ENGLISH, KOREAN] * 80
    assert list(extract(papers)) == [facts_of(ENGLISH), facts_of(KOREAN)] * 80


def test_settings_change_the_fingerprint() -> None:
    assert fingerprint(ExtractionSettings(trained=False)) != fingerprint()


@pytest.mark.parametrize(
    "text", ["A" * 300_000, "(" * 50_000, "A-" * 50_000, "$" * 50_000, "GPT " * 20_000, "Aa (AA) " * 5_000]
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    facts_of(document("Title", text))


def test_what_the_title_begins_with_is_introduced_however_well_known_it_is() -> None:
    paper = document(
        "DeepSeek-R1: Reasoning Learnt by Reward",
        "DeepSeek-R1과 DeepSeek-R1-Zero라는 추론 모델을 공개합니다.",
        "DeepSeek-R1이 만든 풀이로 Qwen2.5 계열의 작은 모델을 학습합니다.",
        "DeepSeek-R1은 AIME 2024에서 OpenAI o1보다 높은 점수를 얻었습니다.",
    )
    facts = facts_of(paper)
    introduced = {facts.entities[r.target].name for r in facts.relations if r.type == "INTRODUCES"}
    assert "DeepSeek-R1" in introduced


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We ask Lumo-4o mini twice.", ["Lumo-4o mini"]),
        ("Lumo 2.5 pro answers", ["Lumo 2.5 pro"]),
        ("Lumo-4o is mini", ["Lumo-4o"]),
        ("the Lumo base holds", ["Lumo"]),
    ],
)
def test_a_variant_in_small_letters_goes_on_with_a_name_that_holds_a_number(
    text: str, names: list[str]
) -> None:
    found = [text[run[0].start : run[-1].end] for run in runs(text, tokens(text))]
    assert [name for name in found if name.startswith("Lumo")] == names


@pytest.mark.parametrize(("longer", "standing"), [(0.96, "LumoQA Checked"), (0.7, "LumoQA")])
def test_of_two_names_in_one_place_the_longer_stands_where_both_are_sure(
    longer: float, standing: str
) -> None:
    draft = Draft(document("On Night Photographs", "Results on LumoQA Checked are low."))
    found = candidates(draft)
    judged = {
        name_key("LumoQA"): Judgement("Benchmark", 0.99, 0.0),
        name_key("LumoQA Checked"): Judgement("Benchmark", longer, 0.0),
    }
    add_entities(draft, found, judged, "test@1")
    assert [e.name for e in draft.entities] == [standing]
