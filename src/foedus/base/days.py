"""Days without time zones, and half-open intervals of days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from foedus.base.errors import FoedusError

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROUGH = re.compile(r"(\d{4})(?:-(\d{2}))?")
_OR_BEFORE = " or before"
_OR_LATER = " or later"
_SIGNED = " (signed)"

Day = dt.date
"""A calendar day. A Foedus day has no time and no zone."""


def parse_day(text: str) -> Day:
    """Read an ISO day.

    Parameters
    ----------
    text
        ``YYYY-MM-DD``, nothing else.

    Raises
    ------
    ValueError
        For any other spelling and for days that no calendar has.

    Examples
    --------
    >>> parse_day("2023-07-11")
    datetime.date(2023, 7, 11)
    """
    text = text.strip()
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day such as 2023-07-11")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day that the calendar has") from None


class RoughDay(dt.date):
    """A day of which less is known: it counts as a day and is told as far as it is known, such as ``2005``.

    Examples
    --------
    >>> joined = first_day("2005")
    >>> joined == parse_day("2005-12-31"), str(joined), f"since {joined}"
    (True, '2005', 'since 2005')
    """

    __slots__ = ("words",)
    words: str

    def __new__(cls, year: int, month: int, day: int, words: str = "") -> RoughDay:
        """Return the day; ``words`` tell what is known of it."""
        made = super().__new__(cls, year, month, day)
        made.words = words
        return made

    def isoformat(self) -> str:
        """Return what is known of the day; of a day reckoned from it, the day itself."""
        return self.words or super().isoformat()

    __str__ = isoformat

    def __reduce__(self) -> tuple[type[RoughDay], tuple[int, int, int, str]]:
        return type(self), (self.year, self.month, self.day, self.words)


def first_day(text: str) -> Day:
    """Read a first day as far as it is known; what is known too roughly counts from its last day, never too early.

    Parameters
    ----------
    text
        A day such as ``2023-07-11``, a month such as ``2023-07``, a year such as ``2023``; a day with ``or before``
        behind it, for what is known to hold then and began no one knows when or before its state did; a day with
        ``(signed)`` behind it, for what binds only once it is in force.

    Raises
    ------
    ValueError
        For any other spelling and for days that no calendar has.

    Examples
    --------
    >>> first_day("2024-02") == parse_day("2024-02-29"), str(first_day("2024-02"))
    (True, '2024-02')
    """
    text = text.strip()
    for behind in (_OR_BEFORE, _SIGNED):
        if text.endswith(behind):
            day = parse_day(text.removesuffix(behind))
            return RoughDay(day.year, day.month, day.day, text)
    if (year_and_month := _year_and_month(text)) is None:
        return parse_day(text)
    year, month = year_and_month
    month = month or 12
    return RoughDay(year, month, calendar.monthrange(year, month)[1], text)


def day_or_month(text: str) -> Day:
    """Read a day, or a month where the day is not known; a month counts from its last day.

    Raises
    ------
    ValueError
        For any other spelling and for days that no calendar has.

    Examples
    --------
    >>> day_or_month("2024-07") == parse_day("2024-07-31"), day_in_words(day_or_month("2024-07"))
    (True, 'July 2024')
    """
    text = text.strip()
    if len(text) == len("2024-07") and _ROUGH.fullmatch(text):
        return first_day(text)
    return parse_day(text)


FIRST_YEAR, LAST_YEAR = 1800, 2100
"""The years in which what a dossier tells can have been said; any other is a slip of the pen."""


def of_our_time(day: Day) -> Day:
    """Return a day on which something in a dossier can have been said.

    Raises
    ------
    ValueError
        When its year is before 1800 or after 2100.

    Examples
    --------
    >>> of_our_time(parse_day("2023-07-11"))
    datetime.date(2023, 7, 11)
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year {day.year:04} is not within {FIRST_YEAR} to {LAST_YEAR}")
    return day


_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_ZERO = dt.date(1899, 12, 30)
"""What spreadsheets count days from, since they hold 1900 for a leap year."""


def spreadsheet_day(words: str) -> Day | None:
    """Return the day that a number stands for by which a spreadsheet counts days; None where it looks like none.

    Parameters
    ----------
    words
        Such as ``45118``; a part of a day behind it is left out. Numbers of five digits, which are days from 1927 on.

    Examples
    --------
    >>> spreadsheet_day("45118"), spreadsheet_day("45118.5"), spreadsheet_day("2023")
    (datetime.date(2023, 7, 11), datetime.date(2023, 7, 11), None)
    """
    serial = _SERIAL.fullmatch(words.strip())
    if serial is None:
        return None
    day = _SERIAL_ZERO + dt.timedelta(days=int(serial.group(1)))
    return day if day.year <= LAST_YEAR else None


def known_to_the_month(first: Day, last: Day) -> Day:
    """Return the last of a stretch of days, as a month where it is just a month.

    Examples
    --------
    >>> str(known_to_the_month(parse_day("2024-07-01"), parse_day("2024-07-31")))
    '2024-07'
    """
    month = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first_day(f"{first:%Y-%m}") if first.day == 1 and last == month else last


def latest(day: Day) -> Day:
    """Return the day itself that a day counts as: of a month, its last.

    Examples
    --------
    >>> str(latest(day_or_month("2024-07")))
    '2024-07-31'
    """
    return Day(day.year, day.month, day.day)


def earliest(day: Day) -> Day:
    """Return the first day that may be meant: of a month of which no day is known, its first.

    Examples
    --------
    >>> str(earliest(day_or_month("2024-07")))
    '2024-07-01'
    """
    return Day(day.year, day.month, 1) if isinstance(day, RoughDay) and _month_of(day) else day


def day_in_words(day: Day) -> str:
    """Return a day as people are told it: a month of which no day is known by its name.

    Examples
    --------
    >>> day_in_words(parse_day("2024-07-15"))
    '2024-07-15'
    """
    if isinstance(day, RoughDay) and (month := _month_of(day)):
        return f"{calendar.month_name[month]} {day.year}"
    return str(day)


def on_day(day: Day) -> str:
    """Return when something was, for a sentence.

    Examples
    --------
    >>> on_day(parse_day("2024-07-15")), on_day(day_or_month("2024-07"))
    ('on 2024-07-15', 'in July 2024')
    """
    words = day_in_words(day)
    return f"on {words}" if words == f"{day:%Y-%m-%d}" else f"in {words}"


def _month_of(day: RoughDay) -> int:
    found = _ROUGH.fullmatch(day.words)
    return int(found[2] or 0) if found else 0


def surely_after(later: Day, earlier: Day) -> bool:
    """Tell whether a day is after another, whichever days of a month are meant where only the month is known.

    Examples
    --------
    >>> july, day = day_or_month("2024-07"), parse_day("2024-07-20")
    >>> surely_after(july, day), surely_after(day, july), surely_after(parse_day("2024-08-01"), july)
    (False, False, True)
    """
    return earliest(later) > earlier


def end_day(text: str) -> Day:
    """Read the first day after something, as far as it is known; of a month or a year it is the first day.

    A day with ``or later`` behind it is for what was said to go on after a state had ended.

    Raises
    ------
    ValueError
        For any other spelling and for days that no calendar has.

    Examples
    --------
    >>> end_day("1976") == parse_day("1976-01-01"), str(end_day("1976"))
    (True, '1976')
    """
    text = text.strip()
    if text.endswith(_OR_LATER):
        day = parse_day(text.removesuffix(_OR_LATER))
        return RoughDay(day.year, day.month, day.day, text)
    if (year_and_month := _year_and_month(text)) is None:
        return parse_day(text)
    year, month = year_and_month
    return RoughDay(year, month or 1, 1, text)


def _year_and_month(text: str) -> tuple[int, int] | None:
    """Return the year and the month, or 0, that a text names and no day; None where it is no such text."""
    match = _ROUGH.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 0)
    if year < 1 or month > 12 or (match[2] and month < 1):
        raise ValueError(f"{text!r} is not a month or a year that the calendar has")
    return year, month


def asked_day(words: Day | str, name: str) -> Day:
    """Return a day that a user gave.

    Parameters
    ----------
    words
        As `parse_day` takes it, or a day.
    name
        What was asked for, such as ``--from``; the message begins with it.

    Raises
    ------
    FoedusError
        When it is no day.
    """
    try:
        return parse_day(words) if isinstance(words, str) else words
    except ValueError as error:
        raise FoedusError(f"{name}: {error}") from None


def maybe_day(words: Day | str | None, name: str) -> Day | None:
    """Return a day that a user gave, as `asked_day` does; None where none was given."""
    return None if words is None else asked_day(words, name)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from ``start`` (included) until ``end`` (excluded); ``None`` leaves a side open.

    Examples
    --------
    >>> seat = Interval(parse_day("2023-04-04"), None)
    >>> parse_day("2023-04-03") in seat, parse_day("2023-04-04") in seat
    (False, True)
    """

    start: Day | None
    end: Day | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"an interval that ends on {self.end} cannot start on {self.start}")

    def __contains__(self, day: Day) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a day."""
        starts_before_end = other.end is None or self.start is None or self.start < other.end
        ends_after_start = self.end is None or other.start is None or other.start < self.end
        return starts_before_end and ends_after_start

    def within(self, other: Interval) -> bool:
        """Tell whether every day of this interval lies in the other."""
        starts_inside = other.start is None or (self.start is not None and other.start <= self.start)
        ends_inside = other.end is None or (self.end is not None and self.end <= other.end)
        return starts_inside and ends_inside

    def __str__(self) -> str:
        return f"{self.start or '...'} to {self.end or '...'}"
