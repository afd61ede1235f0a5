"""Which way a number points: by its sign, its verb, and what became better."""

from __future__ import annotations

import pytest

from kg_builder.document import Document, Passage
from kg_builder.extract.result_directions import directions_of
from kg_builder.extract.result_scene import scene_of
from tests.test_extract_results import Found

NAMES = "NovaNet:M:new, TriQA:B:on, Orbit:B:on"
UNDECIDED = {"absolute": 0.4, "down": 0.3, "up": 0.3}
FALLING = {"absolute": 0.05, "down": 0.9, "up": 0.05}


def ways(text: str, *chances: dict[str, float]) -> list[str]:
    """The directions of a sentence's numbers, where a judge gives each these chances."""
    scene = scene_of(Document("A paper", passages=(Passage("abstract", text),)), [], [], [])
    (sentence,) = scene.sentences
    return [way for way, _ in directions_of([(0.9, each) for each in chances], scene, sentence)]


def test_a_printed_sign_decides_whatever_the_judge_thinks() -> None:
    assert ways("The values are +2.1% and -3.5% here.", FALLING, UNDECIDED) == ["up", "down"]


def test_in_korean_the_word_behind_the_last_number_holds_for_those_before_it() -> None:
    assert ways("정답률은 TriQA에서 5.7%, Orbit에서 9.3% 향상되었습니다.", FALLING, UNDECIDED) == ["up", "up"]


def test_in_english_the_verb_before_the_first_number_holds_for_those_behind_it() -> None:
    text = "It raises accuracy by 5.7% on TriQA, 9.3% on Orbit."
    assert ways(text, UNDECIDED, FALLING) == ["up", "up"]


def test_a_word_between_two_numbers_parts_them() -> None:
    text = "정답률은 5.7% 향상되고 비용은 9.3% 감소했습니다."
    assert ways(text, UNDECIDED, UNDECIDED) == ["up", "down"]


def test_numbers_of_different_kinds_point_each_for_itself() -> None:
    assert ways("정답률은 5.7%, 속도는 3배 향상되었습니다.", FALLING, UNDECIDED) == ["down", "up"]


def test_points_and_plain_scores_of_one_list_point_the_same_way() -> None:
    assert ways("점수는 각각 8.26, 3.36점 향상되었습니다.", FALLING, UNDECIDED) == ["up", "up"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("NovaNet improves the latency by 10x.", "down"),
        ("NovaNet improves the accuracy by 10%.", "up"),
        ("NovaNet은 지연 시간을 10% 개선했습니다.", "down"),
        ("NovaNet은 정확도를 10% 개선했습니다.", "up"),
    ],
)
def test_what_is_improved_rises_where_more_of_it_is_better(text: str, direction: str) -> None:
    (result,) = Found(text, NAMES.split(", ")[0]).findings.results
    assert result.direction == direction
