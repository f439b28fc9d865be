"""Days that a text names, in full or by reference to another day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from foedus.base.days import Day

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(_WEEKDAYS)
_SMALL = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = r"(?:\d{1,3}|" + "|".join(_SMALL) + ")"
_PATTERN = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to"
    rf"|and)\s*(?P<last>\d{{1,2}}))?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?(?:\s+(?P<year>\d{{4}}))?\b"
    rf"|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to"
    rf"|and)\s*(?P<last2>\d{{1,2}}))?(?:,?\s+(?P<year2>\d{{4}}))?\b"
    rf"|\b(?:(?P<early>early|late|mid)[ -])?(?P<month3>{_MONTH})\.?,?\s+(?P<year3>\d{{4}})\b"
    rf"|\b(?P<lastmonth>last|this|in|since|by|until|till|(?:late|recently) as)\s+(?P<month4>{_MONTH})\b"
    rf"|\b(?:(?P<which>last|next|this|on|past)\s+)(?P<weekday>{_WEEKDAY})\b|\b(?P<bare>{_WEEKDAY})\b"
    rf"|\b(?P<near>today|yesterday|tomorrow|tonight)\b"
    rf"|\b(?P<rel>last|this|next|previous|earlier this|late last|early this|later this|past)\s+(?P<unit>week"
    rf"|month|year|summer|autumn|fall|winter|spring)\b"
    rf"|\b(?P<count>{_NUMBER})\s+(?P<unit2>day|week|month|year)s?\s+(?P<dir>ago|earlier)\b"
    rf"|\b(?:in|since|during)\s+(?P<year4>(?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A day or a stretch of days that a text names.

    Attributes
    ----------
    start, end
        Where the words stand.
    day
        The last day that they can mean: a statement of 'last year' was made by its 31 December at the latest.
    first
        The first day that they can mean.
    words
        The words.
    """

    start: int
    end: int
    day: Day
    first: Day
    words: str


def find_days(text: str, on: Day | None = None) -> tuple[Found, ...]:
    """Return the days that a text names.

    Parameters
    ----------
    text
        Any text.
    on
        The day on which it was written; without it, only days named in full are found.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> [str(found_day.day) for found_day in find_days("on Tuesday and last year", parse_day("2024-07-10"))]
    ['2024-07-09', '2023-12-31']
    """
    named_days = []
    for match in _PATTERN.finditer(text):
        span = _resolve(match, on)
        if span is not None:
            named_days.append(Found(match.start(), match.end(), span[1], span[0], match.group()))
    return tuple(named_days)


_Span = tuple[Day, Day]


def _resolve(match: re.Match[str], on: Day | None) -> _Span | None:
    try:
        return _full(match, on) or (_relative(match, on) if on is not None else None)
    except (ValueError, OverflowError):
        return None


def _full(match: re.Match[str], on: Day | None) -> _Span | None:
    part = match.groupdict()
    if part["iso"]:
        day = dt.date.fromisoformat(part["iso"])
        return day, day
    for suffix in ("", "2"):
        if part["month" + suffix] and part["day" + suffix]:
            return _day_of_month(
                part["month" + suffix], part["day" + suffix], part["last" + suffix], part["year" + suffix], on
            )
    if part["month3"]:
        month, year = _MONTHS[part["month3"].lower()], int(part["year3"])
        low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}.get((part["early"] or "").lower(), (1, 31))
        return dt.date(year, month, low), dt.date(year, month, min(high, _length(year, month)))
    if part["year4"]:
        return dt.date(int(part["year4"]), 1, 1), dt.date(int(part["year4"]), 12, 31)
    return None


def _day_of_month(month_name: str, first: str, last: str | None, year_text: str | None, on: Day | None) -> _Span | None:
    month = _MONTHS[month_name.lower()]
    if year_text is not None:
        year = int(year_text)
    elif on is None:
        return None
    else:
        year = min(
            (on.year - 1, on.year, on.year + 1), key=lambda y: abs((dt.date(y, month, min(int(first), 28)) - on).days)
        )
    start = dt.date(year, month, int(first))
    return start, dt.date(year, month, int(last)) if last else start


def _relative(match: re.Match[str], on: Day) -> _Span | None:
    part = match.groupdict()
    if part["month4"]:
        month = _MONTHS[part["month4"].lower()]
        same = month == on.month and part["lastmonth"].lower() not in ("last", "since", "this")
        year = on.year if same or month < on.month else on.year - 1
        return dt.date(year, month, 1), min(
            dt.date(year, month, _length(year, month)), max(on, dt.date(year, month, 1))
        )
    if part["weekday"] or part["bare"]:
        return _weekday(part["weekday"] or part["bare"], (part["which"] or "").lower(), on)
    if part["near"]:
        day = on + dt.timedelta(days={"yesterday": -1, "tomorrow": 1}.get(part["near"].lower(), 0))
        return day, day
    if part["rel"]:
        return _stretch(part["rel"].lower(), part["unit"].lower(), on)
    if part["count"]:
        count = _SMALL.get(part["count"].lower()) or int(part["count"])
        return _ago(count, part["unit2"].lower(), on)
    return None


def _weekday(name: str, which: str, on: Day) -> _Span:
    back = (on.weekday() - _WEEKDAYS[name.lower()]) % 7
    if which == "next":
        day = on + dt.timedelta(days=(7 - back) if back else 7)
    else:
        day = on - dt.timedelta(days=7 if which == "last" and back == 0 else back)
    return day, day


_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


def _stretch(which: str, unit: str, on: Day) -> _Span:
    step = 1 if which == "next" else 0 if "this" in which else -1
    if unit == "week":
        monday = on - dt.timedelta(days=on.weekday()) + dt.timedelta(weeks=step)
        span = monday, monday + dt.timedelta(days=6)
    elif unit == "month":
        months = on.year * 12 + on.month - 1 + step
        year, month = divmod(months, 12)
        span = dt.date(year, month + 1, 1), dt.date(year, month + 1, _length(year, month + 1))
    elif unit == "year":
        span = dt.date(on.year + step, 1, 1), dt.date(on.year + step, 12, 31)
    else:
        first, last = _SEASONS[unit]
        year = on.year if step == 0 or (step < 0 and on.month > last) else on.year + step
        span = dt.date(year - (first > last), first, 1), dt.date(year, last, _length(year, last))
    return (span[0], min(span[1], on)) if step <= 0 and span[0] <= on else span


def _ago(count: int, unit: str, on: Day) -> _Span:
    if unit == "day":
        day = on - dt.timedelta(days=count)
        return day, day
    if unit == "week":
        day = on - dt.timedelta(weeks=count)
        return day, day
    months = on.year * 12 + on.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if unit == "year":
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return dt.date(year, month + 1, 1), dt.date(year, month + 1, _length(year, month + 1))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
