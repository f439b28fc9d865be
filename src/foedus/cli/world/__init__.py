"""``foedus world``: the dated facts that forecasts stand on."""

import typer

from foedus.cli.pipes import until_the_reader_goes
from foedus.cli.world.facts import COMMANDS

app = typer.Typer(help="The dated facts on which forecasts rest.", no_args_is_help=True, rich_markup_mode=None)
for _command in COMMANDS:
    app.command(_command.__name__)(until_the_reader_goes(_command))
