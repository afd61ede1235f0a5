"""Numbers of a passage as quantities: value, unit, change, range, and what is no value at all."""

import time

import pytest

from kg_builder.extract.result_numbers import Quantity, quantities


def read(text: str) -> list[tuple[float, str | None]]:
    return [(q.value, q.unit) for q in quantities(text)]


def only(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("accuracy rises by 4.7%", 4.7, "%"),
        (r"a gain of 12\% overall", 12, "%"),
        ("up 3.5 percentage points", 3.5, "%"),
        ("정확도가 2.3%p 높아졌다", 2.3, "%"),
        ("8.26점 향상", 8.26, "points"),
        ("it is 2.3x faster", 2.3, "x"),
        (r"it is $2.3\times$ faster", 2.3, "x"),
        ("a 20-fold increase", 20, "x"),
        ("속도가 6.3배 빨라졌다", 6.3, "x"),
        ("within 0.7 seconds", 0.7, "s"),
        ("지연은 약 100ms", 100, "ms"),
        ("needs 24 GB of memory", 24, "GB"),
        ("초당 40프레임", 40, "fps"),
        ("for $0.02 a page", 0.02, "$"),
        ("a score of 1,234.5 here", 1234.5, None),
    ],
)
def test_value_and_unit_are_read_as_printed(text: str, value: float, unit: str | None) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and Qwen2.5-7B",
        "Pass@1 of v1.5",
        "a 4-bit model with 7B weights",
        "frames of 1280×720",
        "on 8×A100 nodes",
        "arXiv:2412.15118",
        "the difference holds (p < 0.01)",
        "5점 만점",
    ],
)
def test_numbers_of_names_sizes_and_devices_are_no_values(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "FID falls from 4.19 to 2.96",
        "FID가 4.19에서 2.96으로 개선",
        "(FID: 4.19 → 2.96)",
        "FID가 4.19에서 2.96까지 하락",
    ],
)
def test_a_change_is_one_quantity_with_both_values(text: str) -> None:
    quantity = only(text)
    assert (quantity.shape, quantity.from_value, quantity.value) == ("change", 4.19, 2.96)
    assert text[quantity.start : quantity.end] == "2.96"


@pytest.mark.parametrize(
    "text", ["it is 2-5x faster", "2배에서 5배까지 빠르다", "between 2x and 5x", "2~5배 빠르다"]
)
def test_a_range_is_its_two_ends(text: str) -> None:
    low, high = quantities(text)
    assert (low.value, low.unit, low.shape) == (2, "x", "low")
    assert (high.value, high.unit, high.shape) == (5, "x", "high")


def test_the_dash_of_a_range_is_no_sign() -> None:
    low, high = quantities("by 20%-30% overall")
    assert (low.signed, high.signed) == ("", "")
    assert high.value == 30


def test_a_printed_sign_belongs_to_the_number() -> None:
    text = "gains +5.2% here"
    quantity = only(text)
    assert quantity.signed == "+"
    assert text[quantity.start : quantity.end] == "+5.2%"


def test_a_list_shares_the_unit_that_its_last_member_prints() -> None:
    assert read("gains of 5.8, 9.9 and 10.1%") == [(5.8, "%"), (9.9, "%"), (10.1, "%")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("it is twice as fast", 2, "x"), ("비용을 절반으로 줄였다", 50, "%"), ("속도가 두 배 빨라졌다", 2, "x")],
)
def test_quantities_in_words_are_read(text: str, value: float, unit: str) -> None:
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize("unit", ["1", "1.", "1-", "1%", "$", "1,111", "12 to ", "1에서 "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    began = time.perf_counter()
    quantities(unit * (100_000 // len(unit)))
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "3 도메인에서",
        "4.5 점수를",
        "3시간대별로",
        "5분류 문제",
        "2.5배포 이후",
        "3일반화 과제",
        "5 s",
        "5 h",
        "8 W",
    ],
)
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert only(text).unit is None


@pytest.mark.parametrize(
    ("text", "sign", "printed"),
    [
        ("falls by -2.5% here", "-", "-2.5%"),
        ("falls by −2.5% here", "-", "−2.5%"),
        ("minus 3% here", "-", "minus 3%"),
        ("plus 3% here", "+", "plus 3%"),
        ("about ~3% here", "", "3%"),
    ],
)
def test_only_plus_and_minus_are_signs(text: str, sign: str, printed: str) -> None:
    quantity = only(text)
    assert (quantity.signed, text[quantity.start : quantity.end]) == (sign, printed)
    assert quantity.value > 0


@pytest.mark.parametrize(
    "text", ["a price of $30 a page", "a price of US$30 a page", "a price of USD 30 a page"]
)
def test_a_currency_in_front_is_part_of_the_number(text: str) -> None:
    quantity = only(text)
    assert (quantity.unit, quantity.kind) == ("$", "money")
    assert text[quantity.start : quantity.end] == text[len("a price of ") : -len(" a page")]


def test_a_rate_is_only_what_the_words_per_second_lead_to() -> None:
    assert read("초당 평균 40프레임, 그러나 영상은 40프레임") == [(40, "frames"), (40, "frames")]
    assert read("초당 40프레임, 영상은 30프레임") == [(40, "fps"), (30, "frames")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("gains between 10 and 20%", [(10, "%"), (20, "%")]),
        ("gains of 3 to 5 points", [(3, "points"), (5, "points")]),
        ("a gain from 5 to 51%", [(51, "%")]),
        ("10 tasks, 20% fewer", [(10, None), (20, "%")]),
        ("3 layers in 5 seconds", [(3, None), (5, "s")]),
    ],
)
def test_the_first_end_takes_the_unit_of_the_second_and_nothing_else_does(
    text: str, values: list[tuple[float, str | None]]
) -> None:
    assert read(text) == values


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("from 3% to 5%", ["change"]),
        ("accuracy goes 5% to 3%", ["change"]),
        ("accuracy goes 3% to 5%", ["low", "high"]),
        ("gains ranging from 3% to 5%", ["low", "high"]),
        ("5%에서 51%까지 향상", ["low", "high"]),
        ("3% of A\n\nto 5%", ["single", "single"]),
        ("3% and 5%", ["single", "single"]),
    ],
)
def test_two_numbers_are_a_change_a_range_or_neither(text: str, shapes: list[str]) -> None:
    assert [q.shape for q in quantities(text)] == shapes


def test_of_two_scores_with_a_slash_between_both_are_read() -> None:
    assert read("scores of 81.2/79.3 here") == [(81.2, None), (79.3, None)]
    assert read("24/7 service") == [(24, None)]


def test_digits_without_end_are_no_number() -> None:
    assert read("1" * 24) == [(float("1" * 24), None)]
    assert read("1" * 25) == []
