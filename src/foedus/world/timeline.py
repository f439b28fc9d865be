"""What changed, and when, for one actor, organisation or treaty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.base.days import Day
from foedus.world.records import Sourced
from foedus.world.world import World


@dataclass(frozen=True, slots=True)
class Change:
    """Something that began, ended or happened on a day.

    Parameters
    ----------
    on
        The day: the first on which it holds, or no longer holds.
    subject
        Id of the actor whose standing changed, or to whom it happened.
    what
        In a few words.
    table
        The table that says so.
    source, verified, note
        As in that table.
    """

    on: Day
    subject: str
    what: str
    table: str
    source: str
    verified: bool
    note: str


def timeline(world: World, subject: str, start: Day | None = None, end: Day | None = None) -> tuple[Change, ...]:
    """Return what changed for an actor, an organisation or a treaty, by day.

    Parameters
    ----------
    world
        The facts.
    subject
        Id of an actor, a treaty or a place.
    start, end
        The first and the last day to tell of; None for no limit.

    Examples
    --------
    >>> from foedus.base.days import parse_day
    >>> from foedus.world import packaged_world
    >>> answer = timeline(packaged_world(), "quad", parse_day("2017-01-01"), parse_day("2017-12-31"))
    >>> [(change.on.isoformat(), change.what) for change in answer if change.table == 'memberships.csv'][0]
    ('2017-11-12', 'Australia: member of Quadrilateral Security Dialogue')
    """
    changes = [
        change
        for change in _changes(world, subject)
        if (start is None or change.on >= start) and (end is None or change.on <= end)
    ]
    return tuple(sorted(changes, key=lambda change: (change.on, change.table, change.what)))


def _changes(world: World, subject: str) -> Iterator[Change]:
    yield from _existence(world, subject)
    yield from _standings(world, subject)
    yield from _treaties(world, subject)
    yield from _happenings(world, subject)


def _begin_and_end(row: Sourced, table: str, subject: str, what: str) -> Iterator[Change]:
    start, end = getattr(row, "start", None), getattr(row, "end", None)
    if start is not None:
        yield Change(start, subject, what, table, row.source, row.verified, _of_the_start(row.note))
    if end is not None:
        yield Change(end, subject, f"{what}: ends", table, row.source, row.verified, _of_the_end(row.note))


_START = re.compile(
    r"(?:from\s*[=:]|start\b|(?:day|date) of (?:signature|accession|admission|entry)|date is the entry into force|"
    r"accession\b|acceded|admitted|joined|founding|founder|first day|first life|entry into force|counted from|"
    r"party from|deposited|member since|signature)",
    re.IGNORECASE,
)
"""How a part of a note begins that tells of the first day of its row."""

_END = re.compile(r"(?:until\s*[=:]|end(?:ed|s)?\b|denounced|withdrew|left\b|dissolved)", re.IGNORECASE)
"""How a part of a note begins that tells of the day on which its row ends."""


def _of_the_start(note: str) -> str:
    """Return what a row's note says of its first day, and of the row in general."""
    return "; ".join(part for part in note.split("; ") if not _END.match(part))


def _of_the_end(note: str) -> str:
    """Return what a row's note says of the day on which it ends; where no part speaks of that, of the row in general.

    Examples
    --------
    >>> _of_the_end("day of signature; deposited its ratification on 1950-07-26; until = denounced on 2021-11-19")
    'denounced on 2021-11-19'
    """
    parts = note.split("; ")
    ends = [re.sub(r"^until\s*[=:]\s*", "", part) for part in parts if _END.match(part)]
    return "; ".join(ends or [part for part in parts if not _START.match(part)])


def _existence(world: World, subject: str) -> Iterator[Change]:
    if subject in world.actors:
        yield from _begin_and_end(world.actors[subject], "actors.csv", subject, f"{world.name(subject)} exists")
    for name in world.names:
        if name.actor == subject and (name.start or name.end):
            yield from _begin_and_end(name, "names.csv", subject, f"called {name.name} ({name.kind})")
    for office in world.offices:
        if office.actor == subject:
            yield from _begin_and_end(office, "offices.csv", subject, f"{office.person}, {office.title}")


def _standings(world: World, subject: str) -> Iterator[Change]:
    for member in world.memberships:
        if subject in {member.actor, member.organisation}:
            status = member.status.replace("-", " ")
            what = f"{world.name(member.actor)}: {status} of {world.name(member.organisation)}"
            yield from _begin_and_end(member, "memberships.csv", member.actor, what)
    for partner in world.partnerships:
        if subject in {partner.actor, partner.organisation}:
            format_name = partner.format.replace("-", " ")
            what = f"{world.name(partner.actor)}: {format_name} with {world.name(partner.organisation)}"
            yield from _begin_and_end(partner, "partnerships.csv", partner.actor, what)
    for paper in world.instruments:
        if subject in {paper.actor, paper.organisation}:
            what = f"{world.name(paper.actor)}: {paper.title}"
            for day, step in ((paper.adopted, "adopted"), (paper.expires, "last day of its period")):
                if day is not None:
                    yield Change(
                        day, paper.actor, f"{what}: {step}", "instruments.csv", paper.source, paper.verified, paper.note
                    )
    for presence in world.presences:
        if subject in {presence.organisation, presence.host, *presence.sender}:
            what = f"{presence.name}, {presence.place}"
            yield from _begin_and_end(presence, "presences.csv", presence.host, what)


def _treaties(world: World, subject: str) -> Iterator[Change]:
    for treaty in world.treaties.values():
        if treaty.id == subject:
            for day, step in (
                (treaty.signed, "signed"),
                (treaty.in_force, "in force"),
                (treaty.end, "no longer in force"),
            ):
                if day is not None:
                    what = f"{treaty.title}: {step}"
                    yield Change(day, treaty.id, what, "treaties.csv", treaty.source, treaty.verified, treaty.note)
    for party in world.treaty_parties:
        if subject in {party.actor, party.treaty}:
            what = f"{world.name(party.actor)}: party to {world.treaties[party.treaty].title}"
            yield from _begin_and_end(party, "treaty_parties.csv", party.actor, what)
    for suspension in world.suspensions:
        if subject in {suspension.actor, suspension.towards, suspension.treaty}:
            what = (
                f"{world.name(suspension.actor)}: obligations towards {world.name(suspension.towards)} under "
                f"{suspension.treaty} suspended"
            )
            yield from _begin_and_end(suspension, "suspensions.csv", suspension.actor, what)


def _happenings(world: World, subject: str) -> Iterator[Change]:
    for event in world.events.values():
        if event.id == subject or event.id.startswith(f"{subject}-"):
            yield Change(event.start, subject, event.name, "events.csv", event.source, event.verified, event.note)
    for seen in world.attendance:
        if seen.actor == subject:
            event = world.events[seen.event]
            who = seen.person or seen.level.replace("-", " ")
            what = f"{world.name(seen.actor)} at {event.name}: {who}"
            yield Change(event.start, seen.actor, what, "attendance.csv", seen.source, seen.verified, seen.note)
    for amount in world.amounts:
        day = amount.start
        if day is not None and subject in {amount.actor, amount.counterpart}:
            what = f"{amount.measure.replace('-', ' ')}: {amount.value:g} {amount.unit}"
            yield Change(day, amount.actor, what, "amounts.csv", amount.source, amount.verified, amount.note)
    for row in world.sovereigns:
        if subject in {row.actor, row.place}:
            what = f"{world.places[row.place].name}: {row.standing} {world.name(row.actor)}"
            yield from _begin_and_end(row, "sovereigns.csv", row.actor, what)
