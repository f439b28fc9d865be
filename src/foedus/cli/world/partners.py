"""``foedus world partners``: an organisation's partners by format."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, remark, row_of, since, tell, the_day


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
    listed = [{**row_of(p, "organisation"), "name": world.name(p.actor)} for p in found]
    count = len({p.actor for p in found})
    tell(
        {"organisation": found_id, "on": day, "partners": listed},
        json,
        f"{world.name(found_id)} on {day}: {count} partner{'' if count == 1 else 's'}",
        ["format", "id", "name", "since", "source", "note"],
        [[p.format, p.actor, world.name(p.actor), since(p), world.sources[p.source].title, remark(p)] for p in found],
    )
