"""Days as people spell them, and the rows that hold on one."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Iterable

from foedus.base.days import Day, parse_day
from foedus.base.errors import FoedusError
from foedus.world import horizon
from foedus.world.records import Dated

DatedRecord = typing.TypeVar("DatedRecord", bound=Dated)


def on_day(rows: Iterable[DatedRecord], on: Day) -> list[DatedRecord]:
    """Return the rows that are known to hold on a day.

    A row whose first day is not known is known to hold only at the end of what was compiled, and then only when it has
    no end.
    """
    holding = []
    for row in rows:
        interval = row.interval
        if on in interval and (interval.start is not None or (interval.end is None and on >= horizon.AS_OF)):
            holding.append(row)
    return holding


def start_unknown(rows: Iterable[DatedRecord], on: Day) -> list[DatedRecord]:
    """Return the rows that may hold on a day and whose first day is not known."""
    return [row for row in rows if row.interval.start is None and on in row.interval and row not in on_day([row], on)]


def as_day(day: Day | str) -> Day:
    """Return a day from its spelling.

    Raises
    ------
    FoedusError
        When it is none.
    """
    if isinstance(day, str):
        try:
            return parse_day(day)
        except ValueError as error:
            raise FoedusError(str(error)) from None
    if not isinstance(day, Day) or isinstance(day, dt.datetime):
        raise FoedusError(f"{day!r} is no day; expected a date, or text such as 2023-07-11")
    return day
