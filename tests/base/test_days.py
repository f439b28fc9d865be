"""Days and half-open intervals, against brute force: list every day of a window and compare sets."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.base.days import Interval, parse_day

FIRST = dt.date(2024, 2, 20)  # the window runs over a leap day
WINDOW = [FIRST + dt.timedelta(days=n) for n in range(30)]
INNER = WINDOW[5:25]  # ends lie inside the window, so that an open side shows in it


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = draw(st.sampled_from([None, *INNER])), draw(st.sampled_from([None, *INNER]))
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end)
        if start == end:
            end += dt.timedelta(days=1)
    return Interval(start, end)


def listed(interval: Interval) -> set[dt.date]:
    """The days of the window that an interval holds, from its definition."""
    low = interval.start or dt.date.min
    high = interval.end or dt.date.max
    return {day for day in WINDOW if low <= day < high}


@given(intervals())
def test_an_interval_holds_its_first_day_and_not_its_last(interval: Interval) -> None:
    assert {day for day in WINDOW if day in interval} == listed(interval)


@given(intervals(), intervals())
def test_overlap_is_a_shared_day(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == bool(listed(one) & listed(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(intervals(), intervals())
def test_within_is_a_subset(one: Interval, other: Interval) -> None:
    assert one.within(other) == (listed(one) <= listed(other))


def test_neighbours_do_not_overlap() -> None:
    before, after = Interval(None, dt.date(2020, 2, 1)), Interval(dt.date(2020, 2, 1), None)
    assert not before.overlaps(after)
    assert dt.date(2020, 1, 31) in before
    assert dt.date(2020, 2, 1) in after
    assert dt.date(2020, 2, 1) not in before


@pytest.mark.parametrize("length", [0, -1])
def test_an_interval_without_days_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="ends on"):
        Interval(FIRST, FIRST + dt.timedelta(days=length))


@given(st.dates())
def test_a_day_reads_back(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f" {day.isoformat()}\n") == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11.7.2023",
        "2023-7-11",
        "20230711",
        "2023-07-11T00:00",
        "2023-02-29",
        "2023-13-01",
        "0000-01-01",
        "2023-W28-2",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


def test_an_interval_in_words() -> None:
    assert str(Interval(dt.date(2023, 4, 4), None)) == "2023-04-04 to ..."
