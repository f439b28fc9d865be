"""One rule for characters that no text may hold, at every door."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base import cells
from foedus.base.characters import RANGES, cleaned, forbidden, harmless, is_formula, printable
from foedus.base.errors import FoedusError, InputError
from foedus.base.tables import column, scan_text
from foedus.base.yaml import read_yaml
from foedus.coding.deciding import Who
from foedus.evidence.readers import document_of


@dataclasses.dataclass(frozen=True)
class Titled:
    """A row with a title."""

    title: str = column(cells.text(), "a title")


BAD = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\uffff", "\ufdd0"]


@given(st.text(alphabet=st.characters()))
def test_what_is_cleaned_or_printed_holds_nothing_forbidden(text: str) -> None:
    assert not forbidden(cleaned(text))
    assert not forbidden(printable(text))
    sound = not any(first <= ord(one) <= last for one in text for first, last in RANGES)
    assert (not forbidden(text)) == sound
    assert not sound or cleaned(text) == printable(text) == text


@pytest.mark.parametrize("bad", BAD, ids=ascii)
def test_every_door_refuses_or_cleans(bad: str, tmp_path: Path) -> None:
    if bad != "\x00":  # no text file at all
        _, problems = scan_text(f'title\n"a{bad}b"\n', Titled, "t.csv")
        assert [one.expected for one in problems] == ["text of at most 4000 characters, without control characters"]
        assert bad not in str(problems[0])
    file = tmp_path / "d.yaml"
    for text in (f'title: "a{bad}b"\n', f'title: "a\\u{ord(bad):04x}b"\n'):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"line 1: expected text without U\+|binary|YAML"):
            read_yaml(file)
    with pytest.raises(FoedusError, match=r"by: 'A.*, expected text without U"):
        Who(f"A{bad}")
    data = f"---\ntitle: A {bad}note\n---\nNorway {bad}agreed.\n".encode()
    if bad == "\x00":
        with pytest.raises(ValueError, match="is no text"):
            document_of("d.md", data)
    else:
        document = document_of("d.md", data)
        assert not forbidden(document.title + document.text)


@pytest.mark.parametrize("number", ["-0.5", "+3", "-1,000.5", "+1e-3", "-12 %", "-.5", "7"])
def test_numbers_are_no_formulas(number: str) -> None:
    assert not is_formula(number)
    assert harmless(number) == number


@given(st.text(alphabet="=+-@\uff1d1.,e% aZ(\t", min_size=1))
def test_no_harmless_cell_begins_like_a_formula(cell: str) -> None:
    shown = harmless(cell)
    assert shown in {cell, f"'{cell}"}
    assert not is_formula(shown)
    if shown == cell and cell[0] in "=@":
        pytest.fail("= and @ begin no number")
    out = io.StringIO()
    csv.writer(out).writerow([shown])
    assert next(csv.reader(io.StringIO(out.getvalue()))) == [shown]
