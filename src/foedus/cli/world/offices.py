"""``foedus world offices``: who held which office on a day."""

from __future__ import annotations

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
        str | None,
        typer.Argument(
            metavar="[ACTOR]", help="A state or an organisation, or 'the French foreign minister'; by default all."
        ),
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
    from foedus.world.posts import between_holders, called, held_between, held_on, is_title, named, offices_of

    if on is not None and (start or end):
        raise FoedusError("--on is one day; leave out --from and --until")
    first, last = days_between(start, end)
    day = None if start or end else the_day(on)
    said: tuple[str | None, str] | None = (
        named(world, actor, day or last) if actor is not None and office is None else None
    )
    if said is None and actor is not None and office is None and is_title(world, actor):
        said = (None, actor)
    whose = said[0] if said is not None else world.find(actor) if actor is not None else None
    office = said[1] if said is not None else office
    rows = offices_of(world, whose)
    if not rows:
        raise FoedusError(f"no office of {world.name(whose or '')} is known")
    if office is not None:
        rows = called(rows, office, world.name(whose) if whose else "")
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
    parts = _parts(world, found, title, whose, seen)
    if day is not None and found.rows and whose is not None:
        parts += [_vacant(world, before, after) for before, after in between_holders(rows, day)]
    return Page(answer, parts, seen)


def _vacant(world: World, before: Office, after: Office) -> str:
    """Return that nobody is known in an office on a day between two holders."""
    of = world.name(before.actor)
    return (
        f"Vacant or not known: {before.title} of {of}; the last before: {before.person}, until {before.end}; "
        f"the next: {after.person}, from {after.start}"
    )


def _parts(world: World, found: Held, title: str, whose: str | None, day: Day | None) -> list[Table | str]:
    if not found.rows and not found.last_known:
        return [f"{title}: nobody is known{_neighbours(found)}"]
    special: dict[str, Any] = {
        "of": lambda row: world.name(row.actor),
        "source": lambda row: world.sources[row.source].title,
        "note": lambda row: remark(row, day),
    }
    every = (*found.rows, *found.last_known)
    shown = columns(
        f"{'' if whose and len({row.actor for row in every}) < 2 else 'of '}title person since source note", **special
    )
    from foedus.world.posts import once

    parts: list[Table | str] = []
    if rows := once(found.rows):
        parts.append(Table(title if len(rows) == 1 else f"{title}: {len(rows)}", shown, rows))
    if last := once(found.last_known):
        parts.append(Table(f"{title}: not known; last known", shown, last))
    return parts


def _neighbours(found: Held) -> str:
    """Return who came before and after a day on which nobody is known."""

    def told(row: Office) -> str:
        return f"{row.person}, {row.title}"

    before = f"; the last before: {told(found.before)}, until {found.before.end}" if found.before else ""
    return before + (f"; the next: {told(found.after)}, from {found.after.start}" if found.after else "")


def _between(first: Day | None, last: Day | None) -> str:
    return " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))
