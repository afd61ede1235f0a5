"""Which names are one model, benchmark or method, and how model names are read."""

import pytest
from hypothesis import example, given, settings
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


@example(
    [NameUse("Model", "BB"), NameUse("Model", "Big B"), NameUse("Model", "B-B", ("Big B",))],
    [NameDecision("Model", "BB", "Big B"), NameDecision("Model", "B-B", "BB", same=False)],
)
@settings(deadline=None)
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


def test_a_mark_before_the_version_makes_no_other_thing():
    uses = [
        NameUse("Model", "Corvus-1.5", papers=2),
        NameUse("Model", "Corvus-v1.5"),
        NameUse("Model", "Rookv2"),
    ]
    resolved = resolve_entities([*uses, NameUse("Model", "Zeta v3"), NameUse("Model", "Rook 2")])
    assert {t.name: t.aliases for t in resolved.things} == {
        "Corvus-1.5": ("Corvus-v1.5",),
        "Rookv2": (),
        "Rook 2": (),
        "Zeta v3": (),
    }
    assert [(m.alias, m.reason) for m in resolved.merges] == [("Corvus-v1.5", "version")]


def test_a_mark_before_the_version_can_be_kept_apart():
    uses = [NameUse("Model", "Corvus-1.5"), NameUse("Model", "Corvus-v1.5")]
    apart = NameDecisions([NameDecision("Model", "Corvus-v1.5", "Corvus-1.5", same=False)])
    assert len(resolve_entities(uses, apart).things) == 2


def test_a_wider_model_is_found_by_its_other_names():
    things = [NamedThing("Model", "corvus-1-5", "Corvus-1.5", ("Corvus One",), None)]
    things.append(NamedThing("Model", "corvus-v1-5-7b", "Corvus-v1.5-7B", (), None))
    tree = model_tree(things)
    assert ("corvus-v1-5-7b", "corvus-1-5") in tree.variant_of
    assert "Corvus-v1.5" not in {model.name for model in tree.models}


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


def test_the_kind_that_most_papers_give_is_the_thing_s_and_of_two_as_frequent_the_first_by_name():
    uses = [
        NameUse("Benchmark", "Tide", kind="dataset", papers=3, example="p1"),
        NameUse("Benchmark", "TIDE", kind="benchmark", papers=2, example="p2"),
        NameUse("Benchmark", "Reef", kind="dataset", papers=1, example="p1"),
        NameUse("Benchmark", "REEF", kind="benchmark", papers=1, example="p2"),
        NameUse("Benchmark", "Mist"),
    ]
    assert {t.id: t.kind for t in resolve_entities(uses).things} == {
        "tide": "dataset",
        "reef": "benchmark",
        "mist": None,
    }


def test_a_full_name_of_a_full_name_leads_to_the_shortest():
    uses = [
        NameUse("Method", "TN", ("Tide Net",), example="p1"),
        NameUse("Method", "Tide Net", ("Tidal Network Model",), example="p2"),
        NameUse("Method", "Tidal Network Model", example="p3"),
    ]
    (thing,) = resolve_entities(uses).things
    assert (thing.name, thing.aliases) == ("TN", ("Tidal Network Model", "Tide Net"))


def test_a_single_word_is_nobody_s_full_name():
    uses = [NameUse("Method", "TN", ("TideNet",), example="p1"), NameUse("Method", "TideNet", example="p2")]
    assert len(resolve_entities(uses).things) == 2


def test_a_full_name_of_three_words_is_one():
    uses = [
        NameUse("Method", "TLN", ("Tide Level Net",), example="p1"),
        NameUse("Method", "Tide Level Net", example="p2"),
    ]
    assert len(resolve_entities(uses).things) == 1


def test_an_alias_that_the_user_keeps_apart_is_no_alias_of_that_name_alone():
    apart = NameDecisions([NameDecision("Method", "Tide", "TideNet", same=False)])
    uses = [NameUse("Method", "TideNet", ("Tide",)), NameUse("Method", "Reef", ("Tide",))]
    aliases = {t.name: t.aliases for t in resolve_entities(uses, apart).things}
    assert aliases == {"TideNet": (), "Reef": ("Tide",)}


def test_a_merge_names_the_smallest_of_the_papers_that_say_so():
    uses = [NameUse("Method", "TN", ("Tide Net",), example=paper) for paper in ("p3", "p1", "p2")]
    (merge,) = resolve_entities(uses).merges
    assert (merge.alias, merge.reason, merge.example) == ("Tide Net", "document", "p1")


@pytest.mark.parametrize(
    ("name", "version", "size", "variant", "date"),
    [
        ("Tide-7B-chat-0613", None, "7B", "chat", "0613"),
        ("Tide-v2 (7B)", "v2", "7B", None, None),
        ("Tide-2024-04-09", None, None, None, "2024-04-09"),
        ("Tide-20240409", None, None, None, "20240409"),
        ("Tide_240409", None, None, None, "240409"),
        ("Tide-1999", None, None, None, None),
        ("Tide XL", None, "XL", None, None),
        ("Tide-1.5b", None, "1.5b", None, None),
        ("Tide-8x7B", None, "8x7B", None, None),
    ],
)
def test_version_size_variant_and_date_are_read_off_a_name(name, version, size, variant, date):
    parsed = parse_model_name(name)
    assert (parsed.version, parsed.size, parsed.variant, parsed.date) == (version, size, variant, date)


def test_of_two_sizes_only_the_last_is_the_model_s_unless_it_is_the_active_part():
    assert parse_model_name("Tide-72B-7B").wider == ("Tide-72B",)
    assert parse_model_name("Tide-72B-A7B").wider == ("Tide-72B", "Tide")
    assert parse_model_name("Tide-72B-A7B").size == "72B A7B"


def test_a_name_of_which_no_part_is_certain_has_no_parts_in_the_tree():
    (model,) = model_tree([NamedThing("Model", "tide", "Tide", ())]).models
    assert (model.family, model.version, model.size, model.variant) == ("Tide", None, None, None)


def test_of_several_reasons_for_a_merge_the_best_is_told_whatever_the_names():
    for short in ("AN", "ZN"):
        uses = [
            NameUse("Method", short, ("Mist Net",), example="p1"),
            NameUse("Method", "Mist Net", example="p2"),
        ]
        resolved = resolve_entities(uses)
        assert [t.name for t in resolved.things] == [short]
        assert [(m.alias, m.reason) for m in resolved.merges] == [("Mist Net", "full name")]
