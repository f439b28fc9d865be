"""``foedus world timeline``: what changed, and when."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, maybe_day, open_world, tell

if TYPE_CHECKING:
    from foedus.world import World


def timeline(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor, an organisation, a treaty or a place.")],
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to this day, included.")] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """Tell what changed for an actor, an organisation or a treaty, day by day."""
    from foedus.base.errors import FoedusError
    from foedus.world.timeline import timeline as timeline_of

    world = open_world(folder)
    first, last = maybe_day(start, "--from"), maybe_day(end, "--until")
    if first and last and last < first:
        raise FoedusError(f"--until: {last} lies before {first}")
    subject = name if name in world.treaties or name in world.places else _subject(world, name)
    found = timeline_of(world, subject, first, last)
    listed = [{field.name: getattr(change, field.name) for field in fields(change)} for change in found]
    tell(
        {"name": subject, "from": first, "until": last, "changes": listed},
        json,
        f"{world.name(subject)}: {len(found)} changes",
        ["day", "what", "table", "note"],
        [[str(c.on), c.what, c.table, c.note if c.verified else f"UNVERIFIED {c.note}".strip()] for c in found],
        on=max(filter(None, (first, last)), default=None),
    )


def _subject(world: World, name: str) -> str:
    """Return the id of the actor of a name, or else of the place."""
    from foedus.base.errors import FoedusError

    try:
        return world.find(name)
    except FoedusError as no_actor:
        try:
            return world.place(name).id
        except FoedusError:
            raise no_actor from None
