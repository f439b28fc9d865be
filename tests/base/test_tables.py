"""Tables as spreadsheets write them, and every error of a file at once."""

from __future__ import annotations

import codecs
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base import cells
from foedus.base.characters import forbidden
from foedus.base.errors import InputError, Problem
from foedus.base.tables import column, columns_of, read_table, render_table, write_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A small record with every kind of column that matters here."""

    id: str = column(cells.identifier(), "short id")
    share: float | None = column(cells.number(0, 1), "a share", blank=None)
    start: dt.date | None = column(cells.day(), "first day", name="from", blank=None)
    note: str = column(cells.text(), "a note", blank="")


HEADING = "id,share,from,note"
TWO = (
    Entry(id="a", share=0.5, start=dt.date(2023, 7, 11), note="x, y"),
    Entry(id="b"),
)


def read(tmp_path: Path, content: str | bytes) -> tuple[Entry, ...]:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return tuple(row.record for row in read_table(path, Entry, name="table.csv"))


def refusal(tmp_path: Path, content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    return caught.value.problems


def test_commas(tmp_path: Path) -> None:
    assert read(tmp_path, f'{HEADING}\na,0.5,2023-07-11,"x, y"\nb,,,\n') == TWO


def test_semicolons_decimal_commas_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    text = "id;share;from;note\r\na;0,5;2023-07-11;x, y\r\nb;;;\r\n"
    assert read(tmp_path, codecs.BOM_UTF8 + text.encode()) == TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tabs_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    text = "id\tshare\tfrom\tnote\na\t0,5\t2023-07-11\tx, y\nb\t\t\t\n"
    assert read(tmp_path, text.encode(encoding)) == TWO


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_in_either_order(tmp_path: Path, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    content = mark + f"{HEADING}\nå,,,\n".replace("å", "a").encode(encoding)
    assert read(tmp_path, content) == (Entry(id="a"),)


def test_a_decimal_comma_needs_another_delimiter(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, f'{HEADING}\na,"0,5",,\n')
    assert problem == Problem("table.csv", "a number from 0 to 1", "row 2", "share", "0,5")


def test_columns_in_any_order_optional_ones_left_out_cells_stripped(tmp_path: Path) -> None:
    assert read(tmp_path, "note, id \n text , a \n") == (Entry(id="a", note="text"),)


def test_short_rows_are_blank_at_the_end(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEADING}\na\nb,1\n") == (Entry(id="a"), Entry(id="b", share=1.0))


def test_blank_rows_are_skipped_and_still_counted(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADING}\na,,,\n\n,,,\n  ,,,\nb,,,\n\n")
    rows = read_table(path, Entry)
    assert [(row.where, row.record.id) for row in rows] == [("row 2", "a"), ("row 6", "b")]


def test_a_cell_over_two_lines_is_one_row(tmp_path: Path) -> None:
    problems = refusal(tmp_path, f'{HEADING}\na,,,"one\ntwo"\nb,2,,\n')
    assert [problem.where for problem in problems] == ["row 3"]


def test_every_error_of_a_file_at_once(tmp_path: Path) -> None:
    text = f"{HEADING}\na,1.5,11.7.23,\nb,0.5,,\n,half,,no id\n"
    assert refusal(tmp_path, text) == (
        Problem("table.csv", "a number from 0 to 1", "row 2", "share", "1.5"),
        Problem("table.csv", "a day such as 2023-07-11", "row 2", "from", "11.7.23"),
        Problem("table.csv", "is blank; expected an id of letters, digits, '-', '_' and '.'", "row 4", "id"),
        Problem("table.csv", "a number from 0 to 1", "row 4", "share", "half"),
    )


def test_an_error_reads_as_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^table\.csv, row 2, share: '9', expected a number from 0 to 1$"):
        read(tmp_path, f"{HEADING}\na,9,,\n")


def test_an_unknown_column_gets_the_nearest_name(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, "id,shar\na,1\n")
    assert (problem.where, problem.field, problem.value) == ("row 1", "heading", "shar")
    assert problem.expected == "one of id, share, from, note; did you mean 'share'?"


def test_every_wrong_heading_at_once(tmp_path: Path) -> None:
    unknown, double, missing = refusal(tmp_path, "share,colour,share\n1,red,1\n")
    assert (unknown.value, unknown.expected) == ("colour", "one of id, share, from, note")
    assert (double.value, double.expected) == ("share", "each column once")
    assert missing.expected == "the column 'id' is missing: short id"
    assert {unknown.where, double.where, missing.where} == {"row 1"}


def test_too_many_cells(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, f"{HEADING}\na,,,x, y\n")
    assert problem.where == "row 2"
    assert problem.expected == "4 cells; quote a cell that holds a delimiter"


def test_blank_cells_beyond_the_heading_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEADING},,\na,,,,,\n") == (Entry(id="a"),)


def test_a_value_under_a_blank_heading_is_not_dropped_in_silence(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, "id,,note\na,lost,kept\n")
    assert problem.where in {"row 1", "row 2"}


def test_an_unclosed_quote(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, f'{HEADING}\na,,,\nb,,,"open\nc,,,\n')
    assert problem.where == "row 3"
    assert problem.expected.startswith("is not a well-formed table")


@pytest.mark.parametrize("content", ["", "\ufeff"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    (problem,) = refusal(tmp_path, content)
    assert problem.expected == "is empty; expected a heading row: id,share,from,note"


def test_many_errors_are_cut_off(tmp_path: Path) -> None:
    assert len(refusal(tmp_path, f"{HEADING}\n" + "a,2,,\n" * 500)) == 200


def test_the_record_is_the_schema() -> None:
    assert [(c.name, c.field, c.required) for c in columns_of(Entry)] == [
        ("id", "id", True),
        ("share", "share", False),
        ("from", "start", False),
        ("note", "note", False),
    ]


def test_what_is_written(tmp_path: Path) -> None:
    write_table(tmp_path / "table.csv", Entry, TWO)
    assert (tmp_path / "table.csv").read_bytes() == f'{HEADING}\na,0.5,2023-07-11,"x, y"\nb,,,\n'.encode()


# What reading can yield: stripped, with \n as the only line end, no NUL.
_TEXT = st.text(st.characters(codec="utf-8").filter(lambda one: not forbidden(one)), max_size=12).map(
    str.strip
)  # a cell's padding is not kept
_ENTRIES = st.builds(
    Entry,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True),
    share=st.none() | st.floats(0, 1),
    start=st.none() | st.dates(),
    note=_TEXT | st.sampled_from(['"', '""', ",", ";", "a\tb", "a\nb", "=1+1", "'", "\ufeff", "NULL"]),
)


@given(st.lists(_ENTRIES, max_size=6))
def test_a_round_trip_loses_nothing(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.csv"
    write_table(path, Entry, entries)
    back = [row.record for row in read_table(path, Entry)]
    assert back == entries
    assert render_table(Entry, back) == path.read_text(encoding="utf-8")


@given(st.binary(max_size=120) | st.text(max_size=60).map(lambda text: f"{HEADING}\n{text}".encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    try:
        rows = read_table(path, Entry)
    except InputError:
        return
    assert all(row.number >= 2 for row in rows)
