"""``foedus actor``: somebody of whom the world does not know, or who has no voice yet."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, IssueId


@answering()
def actor(
    folder: DossierFolder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who it is.")],
    members: Annotated[
        str | None,
        typer.Option("--members", metavar="NAMES", help="It is a group that speaks for these, with commas."),
    ] = None,
    means: Annotated[
        str | None, typer.Option("--means", metavar="ACTOR", help="It is another name of this actor.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="The group has these members from this day; by default for years."),
    ] = None,
    issue: IssueId = None,
) -> Reply:
    """Give somebody a voice who has no seat, make a group of members, or give an actor another name."""
    import foedus
    from foedus.base.days import maybe_day
    from foedus.base.wording import and_
    from foedus.coding.actors import make_known

    named = tuple(member.strip() for member in (members or "").split(",") if member.strip())
    known = make_known(folder, name, named, means or "", maybe_day(since, "--since"), issue)

    def show() -> None:
        world = foedus.read_dossier(folder).world
        if means:
            typer.echo(f"{known.name!r} means {world.name(known.actor)} here")
        elif known.members:
            names = and_([world.name(member) for member in known.members])
            typer.echo(f"{known.actor} is a group of {names}; what it says bears on those that say nothing themselves")
        elif known.voices:
            typer.echo(f"{known.actor} has a voice on {and_(list(known.voices))}, and no vote")
        else:
            typer.echo(f"{known.actor} has a seat or a voice already")
        typer.echo(
            f'next: foedus statements {folder} add {known.actor} for|against WHAT "what was said" --source TITLE'
        )

    return Reply(known, show)
