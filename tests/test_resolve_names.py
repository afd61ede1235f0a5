"""Which names are one model, benchmark or method, and how model names are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_builder.resolve.decisions import NameDecision, NameDecisions, shipped_decisions
from kg_builder.resolve.entities import NamedThing, NameUse, entity_key, resolve_entities
from kg_builder.resolve.model_names import parse_model_name
from kg_builder.resolve.models import model_tree


@pytest.mark.parametrize(
    ("one", "other"),
    [("GSM8K", "GSM-8K"), ("RobustFT", "ROBUSTFT"), ("Arena-Hard", "arena hard"), ("GPT-4o", "GPT4o")],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert entity_key(one) == entity_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qwen2.5-7B", "Qwen2.5-72B"),
        ("GPT-4", "GPT-4o"),
        ("MATH", "MATH-500"),
        ("Llama-2-7B", "Llama-27B"),
        ("HumanEval", "HumanEval+"),
    ],
)
def test_names_that_differ_in_a_part_are_never_one(one, other):
    assert entity_key(one) != entity_key(other)


def test_the_most_frequent_spelling_names_the_thing_and_the_others_are_aliases():
    resolved = resolve_entities(
        [
            NameUse("Benchmark", "GSM-8K", papers=1),
            NameUse("Benchmark", "GSM8K", ("Grade School Math 8K",), papers=5, example="p1"),
        ]
    )
    assert [(t.name, t.aliases) for t in resolved.things] == [("GSM8K", ("GSM-8K", "Grade School Math 8K"))]
    assert resolved.ids["Benchmark", "GSM-8K"] == resolved.ids["Benchmark", "GSM8K"] == "gsm8k"


def test_every_merge_remembers_why_it_was_made():
    resolved = resolve_entities(
        [
            NameUse("Method", "ORCA-Net", ("Ordered Calibration Network",), example="p1"),
            NameUse("Method", "OrcaNet", example="p2"),
            NameUse("Method", "Ordered Calibration Network", example="p3"),
            NameUse("Model", "SDXL", example="p1"),
        ],
        NameDecisions(shipped_decisions()),
    )
    assert {(m.id, m.alias): (m.reason, m.example) for m in resolved.merges} == {
        ("orca-net", "OrcaNet"): ("spelling", ""),
        ("orca-net", "Ordered Calibration Network"): ("full name", "p1"),
        ("stable-diffusion-xl", "SDXL"): ("alias file", ""),
    }


def test_a_full_name_that_texts_give_to_two_things_joins_neither():
    resolved = resolve_entities(
        [
            NameUse("Method", "RSA", ("Random Search Agent",), example="p1"),
            NameUse("Method", "RaSA", ("Random Search Agent",), example="p2"),
            NameUse("Method", "Random Search Agent", example="p3"),
        ]
    )
    assert resolved.ids["Method", "Random Search Agent"] == "random-search-agent"


def test_a_full_name_whose_short_name_is_an_alias_of_it_stays_one_thing():
    resolved = resolve_entities(
        [
            NameUse("Benchmark", "BBH", ("BIG-Bench Hard",), example="p1"),
            NameUse("Benchmark", "BIG-Bench Hard", example="p2"),
        ],
        NameDecisions(shipped_decisions()),
    )
    assert [(t.id, t.name) for t in resolved.things] == [("big-bench-hard", "Big-Bench Hard")]


NAMES = st.sampled_from(
    ["BB", "B-B", "b b", "Big B", "big-b", "Big Bad B", "Bigger Big B", "BB2", "B B 2", "X"]
)


@given(
    st.lists(st.builds(NameUse, st.just("Model"), NAMES, st.lists(NAMES, max_size=2).map(tuple)), max_size=6),
    st.lists(st.builds(NameDecision, st.just("Model"), NAMES, NAMES, st.booleans()), max_size=4),
)
def test_whatever_is_decided_every_name_has_one_thing_and_every_thing_its_own_id(uses, decided):
    resolved = resolve_entities(uses, NameDecisions(decided))
    ids = [thing.id for thing in resolved.things]
    assert len(ids) == len(set(ids))
    assert {("Model", use.name) for use in uses} == set(resolved.ids)
    assert set(resolved.ids.values()) == set(ids)


def test_what_the_user_keeps_apart_stays_apart():
    uses = [NameUse("Benchmark", "GSM-8K"), NameUse("Benchmark", "GSM8K", papers=5)]
    apart = NameDecisions([NameDecision("Benchmark", "GSM-8K", "GSM8K", same=False)])
    assert len(resolve_entities(uses).things) == 1
    assert [t.name for t in resolve_entities(uses, apart).things] == ["GSM-8K", "GSM8K"]


def test_of_two_decisions_on_one_name_the_later_holds():
    uses = [NameUse("Model", "Kestrel"), NameUse("Model", "Falke")]
    joined = NameDecision("Model", "Falke", "Kestrel")
    parted = NameDecision("Model", "Falke", "Kestrel", same=False)
    assert len(resolve_entities(uses, NameDecisions([joined])).things) == 1
    assert len(resolve_entities(uses, NameDecisions([joined, parted])).things) == 2
    assert len(resolve_entities(uses, NameDecisions([parted, joined])).things) == 1


def test_of_decisions_in_a_circle_the_later_holds():
    uses = [NameUse("Model", "A1"), NameUse("Model", "B1")]
    circle = [NameDecision("Model", "A1", "B1"), NameDecision("Model", "B1", "A1")]
    assert [t.name for t in resolve_entities(uses, NameDecisions(circle)).things] == ["A1"]


def test_of_two_spellings_as_frequent_the_one_with_small_letters_wins():
    resolved = resolve_entities([NameUse("Method", "ROBUSTFT"), NameUse("Method", "RobustFT")])
    assert [t.name for t in resolved.things] == ["RobustFT"]


def test_the_order_of_names_changes_nothing():
    uses = [NameUse("Model", name) for name in ("GPT-4o", "gpt-4o", "GPT4o", "Qwen", "QWEN")]
    assert resolve_entities(uses) == resolve_entities(uses[::-1])


@pytest.mark.parametrize(
    ("name", "wider"),
    [
        ("Qwen2.5-7B-Instruct", ("Qwen2.5-7B", "Qwen2.5", "Qwen")),
        ("GPT-4o-mini", ("GPT-4o", "GPT")),
        ("Claude 3.5 Sonnet", ("Claude 3.5", "Claude")),
        ("Mixtral-8x7B-Instruct-v0.1", ("Mixtral-8x7B-Instruct", "Mixtral-8x7B", "Mixtral")),
        ("Qwen3-235B-A22B", ("Qwen3-235B", "Qwen3", "Qwen")),
        ("GPT-4-turbo-2024-04-09", ("GPT-4-turbo", "GPT-4", "GPT")),
        ("DeepSeek-R1-Distill-Qwen-7B", ("DeepSeek-R1-Distill-Qwen",)),
        ("T5-XXL", ("T5",)),
        ("CLIP", ()),
        ("T5", ()),
        ("o1", ()),
    ],
)
def test_wider_names_are_read_off_a_model_name_part_by_part(name, wider):
    assert parse_model_name(name).wider == wider


def test_parts_of_a_model_name_are_told_apart():
    parsed = parse_model_name("Qwen2.5-Coder-32B-Instruct")
    assert (parsed.family, parsed.version, parsed.size, parsed.variant) == (
        "Qwen",
        "2.5",
        "32B",
        "Coder Instruct",
    )


def test_wider_models_are_made_once_and_known_ones_are_used():
    tree = model_tree(
        [
            NamedThing("Model", "qwen2.5-7b", "Qwen2.5-7B", ()),
            NamedThing("Model", "qwen2.5-72b", "Qwen2.5-72B", ()),
            NamedThing("Model", "qwen", "QWEN", ("Qwen",)),
        ]
    )
    assert [m.id for m in tree.models] == ["qwen", "qwen2.5", "qwen2.5-72b", "qwen2.5-7b"]
    assert tree.variant_of == (("qwen2.5", "qwen"), ("qwen2.5-72b", "qwen2.5"), ("qwen2.5-7b", "qwen2.5"))
    assert {m.family for m in tree.models} == {"QWEN"}
