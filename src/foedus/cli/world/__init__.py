"""``foedus world``: the dated facts that forecasts stand on."""

import typer

from foedus.cli.pipes import until_the_reader_goes
from foedus.cli.world import (
    amounts,
    audit,
    claims,
    events,
    groupings,
    instruments,
    members,
    partners,
    places,
    presences,
    resolve,
    show,
    timeline,
    treaties,
)

app = typer.Typer(help="The dated facts that forecasts stand on.", no_args_is_help=True, rich_markup_mode=None)
for _command in (
    members.members,
    partners.partners,
    instruments.instruments,
    presences.presences,
    treaties.treaties,
    groupings.groupings,
    events.events,
    places.places,
    amounts.amounts,
    claims.claims,
    show.show,
    timeline.timeline,
    resolve.resolve,
    audit.audit,
):
    app.command(_command.__name__)(until_the_reader_goes(_command))
