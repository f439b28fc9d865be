"""``foedus meeting``: another day on which the body could decide."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, IssueId


@answering()
def meeting(
    folder: DossierFolder,
    on: Annotated[str, typer.Argument(metavar="DAY", help="The day of the meeting.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="How it is called.")],
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="DAY", help="Since when its date has been public; by default always."),
    ] = None,
    issue: IssueId = None,
) -> Reply:
    """Add a meeting: a vote that was put off, or the next summit."""
    from foedus.base.days import parse_day
    from foedus.base.errors import FoedusError
    from foedus.dossiers.extending import add_meeting
    from foedus.forecasts.terms import overtaken

    try:
        day, public = parse_day(on), parse_day(known) if known else None
    except ValueError as error:
        raise FoedusError(str(error)) from None
    extended = add_meeting(folder, day, name, public, issue)
    added = extended.meeting(day.isoformat())

    def show() -> None:
        names = ", ".join(f"{listed.name} ({listed.on})" for listed in extended.meetings)
        typer.echo(f"the meetings of {extended.id} are {names}")
        for term in overtaken(extended, added, public or added.on):
            typer.echo(f"{term.words} If not: {term.command(folder.name)}")

    return Reply({"issue": extended.id, "on": added.on, "name": added.name, "known_on": added.known_on}, show)
