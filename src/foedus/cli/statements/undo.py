"""``foedus statements DIR undo``."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, Why, told, who_decides


@answering()
def undo(
    folder: DossierFolder,
    skip: Annotated[
        bool, typer.Option("--skip", help="Leave the latest decision as it is and mark it as passed over.")
    ] = False,
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Take back the latest decision that still stands; what was edited elsewhere since is kept."""
    import foedus
    from foedus.coding.deciding import undo as undo_last

    reply = told(undo_last(folder, who_decides(by, day, reason), skip=skip))
    rows = foedus.read_dossier(folder).stakeholders
    actors = dict.fromkeys(row.actor for row in rows if row.position_mode is not None)
    if actors:
        typer.echo(
            f"note: undo takes back decisions on statements; what is set by hand stays (for {', '.join(actors)}): "
            f"foedus position {folder} ACTOR --clear",
            err=True,
        )
    return reply
