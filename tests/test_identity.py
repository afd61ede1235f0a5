"""Who is one person: what the parts of identification do, and what they never do."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.resolve.identity.agreement import Agreement, agreement
from kg_builder.resolve.identity.candidates import compatible_names
from kg_builder.resolve.identity.clustering import average_linkage
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.components import Components
from kg_builder.resolve.identity.decisions import Merge, PeopleDecisions
from kg_builder.resolve.identity.evidence import WEIGHTS_FILE
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.people import PrintedName, ResolvedPeople, resolve_people
from kg_builder.resolve.person_names import PersonName, parse_name


def sign(paper: str, *names: str, ids: dict[str, tuple[str, ...]] | None = None, **more) -> list[PrintedName]:
    """The author list of a paper."""
    return [
        PrintedName("s", 0, i, name, paper, (ids or {}).get(name, ()), **more)
        for i, name in enumerate(names, start=1)
    ]


def corpus(*papers: list[PrintedName]) -> list[PrintedName]:
    """Author lists, each a document of its own."""
    return [
        PrintedName(s.source, number, s.position, s.name, s.paper, s.ids, s.affiliations, s.year)
        for number, paper in enumerate(papers)
        for s in paper
    ]


def who_signed(found: ResolvedPeople, signatures: list[PrintedName]) -> dict[tuple[str, str], str]:
    """The Author of each name on each paper."""
    printed = {(s.source, s.document, s.position): (s.name, s.paper) for s in signatures}
    return {printed[source, document, position]: id for source, document, position, id in found.rows}


def test_a_rare_name_is_one_person_without_any_company():
    signatures = corpus(sign("p1", "Thorvald Quisenberry"), sign("p2", "Thorvald Quisenberry"))
    assert len(resolve_people(signatures).people) == 1


def test_a_common_name_alone_joins_nobody():
    signatures = corpus(sign("p1", "Wei Zhang"), sign("p2", "Wei Zhang"))
    assert len(resolve_people(signatures).people) == 2


def test_shared_co_authors_join_a_common_name():
    company = ("Thorvald Quisenberry", "Ottoline Brackenridge")
    signatures = corpus(sign("p1", "Wei Zhang", *company), sign("p2", "Wei Zhang", *company))
    found = who_signed(resolve_people(signatures), signatures)
    assert found["Wei Zhang", "p1"] == found["Wei Zhang", "p2"]


def test_an_initial_stands_for_the_full_name_in_the_same_company():
    signatures = corpus(
        sign("p1", "T. Quisenberry", "Ottoline Brackenridge"),
        sign("p2", "Thorvald Quisenberry", "Ottoline Brackenridge"),
    )
    (author,) = {
        id for (name, _), id in who_signed(resolve_people(signatures), signatures).items() if "Quis" in name
    }
    assert author == "name:thorvald-quisenberry"


def test_an_initial_that_two_people_share_is_given_to_neither_without_evidence():
    signatures = corpus(
        sign("p1", "T. Quisenberry"), sign("p2", "Thorvald Quisenberry"), sign("p3", "Theodora Quisenberry")
    )
    found = who_signed(resolve_people(signatures), signatures)
    assert found["Thorvald Quisenberry", "p2"] != found["Theodora Quisenberry", "p3"]


def test_a_spelling_that_agrees_with_one_of_two_joins_where_none_contradicts_it():
    company = ("Thorvald Quisenberry", "Ottoline Brackenridge")
    spellings = ("Rosamund Fenwick Harcastle", "Rosamund FenwickHarcastle", "R. F. Harcastle")
    signatures = corpus(*(sign(f"p{n}", name, *company) for n, name in enumerate(spellings)))
    found = who_signed(resolve_people(signatures), signatures)
    assert len({found[name, f"p{n}"] for n, name in enumerate(spellings)}) == 1


def test_a_name_without_initial_does_not_bring_two_initials_together():
    names = ("Osbert L. Harcastle", "Osbert Harcastle", "Osbert E. Harcastle")
    signatures = corpus(*(sign(f"p{n}", name) for n, name in enumerate(names)))
    found = who_signed(resolve_people(signatures), signatures)
    assert found[names[0], "p0"] != found[names[2], "p2"]


def test_one_letter_of_an_east_asian_name_joins_nobody_without_company():
    signatures = corpus(sign("p1", "Xinyi Wang"), sign("p2", "Xinyu Wang"))
    assert len(resolve_people(signatures).people) == 2


def test_one_letter_of_a_rare_name_takes_company():
    company = ("Thorvald Quisenberry", "Ottoline Brackenridge")
    alone = corpus(sign("p1", "Rosalind Cohn"), sign("p2", "Rosalind Cohen"))
    together = corpus(sign("p1", "Rosalind Cohn", *company), sign("p2", "Rosalind Cohen", *company))
    assert len(resolve_people(alone).people) == 2
    assert len(resolve_people(together).people) == 3


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Taro Katō", "Taro Katoh", Agreement.SPELLING),
        ("Hana Ohnishi", "Hana Ōnishi", Agreement.SPELLING),
        ("Hana Oonishi", "Hana Onishi", Agreement.SPELLING),
        ("Xiaomei Lü", "Xiaomei Lv", Agreement.SPELLING),
        ("Xiaomei Lyu", "Xiaomei Lu", Agreement.SPELLING),
        ("Young-Kil Kim", "Young-Gil Kim", Agreement.LETTER),
        ("Rosalind Cohn", "Rosalind Cohen", Agreement.LETTER),
        ("Osbert L. Harcastle", "Osbert E. Harcastle", None),
        ("John Smith", "John Smyth", Agreement.MISSPELT),
        ("Wei Li", "Wen Li", None),
    ],
)
def test_names_agree_in_kinds_of_their_own(one, other, kind):
    assert agreement(parse_name(one), parse_name(other)) is kind


@pytest.mark.parametrize(
    ("printed", "given_name", "family"),
    [
        ("SMITH John", ("john",), ("smith",)),
        ("GARCÍA LÓPEZ María", ("maria",), ("garcia", "lopez")),
        ("LE CUN Yann", ("yann",), ("le", "cun")),
        ("VAN DER BERG Jan Jr.", ("jan",), ("van", "der", "berg")),
        ("JOHN SMITH Jr.", ("john",), ("smith",)),
        ("JOHN SMITH", ("john",), ("smith",)),
        ("JR Firth", ("j", "r"), ("firth",)),
    ],
)
def test_capitals_at_the_start_are_the_family_name_whole(printed, given_name, family):
    parsed = parse_name(printed)
    assert (parsed.given, parsed.family) == (given_name, family)


def test_two_identical_common_names_on_one_paper_are_two_people():
    signatures = corpus(sign("p1", "Wei Zhang", "Wei Zhang", "Bo Li"))
    found = resolve_people(signatures)
    assert len(found.rows) == 3
    assert len(found.people) == 3


def test_a_rare_name_printed_twice_on_one_paper_is_one_person():
    assert len(resolve_people(corpus(sign("p1", "Thorvald Quisenberry", "Thorvald Quisenberry"))).people) == 1


def test_two_identical_names_on_one_paper_with_two_ids_are_two_people():
    name = "Thorvald Quisenberry"
    signatures = [PrintedName("s", 0, n, name, "p1", (f"hf:{n}",)) for n in (1, 2)]
    assert len(resolve_people(signatures).people) == 2


def test_a_paper_with_one_author_and_none_at_all_are_no_trouble():
    assert len(resolve_people(corpus(sign("p1", "Ottoline Brackenridge"))).people) == 1
    assert resolve_people([]).people == ()


@pytest.mark.parametrize("name", ["!!!", "…", "12345", "4 2", "🙂", "🙂🙃", "-", "'", "。", "؟"])
def test_a_name_without_letters_is_one_signature_of_one_author(name):
    signatures = corpus(sign("p1", name, "Ottoline Brackenridge"))
    found = resolve_people(signatures)
    assert len(found.people) == len({p.id for p in found.people}) == 2


def test_names_of_different_marks_are_never_one_person():
    signatures = corpus(sign("p1", "!!!"), sign("p2", "???"), sign("p3", "🙂"))
    assert len(resolve_people(signatures).people) == 3


def test_an_author_list_of_ten_thousand_is_resolved_in_seconds():
    syllables = [f"{a}{b}" for a in "bdfgklmnrt" for b in "aeiou"]
    names = [
        f"{a.title()}{b}na {b.title()}{a}tz" for n, (a, b) in enumerate(product(syllables, repeat=2))
    ] * 4
    names = [f"{name}{n}" for n, name in enumerate(names)]
    started = time.process_time()
    found = resolve_people(corpus(sign("p1", *names), sign("p2", *names[:100])))
    assert len({id for *_, id in found.rows}) >= 9_000
    assert time.process_time() - started < 60


_NAMES = ("Wei Zhang", "W. Zhang", "Zhang Wei", "Thorvald Quisenberry", "T. Quisenberry", "Thor Quisenberry")
_SIGNATURE = st.tuples(st.sampled_from(_NAMES), st.sampled_from(("", "hf:a", "hf:b", "hf:c")))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_SIGNATURE, max_size=4), max_size=7))
def test_people_whom_an_id_keeps_apart_are_never_merged(papers):
    signatures = [
        PrintedName("s", number, position, name, f"p{number}", (id,) if id else ())
        for number, names in enumerate(papers)
        for position, (name, id) in enumerate(names, start=1)
    ]
    ids = {(s.source, s.document, s.position): s.ids for s in signatures}
    accounts = defaultdict(set)
    for *place, author in resolve_people(signatures).rows:
        accounts[author].update(ids[tuple(place)])
    assert all(len(found) <= 1 for found in accounts.values())


def test_a_decision_merges_people_whom_an_id_keeps_apart():
    signatures = corpus(
        sign("p1", "Wei Zhang", ids={"Wei Zhang": ("hf:a",)}),
        sign("p2", "Wei Zhang", ids={"Wei Zhang": ("hf:b",)}),
    )
    assert len(resolve_people(signatures).people) == 2
    decided = PeopleDecisions((Merge(("hf:a", "hf:b"), 1),))
    (person,) = resolve_people(signatures, decisions=decided).people
    assert person.identity == "curated"


def test_what_rests_on_a_name_is_less_certain_than_what_rests_on_an_id():
    signatures = corpus(
        sign("p1", "Wei Zhang", ids={"Wei Zhang": ("orcid:0000-0001",)}),
        sign("p2", "Wei Zhang", ids={"Wei Zhang": ("orcid:0000-0001",)}),
        sign("p3", "Wei Zhang"),
    )
    known, named = sorted(resolve_people(signatures).people, key=lambda p: p.identity, reverse=True)
    assert (known.identity, named.identity) == ("source", "name")
    assert known.confidence > named.confidence


def test_what_is_uncertain_is_among_the_doubts():
    signatures = corpus(
        sign("p1", "Wei Zhang", "Bo Li", year=2020), sign("p2", "Wei Zhang", "Hao Wang", year=2020)
    )
    found = resolve_people(signatures, {"p1": ["parsing", "treebank"], "p2": ["parsing", "grammar"]})
    assert any(d.first_signature.startswith("Wei Zhang") for d in found.doubts)


def test_the_order_of_papers_changes_nothing():
    papers = [
        sign(f"p{n}", "Wei Zhang", other)
        for n, other in enumerate(("Bo Li", "Bo Li", "Hao Wang", "Ada Brun"))
    ]
    first, second = (
        resolve_people(corpus(*papers)),
        resolve_people(sorted(corpus(*papers), key=lambda s: s.paper)),
    )
    assert first.people == second.people


def test_commonness_grows_with_how_many_share_the_parts_of_a_name():
    counted = Commonness()
    people = [
        counted.people(parse_name(name)) for name in ("Wei Wang", "Ottoline Wang", "Ottoline Brackenridge")
    ]
    assert people == sorted(people, reverse=True)


def test_a_middle_initial_makes_a_name_rarer():
    counted = Commonness()
    assert counted.people(parse_name("John Q. Smith")) < counted.people(parse_name("John Smith"))


def test_the_weights_that_ship_are_of_the_form_of_the_prior():
    shipped, prior = (
        file.read_text(encoding="utf-8").splitlines()
        for file in (WEIGHTS_FILE.get(), Path(__file__).parents[1] / "benchmarks/identity/prior.yaml")
    )
    assert [line.partition(":")[0] for line in shipped] == [line.partition(":")[0] for line in prior]
    by_hand = ("caution", "affiliation")
    chosen = [line for line in prior if line.strip().startswith(by_hand)]
    assert [line for line in shipped if line.strip().startswith(by_hand)] == chosen


def authorships(*ids: str) -> list[Authorship]:
    return [
        Authorship(
            f"p{n}",
            parse_name("Wei Zhang"),
            1,
            [PrintedName("s", n, 1, "Wei Zhang", f"p{n}", (i,) if i else ())],
        )
        for n, i in enumerate(ids)
    ]


def test_components_refuse_to_join_what_ids_keep_apart_through_a_third():
    parts = Components(authorships("hf:a", "", "hf:b"))
    assert parts.join(0, 1)
    assert not parts.join(1, 2)
    assert parts.join(1, 2, decided=True)


def test_components_refuse_to_join_what_was_decided_apart_even_by_decision():
    parts = Components(authorships("", ""), [({0}, {1})])
    assert not parts.join(0, 1, decided=True)


def test_average_linkage_joins_nothing_that_is_kept_apart():
    scores = np.full((3, 3), 5.0)
    apart = np.zeros((3, 3), dtype=bool)
    apart[0, 2] = apart[2, 0] = True
    assert average_linkage(scores, apart, [[0], [1], [2]]) == [[0, 1], [2]]


def test_average_linkage_weighs_all_pairs_of_two_groups():
    scores = np.array([[0, 4, 1], [4, 0, -3], [1, -3, 0]], dtype=float)
    assert average_linkage(scores, np.zeros((3, 3), dtype=bool), [[0], [1], [2]]) == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keren Gull", "Keren Gull Lemberg"),
        ("Stephen Della Pietra", "Stephen A. DellaPietra"),
        ("Anran Zhang", "Anlan Zhang"),
        ("Ana Li Brosch", "Ana Li Brosh"),
        ("Haiyan Seo", "Haiyang Seo"),
        ("M. Okafor", "Mina Okafor"),
        ("Bo Wen Lü", "Bo Lyu"),
        ("Okafor Mina", "Mina Okafor"),
    ],
)
def test_names_that_agree_are_found_among_many(one, other):
    crowd = [
        f"{given} {family}" for given in ("Tova", "Runa", "Ilse") for family in ("Quist", "Brandt", "Ochs")
    ]
    found = compatible_names(map(parse_name, [one, other, *crowd]), letters=True)
    assert [{a.text, b.text} for a, b, _ in found] == [{one, other}]


SYLLABLES = ("barn", "delk", "kivo", "lomp", "muzu", "rast", "seno", "tigg", "vofl", "nabi", "pexu", "gurd")


def test_names_are_compared_in_time_that_grows_as_they_do():
    # All have the same two given names before families that are more than a letter apart.
    names = [parse_name(f"Mira Jo {''.join(part).capitalize()}") for part in product(SYLLABLES, repeat=3)]

    def took(some: list[PersonName]) -> float:
        times = []
        for _ in range(3):
            started = time.process_time()
            assert compatible_names(some) == []
            times.append(time.process_time() - started)
        return min(times)

    quarter = took(names[::4])
    assert took(names) < 10 * quarter


def test_a_slip_in_a_family_name_is_found_among_thousands_of_one_given_name():
    crowd = ["Mira " + "".join(part).capitalize() for part in product(SYLLABLES, repeat=3)]
    crowd += [name + "as" for name in crowd]
    found = compatible_names(map(parse_name, ["Mira Brosch", "Mira Brosh", *crowd]))
    assert [{a.text, b.text} for a, b, _ in found] == [{"Mira Brosch", "Mira Brosh"}]
