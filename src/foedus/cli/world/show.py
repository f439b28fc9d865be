"""``foedus world show``: all that is known of one actor, place, treaty or event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, since, tell, the_day

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor or a place, such as Japan or Guam.")],
    on: OnDay = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """Tell what is known of an actor or a place on a day."""
    from foedus.base.errors import FoedusError

    day, world = the_day(on), open_world(folder)
    try:
        actor = world.find(name, day)
    except FoedusError as no_actor:
        if (place := _place_called(world, name)) is None:
            raise no_actor from None
        _place(world, place, day, json)
        return
    _actor(world, actor, _place_called(world, name), day, json)


def _place_called(world: World, name: str) -> str | None:
    from foedus.base.errors import FoedusError

    try:
        return world.place(name).id
    except FoedusError:
        return None


def _place(world: World, place: str, day: Day, json: bool) -> None:
    found, held = world.places[place], world.sovereigns_of(place, day)
    north, east = "N" if found.latitude >= 0 else "S", "E" if found.longitude >= 0 else "W"
    where = f"{abs(found.latitude):.2f}°{north} {abs(found.longitude):.2f}°{east}"
    within = f", within {found.within}" if found.within else ""
    tell(
        {"on": day, "place": row_of(found), "held": [row_of(row, "place") for row in held]},
        json,
        f"{found.name} ({found.kind}, {found.continent or found.ocean}, {where}{within}) on {day}. {remark(found)}",
        ["whose", "standing", "since", "source", "note"],
        [[row.actor, row.standing, since(row), world.sources[row.source].title, remark(row)] for row in held],
        on=day,
    )


def _actor(world: World, actor: str, place: str | None, day: Day, json: bool) -> None:
    from foedus.world.horizon import last_known, remark_on

    found = world.actors[actor]
    lives = day in found.interval
    belongs = world.memberships_of(actor, day)
    partner = [row for row in world.partnerships if row.actor == actor and day in row.interval]
    bound = world.treaties_of(actor, day)
    offices = world.offices_of(actor, day)
    last = last_known(world.offices, actor, day)
    presences = [
        row for row in world.presences if actor in {row.host, row.organisation, *row.sender} and day in row.interval
    ]
    held = world.sovereigns_of(place, day) if place else ()
    names = [row for row in world.names if row.actor == actor and day in row.interval]
    answer: dict[str, object] = {
        "on": day,
        "actor": row_of(found),
        "exists": lives,
        "names": [row_of(row, "actor") for row in names],
        "offices": [{**row_of(row, "actor"), "end_unknown": remark_on(row, day) or None} for row in offices],
        "offices_not_known": [{**row_of(row, "actor"), "end_unknown": remark_on(row, day)} for row in last],
        "memberships": [row_of(row, "actor") for row in belongs],
        "partnerships": [row_of(row, "actor") for row in partner],
        "treaties": [row_of(row, "actor") for row in bound],
        "presences": [row_of(row) for row in presences],
        "place": row_of(world.places[place]) if place else None,
        "held": [row_of(row, "place") for row in held],
    }
    codes = ", ".join(
        f"{label} {code}"
        for label, code in (("ISO", found.iso3), ("COW", found.cow), ("GW", found.gw))
        if code and code != "-"
    )
    state = "" if lives else f"; it did not exist on that day ({found.interval})"
    rows = [
        ["name", f"{row.name} ({row.kind}, {row.language})", since(row) if row.start else "", remark(row)]
        for row in names
    ]
    rows += [["office", f"{row.person}, {row.title}", since(row), remark(row, day)] for row in offices]
    rows += [["not known", f"{row.title}; last known: {row.person}", since(row), remark(row, day)] for row in last]
    rows += [
        ["membership", f"{world.name(row.organisation)} ({row.status})", since(row), remark(row)] for row in belongs
    ]
    rows += [
        ["partnership", f"{world.name(row.organisation)}: {row.format}", since(row), remark(row)] for row in partner
    ]
    rows += [["treaty", world.treaties[row.treaty].title, since(row), remark(row)] for row in bound]
    rows += [["presence", f"{row.kind}: {row.name}, {row.place}", since(row), remark(row)] for row in presences]
    rows += [["place", f"{row.standing}: {world.name(row.actor)}", since(row), remark(row)] for row in held]
    tell(
        answer,
        json,
        f"{found.name} ({actor}; {found.kind}{'; ' + codes if codes else ''}) on {day}{state}",
        ["", "what", "since", "note"],
        rows,
        on=day,
    )
