"""``foedus world amounts``: money, forces and numbers that somebody states."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, open_world, remark, row_of, tell


def amounts(
    actor: Annotated[str | None, typer.Argument(metavar="[ACTOR]", help="One actor; by default all.")] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List stated amounts: aid, spending, exercises, deployments, with who states them."""
    world = open_world(folder)
    wanted = world.find(actor) if actor is not None else None
    found = [a for a in world.amounts if wanted in {None, a.actor, a.counterpart}]
    tell(
        {"actor": wanted, "amounts": [row_of(a) for a in found]},
        json,
        f"Amounts: {len(found)}",
        ["actor", "measure", "amount", "period", "stated by", "note"],
        [
            [
                f"{a.actor} to {a.counterpart}" if a.counterpart else a.actor,
                a.measure,
                f"{a.value:,.10g} {a.unit}",
                str(a.interval) if a.start or a.end else "not stated",
                f"{a.claimed_by}, {a.said_on}".rstrip(", "),
                remark(a),
            ]
            for a in found
        ],
    )
