"""Where knowledge ends: days after the last revision of the tables, and offices whose end nobody looked up."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.base.days import Day
from foedus.world.records import Office
from foedus.world.ties import Instrument

AS_OF = Day(2026, 11, 22)
"""The day of the last revision: the packaged facts were compiled up to it."""


def beyond(on: Day | None) -> str:
    """Return a warning where a day lies after the last revision of the tables, or nothing.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> beyond(parse_day("2023-07-11"))
    ''
    >>> beyond(parse_day("2030-06-01"))
    'the tables were last revised on 2026-11-22: what changed between that day and 2030-06-01 is not known'
    """
    if on is None or on <= AS_OF:
        return ""
    return f"the tables were last revised on {AS_OF}: what changed between that day and {on} is not known"


def held(office: Office, on: Day) -> bool:
    """Tell whether somebody is known to hold an office on a day.

    Nobody is known to hold an office after the last revision, unless the row itself says until when.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> [trump] = [row for row in packaged_world().offices if row.person == "Donald Trump" and row.end is None][:1]
    >>> held(trump, parse_day("2026-01-01")), held(trump, parse_day("2030-06-01"))
    (True, False)
    """
    return on in office.interval and (on <= AS_OF or office.end is not None)


def may_hold(office: Office, on: Day) -> bool:
    """Tell whether the last holder that is known may still be in office on a day after the last revision."""
    runs_out = office.term_ends is not None and office.term_ends <= on
    return on in office.interval and office.end is None and on > AS_OF and not runs_out


def remark_on(office: Office, on: Day | None) -> str:
    """Return what is not known of the end of an office on a day, or nothing.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> [macron] = [office for office in packaged_world().offices if office.person == "Emmanuel Macron"]
    >>> remark_on(macron, parse_day("2027-01-01"))
    'not known after 2026-11-22; the term runs to 2027-05-14'
    >>> remark_on(macron, parse_day("2028-01-01"))
    'the term ended on 2027-05-14 at the latest; not known after 2026-11-22'
    """
    if on is None or office.end is not None:
        return ""
    if on > AS_OF:
        if office.term_ends is None:
            return f"not known after {office.seen or AS_OF}"
        if office.term_ends <= on:
            return f"the term ended on {office.term_ends} at the latest; not known after {AS_OF}"
        return f"not known after {office.seen or AS_OF}; the term runs to {office.term_ends}"
    if office.seen is not None and on > office.seen:
        return f"last seen in this office on {office.seen}; whether it ended before {on} is not known"
    return ""


def remark_on_instrument(paper: Instrument, on: Day | None) -> str:
    """Return what is not known of the end of a partnership document on a day, or nothing."""
    if on is None or paper.expires is not None or paper.seen is None or on <= paper.seen:
        return ""
    return f"last seen in force on {paper.seen}; whether it ended before {on} is not known"


def last_known(offices: Iterable[Office], actor: str, on: Day) -> list[Office]:
    """Return who of an actor was in office when the tables were last revised, for a day after that."""
    return [
        office
        for office in offices
        if office.actor == actor and office.end is None and on > AS_OF and on in office.interval
    ]


LEADERS = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister", "secretary-general")
"""The kinds of office of which an answer says that nobody is known, where somebody was before."""

FOLLOWED = 10
"""How many years after its last holder an office counts as one that the tables follow."""


def vacant(offices: Iterable[Office], actor: str, on: Day) -> list[Office]:
    """Return the last holder of each leading office of an actor that nobody is known to hold on a day.

    Holders who left more than ten years before are not told: the tables then do not follow the office.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> [office.person for office in vacant(packaged_world().offices, "POL", parse_day("2020-08-22"))]
    ['Jacek Czaputowicz']
    """
    own = [office for office in offices if office.actor == actor and office.start is not None and office.start <= on]
    last = []
    for kind in LEADERS:
        rows = [office for office in own if office.office == kind]
        ends = [row.end for row in rows if row.end is not None]
        if rows and len(ends) == len(rows) and max(ends) <= on and on.year - max(ends).year <= FOLLOWED:
            last.append(next(row for row in rows if row.end == max(ends)))
    return last
