"""``foedus sensitivity``: which inputs make the outcome uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder, Draws, Scheduler, WorkersCount, workers_for

if TYPE_CHECKING:
    from foedus.reports.sections import Section

BaseDraws = Annotated[
    int, typer.Option("--base-draws", metavar="N", help="Base draws of the total indices, at least 1,024.")
]


@answering()
@asking(draws=Draws, default=10_000)
def sensitivity(
    folder: DossierFolder,
    asked: Asked,
    base_draws: BaseDraws = 1_024,
    workers: WorkersCount = 1,
    scheduler: Scheduler = "",
) -> Reply:
    """Share out the outcome's variance among inputs: first-order and total Sobol indices."""
    import foedus

    where = workers_for(workers, scheduler, foedus.read_dossier(folder, asked.max_marking), asked.max_marking)
    answer = asked.answer(folder)
    indices = foedus.sensitivity(answer, base_draws, where)

    def sections() -> list[Section | None]:
        from foedus.reports.content import heading
        from foedus.reports.explanations import sensitivity_sections

        return [heading(answer), *sensitivity_sections(indices)]

    return Reply(indices, sections=sections)
