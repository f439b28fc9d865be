"""``foedus evidence``: what each statement does to the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.asked import Asked, asking
from foedus.cli.options import DossierFolder

if TYPE_CHECKING:
    from foedus.reports.sections import Section

Want = Annotated[
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the most likely.")
]


@answering()
@asking()
def evidence(folder: DossierFolder, asked: Asked, want: Want = None) -> Reply:
    """Drop, reverse and age each statement by itself; tell which flips the answer and what is worth learning."""
    import foedus

    answer = asked.forecast(folder)
    found = foedus.influence_of_evidence(answer, want, asked.draws or 1_000)

    def sections() -> list[Section | None]:
        from foedus.forecasts.alterations import CHANGES
        from foedus.reports.content import heading
        from foedus.reports.explanations import LISTED, evidence_section, learning_section

        return [heading(answer), evidence_section(found, CHANGES, LISTED), learning_section(found)]

    return Reply(found, sections=sections)
