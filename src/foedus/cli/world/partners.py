"""``foedus world partners``: an organisation's partners by format."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, since, tell, the_day, uncertain


def partners(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato.")],
    on: OnDay = None,
    format: Annotated[  # noqa: A002 - the field's word
        str | None, typer.Option("--format", metavar="FORMAT", help="One format, such as indo-pacific-four.")
    ] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List an organisation's partners on a day, by format."""
    day, world = the_day(on), open_world(folder)
    found_id = world.find(organisation)
    found = world.partners(found_id, day, format)
    listed = [{**row_of(p), "name": world.name(p.actor)} for p in found]
    unknown = uncertain(
        [p for p in world.partnerships if p.organisation == found_id and format in {None, p.format}], day
    )
    count = len({p.actor for p in found})
    tell(
        {
            "organisation": found_id,
            "on": day,
            "format": format,
            "partners": listed,
            "count": count,
            "start_unknown": [row_of(p) for p in unknown],
        },
        json,
        f"{world.name(found_id)} on {day}: {count} partner{'' if count == 1 else 's'}",
        ["format", "id", "name", "since", "source", "note"],
        [[p.format, p.actor, world.name(p.actor), since(p), world.sources[p.source].title, remark(p)] for p in found],
        on=day,
    )
    if unknown and not json:
        listed_ids = ", ".join(f"{p.actor} ({p.format})" for p in unknown)
        typer.echo(f"left out, since their first day is not known: {listed_ids}")
