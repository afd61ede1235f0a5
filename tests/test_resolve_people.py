"""Which signatures are one person."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg_builder.resolve.people import Person, PrintedName, resolve_people


def sign(*names: str, paper: str = "p1", source: str = "s1") -> list[PrintedName]:
    return [PrintedName(source, 0, i, name, paper) for i, name in enumerate(names, start=1)]


def people_of(signatures: list[PrintedName]) -> tuple[Person, ...]:
    return resolve_people(signatures).people


def test_two_spellings_on_one_paper_are_one_person_under_the_fuller_one():
    found = resolve_people(sign("Keren GuLemberg", "Keren Gu-Lemberg"))
    (person,) = found.people
    assert person.id == "name:keren-gu-lemberg"
    assert (person.name, person.variants) == ("Keren Gu-Lemberg", ("Keren GuLemberg",))
    assert {row[3] for row in found.rows} == {person.id}


def test_diacritics_do_not_part_people():
    (person,) = people_of(sign("Miruna Pîslar") + sign("Miruna Pislar", paper="p2"))
    assert person.name == "Miruna Pîslar"


def test_a_name_without_its_space_is_another_person_on_another_paper():
    people = people_of(sign("Li An") + sign("Lian", paper="p2"))
    assert len(people) == 2


def test_names_turned_round_in_one_list_are_two_people():
    people = people_of(sign("Wei Li", "Li Wei"))
    assert len(people) == 2


def test_names_turned_round_between_two_sources_of_a_paper_are_one_person():
    people = people_of(sign("Gildong Hong") + sign("Hong Gildong", source="s2"))
    assert len(people) == 1


def test_names_of_punctuation_alone_stay_signatures_of_someone():
    found = resolve_people(sign("!!!", "🙂"))
    assert len(found.rows) == 2
    assert len({p.id for p in found.people}) == len(found.people) == 2


@settings(deadline=None)
@given(st.lists(st.text(alphabet="aAbé -.", min_size=1, max_size=6), max_size=6), st.randoms())
def test_every_signature_has_exactly_one_known_person(names, random):
    papers = [sign(name, paper=f"p{i}") for i, name in enumerate(names)]
    found = resolve_people([s for paper in papers for s in paper])
    ids = [p.id for p in found.people]
    assert len(ids) == len(set(ids))
    assert {row[3] for row in found.rows} == set(ids)
    random.shuffle(papers)
    again = resolve_people([s for paper in papers for s in paper])
    assert again.people == found.people
    assert sorted(again.rows) == sorted(found.rows)
