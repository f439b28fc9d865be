"""Days without time zones, and half-open intervals of days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from foedus.base.errors import FoedusError

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

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
