"""Author lists: where a name ends, and whether it names a person."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kg_builder.document import Document, Signature
from kg_builder.readers import SourceFile, reader_for
from kg_builder.readers.bylines import clean_name, read_byline, signed
from kg_builder.readers.organization_names import is_organization


def names(line: str, *, in_order: bool = False) -> list[str]:
    return [s.name for s in signed((Signature(n) for n in read_byline(line).names), in_order=in_order)]


def test_a_comma_inside_a_name_does_not_make_two_persons():
    assert names("Mina Park, Geunseob, Oh, Bo Li") == ["Mina Park", "Geunseob Oh", "Bo Li"]


def test_two_torn_names_in_a_row_are_two_persons():
    assert names("Ada Low, Jingyu, Xin, Di, Wu, Bo Li", in_order=True) == [
        "Ada Low",
        "Jingyu Xin",
        "Di Wu",
        "Bo Li",
    ]


def test_given_names_with_an_initial_join_the_family_name_after_them():
    assert names("Ada Low, Yi R., Fung", in_order=True) == ["Ada Low", "Yi R. Fung"]


def test_halves_that_stand_apart_in_a_list_without_order_are_joined_by_the_family_name():
    assert names("Xia, Ada Low, Bo Li, Shuaiqi") == ["Ada Low", "Bo Li", "Shuaiqi Xia"]


def test_halves_that_stand_apart_in_a_byline_are_two_persons():
    assert names("Xia, Ada Low, Bo Li, Shuaiqi", in_order=True) == ["Xia", "Ada Low", "Bo Li", "Shuaiqi"]


def test_one_word_names_in_an_alphabetical_list_are_persons_of_their_own():
    line = "Ada Low, Bo Li, Jie Jiang, Linus, Patrol, Peng Chen, Qi Wu, Rui Xu"
    assert "Linus" in names(line, in_order=True)
    assert "Patrol" in names(line, in_order=True)


def test_a_torn_name_shows_in_an_alphabetical_list_by_breaking_the_order():
    line = "Grant Ho, Greg Ray, Gus Oz, Guangyi, Zhang, Guna Lak, Hamid Sho, Ian Day"
    assert "Guangyi Zhang" in names(line, in_order=True)


def test_a_single_one_word_name_is_a_person():
    assert names("Ada Low, Aakanksha, Bo Li") == ["Ada Low", "Aakanksha", "Bo Li"]


def test_an_organisation_is_never_half_of_a_name():
    assert names("OpenAI, Geunseob, Ada Low") == ["OpenAI", "Geunseob", "Ada Low"]


def test_ids_of_both_halves_are_kept():
    joined = signed([Signature("Geunseob", ids=("hf:a",)), Signature("Oh", ids=("hf:b",))], in_order=True)
    assert joined == (Signature("Geunseob Oh", ids=("hf:a", "hf:b")),)


def test_a_person_printed_twice_stays_twice():
    assert names("Ada Low, Ada Low, Bo Li") == ["Ada Low", "Ada Low", "Bo Li"]


def test_two_spellings_of_one_person_both_stay():
    assert names("Keren Gu-Lemberg, Keren GuLemberg") == ["Keren Gu-Lemberg", "Keren GuLemberg"]


@pytest.mark.parametrize(
    "name",
    [
        "OpenAI",
        "DeepSeek-AI",
        "MiniMax",
        "NVIDIA",
        "LearnLM Team",
        "Team GLM",
        "WanTeam",
        "LLM-jp",
        "LG AI Research",
        "Seoul National University",
        "Stability AI",
        "Lanser Contributors",
        "Acme Inc.",
        "Mind Lab",
        "o3 contributors",
        "Tencent Robotics X",
        "The PLUM Research Group",
        "01.AI",
        "BigScience Workshop",
        "서울대학교",
        "清华大学",
    ],
)
def test_teams_and_companies_are_organisations(name):
    assert is_organization(name)


@pytest.mark.parametrize(
    "name",
    [
        "Aakanksha",
        "Linus",
        "XingYu",
        "Ming-HsuanYang",
        "JaeHoon Lee",
        "Robert McCarthy",
        "Hao Ai",
        "Ai Li",
        "The Viet Bui",
        "Jan van der Berg",
        "A. J. Smith Jr.",
        "김민수",
        "王小明",
        "Yann LeCun",
        "DENG Mengyi",
        "Ahmad Al-Dahle",
        "Juan Soler Company",
        "Max",
        "Oh",
    ],
)
def test_persons_are_no_organisations(name):
    assert not is_organization(name)


def test_an_entry_named_like_the_papers_home_is_that_organisation():
    assert is_organization("Seed", homes=["ByteDance Seed"])
    assert not is_organization("Seed")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\u200b Love\u200dlace\ufeff", "Ada Lovelace"),
        ("\u202eAda Lovelace\u202c", "Ada Lovelace"),
        ("3. Ada Lovelace", "Ada Lovelace"),
        ("Ada Lovelace§", "Ada Lovelace"),
        ("Ada Lovelace1", "Ada Lovelace"),
        ("Ada Lovelace.", "Ada Lovelace"),
        ("and Ada Lovelace", "Ada Lovelace"),
        ("John King Jr.", "John King Jr."),
        ("Yi R.", "Yi R."),
        ("Andy", "Andy"),
        ('Linxi "Jim" Fan', 'Linxi "Jim" Fan'),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("01. AI", "01. AI"),
        (":", ""),
        ("+", ""),
    ],
)
def test_only_what_is_not_part_of_a_name_is_removed(printed, name):
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    "line",
    [
        "Ada Low, Bo Li, +",
        "Ada Low, +, Bo Li",
        "Ada Low, Bo Li et al.",
        "Ada Low, Bo Li, et al",
        "Ada Low, Bo Li, ...",
        "Ada Low, Bo Li, and 12 others",
    ],
)
def test_a_list_that_goes_on_is_not_complete(line):
    byline = read_byline(line)
    assert byline.names == ("Ada Low", "Bo Li")
    assert not byline.complete


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada Low, Bo Li and Cy Roe", ["Ada Low", "Bo Li", "Cy Roe"]),
        ("Ada Low; Bo Li; Cy Roe", ["Ada Low", "Bo Li", "Cy Roe"]),
        ("Low, Ada; Li, Bo", ["Ada Low", "Bo Li"]),
        ("Ada Low, Jr., Bo Li", ["Ada Low Jr.", "Bo Li"]),
        ("Ada Low (Lab A, Lab B), Bo Li", ["Ada Low (Lab A, Lab B)", "Bo Li"]),
        ("['Ada Low', \"Luca D'Amico\"]", ["Ada Low", "Luca D'Amico"]),
        ("['Ada Low', 'Bo L", ["Ada Low"]),
        ("Ada Low,, Bo Li,", ["Ada Low", "Bo Li"]),
        ("김민수, 이영희", ["김민수", "이영희"]),
        ("", []),
    ],
)
def test_lists_are_taken_apart_by_their_own_punctuation(line, expected):
    assert names(line) == expected


@pytest.mark.parametrize(
    "unit", ["'", "['\\", "[", "(", "a, ", ";", "and ", "1. ", "et al ", "é" * 9, "A B1, "]
)
def test_a_list_of_a_million_characters_is_read_in_seconds(unit):
    started = time.process_time()
    read_byline(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 10


def test_the_authors_of_the_24th_are_those_of_the_gold(shared: Path):
    source = SourceFile("2024/12/24.md", shared / "data/daily-papers-ko/2024/12/24.md")
    found = {d.arxiv_id: d for d in reader_for(source).read(source) if isinstance(d, Document)}
    for line in (shared / "gold/daily-papers-2024-12-24.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        authors = found[gold["id"]].authors
        assert {a.name for a in authors if a.kind == "organization"} == set(gold["organizations"])
        assert {a.name for a in authors if a.kind == "person"} >= set(gold["authors"])
