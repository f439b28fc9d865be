"""``foedus world groupings``: who shares what with whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, tell, the_day

if TYPE_CHECKING:
    from foedus.world.groupings import Grouping


def groupings(
    actors: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Actors to compare; by default all.")
    ] = None,
    on: OnDay = None,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Write a chart of who is in what: FILE.html, .svg or .png."),
    ] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """Tell which organisations, partnerships and treaties exist on a day, and what actors share."""
    from foedus.cli.tables import console, show
    from foedus.world.groupings import groupings as groupings_of
    from foedus.world.groupings import shared

    day, world = the_day(on), open_world(folder)
    ids = list(dict.fromkeys(world.find(actor, day) for actor in actors or ()))
    found = groupings_of(world, day, ids)
    pairs = shared(world, day, ids) if len(ids) > 1 else {}
    if chart is not None:
        from foedus.reports.groupings import save_groupings_chart

        save_groupings_chart(world, day, ids, chart)
    listed = [
        {
            "id": g.id,
            "name": g.name,
            "kind": g.kind,
            "actors": g.actors,
            "unverified": sorted(g.unverified),
            "suspended": sorted(g.suspended),
        }
        for g in found
    ]
    answer = {
        "on": day,
        "actors": ids,
        "groupings": listed,
        "shared": [{"actors": pair, "groupings": both} for pair, both in pairs.items()],
    }
    whose = f" with {', '.join(ids)}" if ids else ""
    tell(
        answer,
        json,
        f"Groupings on {day}{whose}: {len(found)} (* not verified)",
        ["kind", "id", "members", "who"],
        [[g.kind, g.id, str(len(g.actors)), _who(g)] for g in found],
        numbers=[2],
        on=day,
    )
    if pairs and not json:
        rows = [[" ".join(pair), str(len(both)), ", ".join(both)] for pair, both in pairs.items()]
        show(console(), "\nWhat two share", ["pair", "number", "groupings"], rows, numbers=[1])


def _who(grouping: Grouping) -> str:
    named = " ".join(f"{actor}*" if actor in grouping.unverified else actor for actor in grouping.actors)
    suspended = ", ".join(f"{one} towards {other}" for one, other in sorted(grouping.suspended))
    return f"{named} (suspended: {suspended})" if suspended else named
