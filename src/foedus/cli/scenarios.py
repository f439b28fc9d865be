"""``foedus scenarios``: the dossier's scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder

if TYPE_CHECKING:
    from foedus.reports.sections import Section


@answering()
@asking()
def scenarios(folder: DossierFolder, asked: Asked) -> Reply:
    """Put the dossier's scenarios beside the forecast, with the uncertainty of each difference."""
    import foedus

    answer = asked.answer(folder)
    beside = foedus.scenarios(answer, min(asked.count, 4_096))

    def sections() -> list[Section | None]:
        from foedus.reports.content import heading
        from foedus.reports.explanations import scenarios_section

        return [heading(answer), scenarios_section(beside)]

    return Reply(beside, sections=sections)
