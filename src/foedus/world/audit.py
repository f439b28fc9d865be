"""How much of the packaged facts was read in the sources that they name, and which rows nobody closed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import Problems
from foedus.world.horizon import AS_OF
from foedus.world.loading import FILES, picking
from foedus.world.packaged import packaged_world
from foedus.world.records import Office, Sourced
from foedus.world.ties import Instrument
from foedus.world.world import World

LONG = 10
"""Years after which a post or a programme that nobody closed is doubted."""

FOR_LIFE = {"Monarch", "King", "Queen", "Emperor", "Grand Duke", "Emir", "Sultan", "Pope", "Sovereign Prince", "Prince"}
"""Titles that are held for life, so that no term ends."""

ONE_HOLDER = {"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "secretary-general"}
"""Offices that one person holds at a time; of others, those with the same title are compared."""

PROGRAMMES = {"IPCP", "ITPP", "IPAP", "IPP"}
"""Instruments of which a new one takes the place of the former."""


@dataclass(frozen=True, slots=True)
class Audit:
    """How much of a table was read in its source, and between which days it lies.

    Attributes
    ----------
    table, rows, verified
        The file, its rows, and those that were read in their source.
    checked
        Those that a second reader compared with a source.
    newest
        The latest day on which a row begins, ends or falls.
    oldest_open
        The earliest first day of a row that has no last one; None where every row has one.
    """

    table: str
    rows: int
    verified: int
    checked: int
    newest: Day | None
    oldest_open: Day | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that seems to go on only because nobody closed it.

    Attributes
    ----------
    table, row, why
        Where it stands, which it is, and what speaks against it.
    """

    table: str
    row: str
    why: str


def audit(world: World | None = None) -> Iterator[Audit]:
    """Yield every table whose rows say whether they were verified; by default the packaged ones.

    Raises
    ------
    InputError
        When a row of ``checks.csv`` picks no row or several.

    Examples
    --------
    >>> answer = {table.table: table for table in audit()}
    >>> answer["treaty_parties.csv"].rows >= answer["treaty_parties.csv"].verified > 0
    True
    """
    world = world or packaged_world()
    checked = _checked(world)
    for file, record in FILES.items():
        rows = _rows(world, file)
        if rows and issubclass(record, Sourced):
            days = [day for row in rows for name in _DAYS if isinstance(day := getattr(row, name, None), Day)]
            opened = [row.start for row in rows if getattr(row, "start", None) and getattr(row, "end", AS_OF) is None]
            yield Audit(
                file,
                len(rows),
                sum(row.verified for row in rows),
                checked.get(file, 0),
                max((day for day in days if day <= AS_OF), default=None),
                min(opened, default=None),
            )


_DAYS = ("start", "end", "adopted", "expires", "signed", "in_force", "known", "seen")


def _rows(world: World, file: str) -> list[Any]:
    rows_of_table = getattr(world, file.removesuffix(".csv"))
    return list(rows_of_table.values() if isinstance(rows_of_table, dict) else rows_of_table)


def _checked(world: World) -> dict[str, int]:
    """Return how many rows of each table a second reader checked; one that was checked twice counts once."""
    problems, checked = Problems("world/checks.csv"), dict[str, set[int]]()
    picks = {
        file: picking(list(enumerate(_rows(world, file))), file)
        for file in {check.table for check in world.checks} & {*FILES}
    }
    for check in world.checks:
        picked = picks[check.table](check.row) if check.table in picks else None
        if picked is None or len(picked) != 1:
            problems.add(f"cells that pick one row of {check.table}", field="row", value=check.row)
        else:
            checked.setdefault(check.table, set()).add(picked[0][0])
    problems.raise_if_any()
    return {file: len(rows) for file, rows in checked.items()}


def doubts(world: World | None = None) -> tuple[Doubt, ...]:
    """Return the rows that seem to go on only because nobody closed them; by default the packaged ones.

    Two persons in one office at once, a programme without an end although another took its place, and a post or a
    programme that has lasted ten years without a term, a last sighting or an end.

    Examples
    --------
    >>> doubts()
    ()
    """
    world = world or packaged_world()
    return (*_two_holders(world.offices), *_long_posts(world.offices), *_superseded(world.instruments))


def _two_holders(offices: Iterable[Office]) -> Iterator[Doubt]:
    held: dict[tuple[str, str], list[Office]] = {}
    for office in offices:
        if (
            "acting" not in office.title.casefold()
            and office.office in {*ONE_HOLDER, "other"}
            and office.start is not None
        ):
            kind = office.office if office.office in ONE_HOLDER else office.title
            held.setdefault((office.actor, kind), []).append(office)
    for (actor, kind), rows in held.items():
        for office, other in itertools.combinations(sorted(rows, key=lambda row: row.start or Day.min), 2):
            if office.interval.overlaps(other.interval):
                yield Doubt(
                    "offices.csv",
                    f"{actor} {kind}: {office.person}, {office.interval}",
                    f"{other.person} holds the same office, {other.interval}",
                )


def _long_posts(offices: Iterable[Office]) -> Iterator[Doubt]:
    for office in offices:
        looked_up = office.term_ends or office.seen or office.title in FOR_LIFE
        if office.end is None and not looked_up and (office.start is None or AS_OF.year - office.start.year >= LONG):
            since = f"since {office.start}" if office.start else "from a day that is not known"
            yield Doubt(
                "offices.csv", f"{office.actor}: {office.person}, {office.title}", f"{since}, without term or end"
            )


def _superseded(instruments: Iterable[Instrument]) -> Iterator[Doubt]:
    rows = [instrument for instrument in instruments if instrument.instrument in PROGRAMMES]
    for row in rows:
        if row.expires is not None or row.seen is not None or row.adopted is None:
            continue
        later = [
            other
            for other in rows
            if (other.organisation, other.actor) == (row.organisation, row.actor)
            and (other.adopted or other.expires or Day.min) > row.adopted
        ]
        if later or AS_OF.year - row.adopted.year >= LONG:
            why = f"followed by: {later[0].title}" if later else f"adopted {row.adopted}, without an end"
            yield Doubt("instruments.csv", f"{row.actor}: {row.title}, {row.adopted}", why)
