"""``foedus world instruments``: what an organisation and its partners agreed, and to what ends."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.world.common import InFolder, maybe_day, open_world, remark, row_of, tell


def instruments(
    partner: Annotated[str | None, typer.Argument(metavar="[PARTNER]", help="One partner, such as JPN.")] = None,
    on: OnDay = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List partnership documents with adoption and expiry, and the goals that they name.

    Without --on those of all times; with it those adopted by the day and not expired.
    """
    from foedus.cli.tables import console, show
    from foedus.world.horizon import remark_on_instrument

    world, day = open_world(folder), maybe_day(on, "--on")
    actor = world.find(partner) if partner is not None else None
    found = [
        paper
        for paper in world.instruments
        if (actor is None or paper.actor == actor)
        and (
            day is None
            or (paper.adopted is not None and paper.adopted <= day and not (paper.expires and paper.expires < day))
        )
    ]
    goals = [
        goal
        for goal in world.goals
        if any((goal.actor, goal.instrument) == (paper.actor, paper.instrument) for paper in found)
    ]
    answer: dict[str, object] = {
        "on": day,
        "partner": actor,
        "instruments": [{**row_of(p), "end_unknown": remark_on_instrument(p, day) or None} for p in found],
        "goals": [row_of(g) for g in goals],
    }
    unknown = (
        []
        if day is None
        else [p for p in world.instruments if p.adopted is None and (actor is None or p.actor == actor)]
    )
    answer["start_unknown"] = [row_of(p) for p in unknown]
    tell(
        answer,
        json,
        "Partnership documents" + (f" on {day}" if day else ""),
        ["partner", "document", "adopted", "expires", "title", "note"],
        [
            [p.actor, p.instrument, str(p.adopted or "?"), str(p.expires or "not stated"), p.title, remark(p, day)]
            for p in found
        ],
        on=day,
    )
    if unknown and not json:
        listed = "; ".join(f"{p.actor} {p.title}" for p in unknown)
        typer.echo(f"left out, since the day of adoption is not known: {listed}")
    if goals and actor and not json:
        show(console(), "\nGoals", ["document", "area", "goal"], [[g.instrument, g.area, g.goal] for g in goals])
