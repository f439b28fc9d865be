"""Cells: which texts are values, and which are not."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base import cells
from foedus.base.cells import Cell


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (cells.text(), "a; b, c", "a; b, c"),
        (cells.text(3), "abc", "abc"),
        (cells.identifier(), "tokyo-office_1.b", "tokyo-office_1.b"),
        (cells.identifiers(), "FRA DEU", ("FRA", "DEU")),
        (cells.identifiers(), "FRA;DEU; GBR", ("FRA", "DEU", "GBR")),
        (cells.number(), "-1.5e3", -1500.0),
        (cells.number(), ".5", 0.5),
        (cells.number(), "+7.", 7.0),
        (cells.number(0, 1), "1", 1.0),
        (cells.choice("public", "private"), "private", "private"),
        (cells.stance(), "-1", -1),
        (cells.stance(), "−1", -1),  # the minus sign that word processors write
        (cells.stance(), "+1", 1),
        (cells.stance(), "0", 0),
        (cells.day(), "2024-02-29", dt.date(2024, 2, 29)),
        (cells.sha256(), "0f" * 32, "0f" * 32),
        (cells.yes_or_no(), "yes", True),
        (cells.yes_or_no(), "no", False),
    ],
)
def test_a_good_cell(cell: Cell, text: str, value: object) -> None:
    assert cell.read(text, False) == value


@pytest.mark.parametrize(
    ("cell", "text", "expected"),
    [
        (cells.text(3), "abcd", "text of at most 3 characters, without control characters"),
        (cells.identifier(), "two words", "an id of letters, digits, '-', '_' and '.'"),
        (cells.identifier(), "../secret", "an id of letters, digits, '-', '_' and '.'"),
        (cells.identifier(), "-x", "an id of letters, digits, '-', '_' and '.'"),
        (cells.identifier(), "x" * 65, "an id of letters, digits, '-', '_' and '.'"),
        (cells.identifiers(), "FRA §", "ids separated by spaces"),
        (cells.number(), "0,5", "a number"),
        (cells.number(), "1_000", "a number"),
        (cells.number(), "0x10", "a number"),
        (cells.number(), "nan", "a number"),
        (cells.number(), "inf", "a number"),
        (cells.number(), "1e999", "a number"),
        (cells.number(), "50 %", "a number"),
        (cells.number(0), "-0.1", "a number of at least 0"),
        (cells.number(0, above=True), "0", "a number above 0"),
        (cells.number(0, 100), "100.1", "a number from 0 to 100"),
        (cells.choice("public", "private"), "Public", "one of public, private"),
        (cells.stance(), "2", "-1, 0 or 1"),
        (cells.stance(), "1.0", "-1, 0 or 1"),
        (cells.day(), "11.07.2023", "a day such as 2023-07-11"),
        (cells.day(), "2023-02-29", "a day such as 2023-07-11"),
        (cells.sha256(), "0F" * 32, "64 hexadecimal digits in lower case"),
        (cells.sha256(), "0f" * 31, "64 hexadecimal digits in lower case"),
        (cells.yes_or_no(), "true", "yes or no"),
    ],
)
def test_a_bad_cell_says_what_it_expects(cell: Cell, text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        cell.read(text, False)
    assert cell.expected == expected


@pytest.mark.parametrize(
    ("text", "value"), [("0,5", 0.5), ("-1,25", -1.25), ("0.5", 0.5), ("7", 7.0), ("1,234", 1.234)]
)
def test_a_decimal_comma_where_the_file_writes_them(text: str, value: float) -> None:
    assert cells.number().read(text, True) == value


@pytest.mark.parametrize("text", ["1.234,5", "1,234,5", "1,234.5"])
def test_marks_between_thousands_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        cells.number().read(text, True)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_so_that_it_reads_back_the_same(value: float) -> None:
    back = cells.number().read(cells.number().write(value), False)
    assert (back, math.copysign(1, back)) == (value, math.copysign(1, value))


@given(st.dates())
def test_a_day_is_written_so_that_it_reads_back_the_same(day: dt.date) -> None:
    assert cells.day().read(cells.day().write(day), False) == day


@given(st.text(max_size=6))
def test_a_cell_gives_a_value_or_a_value_error(text: str) -> None:
    every = [cells.text(), cells.identifier(), cells.identifiers(), cells.number(), cells.choice("a"), cells.stance()]
    for cell in [*every, cells.day(), cells.sha256(), cells.yes_or_no()]:
        for decimal_comma in (False, True):
            try:
                value = cell.read(text, decimal_comma)
            except ValueError:
                continue
            assert value is not None
