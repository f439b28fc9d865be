"""What happened and what was said of it: events, stated amounts, claims that differ, changes day by day."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.reports.world.page import Page, columns, listing, marked, remark, row_of, rows_of, sentence
from foedus.world import World
from foedus.world.events import Event
from foedus.world.timeline import timeline as timeline_of


def latest(*days: Day | None) -> Day | None:
    """Return the latest of some days, None where none is given."""
    return max(filter(None, days), default=None)


def events(world: World, first: Day | None, last: Day | None, kind: str | None = None) -> Page:
    """Return what happened between two days, of one kind or of all."""
    listed = [event_ for event_ in world.events_between(first, last) if kind in {None, event_.kind}]
    answer = {"from": first, "until": last, "kind": kind, "events": rows_of(listed)}
    table = listing(
        "events",
        f"Events, as far as they were looked up: {len(listed)}",
        columns("day=start id kind name place note"),
        listed,
    )
    return Page(answer, [table], latest(first, last))


def event(world: World, name: str) -> Page:
    """Return who came to one event and what its texts say."""
    record = world.events[_event_called(world, name)]
    came = [row for row in world.attendance if row.event == record.id]
    texts = [row for row in world.texts if row.event == record.id]
    title = f"{record.name}, {record.place}, {record.start} to {record.end - timedelta(days=1)}"
    note = f"{remark(record).rstrip('. ')}. ".lstrip(". ")
    parts = [
        listing(
            "event",
            title,
            columns("actor level person note"),
            came,
            above=f"{note}Who came from outside, as far as it was looked up:",
        )
        if came
        else sentence("event", f"{title}. {note}Who came from outside was not looked up.")
    ]
    if members := _meeting(world, record):
        parts.append(sentence("members", f"A meeting of members, {len(members)} on that day: {', '.join(members)}"))
    if texts:
        shown = columns("document feature found note", found=lambda row: f"{row.value} {row.unit}")
        parts.append(listing("texts", "Texts", shown, texts))
    last = record.end - timedelta(days=1)
    answer = {
        "event": {**row_of(record), "last_day": last},
        "represented": members,
        "attendance": rows_of(came),
        "texts": rows_of(texts),
    }
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
    raise no_such("event", event, "foedus world events", world.events, named[:6])


def no_such(what: str, name: str, command: str, known: Iterable[str], near: list[str] | None = None) -> FoedusError:
    """Return the error for an id that is not known, with those near it or the command that lists all."""
    near = near or difflib.get_close_matches(name, known, n=4, cutoff=0.4)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; '{command}' lists them"
    return FoedusError(f"no {what} {name!r}{hint}")


def amounts(world: World, actor: str | None) -> Page:
    """Return stated amounts: aid, spending, exercises, deployments, with who states them."""
    wanted = world.find(actor) if actor is not None else None
    listed = [a for a in world.amounts if wanted in {None, a.actor, a.counterpart}]
    shown = columns(
        "actor measure amount period stated_by note",
        actor=lambda a: f"{a.actor} to {a.counterpart}" if a.counterpart else a.actor,
        amount=lambda a: f"{a.value:,.10g} {a.unit}",
        period=lambda a: a.interval if a.start or a.end else "not stated",
        stated_by=lambda a: f"{a.claimed_by}, {a.said_on}".rstrip(", "),
    )
    answer = {"actor": wanted, "amounts": rows_of(listed)}
    return Page(answer, [listing("amounts", f"Amounts: {len(listed)}", shown, listed)])


def claims(world: World, about: str | None) -> Page:
    """Return questions on which sources disagree: every claim, which is used, and why."""
    subjects = sorted({claim.subject for claim in world.claims})
    if about is not None and about not in subjects:
        with contextlib.suppress(FoedusError):
            about = world.find(about)
    if about is not None and about not in subjects:
        raise FoedusError(f"no claims about {about!r}; subjects are {', '.join(subjects)}")
    listed = [claim for claim in world.claims if about in {None, claim.subject}]
    shown = columns(
        "question claim by used why note",
        by=lambda c: f"{c.claimed_by} {c.said_on}".strip(),
        used=lambda c: "yes" if c.used else "no",
    )
    answer = {"subject": about, "claims": rows_of(listed)}
    return Page(answer, [listing("claims", f"Claims: {len(listed)}", shown, listed)])


def timeline(world: World, name: str, first: Day | None, last: Day | None) -> Page:
    """Return what changed for an actor, an organisation, a treaty or a place, day by day."""
    subject = name
    if name not in world.treaties and name not in world.places:
        try:
            subject = world.find(name)
        except FoedusError:
            place = place_called(world, name)
            if place is None:
                raise
            subject = place
    changes = timeline_of(world, subject, first, last)
    shown = columns("day=on what table note", note=lambda c: marked(c.note, verified=c.verified))
    answer = {"name": subject, "from": first, "until": last, "changes": [asdict(change) for change in changes]}
    table = listing("timeline", f"{world.name(subject)}: {len(changes)} changes", shown, changes)
    return Page(answer, [table], latest(first, last))


def place_called(world: World, name: str) -> str | None:
    """Return the id of the place that is called so, if one is."""
    try:
        return world.place(name).id
    except FoedusError:
        return None
