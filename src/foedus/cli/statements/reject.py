"""``foedus statements DIR reject``."""

from __future__ import annotations

from typing import Any

from foedus.cli.answering import Reply
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import deciding, told


@deciding
def reject(folder: DossierFolder, wanted: list[str], who: Any) -> Reply:
    """Reject statements; their lines stay in the table and count for nothing."""
    from foedus.coding.deciding import REJECTED, decide

    entry = decide(folder, wanted, REJECTED, who)
    return told(entry, "nothing to do: rejected already")
