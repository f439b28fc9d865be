"""Treaties: those in force on a day, those of one actor, or one with its parties and clauses."""

from __future__ import annotations

import contextlib
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.institutions.law.treaties import packaged_law
from foedus.reports.world.page import Page, columns, listing, row_of, rows_of, sentence
from foedus.world import World

_FEW = 8
"""Parties that are named in a row."""


_KINDS = (
    "known here are treaties on assistance, consultation, bases and visiting forces, and some on neutral or "
    "demilitarised places and the Straits; not arms control, trade, or general cooperation"
)
"""What a list of treaties holds and leaves out."""


def treaties(world: World, name: str | None, day: Day) -> Page:
    """Return the treaties in force on a day, those of one actor, or one treaty with its parties and clauses."""
    if name is None:
        return _in_force(world, day)
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
        own = treaty_of_organisation(world, actor)
        return _of_actor(world, actor, day) if own is None else _treaty(world, own, day)
    return _treaty(world, treaty, day)


def _treaty_in_law(name: str) -> str:
    """Return the treaty that ``foedus obligations`` calls so, such as balkan-pact; nothing where none is."""
    try:
        return packaged_law().treaty(name).treaty
    except FoedusError:
        return ""


def treaty_of_organisation(world: World, actor: str) -> str | None:
    """Return the treaty that goes by the name of an organisation, such as the Rio Treaty; None where none does."""
    if world.actors[actor].kind != "organisation":
        return None
    names = [actor, world.name(actor), *(row.name for row in world.names if row.actor == actor)]
    stems = [
        name.rsplit(sep, 1)[0] for name in names for sep in ("-treaty", "-pact", " Treaty", " Pact") if sep in name
    ]
    for name in (*names, *stems):
        with contextlib.suppress(FoedusError):
            return world.treaty(name).id
    return None


def _in_force(world: World, day: Day) -> Page:
    in_force = [t for t in world.treaties.values() if t.in_force and t.in_force <= day and not (t.end and t.end <= day)]
    parties = {t.id: [p.actor for p in world.parties(t.id, day)] for t in in_force}

    def some(treaty: Any) -> str:
        ids = parties[treaty.id]
        return " ".join(ids[:_FEW]) + (f" and {len(ids) - _FEW} more" if len(ids) > _FEW else "") or "not coded"

    shown = columns("id title in_force parties note", parties=some)
    answer = {"on": day, "treaties": rows_of(in_force, parties=lambda t: parties[t.id])}
    title = f"Treaties in force on {day}, of those known here: {len(in_force)}"
    return Page(answer, [listing("treaties", title, shown, in_force, _KINDS)], day)


def _of_actor(world: World, actor: str, day: Day) -> Page:
    bound = world.treaties_of(actor, day)
    answer = {"actor": actor, "on": day, "treaties": rows_of(bound, title=lambda row: world.treaties[row.treaty].title)}
    if not bound and world.actors[actor].kind == "organisation":
        known = any(row.organisation == actor for row in world.memberships)
        members = (
            f"who belongs to it: foedus world members {actor}" if known else "nor is it known here who belongs to it"
        )
        return Page(answer, [sentence("treaties", f"No treaty of {world.name(actor)} is known here; {members}")], day)
    title = f"{world.name(actor)} on {day}: party to {len(bound)} of the treaties known here"
    shown = columns("treaty title since note", day=day, title=lambda row: world.treaties[row.treaty].title)
    return Page(answer, [listing("treaties", title, shown, bound, _KINDS)], day)


def _treaty(world: World, treaty: str, day: Day) -> Page:
    record, parties = world.treaties[treaty], world.parties(treaty, day)
    clauses = [clause for clause in world.treaty_articles if clause.treaty == treaty]
    suspensions = [row for row in world.suspensions if row.treaty == treaty and day in row.interval]
    answer = {
        "on": day,
        "treaty": row_of(record),
        "parties": rows_of(parties),
        "suspensions": rows_of(suspensions),
        "clauses": rows_of(clauses),
    }
    title = f"{record.title}, in force since {record.in_force}: {len(parties) or 'not coded'} parties on {day}"
    parts = [listing("parties", title, columns("party=actor name since note", world, day), parties)]
    if suspensions:
        parts.append(
            listing("suspensions", "Obligations suspended", columns("of=actor towards since note"), suspensions)
        )
    shown = columns("article obligation_(ATOP)=obligation in_our_words=summary where=area note")
    return Page(answer, [*parts, listing("clauses", "Clauses", shown, clauses)], day)
