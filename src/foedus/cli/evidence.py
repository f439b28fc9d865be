"""``foedus evidence``: what each statement does to the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder, Scheduler, WorkersCount, workers_for

if TYPE_CHECKING:
    from foedus.dossiers import Dossier
    from foedus.reports.sections import Section

Want = Annotated[
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the most likely.")
]


@answering()
@asking()
def evidence(
    folder: DossierFolder,
    asked: Asked,
    want: Want = None,
    workers: WorkersCount = 1,
    scheduler: Scheduler = "",
) -> Reply:
    """Drop, reverse and age each statement by itself; tell which flips the answer and what is worth learning."""
    import foedus

    dossier = asked.opened(folder)
    where = workers_for(workers, scheduler, dossier, asked.max_marking)
    if asked.is_choice(dossier):
        return _choice(dossier, asked, want)
    answer = asked.forecast(folder)
    influence = foedus.influence_of_evidence(answer, want, asked.draws or 1_000, workers=where)

    def sections() -> list[Section | None]:
        from foedus.forecasts.alterations import CHANGES
        from foedus.reports.content import heading
        from foedus.reports.explanations import LISTED, evidence_section, learning_section

        return [heading(answer), evidence_section(influence, CHANGES, LISTED), learning_section(influence)]

    return Reply(influence, sections=sections)


def _choice(dossier: Dossier, asked: Asked, want: str | None) -> Reply:
    """Tell what each statement does to a choice among options without an order."""
    from foedus.explain.choice import CHANGES, choice_evidence

    answer = asked.choice(dossier)
    influence = choice_evidence(answer, want)

    def sections() -> list[Section | None]:
        from foedus.reports.content import heading
        from foedus.reports.explanations import LISTED, effects_section

        table = effects_section(dossier, influence.effects, influence.option, influence.draws, CHANGES, LISTED)
        return [heading(answer), table]

    return Reply(influence, sections=sections)
