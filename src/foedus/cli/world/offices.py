"""``foedus world offices``: who held which office on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.options import OnDay
from foedus.cli.world.runner import Page, Table, about_the_world, columns, days_between, remark, rows_of, the_day

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World
    from foedus.world.posts import Held
    from foedus.world.records import Office
else:
    World = object  # signatures are read when the program starts; the world is loaded when a command runs


@about_the_world
def offices(
    world: World,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="A state or an organisation; by default all.")
    ] = None,
    office: Annotated[
        str | None,
        typer.Option("--office", metavar="OFFICE", help="Such as 'foreign minister', president or SACEUR."),
    ] = None,
    on: OnDay = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Instead: all holders from this day (YYYY-MM-DD).")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="With --from or instead of it: up to this day.")
    ] = None,
) -> Page:
    """List who held which office on a day, or one after the other between two days."""
    from foedus.base.errors import FoedusError
    from foedus.world.horizon import remark_on
    from foedus.world.posts import called, held_between, held_on, offices_of

    if on is not None and (start or end):
        raise FoedusError("--on is one day; leave out --from and --until")
    whose = world.find(actor) if actor is not None else None
    rows = offices_of(world, whose)
    if not rows:
        raise FoedusError(f"no office of {world.name(whose or '')} is known")
    if office is not None:
        rows = called(rows, office, world.name(whose) if whose else "")
    first, last = days_between(start, end)
    day = None if start or end else the_day(on)
    found = held_on(rows, day) if day is not None else held_between(rows, first, last)
    seen = day or last
    answer = {
        "actor": whose,
        "office": office,
        "on": day,
        "from": first,
        "until": last,
        "offices": rows_of(found.rows, end_unknown=lambda row: remark_on(row, seen) or None),
        "offices_not_known": rows_of(found.last_known, end_unknown=lambda row: remark_on(row, seen)),
        "before": rows_of([found.before])[0] if found.before else None,
        "after": rows_of([found.after])[0] if found.after else None,
    }
    when = f"on {day}" if day is not None else _between(first, last)
    title = f"{world.name(whose) if whose else 'Everybody'}, {office or 'offices'} {when}"
    return Page(answer, _parts(world, found, title, whose, seen), seen)


def _parts(world: World, found: Held, title: str, whose: str | None, day: Day | None) -> list[Table | str]:
    if not found.rows and not found.last_known:
        return [f"{title}: nobody is known{_neighbours(found)}"]
    special: dict[str, Any] = {"of": lambda row: world.name(row.actor), "note": lambda row: remark(row, day)}
    shown = columns(f"{'' if whose else 'of '}title person since note", **special)
    parts: list[Table | str] = []
    if rows := _once(found.rows):
        parts.append(Table(title if len(rows) == 1 else f"{title}: {len(rows)}", shown, rows))
    if last := _once(found.last_known):
        parts.append(Table(f"{title}: not known; last known", shown, last))
    return parts


def _once(rows: Iterable[Office]) -> list[Office]:
    """Return rows without those that say the same of somebody who is head of state and of government in one."""
    return list({(row.actor, row.title, row.person, row.start): row for row in rows}.values())


def _neighbours(found: Held) -> str:
    """Return who came before and after a day on which nobody is known."""

    def told(row: Office) -> str:
        return f"{row.person}, {row.title}"

    before = f"; the last before: {told(found.before)}, until {found.before.end}" if found.before else ""
    return before + (f"; the next: {told(found.after)}, from {found.after.start}" if found.after else "")


def _between(first: Day | None, last: Day | None) -> str:
    return " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))
