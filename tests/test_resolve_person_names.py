"""A printed name of a person taken apart: family and given name, particles, generations, initials, script."""

from __future__ import annotations

import pytest

from kg_builder.resolve.person_names import parse_name, plain


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Mira Halvorsen", "mira", "halvorsen"),
        ("Mira Ann Halvorsen", "mira ann", "halvorsen"),
        ("Mira Halvorsen-Lund", "mira", "halvorsen lund"),
        ("Ludwig van der Aa", "ludwig", "van der aa"),
        ("Maria de Souza", "maria", "de souza"),
        ("De Souza", "de", "souza"),
        ("van Halvorsen Lund", "van halvorsen", "lund"),
        ("Halvorsen, Mira", "mira", "halvorsen"),
        ("de Bruijn, N. G.", "n g", "de bruijn"),
        ("O'Brien, Tim", "tim", "obrien"),
        ("Halvorsen,", "halvorsen", ""),
        ("Halvorsen", "halvorsen", ""),
    ],
)
def test_the_last_word_with_its_particles_is_the_family_name_unless_a_comma_says_otherwise(
    text: str, given: str, family: str
) -> None:
    name = parse_name(text)
    assert (" ".join(name.given), " ".join(name.family)) == (given, family)


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("John Smith Jr.", "john", "smith"),
        ("John Smith III", "john", "smith"),
        ("Smith Jr, John", "john", "smith jr"),
        ("van Smith Jr, John", "john", "van smith"),
        ("John Smith, Jr.", "john", "smith"),
        ("JOHN SMITH Jr.", "john", "smith"),
        ("Smith Jr", "smith", "jr"),
    ],
)
def test_a_generation_is_no_part_of_a_name_of_three_words(text: str, given: str, family: str) -> None:
    name = parse_name(text)
    assert (" ".join(name.given), " ".join(name.family)) == (given, family)


@pytest.mark.parametrize(
    ("text", "given", "family", "first"),
    [
        ("HALVORSEN Mira", "mira", "halvorsen", True),
        ("DE LA CRUZ Ana", "ana", "de la cruz", True),
        ("LI Wei", "wei", "li", True),
        ("JR Firth", "j r", "firth", False),
        ("JRR Firth", "j r r", "firth", False),
        ("JRRT Firth", "firth", "jrrt", True),
        ("J. R. Firth", "j r", "firth", False),
        ("J Firth", "j", "firth", False),
        ("MIRA HALVORSEN", "mira", "halvorsen", False),
    ],
)
def test_capitals_before_small_letters_are_a_family_name_unless_they_are_initials(
    text: str, given: str, family: str, first: bool
) -> None:
    name = parse_name(text)
    assert (" ".join(name.given), " ".join(name.family), name.family_first) == (given, family, first)


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("홍길동", "길동", "홍"),
        ("남궁민수", "민수", "남궁"),
        ("남궁", "궁", "남"),
        ("홍 길동", "길동", "홍"),
        ("홍", "홍", ""),
        ("王 小明", "小明", "王"),
    ],
)
def test_a_name_in_an_east_asian_script_begins_with_the_family_name(
    text: str, given: str, family: str
) -> None:
    name = parse_name(text)
    # Hangul is kept composed, whatever form it is compared in.
    assert (" ".join(name.given), " ".join(name.family)) == (plain(given), plain(family))
    assert name.is_east_asian
    assert name.has_full_given


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Mira Halvorsen", "latin"),
        ("Ｍｉｒａ", "latin"),
        ("홍길동", "hangul"),
        ("홍길동 Jr", "hangul"),
        ("王小明", "han"),
        ("さくら", "kana"),
        ("サクラ", "kana"),
        ("Мира", "cyrillic"),
        ("A Мира", "cyrillic"),
        ("12 & 3", "none"),
    ],
)
def test_the_script_of_a_name_is_that_of_most_of_its_letters(text: str, script: str) -> None:
    assert parse_name(text).script == script


def test_a_name_without_letters_is_one_word() -> None:
    name = parse_name("!!!")
    assert (name.given, name.family) == (("!!!",), ())


def test_a_given_name_of_initials_alone_is_not_written_out() -> None:
    assert not parse_name("J. R. Firth").has_full_given
    assert parse_name("J. Rupert Firth").has_full_given
    assert not parse_name("").has_full_given


def test_a_common_family_name_of_east_asia_is_known_in_latin_letters() -> None:
    assert parse_name("Wei Li").is_east_asian
    assert not parse_name("Mira Halvorsen").is_east_asian
