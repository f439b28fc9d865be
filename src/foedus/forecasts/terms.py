"""Options whose words name a day, a month or a meeting that has come, and may no longer stand."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.evidence.calendar import find_days
from foedus.issues import Issue, Meeting, Option

_DELAY = re.compile(
    r"\b(?:put(?:ting)? off|postpon\w+|defer\w*|delay\w*|adjourn\w*|push(?:ed|ing)? back|wait)\b", re.IGNORECASE
)
_MONTH = re.compile(rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(name for name in calendar.month_name if name)})\b")


@dataclass(frozen=True, slots=True)
class Overtaken:
    """An option that names a time which has come by a meeting.

    Attributes
    ----------
    option
        Its label.
    names
        The time that it names, in words, such as ``January 2026``.
    meeting
        By which it has come.
    """

    option: str
    names: str
    meeting: Meeting

    @property
    def words(self) -> str:
        """That the option may no longer stand."""
        return (
            f"{self.option!r} names {self.names}, which has come by {self.meeting.name} ({self.meeting.on}): "
            "can the meeting still decide it?"
        )

    def command(self, folder: str) -> str:
        """Return the command that takes it off the table."""
        return f'foedus option {folder} "{self.option}" --until DAY'


def overtaken(issue: Issue, meeting: Meeting, day: Day) -> Iterator[Overtaken]:
    """Yield the options that a meeting could still decide though the time that they name has come by then.

    A delay is overtaken where what it is put off to has begun; any other term where it is over. The status quo is none.

    Parameters
    ----------
    issue, meeting, day
        The question, the meeting that is forecast, and the day of knowledge.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.issues import Scale
    >>> first, second = (Meeting(parse_day(on), name) for on, name in (("2025-12-19", "one"), ("2026-01-09", "two")))
    >>> options = (Option("none", 0.0), Option("put off to January", 40.0), Option("until 31 January 2026", 100.0))
    >>> issue = Issue("pact", "Sign?", "unsc", Scale(0, 100), options, "none", "until 31 January 2026", (),
    ...               (first, second))
    >>> [each.names for each in overtaken(issue, second, parse_day("2025-12-20"))]
    ['January 2026']
    >>> list(overtaken(issue, first, parse_day("2025-12-01")))
    []
    """
    for option in issue.options:
        ended = option.until is not None and option.until <= max(day, meeting.on)
        if option.label == issue.status_quo or ended or (option.since is not None and option.since > day):
            continue
        names = _earlier_meeting(issue, option, meeting) or _term(issue, option, meeting)
        if names:
            yield Overtaken(option.label, names, meeting)


def _earlier_meeting(issue: Issue, option: Option, meeting: Meeting) -> str:
    """Return the meeting that an option for a delay names, where that is the one forecast or lies before it."""
    if not _DELAY.search(option.label):
        return ""
    named = [
        other
        for other in issue.meetings[1:]
        if other.on <= meeting.on and re.search(rf"\b{re.escape(other.name)}\b", option.label, re.IGNORECASE)
    ]
    return f"{named[-1].name} ({named[-1].on})" if named else ""


def _term(issue: Issue, option: Option, meeting: Meeting) -> str:
    """Return the term that an option names, where it has come; empty where it has not, or it names none."""
    delay = _DELAY.search(option.label) is not None
    named = [(day.words, day.first, day.day) for day in find_days(option.label)] or _without_a_year(
        option.label, option.since or issue.meetings[0].on
    )
    for words, first, last in named:
        put_off_to_this = delay and meeting != issue.meetings[0] and first <= meeting.on
        if put_off_to_this or last < meeting.on:
            return words
    return ""


def _without_a_year(label: str, begin: Day) -> list[tuple[str, Day, Day]]:
    """Return the days and months that a label names without a year, each the first that ends on a day or later.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> [(words, str(first)) for words, first, _ in _without_a_year("put off to 20 January", parse_day("2025-12-19"))]
    [('20 January 2026', '2026-01-20')]
    """
    named = []
    for match in _MONTH.finditer(label):
        month, in_month = list(calendar.month_name).index(match["month"]), int(match["day"] or 0)
        for year in (begin.year, begin.year + 1):
            length = calendar.monthrange(year, month)[1]
            if in_month > length:
                continue
            first, last = dt.date(year, month, in_month or 1), dt.date(year, month, in_month or length)
            if last >= begin:
                named.append((f"{match.group(0)} {year}", first, last))
                break
    return named
