"""``foedus statements DIR accept``."""

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
    SourceWording,
    Why,
    chosen,
    told,
    who_decides,
)


@answering()
def accept(
    folder: DossierFolder,
    ids: Ids = None,
    above: Above = None,
    actor: Actor = None,
    concept: Concept = None,
    source: Source = None,
    coder: Coder = None,
    use_source_wording: SourceWording = False,
    by: By = "",
    day: Day = None,
    reason: Why = "",
) -> Reply:
    """Accept statements: their evidence must stand in the source, where its text is at hand."""
    import foedus
    from foedus.coding.deciding import ACCEPTED, decide

    wanted = chosen(foedus.read_dossier(folder), ids, above, actor, concept, source, coder)
    entry = decide(folder, wanted, ACCEPTED, who_decides(by, day, reason), use_source_wording=use_source_wording)
    return told(entry, "nothing to do: accepted already")
