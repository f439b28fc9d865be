"""``foedus statements DIR accept``."""

from __future__ import annotations

from typing import Any

from foedus.cli.answering import Reply
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import SourceWording, deciding, told


@deciding
def accept(folder: DossierFolder, wanted: list[str], who: Any, use_source_wording: SourceWording = False) -> Reply:
    """Accept statements: their evidence must stand in the source, where its text is at hand."""
    from foedus.coding.deciding import ACCEPTED, decide

    entry = decide(folder, wanted, ACCEPTED, who, use_source_wording=use_source_wording)
    return told(entry, "nothing to do: accepted already")
