"""Changing single cells: every other byte stays what it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.sheets import sheet_of

PLAIN = 'id,said,note\ns1,"a ""b"", c",\n\ns2,x,y\n'
VARIANTS = {
    "plain": PLAIN.encode(),
    "carriage returns": PLAIN.replace("\n", "\r\n").encode(),
    "old line ends": PLAIN.replace("\n", "\r").encode(),
    "mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "semicolons": PLAIN.replace('""", c"', '""; c"').replace(",", ";").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "utf-16": b"\xff\xfe" + PLAIN.encode("utf-16-le"),
    "utf-16, other order": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "no last line end": PLAIN.rstrip().encode(),
}


@pytest.mark.parametrize("data", VARIANTS.values(), ids=VARIANTS.keys())
def test_one_cell_and_back(data: bytes) -> None:
    sheet = sheet_of(data)
    assert sheet.headings == ["id", "said", "note"]
    assert [sheet.value(4, place) for place in range(3)] == ["s2", "x", "y"]
    changed = sheet.with_cells({(4, "said"): "new, and; more"})
    assert sheet_of(changed).value(4, 1) == "new, and; more"
    assert sheet_of(changed).value(2, 1) == sheet.value(2, 1)
    assert sheet_of(changed).with_cells({(4, "said"): "x"}, quoted=()) == data
    assert not sheet.quoted(4, "said")
    assert sheet.quoted(2, "said")
    assert sheet.with_cells({}) == data


def test_a_row_that_is_too_short_is_filled_up() -> None:
    assert sheet_of(b"a,b,c\n1\n").with_cells({(2, "c"): "x"}) == b"a,b,c\n1,,x\n"


def test_numbers_with_commas() -> None:
    assert sheet_of(b"id;p\n1;0,5\n").decimal_commas(["p"])
    assert not sheet_of(b"id;p\n1;0.5\n").decimal_commas(["p"])
    assert not sheet_of(b'id,p\n1,"0,5"\n').decimal_commas(["p"])


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.data())
def test_it_reads_what_the_standard_library_writes(rows: list[list[str]], data: st.DataObject) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    sheet = sheet_of(out.getvalue().encode())
    assert [[sheet.value(row, place) for place in range(3)] for row in range(2, len(rows) + 2)] == rows
    row, new = data.draw(st.integers(2, len(rows) + 1)), data.draw(_CELLS)
    written = sheet.with_cells({(row, "b"): new}).decode()
    expected = [list(one) for one in rows]
    expected[row - 2][1] = new
    assert list(csv.reader(io.StringIO(written, newline="")))[1:] == expected
