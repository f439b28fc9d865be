"""``foedus evidence``: what each statement does to the forecast."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.answering import Reply, answering
from foedus.cli.options import (
    AsOf,
    DossierFolder,
    HeadlineDraws,
    IssueId,
    MaxMarking,
    OneModel,
    OnMeeting,
    Seed,
    headline_draws,
    opened,
)

Want = Annotated[
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the most likely.")
]


@answering()
def evidence(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    want: Want = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Drop, reverse and age each statement by itself; tell which flips the answer and what is worth learning."""
    import foedus

    models, count = (model,) if model else (), headline_draws(draws, model)
    answer = foedus.forecast(opened(folder, max_marking), issue, as_of, on, models=models, draws=count, seed=seed)
    found = foedus.influence_of_evidence(answer, want, draws or 1_000)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.forecasts.alterations import CHANGES
        from foedus.reports.content import heading
        from foedus.reports.explanations import LISTED, evidence_section, learning_section

        show_sections(console(), [heading(answer), evidence_section(found, CHANGES, LISTED), learning_section(found)])

    return Reply(found, show)
