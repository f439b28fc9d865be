"""``foedus timeline``: the forecast as of every day on which something became known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder

if TYPE_CHECKING:
    from foedus.dossiers import Dossier
    from foedus.reports.sections import Section

Want = Annotated[
    str | None,
    typer.Option(
        "--want", metavar="OPTION", help="The option asked about; by default the status quo, of two options the other."
    ),
]


@answering()
@asking(without=("as_of",))
def timeline(folder: DossierFolder, asked: Asked, want: Want = None) -> Reply:
    """Follow a forecast through time: as of every day on which something became known, and what moved it."""
    import foedus

    dossier = asked.opened(folder)
    if asked.is_choice(dossier):
        return _choice(dossier, asked)
    answer = foedus.timeline(dossier, asked.issue, asked.on, want, asked.model, asked.count, asked.seed)

    def sections() -> list[Section]:
        from foedus.reports.beside import line_section

        return [line_section(answer, dossier, every_option=True)]

    return Reply(answer, sections=sections)


def _choice(dossier: Dossier, asked: Asked) -> Reply:
    """Follow a choice among options without an order."""
    from foedus.forecasts.choice import CHOICE_DRAWS
    from foedus.forecasts.choice_line import choice_line

    line = choice_line(dossier, asked.issue, asked.on, asked.draws or CHOICE_DRAWS, asked.seed)

    def sections() -> list[Section]:
        from foedus.reports.choice import timeline_section

        return [timeline_section(line.points)]

    return Reply(line, sections=sections)
