"""``foedus statements DIR merge``."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, DossierFolder
from foedus.cli.statements.options import By, Day, Why, tell, who_decides


def merge(
    folder: DossierFolder,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Two or more; the first stays.")],
    by: By = "",
    day: Day = None,
    reason: Why = "",
    json: AsJson = False,
) -> None:
    """Merge statements of one utterance: the first stays, the others are rejected and keep their lines."""
    from foedus.coding.deciding import merge as merge_statements

    tell(merge_statements(folder, ids, who_decides(by, day, reason)), json, "nothing to do: merged already")
