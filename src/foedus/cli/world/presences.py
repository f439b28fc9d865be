"""``foedus world presences``: offices, missions and contact points."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, since, tell, the_day, uncertain


def presences(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato.")],
    on: OnDay = None,
    all_times: Annotated[bool, typer.Option("--all", help="Those of all times, not only of the day.")] = False,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List an organisation's offices abroad, and the missions to it, on a day."""
    day, world = the_day(on), open_world(folder)
    found_id = world.find(organisation)
    found = world.presences_of(found_id, None if all_times else day)
    unknown = [] if all_times else uncertain([p for p in world.presences if p.organisation == found_id], day)
    tell(
        {
            "organisation": found_id,
            "on": None if all_times else day,
            "presences": [row_of(p) for p in found],
            "start_unknown": [row_of(p) for p in unknown],
        },
        json,
        f"Presences of {world.name(found_id)}, {'of all times' if all_times else f'on {day}'}: {len(found)}",
        ["host", "place", "kind", "name", "since", "note"],
        [[p.host, p.place, p.kind, p.name, since(p), remark(p)] for p in found],
        on=None if all_times else day,
    )
    if unknown and not json:
        listed = "; ".join(f"{p.name} ({p.place})" for p in unknown)
        typer.echo(f"left out, since their first day is not known: {listed}")
