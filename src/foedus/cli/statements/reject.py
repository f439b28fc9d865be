"""``foedus statements DIR reject``."""

from __future__ import annotations

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder
from foedus.cli.statements.options import (
    Above,
    Actor,
    By,
    Coder,
    Concept,
    Day,
    Ids,
    Source,
    Why,
    chosen,
    told,
    who_decides,
)


@answering()
def reject(
    folder: DossierFolder,
    ids: Ids = None,
    above: Above = None,
    actor: Actor = None,
    concept: Concept = None,
    source: Source = None,
    coder: Coder = None,
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Reject statements; their lines stay in the table and count for nothing."""
    import foedus
    from foedus.coding.deciding import REJECTED, decide

    wanted = chosen(foedus.read_dossier(folder), ids, above, actor, concept, source, coder)
    entry = decide(folder, wanted, REJECTED, who_decides(by, day, reason))
    return told(entry, "nothing to do: rejected already")
