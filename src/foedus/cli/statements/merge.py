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
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Two or more, by number or id; the first stays.")],
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Merge statements of one utterance: the first stays, the others are rejected and keep their lines."""
    from foedus.coding.deciding import merge as merge_statements
    from foedus.dossiers import read_dossier
    from foedus.dossiers.filtering import ids_named

    return told(
        merge_statements(folder, ids_named(read_dossier(folder), ids), who_decides(by, day, reason)),
        "nothing to do: merged already",
    )
