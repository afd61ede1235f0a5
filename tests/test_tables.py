"""Rows on a terminal of any width, and in a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from kg_builder.cli.options import Form
from kg_builder.cli.output import print_rows

COLUMNS = ("paper", "title", "votes", "evidence")
ROWS = [
    (
        "arxiv:2503.00101",
        "Haneul-7B: 작은 한국어 모델로 추론하기",
        31,
        "Haneul-7B는 KMMLU에서 GPT-4o를 1.3%p 앞섰습니다.",
    ),
    (
        "arxiv:2503.00102",
        "Sparse attention",
        7,
        "It reaches 88.1% on RULER, and is faster than what it is compared with.",
    ),
]

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """The lines that rows become on a terminal of a width, or (``None``) in a pipe."""

    def lines(width: int | None, columns=COLUMNS, rows=ROWS) -> list[str]:
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", str(width or 40))
        monkeypatch.setattr(sys.stdout, "isatty", lambda: width is not None, raising=False)
        print_rows(columns, rows, Form.TABLE)
        return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).split("\n")[:-1]

    return lines


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(shown, width):
    assert max(map(cell_len, shown(width))) <= width


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_nothing_is_lost_and_no_word_is_broken(shown, width):
    words = " ".join(shown(width)).split()
    assert all(word in words for row in ROWS for cell in row for word in str(cell).split())


def test_wide_characters_line_up(shown):
    first, second = (line for line in shown(200) if line.startswith("arxiv"))
    assert cell_len(first.partition("31")[0]) == cell_len(second.partition("7")[0]) - 1
    assert cell_len(first.partition("Haneul-7B는")[0]) == cell_len(second.partition("It reaches")[0])


def test_a_table_too_wide_to_be_read_becomes_a_record_for_each_row(shown):
    lines = shown(60)
    assert lines[0].split() == ["paper", "arxiv:2503.00101"]
    assert lines.index("") == next(i for i, line in enumerate(lines) if "00102" in line) - 1


def test_a_record_leaves_out_what_it_has_not(shown):
    lines = shown(40, ("paper", "date", "title"), [("arxiv:2503.00101", None, "A title in words " * 5)])
    assert not any(line.startswith("date") for line in lines)


def test_in_a_pipe_every_cell_is_whole_and_no_line_ends_in_blanks(shown):
    lines = shown(None)
    assert len(lines) == 3
    assert ROWS[1][3] in lines[2]
    assert lines == [line.rstrip() for line in lines]


def test_without_rows_the_columns_are_named(shown):
    assert [line.split() for line in shown(80, rows=[])] == [list(COLUMNS)]


def test_numbers_are_rounded_for_the_eye_alone(shown, capsys):
    lines = shown(80, ("weight",), [(1 / 3,), (0.00012345678,), (88.2,)])
    assert [line.strip() for line in lines] == ["weight", "0.3333", "0.00012345678", "88.2"]
    print_rows(("weight",), [(1 / 3,)], Form.CSV)
    assert capsys.readouterr().out == "weight\n0.333333333333\n"
