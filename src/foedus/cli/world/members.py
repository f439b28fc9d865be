"""``foedus world members``: who belongs to an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, tell, the_day, warn_beyond

if TYPE_CHECKING:
    from foedus.base.days import Day
    from foedus.world import World


def members(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato, eu or quad.")],
    on: OnDay = None,
    status: Annotated[
        str,
        typer.Option("--status", metavar="STATUS", help="Another standing, such as outside-military-structure."),
    ] = "member",
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List who belongs to an organisation on a day."""
    from foedus.base.errors import FoedusError
    from foedus.world.ties import STATUSES

    day, world = the_day(on), open_world(folder)
    found_id = world.find(organisation)
    if status not in STATUSES:
        raise FoedusError(f"--status: no standing {status!r}; known are {', '.join(STATUSES)}")
    found = world.members(found_id, day, status)
    beside = _beside(world, found_id, day) if status == "member" else {}
    listed = [{**row_of(m), "name": world.name(m.actor), "beside": beside.get(m.actor, [])} for m in found]
    standing = f"{status.replace('-', ' ')}{'' if len(found) == 1 else 's'}" if status == "member" else status
    if not found and not json:
        nobody = f"nobody as {status.replace('-', ' ')}{_other_times(world, found_id, status, day)}"
        typer.echo(f"{world.name(found_id)} on {day}: {nobody}")
        warn_beyond(day)
        return
    tell(
        {"organisation": found_id, "on": day, "status": status, "members": listed},
        json,
        f"{world.name(found_id)} on {day}: {len(found)} {standing}",
        ["id", "name", "since", "source", "note"],
        [
            [
                m.actor,
                world.name(m.actor),
                str(m.start),
                world.sources[m.source].title,
                ". ".join(
                    filter(None, (*(one.upper().replace("-", " ") for one in beside.get(m.actor, ())), remark(m)))
                ),
            ]
            for m in found
        ],
        on=day,
    )


def _beside(world: World, organisation: str, day: Day) -> dict[str, list[str]]:
    """Return the standings that members have beside membership, such as suspended."""
    from foedus.world.ties import BESIDE_MEMBERSHIP

    found: dict[str, list[str]] = {}
    for row in world.memberships:
        if row.organisation == organisation and row.status in BESIDE_MEMBERSHIP and day in row.interval:
            found.setdefault(row.actor, []).append(row.status)
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
