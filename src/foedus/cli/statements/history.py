"""``foedus statements DIR history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.answering import Reply, answering
from foedus.cli.options import DossierFolder, MaxMarking, opened

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
def history(folder: DossierFolder, max_marking: MaxMarking = None) -> Reply:
    """Show what was decided, by whom and when, the latest last."""
    from foedus.coding.journal import journal_of, recover

    dossier = opened(folder, max_marking)
    told = recover(folder)
    journal = journal_of(dossier)

    def sections() -> list[Section]:
        from foedus.reports.statements import history_section

        return [history_section(journal, told if told and max_marking is None else "")]

    return Reply(journal, sections=sections)
