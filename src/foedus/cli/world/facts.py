"""The commands on the world, each a specification: what is looked up, under which keys, and in which columns."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.options import OnDay
from foedus.cli.world.runner import (
    Page,
    Table,
    about_the_world,
    columns,
    days_between,
    maybe_day,
    remark,
    row_of,
    rows_of,
    since,
    the_day,
)

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World
    from foedus.world.events import Event
    from foedus.world.resolver import Candidate
    from foedus.world.ties import Treaty
else:
    World = object  # signatures are read when the program starts; the world is loaded when a command runs

Organisation = Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato.")]
FromDay = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day (YYYY-MM-DD).")]
UntilDay = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day, included.")]


@about_the_world
def members(
    world: World,
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato, eu or quad.")],
    on: OnDay = None,
    status: Annotated[
        str,
        typer.Option("--status", metavar="STATUS", help="Another standing, such as outside-military-structure."),
    ] = "member",
) -> Page:
    """List who belongs to an organisation on a day."""
    from foedus.base.errors import FoedusError
    from foedus.world.ties import STATUSES

    day, id_ = the_day(on), world.find(organisation, kind="organisation")
    if status not in STATUSES:
        raise FoedusError(f"--status: no standing {status!r}; known are {', '.join(STATUSES)}")
    found = world.members(id_, day, status)
    beside = _beside(world, id_, day) if status == "member" else {}
    rows = rows_of(found, name=lambda m: world.name(m.actor), beside=lambda m: list(beside.get(m.actor, ())))
    answer = {"organisation": id_, "on": day, "status": status, "members": rows}
    if not found:
        nobody = f"nobody as {status.replace('-', ' ')}{_other_times(world, id_, status, day)}"
        return Page(answer, [f"{world.name(id_)} on {day}: {nobody}"], day)

    def note(row: Any) -> str:
        return ". ".join(filter(None, (*beside.get(row.actor, {}).values(), remark(row))))

    standing = f"{status}{'' if len(found) == 1 else 's'}" if status == "member" else status
    shown = columns(
        "id=actor name since=start source note",
        name=lambda m: world.name(m.actor),
        source=lambda m: world.sources[m.source].title,
        note=note,
    )
    return Page(answer, [Table(f"{world.name(id_)} on {day}: {len(found)} {standing}", shown, found)], day)


def _beside(world: World, organisation: str, day: Day) -> dict[str, dict[str, str]]:
    """Return the standings that members have beside membership, such as suspended, each with its words for a reader."""
    from foedus.world.ties import BESIDE_MEMBERSHIP

    found: dict[str, dict[str, str]] = {}
    for row in world.memberships:
        if row.organisation == organisation and row.status in BESIDE_MEMBERSHIP and day in row.interval:
            words = row.status.upper().replace("-", " ")
            if row.status == "suspended" and row.start == day:
                words += " as of this day: seated in its votes, and no longer from the next day on"
            found.setdefault(row.actor, {})[row.status] = words
    return found


def _other_times(world: World, organisation: str, status: str, day: Day) -> str:
    """Return when an organisation had somebody in a standing, before the day and after it."""
    from foedus.world.world import MEMBERS

    wanted = MEMBERS if status == "member" else (status,)
    rows = [row for row in world.memberships if row.organisation == organisation and row.status in wanted]
    before = [row.end for row in rows if row.end is not None and row.end <= day]
    after = [row.start for row in rows if row.start > day]
    last = f"; the last before: until {max(before)}" if before else ""
    return last + (f"; the next: from {min(after)}" if after else "")


@about_the_world
def partners(
    world: World,
    organisation: Organisation,
    on: OnDay = None,
    format: Annotated[  # noqa: A002 - the field's word
        str | None, typer.Option("--format", metavar="FORMAT", help="One format, such as indo-pacific-four.")
    ] = None,
) -> Page:
    """List an organisation's partners on a day, by format."""
    from foedus.world.world import start_unknown

    day, id_ = the_day(on), world.find(organisation, kind="organisation")
    found = world.partners(id_, day, format)
    listed = [p for p in world.partnerships if p.organisation == id_ and format in {None, p.format}]
    unknown = start_unknown(listed, day)
    count = len({p.actor for p in found})
    answer = {
        "organisation": id_,
        "on": day,
        "format": format,
        "partners": rows_of(found, name=lambda p: world.name(p.actor)),
        "count": count,
        "start_unknown": rows_of(unknown),
    }
    shown = columns(
        "format id=actor name since source note",
        name=lambda p: world.name(p.actor),
        source=lambda p: world.sources[p.source].title,
    )
    title = f"{world.name(id_)} on {day}: {count} partner{'' if count == 1 else 's'}"
    parts: list[Table | str] = [Table(title, shown, found)]
    if unknown:
        named = ", ".join(f"{p.actor} ({p.format})" for p in unknown)
        parts.append(f"left out, since their first day is not known: {named}")
    return Page(answer, parts, day)


@about_the_world
def instruments(
    world: World,
    partner: Annotated[str | None, typer.Argument(metavar="[PARTNER]", help="One partner, such as JPN.")] = None,
    on: OnDay = None,
) -> Page:
    """List partnership documents with adoption and expiry, and the goals that they name.

    Without --on those of all times; with it those adopted by the day and not expired.
    """
    from foedus.world.horizon import remark_on_instrument

    day, actor = maybe_day(on), world.find(partner) if partner is not None else None
    papers = [paper for paper in world.instruments if actor in {None, paper.actor}]
    adopted = [p for p in papers if p.adopted is not None and day is not None and p.adopted <= day]
    found = papers if day is None else [p for p in adopted if p.expires is None or p.expires >= day]
    unknown = [] if day is None else [p for p in papers if p.adopted is None]
    named = {(paper.actor, paper.instrument) for paper in found}
    goals = [goal for goal in world.goals if (goal.actor, goal.instrument) in named]
    answer = {
        "on": day,
        "partner": actor,
        "instruments": rows_of(found, end_unknown=lambda p: remark_on_instrument(p, day) or None),
        "goals": rows_of(goals),
        "start_unknown": rows_of(unknown),
    }
    shown = columns(
        "partner=actor document=instrument adopted expires title note",
        adopted=lambda p: p.adopted or "?",
        expires=lambda p: p.expires or "not stated",
        note=lambda p: remark(p, day),
    )
    when = f" on {day}" if day else ""
    parts: list[Table | str] = [Table(f"Partnership documents{when}, as far as they were looked up", shown, found)]
    if not found:
        who = world.name(actor) if actor else "anybody"
        parts = [f"No partnership document with {who}{when} is known here, which does not say that there was none"]
    if unknown:
        left = "; ".join(f"{p.actor} {p.title}" for p in unknown)
        parts.append(f"left out, since the day of adoption is not known: {left}")
    if goals and actor:
        shown = columns("document=instrument area goal")
        parts.append(Table("\nGoals", shown, goals))
    return Page(answer, parts, day)


@about_the_world
def presences(
    world: World,
    organisation: Organisation,
    on: OnDay = None,
    all_times: Annotated[bool, typer.Option("--all", help="Of all times, not only of the day.")] = False,
) -> Page:
    """List an organisation's offices abroad, and the missions to it, on a day."""
    from foedus.world.world import start_unknown

    id_, today = world.find(organisation, kind="organisation"), the_day(on)
    day = None if all_times else today
    found = world.presences_of(id_, day)
    unknown = [] if day is None else start_unknown([p for p in world.presences if p.organisation == id_], day)
    answer = {"organisation": id_, "on": day, "presences": rows_of(found), "start_unknown": rows_of(unknown)}
    shown = columns("host place kind name since note")
    when = "of all times" if day is None else f"on {day}"
    parts: list[Table | str] = [
        Table(f"Presences of {world.name(id_)}, {when}, as far as they were looked up: {len(found)}", shown, found)
    ]
    if unknown:
        named = "; ".join(f"{p.name} ({p.place})" for p in unknown)
        parts.append(f"left out, since their first day is not known: {named}")
    return Page(answer, parts, day)


@about_the_world
def treaties(
    world: World,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A treaty, such as anzus, or an actor; by default all.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List the treaties in force on a day, those of one actor, or one treaty with its parties and clauses."""
    from foedus.base.errors import FoedusError

    day = the_day(on)
    if name is None:
        return _treaties_in_force(world, day)
    try:
        treaty = world.treaty(name).id
    except FoedusError as no_treaty:
        try:
            actor = world.find(name)
        except FoedusError as no_actor:
            known = _treaty_in_law(name)
            if known not in world.treaties:
                raise FoedusError(f"{no_treaty}; and {no_actor}") from None
            return _treaty(world, known, day)
        own = _treaty_of_organisation(world, actor)
        return _treaties_of(world, actor, day) if own is None else _treaty(world, own, day)
    return _treaty(world, treaty, day)


def _treaty_in_law(name: str) -> str:
    """Return the treaty that ``foedus obligations`` calls so, such as balkan-pact; nothing where none is."""
    from foedus.base.errors import FoedusError
    from foedus.institutions.law.treaties import law_of

    try:
        return law_of(name).treaty(name).treaty
    except FoedusError:
        return ""


def _treaty_of_organisation(world: World, actor: str) -> str | None:
    """Return the treaty that goes by the name of an organisation, such as the Rio Treaty; None where none does."""
    from foedus.base.errors import FoedusError

    if world.actors[actor].kind != "organisation":
        return None
    names = [actor, world.name(actor), *(row.name for row in world.names if row.actor == actor)]
    stems = [
        name.rsplit(sep, 1)[0] for name in names for sep in ("-treaty", "-pact", " Treaty", " Pact") if sep in name
    ]
    for name in (*names, *stems):
        try:
            return world.treaty(name).id
        except FoedusError:
            continue
    return None


def _treaties_in_force(world: World, day: Day) -> Page:
    found = [t for t in world.treaties.values() if t.in_force and t.in_force <= day and not (t.end and t.end <= day)]
    parties = {t.id: [p.actor for p in world.parties(t.id, day)] for t in found}

    def some(treaty: Any) -> str:
        ids = parties[treaty.id]
        return " ".join(ids[:8]) + (f" and {len(ids) - 8} more" if len(ids) > 8 else "") or "not coded"

    shown = columns("id title in_force parties note", parties=some)
    answer = {"on": day, "treaties": rows_of(found, parties=lambda t: parties[t.id])}
    title = f"Treaties in force on {day}, of those known here: {len(found)}"
    return Page(answer, [Table(title, shown, found), _KINDS_OF_TREATIES], day)


def _treaties_of(world: World, actor: str, day: Day) -> Page:
    bound = world.treaties_of(actor, day)
    shown = columns("treaty title since note", title=lambda row: world.treaties[row.treaty].title)
    answer = {"actor": actor, "on": day, "treaties": rows_of(bound, title=lambda row: world.treaties[row.treaty].title)}
    if not bound and world.actors[actor].kind == "organisation":
        known = any(row.organisation == actor for row in world.memberships)
        members = (
            f"who belongs to it: foedus world members {actor}" if known else "nor is it known here who belongs to it"
        )
        return Page(answer, [f"No treaty of {world.name(actor)} is known here; {members}"], day)
    title = f"{world.name(actor)} on {day}: party to {len(bound)} of the treaties known here"
    return Page(answer, [Table(title, shown, bound), _KINDS_OF_TREATIES], day)


_KINDS_OF_TREATIES = (
    "known here are treaties on assistance, consultation, bases and visiting forces, and some on neutral or "
    "demilitarised places and the Straits; not arms control, trade, or general cooperation"
)


def _treaty(world: World, treaty: str, day: Day) -> Page:
    found, parties = world.treaties[treaty], world.parties(treaty, day)
    clauses = [clause for clause in world.treaty_articles if clause.treaty == treaty]
    suspensions = [row for row in world.suspensions if row.treaty == treaty and day in row.interval]
    answer = {
        "on": day,
        "treaty": row_of(found),
        "parties": rows_of(parties),
        "suspensions": rows_of(suspensions),
        "clauses": rows_of(clauses),
    }
    title = f"{found.title}, in force since {found.in_force}: {len(parties) or 'not coded'} parties on {day}"
    shown = columns("party=actor name since note", name=lambda p: world.name(p.actor))
    parts: list[Table | str] = [Table(title, shown, parties)]
    if suspensions:
        shown = columns("of=actor towards since note")
        parts.append(Table("\nObligations suspended", shown, suspensions))
    shown = columns("article obligation in_our_words=summary where=area note")
    shown = {{"obligation": "obligation (ATOP)"}.get(heading, heading): cell for heading, cell in shown.items()}
    return Page(answer, [*parts, Table("\nClauses", shown, clauses)], day)


@about_the_world
def groupings(
    world: World,
    actors: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Actors to compare; by default all.")
    ] = None,
    on: OnDay = None,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Write a chart of who is in what: FILE.html, .svg or .png."),
    ] = None,
) -> Page:
    """Tell which organisations, partnerships and treaties exist on a day, and what actors share."""
    from foedus.world.groupings import groupings as groupings_of
    from foedus.world.groupings import shared

    day = the_day(on)
    ids = list(dict.fromkeys(world.find(actor, day) for actor in actors or ()))
    found = groupings_of(world, day, ids)
    pairs = shared(world, day, ids) if len(ids) > 1 else {}
    if chart is not None:
        from foedus.reports.groupings import save_groupings_chart

        save_groupings_chart(world, day, ids, chart)
    listed = [
        {name: getattr(g, name) for name in ("id", "name", "kind", "actors")}
        | {"unverified": sorted(g.unverified), "suspended": sorted(g.suspended)}
        for g in found
    ]
    both = [{"actors": pair, "groupings": names} for pair, names in pairs.items()]

    def who(grouping: Any) -> str:
        named = " ".join(f"{actor}*" if actor in grouping.unverified else actor for actor in grouping.actors)
        suspended = ", ".join(f"{one} towards {other}" for one, other in sorted(grouping.suspended))
        return f"{named} (suspended: {suspended})" if suspended else named

    whose = f" with {', '.join(ids)}" if ids else ""
    title = f"Groupings on {day}{whose}: {len(found)} (* not verified)"
    shown = columns("kind id members who", members=lambda g: len(g.actors), who=who)
    parts: list[Table | str] = [Table(title, shown, found, numbers=("members",))]
    if pairs:
        shown = columns(
            "pair number groupings",
            pair=lambda one: " ".join(one["actors"]),
            number=lambda one: len(one["groupings"]),
            groupings=lambda one: ", ".join(one["groupings"]),
        )
        parts.append(Table("\nWhat two share", shown, both, numbers=("number",)))
    return Page({"on": day, "actors": ids, "groupings": listed, "shared": both}, parts, day)


@about_the_world
def events(
    world: World,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="The id of one event; by default all.")] = None,
    start: FromDay = None,
    end: UntilDay = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="On this day only.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="One kind, such as summit.")] = None,
) -> Page:
    """List what happened, or tell of one event who came and what its texts say."""
    from foedus.base.errors import FoedusError

    if event is not None:
        return _event(world, event)
    if on is not None and (start or end):
        raise FoedusError("--on is one day; leave out --from and --until")
    first, last = days_between(on or start, on or end, "--on" if on else "--from")
    found = [one for one in world.events_between(first, last) if kind in {None, one.kind}]
    kinds = sorted({one.kind for one in world.events.values()})
    if kind and kind not in kinds:
        raise FoedusError(f"--kind: no kind of event {kind!r}; known are {', '.join(kinds)}")
    shown = columns("day=start id kind name place note")
    answer = {"from": first, "until": last, "kind": kind, "events": rows_of(found)}
    return Page(
        answer, [Table(f"Events, as far as they were looked up: {len(found)}", shown, found)], _latest(first, last)
    )


def _latest(*days: Day | None) -> Day | None:
    return max(filter(None, days), default=None)


def _event(world: World, event: str) -> Page:
    from datetime import timedelta

    found = world.events[_event_called(world, event)]
    came = [row for row in world.attendance if row.event == found.id]
    texts = [row for row in world.texts if row.event == found.id]
    when = f"{found.name}, {found.place}, {found.start} to {found.end - timedelta(days=1)}. {remark(found)}"
    title = f"{when.rstrip('. ')}. Who came from outside, as far as it was looked up:"
    shown = columns("actor level person note")
    parts: list[Table | str] = [Table(title, shown, came)]
    if not came:
        parts = [f"{when.rstrip('. ')}. Who came from outside was not looked up."]
    if members := _meeting(world, found):
        parts.append(f"\nA meeting of members, {len(members)} on that day: {', '.join(members)}")
    if texts:
        shown = columns("document feature found note", found=lambda row: f"{row.value} {row.unit}")
        parts.append(Table("\nTexts", shown, texts))
    answer = {"event": row_of(found), "represented": members, "attendance": rows_of(came), "texts": rows_of(texts)}
    return Page(answer, parts)


def _meeting(world: World, event: Event) -> list[str]:
    """Return the members of the organisation whose meeting it is, as the event's id begins; none if no meeting."""
    owner = event.id.partition("-")[0]
    if event.kind not in {"summit", "meeting", "consultation"}:
        return []
    rows = (row for row in world.memberships if row.organisation == owner and row.status == "member")
    return sorted(row.actor for row in rows if event.start in row.interval)


def _event_called(world: World, event: str) -> str:
    """Return the id of an event by its id, or by words that only one has."""
    import difflib

    from foedus.base.errors import FoedusError

    if event in world.events:
        return event
    words = event.casefold().split()
    named = [
        e.id
        for e in world.events.values()
        if words and all(w in f"{e.id} {e.name} {e.start}".casefold() for w in words)
    ]
    if len(named) == 1:
        return named[0]
    near = named[:6] or difflib.get_close_matches(event, world.events, n=3, cutoff=0.4)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; 'foedus world events' lists them"
    raise FoedusError(f"no event {event!r}{hint}")


@about_the_world
def places(
    world: World,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="Only places that it holds, administers or claims.")
    ] = None,
    on: OnDay = None,
) -> Page:
    """List places below the states, and who holds, administers or claims them on a day."""
    day, wanted = the_day(on), world.find(actor) if actor is not None else None
    holders = {place.id: world.sovereigns_of(place.id, day) for place in world.places.values()}
    found = [
        place
        for place in world.places.values()
        if wanted is None or any(row.actor == wanted for row in holders[place.id])
    ]
    shown = columns(
        "id name kind latitude longitude whose",
        latitude=lambda p: f"{p.latitude:.2f}",
        longitude=lambda p: f"{p.longitude:.2f}",
        whose=lambda p: "; ".join(
            f"{row.actor} {row.standing}{'' if row.verified else ' UNVERIFIED'}" for row in holders[p.id]
        ),
    )
    listed = rows_of(found, held=lambda p: rows_of(holders[p.id], "place"))
    table = Table(f"Places on {day}: {len(found)}", shown, found, numbers=("latitude", "longitude"))
    return Page({"on": day, "actor": wanted, "places": listed}, [table], day)


@about_the_world
def amounts(
    world: World,
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="One actor; by default all.")] = None,
) -> Page:
    """List stated amounts: aid, spending, exercises, deployments, with who states them."""
    wanted = world.find(actor) if actor is not None else None
    found = [a for a in world.amounts if wanted in {None, a.actor, a.counterpart}]
    shown = columns(
        "actor measure amount period stated_by note",
        actor=lambda a: f"{a.actor} to {a.counterpart}" if a.counterpart else a.actor,
        amount=lambda a: f"{a.value:,.10g} {a.unit}",
        period=lambda a: a.interval if a.start or a.end else "not stated",
        stated_by=lambda a: f"{a.claimed_by}, {a.said_on}".rstrip(", "),
    )
    answer = {"actor": wanted, "amounts": rows_of(found)}
    return Page(answer, [Table(f"Amounts: {len(found)}", shown, found)])


@about_the_world
def claims(
    world: World,
    about: Annotated[str | None, typer.Argument(metavar="[SUBJECT]", help="One subject; by default all.")] = None,
) -> Page:
    """List questions on which sources disagree: every claim, which is used, and why."""
    import contextlib

    from foedus.base.errors import FoedusError

    subjects = sorted({claim.subject for claim in world.claims})
    if about is not None and about not in subjects:
        with contextlib.suppress(FoedusError):
            about = world.find(about)
    if about is not None and about not in subjects:
        raise FoedusError(f"no claims about {about!r}; subjects are {', '.join(subjects)}")
    found = [claim for claim in world.claims if about in {None, claim.subject}]
    shown = columns(
        "question claim by used why note",
        by=lambda c: f"{c.claimed_by} {c.said_on}".strip(),
        used=lambda c: "yes" if c.used else "no",
    )
    answer = {"subject": about, "claims": rows_of(found)}
    return Page(answer, [Table(f"Claims: {len(found)}", shown, found)])


@about_the_world
def timeline(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor, an organisation, a treaty or a place.")],
    start: FromDay = None,
    end: UntilDay = None,
) -> Page:
    """Tell what changed for an actor, an organisation or a treaty, day by day."""
    from foedus.base.errors import FoedusError
    from foedus.world.timeline import timeline as timeline_of

    first, last = days_between(start, end)
    subject = name
    if name not in world.treaties and name not in world.places:
        try:
            subject = world.find(name)
        except FoedusError as no_actor:
            subject = _place_called(world, name) or _raise(no_actor)
    found = timeline_of(world, subject, first, last)
    shown = columns("day=on what table note", note=lambda c: c.note if c.verified else f"UNVERIFIED {c.note}".strip())
    answer = {"name": subject, "from": first, "until": last, "changes": [asdict(change) for change in found]}
    table = Table(f"{world.name(subject)}: {len(found)} changes", shown, found)
    return Page(answer, [table], _latest(first, last))


def _raise(error: Exception) -> str:
    raise error from None


def _place_called(world: World, name: str) -> str | None:
    from foedus.base.errors import FoedusError

    try:
        return world.place(name).id
    except FoedusError:
        return None


@about_the_world
def resolve(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as Paris, Macron or the French president.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day (YYYY-MM-DD); by default today's usage.")
    ] = None,
) -> Page:
    """Tell who goes by a name on a day, or every candidate with the reason."""
    from foedus.world.horizon import remark_on
    from foedus.world.posts import called, held_on, named, offices_of, once

    day = maybe_day(on)
    found = world.resolve(name, day)
    office = named(world, name, day) if day is not None else None
    posts = None
    if office is not None and day is not None:
        posts = held_on(called(offices_of(world, office[0]), office[1], world.name(office[0])), day)
    others = _other_bearers(world, name, day, found.candidates)
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
        for c, a in zip(found.candidates, found.actors, strict=True)
    ]
    shown = columns(
        "id name why",
        id=lambda c: c["actor"],
        name=lambda c: c["name"],
        why=lambda c: "; ".join(
            filter(None, (c["reason"] if c["verified"] else f"UNVERIFIED {c['reason']}", c["end_unknown"], c["note"]))
        ),
    )
    title = f"{name!r} may be any of {len(candidates)}" if found.ambiguous else f"{name!r} is {found.actor.name}"
    actor = None if found.ambiguous else found.id
    answer = {
        "name": name,
        "on": found.on,
        "actor": actor,
        "candidates": candidates,
        "holders": rows_of(posts.rows if posts else (), end_unknown=lambda row: remark_on(row, day) or None),
        "on_other_days": [{"actor": one.actor, "reason": one.reason} for one in others],
    }
    parts: list[Table | str] = [Table(title, shown, candidates)]
    for row in once(posts.rows) if posts else ():
        parts.append(f"{row.title} on {day}: {row.person}, {since(row)}. {remark(row, day)}".strip())
    for row in once(posts.last_known) if posts else ():
        parts.append(f"{row.title} on {day}: not known; last known: {row.person}, {remark_on(row, day)}")
    if others:
        parts.append(f"on other days: {'; '.join(f'{one.actor}: {one.reason}' for one in others)}")
    return Page(answer, parts, day)


def _other_bearers(world: World, name: str, day: Day | None, found: tuple[Candidate, ...]) -> list[Candidate]:
    """Return the persons who bore a name on other days than the one asked about, where a person is meant on it."""
    from foedus.world.resolver import bearers

    if day is None or not any(one.kind == "person" for one in found):
        return []
    told = {one.reason for one in found}
    return [one for one in bearers(world, name) if one.reason not in told]


@about_the_world
def audit(world: World) -> Page:
    """Print of each table how many rows were read in their source, checked by a second reader, and left open."""
    from foedus.world.audit import audit as audit_tables
    from foedus.world.audit import doubts
    from foedus.world.horizon import AS_OF

    found, doubted = list(audit_tables(world)), doubts(world)
    tables = [
        {
            "table": a.table,
            "rows": a.rows,
            "verified": a.verified,
            "share": a.verified / a.rows,
            "checked": a.checked,
            "share_checked": a.checked / a.rows,
            "newest": a.newest,
            "oldest_open": a.oldest_open,
        }
        for a in found
    ]
    shown = columns(
        "table rows verified share second_reader newest_row=newest oldest_unclosed_row=oldest_open",
        share=lambda a: f"{a.verified / a.rows:.0%}",
        second_reader=lambda a: f"{a.checked / a.rows:.1%}",
    )
    numbers = ("rows", "verified", "share", "second reader")
    parts: list[Table | str] = [Table(f"Facts up to {AS_OF}", shown, found, numbers)]
    if doubted:
        shown = columns("table row why")
        parts.append(Table("\nRows that may be open only because nobody closed them", shown, doubted))
    return Page({"tables": tables, "doubts": [asdict(doubt) for doubt in doubted]}, parts)


@about_the_world
def show(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor or a place, such as Japan or Guam.")],
    on: OnDay = None,
) -> Page:
    """Tell what is known of an actor or a place on a day."""
    from foedus.base.errors import FoedusError

    day, place = the_day(on), _place_called(world, name)
    try:
        actor = world.find(name, day)
    except FoedusError:
        if place is None:
            raise
        return _place(world, place, day)
    return _actor(world, actor, place, day)


def _place(world: World, place: str, day: Day) -> Page:
    found, held = world.places[place], world.sovereigns_of(place, day)
    north, east = "N" if found.latitude >= 0 else "S", "E" if found.longitude >= 0 else "W"
    where = f"{abs(found.latitude):.2f}°{north} {abs(found.longitude):.2f}°{east}"
    within = f", within {found.within}" if found.within else ""
    title = f"{found.name} ({found.kind}, {found.continent or found.ocean}, {where}{within}) on {day}. {remark(found)}"
    shown = columns("whose=actor standing since source note", source=lambda row: world.sources[row.source].title)
    answer = {"on": day, "place": row_of(found), "held": rows_of(held, "place")}
    return Page(answer, [Table(title, shown, held)], day)


def _actor(world: World, actor: str, place: str | None, day: Day) -> Page:
    import contextlib

    from foedus.base.errors import FoedusError
    from foedus.world.horizon import last_known, remark_on, vacant
    from foedus.world.posts import with_institutions
    from foedus.world.world import on_day, start_unknown

    found = world.actors[actor]
    names = [row for row in world.names if row.actor == actor and day in row.interval]
    offices = [row for one in with_institutions(world, actor, day) for row in world.offices_of(one, day)]
    last = [row for one in with_institutions(world, actor, day) for row in last_known(world.offices, one, day)]
    gone = vacant(world.offices, actor, day) if day in found.interval else []
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
    if found.kind == "organisation" and day in found.interval:
        with contextlib.suppress(FoedusError):  # no member of it is known, or none yet
            seated = world.members(actor, day)
    bodies = _bodies_of(actor, day)
    partners = on_day((row for row in world.partnerships if row.organisation == actor), day)
    met = sorted((e for e in world.events.values() if _is_of(e.id, actor) and e.start <= day), key=lambda e: e.start)
    own = _treaty_of_organisation(world, actor)
    answer = {
        "on": day,
        "actor": row_of(found),
        "exists": day in found.interval,
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
    founded = [found] if found.kind == "organisation" and found.start is not None else []
    rows: list[tuple[str, str, Any]] = [
        *(("name", f"{row.name} ({row.kind}, {row.language})", row) for row in names),
        *(("founded", str(row.start), row) for row in founded),
        *(("office", f"{row.person}, {_titled(world, row, actor)}", row) for row in offices),
        *(("not known", f"{row.title}; last known: {row.person}", row) for row in last),
        *(("membership", f"{world.name(row.organisation)} ({row.status})", row) for row in belongs),
        *(("partnership", f"{world.name(row.organisation)}: {row.format}", row) for row in partner),
        *(("treaty", world.treaties[row.treaty].title, row) for row in bound),
        *(("presence", f"{row.kind}: {row.name}, {row.place}", row) for row in hosted),
        *(("place", f"{row.standing}: {world.name(row.actor)}", row) for row in held),
    ]
    dated_within = ("name", "founded")
    told = [
        (
            kind,
            what,
            "" if kind in dated_within and (kind == "founded" or not row.start) else since(row),
            remark(row, day),
        )
        for kind, what, row in rows
    ]
    told += [("not known", f"{row.title}; last known: {row.person}", since(row), _gone(row)) for row in gone]
    if seated:
        listed = ", ".join(sorted(world.name(row.actor) for row in seated))
        told.append((f"{len(seated)} members", listed, "", f"foedus world members {actor} --on {day} has their days"))
    if partners:
        listed = ", ".join(sorted({row.actor for row in partners}))
        told.append(("partners", listed, "", f"foedus world partners {actor} --on {day} has their formats"))
    if own is not None:
        treaty = world.treaties[own]
        told.append(("its treaty", treaty.title, _in_force(treaty), f"foedus world treaties {own} has its clauses"))
    if met:
        told.append(("last event", f"{met[-1].name}, {met[-1].place}", str(met[-1].start), f"of {len(met)} known"))
    told += [("body", f"{one['name']} ({one['id']})", "", one["rule"] or "no rule on this day") for one in bodies]
    shown = {
        "": lambda one: one[0],
        "what": lambda one: one[1],
        "since": lambda one: one[2],
        "note": lambda one: one[3],
    }
    codes = ", ".join(
        f"{label} {code}"
        for label, code in (("ISO", found.iso3), ("COW", found.cow), ("GW", found.gw))
        if code and code != "-"
    )
    state = "" if day in found.interval else f"; it did not exist on that day ({found.interval})"
    title = f"{found.name} ({actor}; {found.kind}{'; ' + codes if codes else ''}) on {day}{state}"
    left = [f"left out, since their first day is not known: {'; '.join(undated)}"] if undated else []
    return Page(answer, [Table(title, shown, told), *left], day)


def _gone(office: Any) -> str:
    return f"ended on {office.end}; nobody is known to hold it on this day"


def _titled(world: World, office: Any, actor: str) -> str:
    """Return an office's title, with the institution where it is one of those that make up the actor."""
    return str(office.title) if office.actor == actor else f"{office.title} of the {world.name(office.actor)}"


def _is_of(event: str, organisation: str) -> bool:
    """Tell whether an event is one of an organisation's, as its id begins."""
    return event.startswith(f"{organisation}-")


def _in_force(treaty: Treaty) -> str:
    """Return from when to when a treaty is in force."""
    if treaty.in_force is None:
        return "not in force"
    return f"{treaty.in_force} to {treaty.end}" if treaty.end else str(treaty.in_force)


def _bodies_of(organisation: str, day: Day) -> list[dict[str, str | None]]:
    """Return the bodies in which an organisation's members sit, each with its usual rule on a day, if it had one."""
    from foedus.base.errors import FoedusError
    from foedus.institutions import packaged_institutions

    found = []
    for body in packaged_institutions().bodies.values():
        if organisation in body.seated_by.memberships:
            try:
                rule = body.rule(day).words()
            except FoedusError:
                rule = None
            found.append({"id": body.id, "name": body.name_on(day), "rule": rule})
    return found


COMMANDS = (
    members,
    partners,
    instruments,
    presences,
    treaties,
    groupings,
    events,
    places,
    amounts,
    claims,
    show,
    timeline,
    resolve,
    audit,
)
"""In the order in which the help lists them."""
