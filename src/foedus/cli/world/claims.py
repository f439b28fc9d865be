"""``foedus world claims``: where sources disagree."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson
from foedus.cli.world.common import InFolder, open_world, remark, row_of, tell


def claims(
    about: Annotated[str | None, typer.Argument(metavar="[SUBJECT]", help="One subject; by default all.")] = None,
    folder: InFolder = None,
    json: AsJson = False,
) -> None:
    """List questions on which sources disagree: every claim, which is used, and why."""
    import contextlib

    from foedus.base.errors import FoedusError

    world = open_world(folder)
    subjects = sorted({claim.subject for claim in world.claims})
    if about is not None and about not in subjects:
        with contextlib.suppress(FoedusError):
            about = world.find(about)
    if about is not None and about not in subjects:
        raise FoedusError(f"no claims about {about!r}; subjects are {', '.join(subjects)}")
    found = [claim for claim in world.claims if about in {None, claim.subject}]
    tell(
        {"subject": about, "claims": [row_of(claim) for claim in found]},
        json,
        f"Claims: {len(found)}",
        ["question", "claim", "by", "used", "why", "note"],
        [
            [c.question, c.claim, f"{c.claimed_by} {c.said_on}".strip(), "yes" if c.used else "no", c.why, remark(c)]
            for c in found
        ],
    )
