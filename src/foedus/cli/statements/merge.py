"""``foedus statements DIR merge``."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import By, Day, Why, told, who_decides


@answering()
def merge(
    folder: DossierFolder,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Two or more; the first stays.")],
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Merge statements of one utterance: the first stays, the others are rejected and keep their lines."""
    from foedus.coding.deciding import merge as merge_statements

    return told(merge_statements(folder, ids, who_decides(by, day, reason)), "nothing to do: merged already")
