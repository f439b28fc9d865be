"""All that is known of an actor or a place on a day."""

from __future__ import annotations

import contextlib
import operator
from collections.abc import Iterator
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions import packaged_institutions
from foedus.reports.world.happenings import place_called
from foedus.reports.world.names import place as place_page
from foedus.reports.world.page import Page, left_out, listing, remark, row_of, rows_of, since
from foedus.reports.world.treaties import treaty_of_organisation
from foedus.world import World
from foedus.world.days import on_day, start_unknown
from foedus.world.horizon import last_known, remark_on, vacant
from foedus.world.posts import with_institutions
from foedus.world.records import Actor, Office
from foedus.world.ties import Treaty


def show(world: World, name: str, day: Day) -> Page:
    """Return what is known of an actor or a place on a day."""
    place = place_called(world, name)
    try:
        actor = world.find(name, day)
    except FoedusError:
        if place is None:
            raise
        return place_page(world, place, day)
    return _actor(world, actor, place, day)


def _actor(world: World, actor: str, place: str | None, day: Day) -> Page:
    record = world.actors[actor]
    names = [row for row in world.names if row.actor == actor and day in row.interval]
    whose = with_institutions(world, actor, day)
    offices = [row for id_ in whose for row in world.offices_of(id_, day)]
    last = [row for id_ in whose for row in last_known(world.offices, id_, day)]
    gone = vacant(world.offices, actor, day) if day in record.interval else []
    belongs = world.memberships_of(actor, day)
    every_partner = [row for row in world.partnerships if row.actor == actor]
    partner = on_day(every_partner, day)
    bound = world.treaties_of(actor, day)
    every_presence = [p for p in world.presences if actor in {p.host, p.organisation, *p.sender}]
    hosted = on_day(every_presence, day)
    undated = [
        *(f"{p.kind}: {p.name}, {p.place}" for p in start_unknown(every_presence, day)),
        *(f"{world.name(p.organisation)}: {p.format}" for p in start_unknown(every_partner, day)),
    ]
    held = world.sovereigns_of(place, day) if place else ()
    seated: tuple[Any, ...] = ()
    if record.kind == "organisation" and day in record.interval:
        with contextlib.suppress(FoedusError):  # no member of it is known, or none yet
            seated = world.members(actor, day)
    bodies = _bodies_of(actor, day)
    partners = on_day((row for row in world.partnerships if row.organisation == actor), day)
    met = sorted(
        (e for e in world.events.values() if e.id.startswith(f"{actor}-") and e.start <= day),
        key=operator.attrgetter("start"),
    )
    own = treaty_of_organisation(world, actor)
    answer = {
        "on": day,
        "actor": row_of(record),
        "exists": day in record.interval,
        "names": rows_of(names, "actor"),
        "made_up_of": [{"actor": row.actor, "name": world.name(row.actor)} for row in seated],
        "bodies": bodies,
        "partners": [{"actor": row.actor, "format": row.format} for row in partners],
        "own_treaty": own,
        "last_event": row_of(met[-1]) if met else None,
        "offices": rows_of(offices, "actor", end_unknown=lambda row: remark_on(row, day) or None),
        "offices_not_known": rows_of(
            [*last, *gone], "actor", end_unknown=lambda row: remark_on(row, day) or _gone(row)
        ),
        "memberships": rows_of(belongs, "actor"),
        "partnerships": rows_of(partner, "actor"),
        "treaties": rows_of(bound, "actor"),
        "presences": rows_of(hosted),
        "place": row_of(world.places[place]) if place else None,
        "held": rows_of(held, "place"),
    }
    dated: list[tuple[str, str, Any]] = [
        *(("office", f"{row.person}, {_titled(world, row, actor)}", row) for row in offices),
        *(("not known", f"{row.title}; last known: {row.person}", row) for row in last),
        *(("membership", f"{world.name(row.organisation)} ({row.status})", row) for row in belongs),
        *(("partnership", f"{world.name(row.organisation)}: {row.format}", row) for row in partner),
        *(("treaty", world.treaties[row.treaty].title, row) for row in bound),
        *(("presence", f"{row.kind}: {row.name}, {row.place}", row) for row in hosted),
        *(("place", f"{row.standing}: {world.name(row.actor)}", row) for row in held),
    ]
    told = [
        *_names(record, names),
        *((kind, what, since(row), remark(row, day)) for kind, what, row in dated),
        *(("not known", f"{row.title}; last known: {row.person}", since(row), _gone(row)) for row in gone),
        *_as_organisation(world, actor, day, seated, partners),
    ]
    if own is not None:
        treaty = world.treaties[own]
        told.append(("its treaty", treaty.title, _in_force(treaty), f"foedus world treaties {own} has its clauses"))
    if met:
        told.append(("last event", f"{met[-1].name}, {met[-1].place}", str(met[-1].start), f"of {len(met)} known"))
    told += [("body", f"{body['name']} ({body['id']})", "", body["rule"] or "no rule on this day") for body in bodies]
    shown = {heading: operator.itemgetter(k) for k, heading in enumerate(("", "what", "since", "note"))}
    return Page(answer, [listing("actor", _title(record, day), shown, told, left_out(undated))], day)


def _names(record: Actor, names: list[Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the names of an actor, each with its days where they are known, and when an organisation was founded."""
    for row in names:
        yield "name", f"{row.name} ({row.kind}, {row.language})", since(row) if row.start else "", remark(row)
    if record.kind == "organisation" and record.start is not None:
        yield "founded", str(record.start), "", remark(record)


def _as_organisation(
    world: World, actor: str, day: Day, seated: tuple[Any, ...], partners: Any
) -> Iterator[tuple[str, str, str, str]]:
    """Yield who belongs to an organisation and who is its partner, with the command that tells more."""
    if seated:
        listed = ", ".join(sorted(world.name(row.actor) for row in seated))
        yield f"{len(seated)} members", listed, "", f"foedus world members {actor} --on {day} has their days"
    if partners:
        listed = ", ".join(sorted({row.actor for row in partners}))
        yield "partners", listed, "", f"foedus world partners {actor} --on {day} has their formats"


def _title(record: Actor, day: Day) -> str:
    codes = ", ".join(
        f"{label} {code}"
        for label, code in (("ISO", record.iso3), ("COW", record.cow), ("GW", record.gw))
        if code and code != "-"
    )
    state = "" if day in record.interval else f"; it did not exist on that day ({record.interval})"
    return f"{record.name} ({record.id}; {record.kind}{'; ' + codes if codes else ''}) on {day}{state}"


def _gone(office: Office) -> str:
    return f"ended on {office.end}; nobody is known to hold it on this day"


def _titled(world: World, office: Any, actor: str) -> str:
    """Return an office's title, with the institution where it is one of those that make up the actor."""
    return str(office.title) if office.actor == actor else f"{office.title} of the {world.name(office.actor)}"


def _in_force(treaty: Treaty) -> str:
    """Return from when to when a treaty is in force."""
    if treaty.in_force is None:
        return "not in force"
    return f"{treaty.in_force} to {treaty.end}" if treaty.end else str(treaty.in_force)


def _bodies_of(organisation: str, day: Day) -> list[dict[str, str | None]]:
    """Return the bodies in which an organisation's members sit, each with its usual rule on a day, if it had one."""
    bodies = []
    for body in packaged_institutions().bodies.values():
        if organisation in body.seated_by.memberships:
            rule = None
            with contextlib.suppress(FoedusError):
                rule = body.rule(day).words()
            bodies.append({"id": body.id, "name": body.name_on(day), "rule": rule})
    return bodies
