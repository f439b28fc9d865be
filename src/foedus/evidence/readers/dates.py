"""Days written in figures, of which some can be read in two ways: 03/04/2023."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from foedus.base.days import Day

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})(?![\d/-])")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumericDay:
    """A day in figures.

    Attributes
    ----------
    words
        As written.
    readings
        What it can mean, the earlier first: one day, or two.
    """

    words: str
    readings: tuple[Day, ...]

    @property
    def sure(self) -> Day | None:
        """The day, where it can be read in one way only."""
        return self.readings[0] if len(self.readings) == 1 else None

    @property
    def doubt(self) -> str:
        """What a reader should know of it; empty where it is sure."""
        if self.sure:
            return ""
        first, last = (f"{reading.day} {reading:%B %Y}" for reading in self.readings)
        return f"its day {self.words} is {first} or {last}; --published DAY decides"


def numeric_day(line: str, text: str = "", *, month_first: bool | None = None) -> NumericDay | None:
    """Return the one day in figures that a line names, or ``None``.

    A figure above 12, dots between the figures, a day of the week beside them, and other days of the same text tell
    which figure is the month.

    Parameters
    ----------
    line
        In which it stands.
    text
        The whole text, whose other days may show how it writes them.
    month_first
        What the file says of the matter, such as its language ``en-US``.

    Examples
    --------
    >>> numeric_day("03/04/2023").doubt
    'its day 03/04/2023 is 4 March 2023 or 3 April 2023; --published DAY decides'
    >>> str(numeric_day("Monday, 03/04/2023").sure), str(numeric_day("03.04.2023").sure)
    ('2023-04-03', '2023-04-03')
    """
    matches = list(_NUMERIC.finditer(line))
    if len(matches) != 1:
        return None
    [match] = matches
    first, mark, second, year = match.groups()
    readings = {order: _day(year, *pair) for order, pair in ((False, (second, first)), (True, (first, second)))}
    possible = {order: day for order, day in readings.items() if day}
    if not possible:
        return None
    if len(set(possible.values())) > 1:
        order = False if mark == "." else _by_weekday(line, possible)
        order = _by_others(text) if order is None else order
        order = month_first if order is None else order
        if order is not None:
            possible = {order: possible[order]}
    return NumericDay(match.group(), tuple(sorted(set(possible.values()))))


def _day(year: str, month: str, day: str) -> Day | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _by_weekday(line: str, possible: dict[bool, Day]) -> bool | None:
    named = _WEEKDAY.search(line)
    if not named:
        return None
    fitting = [order for order, day in possible.items() if day.weekday() == _WEEKDAYS.index(named.group(1).lower())]
    return fitting[0] if len(fitting) == 1 else None


def _by_others(text: str) -> bool | None:
    """Tell whether a text writes the month first, by those of its days that can be read in one way."""
    orders = set()
    for match in _NUMERIC.finditer(text):
        first, second = int(match.group(1)), int(match.group(3))
        if first > 12 >= second:
            orders.add(False)
        elif second > 12 >= first:
            orders.add(True)
    return orders.pop() if len(orders) == 1 else None
