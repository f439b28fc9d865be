"""Who goes by a name, who held an office, and where places lie and whose they are."""

from __future__ import annotations

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.reports.numbers import Number
from foedus.reports.sections import Section
from foedus.reports.world.page import Page, columns, listing, marked, remark, row_of, rows_of, sentence, since
from foedus.world import World
from foedus.world.horizon import remark_on
from foedus.world.posts import Held, between_holders, called, held_between, held_on, is_title, named, offices_of, once
from foedus.world.records import Office
from foedus.world.resolver import Candidate, bearers


def places(world: World, actor: str | None, day: Day) -> Page:
    """Return places below the states, and who holds, administers or claims them on a day."""
    wanted = world.find(actor) if actor is not None else None
    holders = {place.id: world.sovereigns_of(place.id, day) for place in world.places.values()}
    found = [
        place
        for place in world.places.values()
        if wanted is None or any(row.actor == wanted for row in holders[place.id])
    ]
    shown = columns(
        "id name kind latitude longitude whose",
        latitude=lambda p: Number(p.latitude, "degree"),
        longitude=lambda p: Number(p.longitude, "degree"),
        whose=lambda p: "; ".join(
            f"{row.actor} {row.standing}{'' if row.verified else ' UNVERIFIED'}" for row in holders[p.id]
        ),
    )
    listed = rows_of(found, held=lambda p: rows_of(holders[p.id], "place"))
    table = listing("places", f"Places on {day}: {len(found)}", shown, found)
    return Page({"on": day, "actor": wanted, "places": listed}, [table], day)


def place(world: World, place: str, day: Day) -> Page:
    """Return where one place lies and whose it is on a day."""
    record, held = world.places[place], world.sovereigns_of(place, day)
    north, east = "N" if record.latitude >= 0 else "S", "E" if record.longitude >= 0 else "W"
    where = f"{Number(abs(record.latitude), 'degree')}°{north} {Number(abs(record.longitude), 'degree')}°{east}"
    within = f", within {record.within}" if record.within else ""
    title = f"{record.name} ({record.kind}, {record.continent or record.ocean}, {where}{within}) on {day}"
    shown = columns("whose=actor standing since source note", world)
    answer = {"on": day, "place": row_of(record), "held": rows_of(held, "place")}
    return Page(answer, [listing("place", title, shown, held, above=remark(record))], day)


def resolve(world: World, name: str, day: Day | None) -> Page:
    """Return who goes by a name on a day, or every candidate with the reason."""
    resolution = world.resolve(name, day)
    office = named(world, name, day) if day is not None else None
    posts = None
    if office is not None and day is not None:
        posts = held_on(called(offices_of(world, office[0]), office[1], world.name(office[0])), day)
    others = _other_bearers(world, name, day, resolution.candidates)
    candidates = [
        {
            "actor": c.actor,
            "name": a.name,
            "kind": c.kind,
            "reason": c.reason,
            "verified": c.verified,
            "end_unknown": (remark_on(c.office, day) if c.office else "") or None,
            "note": (c.office.note if c.office else "") or None,
        }
        for c, a in zip(resolution.candidates, resolution.actors, strict=True)
    ]
    shown = columns(
        "id name why",
        id=lambda c: c["actor"],
        name=lambda c: c["name"],
        why=lambda c: "; ".join(
            filter(None, (marked(c["reason"], verified=c["verified"]), c["end_unknown"], c["note"]))
        ),
    )
    title = (
        f"{name!r} may be any of {len(candidates)}" if resolution.ambiguous else f"{name!r} is {resolution.actor.name}"
    )
    answer = {
        "name": name,
        "on": resolution.on,
        "actor": None if resolution.ambiguous else resolution.id,
        "candidates": candidates,
        "holders": rows_of(posts.rows if posts else (), end_unknown=lambda row: remark_on(row, day) or None),
        "on_other_days": [{"actor": other.actor, "reason": other.reason} for other in others],
    }
    above, below = [], []
    for row in once(posts.rows) if posts else ():
        above.append(f"{row.title} on {day}: {row.person}, {since(row)}. {remark(row, day)}".strip())
    for row in once(posts.last_known) if posts else ():
        above.append(f"{row.title} on {day}: not known; last known: {row.person}, {remark_on(row, day)}")
    if others:
        below.append(f"on other days: {'; '.join(f'{other.actor}: {other.reason}' for other in others)}")
    return Page(answer, [listing("names", title, shown, candidates, *below, above="; ".join(above))], day)


def _other_bearers(world: World, name: str, day: Day | None, candidates: tuple[Candidate, ...]) -> list[Candidate]:
    """Return the persons who bore a name on other days than the one asked about, where a person is meant on it."""
    if day is None or not any(candidate.kind == "person" for candidate in candidates):
        return []
    told = {candidate.reason for candidate in candidates}
    return [bearer for bearer in bearers(world, name) if bearer.reason not in told]


def offices(
    world: World, actor: str | None, office: str | None, day: Day | None, first: Day | None, last: Day | None
) -> Page:
    """Return who held which office on a day, or one after the other between two days."""
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
    holding = held_on(rows, day) if day is not None else held_between(rows, first, last)
    seen = day or last
    answer = {
        "actor": whose,
        "office": office,
        "on": day,
        "from": first,
        "until": last,
        "offices": rows_of(holding.rows, end_unknown=lambda row: remark_on(row, seen) or None),
        "offices_not_known": rows_of(holding.last_known, end_unknown=lambda row: remark_on(row, seen)),
        "before": rows_of([holding.before])[0] if holding.before else None,
        "after": rows_of([holding.after])[0] if holding.after else None,
    }
    between = " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))
    when = f"on {day}" if day is not None else between
    title = f"{world.name(whose) if whose else 'Everybody'}, {office or 'offices'} {when}"
    if not holding.rows and not holding.last_known:
        return Page(answer, [sentence("offices", f"{title}: nobody is known{_neighbours(holding)}")], seen)
    one_office = whose and len({row.actor for row in (*holding.rows, *holding.last_known)}) < 2
    shown = columns(
        f"{'' if one_office else 'of '}title person since source note",
        world,
        seen,
        of=lambda row: world.name(row.actor),
    )
    parts = []
    if held := once(holding.rows):
        parts.append(listing("offices", title if len(held) == 1 else f"{title}: {len(held)}", shown, held))
    if unknown := once(holding.last_known):
        parts.append(listing("not-known", f"{title}: not known; last known", shown, unknown))
    if day is not None and holding.rows and whose is not None:
        parts += [_vacant(world, before, after) for before, after in between_holders(rows, day)]
    return Page(answer, parts, seen)


NOT_ALL_ACTING = "acting holders are not followed throughout"
"""What a reader must know of a gap between two holders."""


def _vacant(world: World, before: Office, after: Office) -> Section:
    """Return that nobody is known in an office on a day between two holders."""
    return sentence(
        "vacant",
        f"Vacant or not known: {before.title} of {world.name(before.actor)}; the last before: {before.person}, until "
        f"{before.end}; the next known: {after.person}, from {after.start}; {NOT_ALL_ACTING}",
    )


def _neighbours(holding: Held) -> str:
    """Return who came before and after a day on which nobody is known; the first that is known need not be the next."""

    def told(row: Office) -> str:
        return f"{row.person}, {row.title}"

    if holding.before is None:
        first = holding.after
        return f"; the tables follow this office from {first.start}: {told(first)}" if first else ""
    after = f"; the next known: {told(holding.after)}, from {holding.after.start}" if holding.after else ""
    return f"; the last before: {told(holding.before)}, until {holding.before.end}{after}; {NOT_ALL_ACTING}"
