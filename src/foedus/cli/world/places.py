"""``foedus world places``: whose a place is."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, open_world, row_of, tell, the_day


def places(
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="Only places that it holds, administers or claims.")
    ] = None,
    on: OnDay = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List places below the states, and who holds, administers or claims them on a day."""
    day, world = the_day(on), open_world(folder)
    wanted = world.find(actor) if actor is not None else None
    held = {
        place: rows
        for place in world.places
        if (rows := world.sovereigns_of(place, day)) or wanted is None
        if wanted is None or any(row.actor == wanted for row in rows)
    }
    listed = [
        {**row_of(world.places[place]), "held": [row_of(row, "place") for row in rows]} for place, rows in held.items()
    ]
    tell(
        {"on": day, "actor": wanted, "places": listed},
        json,
        f"Places on {day}: {len(held)}",
        ["id", "name", "kind", "latitude", "longitude", "whose"],
        [
            [
                place,
                world.places[place].name,
                world.places[place].kind,
                f"{world.places[place].latitude:.2f}",
                f"{world.places[place].longitude:.2f}",
                "; ".join(f"{row.actor} {row.standing}{'' if row.verified else ' UNVERIFIED'}" for row in rows),
            ]
            for place, rows in held.items()
        ],
        numbers=[3, 4],
        on=day,
    )
