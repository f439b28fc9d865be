"""Days of which the month or the year alone is known."""

from __future__ import annotations

import calendar
import copy
import datetime as dt
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.answers import as_json
from foedus.base.days import Interval, end_day, first_day, parse_day

MONTHS = st.tuples(st.integers(1, 9999), st.integers(1, 12))


@given(MONTHS)
def test_a_month_counts_from_its_last_day_and_until_its_first(month: tuple[int, int]) -> None:
    words = f"{month[0]:04}-{month[1]:02}"
    assert first_day(words) == dt.date(*month, calendar.monthrange(*month)[1])
    assert end_day(words) == dt.date(*month, 1)
    assert str(first_day(words)) == f"{end_day(words)}" == words


@given(st.dates())
def test_a_whole_day_reads_as_it_always_did(day: dt.date) -> None:
    assert first_day(day.isoformat()) == end_day(day.isoformat()) == parse_day(day.isoformat()) == day
    assert type(first_day(day.isoformat())) is dt.date


def test_what_is_known_survives_copies_and_is_left_behind_by_sums() -> None:
    joined = first_day("2005")
    assert str(pickle.loads(pickle.dumps(joined))) == str(copy.deepcopy(joined)) == "2005"
    assert str(joined + dt.timedelta(days=1)) == "2006-01-01"
    assert hash(joined) == hash(dt.date(2005, 12, 31))
    assert str(Interval(joined, None)) == "2005 to ..."


def test_json_tells_a_year_as_a_year() -> None:
    assert json.loads(as_json({"from": first_day("2005")}))["from"] == "2005"


@pytest.mark.parametrize(
    "words", ["", "05", "2005-13", "2005-00", "0000", "2005-6", "before 2005", "2005 or before", "2005-02-30"]
)
def test_other_spellings_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        first_day(words)


@pytest.mark.parametrize("words", ["2022-12-31 or before", "2025-11-02 (signed)"])
def test_what_is_told_behind_a_day_does_not_change_it(words: str) -> None:
    assert (first_day(words), str(first_day(words))) == (parse_day(words[:10]), words)
    assert str(end_day("1992-04-27 or later")) == "1992-04-27 or later"
