"""What the words beside a name make certain: that the paper compares with it, that a version is part of it."""

from __future__ import annotations

import pytest

from kg_builder.document import Document, Passage
from kg_builder.extract import extract
from kg_builder.extract.candidates import candidates
from kg_builder.extract.compared import compared
from kg_builder.extract.draft import Draft
from kg_builder.extract.judgement import Judgement, Thresholds, judged
from kg_builder.facts import Entity, Mention


def draft(text: str, *names: str, label: str = "Model") -> Draft:
    """A draft in which the names stand where the text has them."""
    found = Draft(Document("A paper", passages=(Passage("abstract", text),)))
    for name in names:
        found.entities.append(Entity(label, name))  # type: ignore[arg-type]
        start = text.index(name)
        evidence = found.evidence(0, start, start + len(name))
        found.mentions.append(Mention(len(found.entities) - 1, evidence, 1.0, "test"))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "TideNet은 Wavelet-9B보다 3% 높은 정확도를 보였습니다.",
        "TideNet은 Wavelet-9B 대비 3% 높은 정확도를 보였습니다.",
        "TideNet은 Wavelet-9B (2031) 모델을 능가합니다.",
        "TideNet outperforms the original Wavelet-9B on all tasks.",
        "Compared to Wavelet-9B, TideNet is smaller.",
    ],
)
def test_words_that_compare_make_a_name_something_to_compare_with(text):
    assert list(compared(draft(text, "TideNet", "Wavelet-9B"))) == [1]


def test_a_name_further_off_is_left_to_the_judge():
    assert compared(draft("TideNet은 Wavelet-9B를 쓰며 예전보다 좋습니다.", "TideNet", "Wavelet-9B")) == {}


def test_what_stands_in_one_list_with_it_is_compared_with_too():
    text = "TideNet은 Wavelet-9B와 Ripple-13B 대비 각각 3%, 4% 높습니다. TideNet surpasses Mist-1 and Fog-7."
    marked = compared(draft(text, "TideNet", "Wavelet-9B", "Ripple-13B", "Mist-1", "Fog-7"))
    assert sorted(marked) == [1, 2, 3, 4]


def test_a_benchmark_is_nothing_to_compare_with():
    assert compared(draft("이 벤치마크는 ReefBench보다 큽니다.", "ReefBench", label="Benchmark")) == {}


def test_a_paper_compares_with_what_it_is_better_than_whatever_else_the_sentence_says():
    text = (
        "TideNet은 조수를 예측하는 새로운 모델입니다. TideNet은 GPT-9로 만든 데이터를 사용하며, "
        "Wavelet-9B와 Ripple-13B 대비 정확도가 각각 23%, 17% 높았습니다."
    )
    facts = next(extract([Document("TideNet: Tides", passages=(Passage("body", text),))]))
    roles = {(r.type, facts.entities[r.target].name) for r in facts.relations}
    assert {("COMPARES_WITH", "Wavelet-9B"), ("COMPARES_WITH", "Ripple-13B")} <= roles
    assert ("USES", "Wavelet-9B") not in roles


def test_a_version_is_part_of_the_name_before_it():
    found = candidates(draft("We test on ReefBench v3 and on ReefBench v2.1 again."))
    assert {"ReefBench v3", "ReefBench v2.1"} <= {c.text for c in found.by_key.values()}
    assert "ReefBench" not in {c.text for c in found.by_key.values()}


def test_what_bears_the_name_of_something_introduced_is_introduced_too():
    found = candidates(draft("We present TideNet. TideNet-S is small, Tidewater-S is a lake."))
    # none, three kinds as named, three kinds as introduced
    new, named = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.1, 0.0, 0.9, 0.0, 0.0, 0.0, 0.0]
    chances = [new if c.text == "TideNet" else named for c in found.by_key.values()]
    decided: dict[str, Judgement] = judged(found, chances, Thresholds())
    introduced = {found.by_key[k].text for k, j in decided.items() if j.introduced >= 0.5}
    assert introduced == {"TideNet", "TideNet-S"}
