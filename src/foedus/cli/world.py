"""``foedus world``: the dated facts that forecasts stand on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.pipes import until_the_reader_goes

app = typer.Typer(help="The dated facts that forecasts stand on.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _world() -> None:
    """Keep ``members`` a command of its own while it is the only one."""


@app.command("members")
@until_the_reader_goes
def members(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Such as nato.")],
    on: OnDay = None,
    json: AsJson = False,
) -> None:
    """List who belongs to an organisation on a day."""
    from foedus.base.answers import as_json
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError
    from foedus.world import packaged_world

    try:
        day = parse_day(on) if on else dt.date.today()  # noqa: DTZ011 - a day has no zone
    except ValueError as error:
        raise FoedusError(f"--on: {error}") from None
    world = packaged_world()
    organisation = world.find(organisation)
    found = world.members(organisation, day)
    if json:
        listed = [{"actor": m.actor, "from": m.start, "until": m.end, "source": m.source} for m in found]
        typer.echo(as_json({"organisation": organisation, "on": day, "members": listed}))
        return
    from foedus.cli.tables import console, show

    show(
        console(),
        f"{world.name(organisation)} on {day}: {len(found)} members",
        ["id", "name", "since", "source", "note"],
        [
            [
                m.actor,
                world.name(m.actor),
                str(m.start),
                world.sources[m.source].title,
                m.note if m.verified else f"UNVERIFIED {m.note}",
            ]
            for m in found
        ],
    )
