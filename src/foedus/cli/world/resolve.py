"""``foedus world resolve``: who goes by a name."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, maybe_day, open_world, tell


def resolve(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as Paris, Macron or the French president.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day (YYYY-MM-DD); by default today's usage.")
    ] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """Tell who goes by a name on a day, or every candidate with the reason."""
    from foedus.world.horizon import remark_on

    world, day = open_world(folder), maybe_day(on, "--on")
    found = world.resolve(name, day)
    ends = {c.actor: remark_on(c.office, day) if c.office else "" for c in found.candidates}
    candidates = [
        {
            "actor": c.actor,
            "name": a.name,
            "kind": c.kind,
            "reason": c.reason,
            "verified": c.verified,
            "end_unknown": ends[c.actor] or None,
        }
        for c, a in zip(found.candidates, found.actors, strict=True)
    ]
    answer = {
        "name": name,
        "on": found.on,
        "actor": None if found.ambiguous else found.id,
        "candidates": candidates,
    }
    title = f"{name!r} may be any of {len(candidates)}" if found.ambiguous else f"{name!r} is {found.actor.name}"
    rows = [
        [
            c.actor,
            a.name,
            "; ".join(filter(None, (c.reason if c.verified else f"UNVERIFIED {c.reason}", ends[c.actor]))),
        ]
        for c, a in zip(found.candidates, found.actors, strict=True)
    ]
    tell(answer, json, title, ["id", "name", "why"], rows, on=day)
