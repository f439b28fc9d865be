"""``foedus world``: the dated facts that forecasts stand on."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from foedus.cli.options import AsJson, OnDay
from foedus.cli.pipes import until_the_reader_goes

app = typer.Typer(help="The dated facts that forecasts stand on.", no_args_is_help=True, rich_markup_mode=None)


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


@app.command("audit")
@until_the_reader_goes
def audit(json: AsJson = False) -> None:
    """Print how many rows of each packaged table were read in their source."""
    from foedus.base.answers import as_json
    from foedus.world.audit import audit as audit_tables

    found = list(audit_tables())
    if json:
        listed = [
            {"table": a.table, "rows": a.rows, "verified": a.verified, "share": a.verified / a.rows} for a in found
        ]
        typer.echo(as_json({"tables": listed}))
        return
    from foedus.cli.tables import console, show

    rows = [[a.table, str(a.rows), str(a.verified), f"{a.verified / a.rows:.0%}"] for a in found]
    show(console(), "", ["table", "rows", "verified", "share"], rows, numbers=[1, 2, 3])
