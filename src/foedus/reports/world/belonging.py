"""Who belongs to what on a day: members, partners, their documents, presences abroad, groupings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.base.days import Day
from foedus.base.errors import FoedusError
from foedus.base.wording import counted
from foedus.institutions import packaged_institutions
from foedus.reports.numbers import count
from foedus.reports.world.page import Page, columns, left_out, listing, remark, rows_of, sentence
from foedus.world import World
from foedus.world.days import start_unknown
from foedus.world.groupings import Grouping, shared
from foedus.world.groupings import groupings as groupings_of
from foedus.world.horizon import remark_on_instrument
from foedus.world.ties import BESIDE_MEMBERSHIP
from foedus.world.world import MEMBERS


def members(world: World, organisation: str, day: Day, status: str = "member") -> Page:
    """Return who belongs to an organisation on a day, or has another standing towards it."""
    id_ = world.find(organisation, kind="organisation")
    if not any(row.organisation == id_ for row in world.memberships) and (bodies := _bodies_of(id_)):
        asked = " or ".join(f"foedus power {body} --on {day}" for body in bodies)
        raise FoedusError(f"no memberships of {id_!r} are known; the seats of its body: {asked}")
    members_found = world.members(id_, day, status)
    beside = _beside(world, id_, day) if status == "member" else {}
    rows = rows_of(members_found, name=lambda m: world.name(m.actor), beside=lambda m: list(beside.get(m.actor, ())))
    answer = {"organisation": id_, "on": day, "status": status, "members": rows}
    if not members_found:
        nobody = f"nobody as {status.replace('-', ' ')}{_other_times(world, id_, status, day)}"
        return Page(answer, [sentence("members", f"{world.name(id_)} on {day}: {nobody}")], day)

    def note(row: Any) -> str:
        return ". ".join(filter(None, (*beside.get(row.actor, {}).values(), remark(row, day))))

    standing = f"{status}{'' if len(members_found) == 1 else 's'}" if status == "member" else status
    shown = columns("id=actor name since source note", world, note=note)
    return Page(
        answer,
        [listing("members", f"{world.name(id_)} on {day}: {len(members_found)} {standing}", shown, members_found)],
        day,
    )


def _bodies_of(organisation: str) -> list[str]:
    """Return the ids of the packaged bodies of an organisation."""
    return [body.id for body in packaged_institutions().bodies.values() if body.organisation == organisation]


def _beside(world: World, organisation: str, day: Day) -> dict[str, dict[str, str]]:
    """Return the standings that members have beside membership, such as suspended, each with its words for a reader."""
    standings: dict[str, dict[str, str]] = {}
    for row in world.memberships:
        if row.organisation == organisation and row.status in BESIDE_MEMBERSHIP and day in row.interval:
            words = row.status.upper().replace("-", " ")
            if row.status == "suspended" and row.start == day:
                words += " as of this day: seated in its votes, and no longer from the next day on"
            standings.setdefault(row.actor, {})[row.status] = words
    return standings


def _other_times(world: World, organisation: str, status: str, day: Day) -> str:
    """Return when an organisation had somebody in a standing, before the day and after it."""
    wanted = MEMBERS if status == "member" else (status,)
    rows = [row for row in world.memberships if row.organisation == organisation and row.status in wanted]
    before = [row.end for row in rows if row.end is not None and row.end <= day]
    after = [row.start for row in rows if row.start > day]
    last = f"; the last before: until {max(before)}" if before else ""
    return last + (f"; the next: from {min(after)}" if after else "")


def partners(world: World, organisation: str, day: Day, form: str | None = None) -> Page:
    """Return an organisation's partners on a day, by format."""
    id_ = world.find(organisation, kind="organisation")
    partners_found = world.partners(id_, day, form)
    unknown = start_unknown([p for p in world.partnerships if p.organisation == id_ and form in {None, p.format}], day)
    number = len({p.actor for p in partners_found})
    answer = {
        "organisation": id_,
        "on": day,
        "format": form,
        "partners": rows_of(partners_found, name=lambda p: world.name(p.actor)),
        "count": number,
        "start_unknown": rows_of(unknown),
    }
    shown = columns("format id=actor name since source note", world)
    title = f"{world.name(id_)} on {day}: {counted(number, 'partner')}"
    left = left_out((f"{p.actor} ({p.format})" for p in unknown), ", ")
    return Page(answer, [listing("partners", title, shown, partners_found, left)], day)


def instruments(world: World, partner: str | None, day: Day | None) -> Page:
    """Return partnership documents, of all times or in force on a day; of one partner also the goals they name."""
    actor = world.find(partner) if partner is not None else None
    papers = [paper for paper in world.instruments if actor in {None, paper.actor}]
    adopted = [p for p in papers if p.adopted is not None and day is not None and p.adopted <= day]
    kept = papers if day is None else [p for p in adopted if p.expires is None or p.expires >= day]
    unknown = [] if day is None else [p for p in papers if p.adopted is None]
    named = {(paper.actor, paper.instrument) for paper in kept}
    goals = [goal for goal in world.goals if (goal.actor, goal.instrument) in named]
    answer = {
        "on": day,
        "partner": actor,
        "instruments": rows_of(kept, end_unknown=lambda p: remark_on_instrument(p, day) or None),
        "goals": rows_of(goals),
        "start_unknown": rows_of(unknown),
    }
    shown = columns(
        "partner=actor document=instrument adopted expires title note",
        day=day,
        adopted=lambda p: p.adopted or "?",
        expires=lambda p: p.expires or "not stated",
    )
    left = left_out((f"{p.actor} {p.title}" for p in unknown), what="the day of adoption")
    when = f" on {day}" if day else ""
    parts = [listing("instruments", f"Partnership documents{when}, as far as they were looked up", shown, kept, left)]
    if not kept:
        who = world.name(actor) if actor else "anybody"
        nothing = f"No partnership document with {who}{when} is known here; that does not mean that there was none"
        parts = [sentence("instruments", f"{nothing}{f'; {left}' if left else ''}")]
    if goals and actor:
        parts.append(listing("goals", "Goals", columns("document=instrument area goal"), goals))
    return Page(answer, parts, day)


def presences(world: World, organisation: str, day: Day | None) -> Page:
    """Return an organisation's offices abroad, and the missions to it, on a day or of all times."""
    id_ = world.find(organisation, kind="organisation")
    found_presences = world.presences_of(id_, day)
    unknown = [] if day is None else start_unknown([p for p in world.presences if p.organisation == id_], day)
    answer = {"organisation": id_, "on": day, "presences": rows_of(found_presences), "start_unknown": rows_of(unknown)}
    when = "of all times" if day is None else f"on {day}"
    title = f"Presences of {world.name(id_)}, {when}, as far as they were looked up: {len(found_presences)}"
    left = left_out(f"{p.name} ({p.place})" for p in unknown)
    shown = columns("host place kind name since note", day=day)
    return Page(answer, [listing("presences", title, shown, found_presences, left)], day)


def groupings(world: World, ids: Sequence[str], day: Day) -> Page:
    """Return which organisations, partnerships and treaties exist on a day, and what actors share."""
    present = groupings_of(world, day, ids)
    pairs = shared(world, day, ids) if len(ids) > 1 else {}
    listed = [
        {name: getattr(g, name) for name in ("id", "name", "kind", "actors")}
        | {"unverified": sorted(g.unverified), "suspended": sorted(g.suspended)}
        for g in present
    ]
    both = [{"actors": pair, "groupings": names} for pair, names in pairs.items()]
    whose = f" with {', '.join(ids)}" if ids else ""
    title = f"Groupings on {day}{whose}: {len(present)} (* not verified)"
    shown = columns("kind id members who", members=lambda g: count(len(g.actors)), who=_who)
    parts = [listing("groupings", title, shown, present)]
    if pairs:
        shown = columns(
            "pair number groupings",
            pair=lambda row: " ".join(row[0]),
            number=lambda row: count(len(row[1])),
            groupings=lambda row: ", ".join(row[1]),
        )
        parts.append(listing("shared", "What two share", shown, pairs.items()))
    return Page({"on": day, "actors": ids, "groupings": listed, "shared": both}, parts, day)


def _who(grouping: Grouping) -> str:
    named = " ".join(f"{actor}*" if actor in grouping.unverified else actor for actor in grouping.actors)
    suspended = ", ".join(f"{first} towards {other}" for first, other in sorted(grouping.suspended))
    return f"{named} (suspended: {suspended})" if suspended else named
