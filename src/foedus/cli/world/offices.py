"""``foedus world offices``: who held which office, on a day or at all times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import OnDay
from foedus.cli.world.runner import Page, Table, about_the_world, columns, maybe_day, remark, rows_of

if TYPE_CHECKING:
    from foedus.world import World
else:
    World = object  # signatures are read when the program starts; the world is loaded when a command runs


@about_the_world
def offices(
    world: World,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="An actor, such as France, or an office: 'French foreign minister'.")
    ],
    on: OnDay = None,
    kind: Annotated[
        str | None, typer.Option("--office", metavar="OFFICE", help="One office, such as foreign-minister.")
    ] = None,
) -> Page:
    """Tell who held an actor's offices, or one office, on a day.

    Without --on those of all times.
    """
    from foedus.base.errors import FoedusError
    from foedus.world.horizon import last_known, remark_on
    from foedus.world.offices import KINDS, each_once, holders, is_called, office_named, with_institutions

    day = maybe_day(on)
    named = office_named(world, name, day)
    actor, called, kinds = named if named is not None else (world.find(name, day), "", KINDS)
    if kind is not None and kind not in KINDS:
        raise FoedusError(f"--office: no office {kind!r}; known are {', '.join(KINDS)}")
    kinds = kinds if kind is None else (kind,)
    whose = with_institutions(world, actor, day)
    found = holders(world, whose, kinds, called, day)
    late = [] if day is None else [row for one in whose for row in last_known(world.offices, one, day)]
    last = each_once(row for row in late if row.office in kinds and is_called(row, called))
    asked = name if named is not None else world.name(actor)
    answer = {
        "actor": actor,
        "on": day,
        "office": kind,
        "offices": rows_of(found, end_unknown=lambda row: remark_on(row, day) or None),
        "offices_not_known": rows_of(last, end_unknown=lambda row: remark_on(row, day)),
    }
    shown = columns(
        "whose=actor office=title person since until source note",
        since=lambda row: row.start or "?",
        until=lambda row: row.end or "",
        source=lambda row: world.sources[row.source].title,
        note=lambda row: remark(row, day),
    )
    when = f" on {day}" if day else ""
    parts: list[Table | str] = []
    if found:
        parts.append(Table(f"{asked}{when}", shown, found))
    elif not last:
        parts.append(f"{asked}{when}: nobody is known{_before_and_after(world, whose, kinds, called, day)}")
    if last:
        parts.append(Table(f"{asked}{when}: not known; the last that are known", shown, last))
    return Page(answer, parts, day)


def _before_and_after(world: World, whose: tuple[str, ...], kinds: tuple[str, ...], called: str, day: object) -> str:
    """Return who held an office last before a day and first after it."""
    from foedus.base.days import Day
    from foedus.world.offices import holders

    if not isinstance(day, Day):
        return ""
    every = holders(world, whose, kinds, called)
    before = [row for row in every if row.end is not None and row.end <= day]
    after = [row for row in every if row.start is not None and row.start > day]
    told = ""
    if before:
        row = max(before, key=lambda one: one.end or Day.min)
        told += f"; before: {row.person}, {row.title}, until {row.end}"
    if after:
        row = min(after, key=lambda one: one.start or Day.max)
        told += f"; after: {row.person}, {row.title}, from {row.start}"
    return told
