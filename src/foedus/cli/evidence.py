"""``foedus evidence``: what each statement does to the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from foedus.dossiers import Dossier

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

    dossier = opened(folder, max_marking)
    if not dossier.issue(issue).ordered:
        return _choice(dossier, issue, as_of, on, want, draws, seed)
    models, count = (model,) if model else (), headline_draws(draws, model)
    answer = foedus.forecast(dossier, issue, as_of, on, models=models, draws=count, seed=seed)
    found = foedus.influence_of_evidence(answer, want, draws or 1_000)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.forecasts.alterations import CHANGES
        from foedus.reports.content import heading
        from foedus.reports.explanations import LISTED, evidence_section, learning_section

        show_sections(console(), [heading(answer), evidence_section(found, CHANGES, LISTED), learning_section(found)])

    return Reply(found, show)


def _choice(
    dossier: Dossier,
    issue: str | None,
    as_of: str | None,
    on: str | None,
    want: str | None,
    draws: int | None,
    seed: int,
) -> Reply:
    """Tell what each statement does to a choice among options without an order."""
    from foedus.explain.choice import CHANGES, choice_evidence
    from foedus.forecasts.choice import CHOICE_DRAWS, choice

    answer = choice(dossier, issue, as_of, on, min(draws or CHOICE_DRAWS, CHOICE_DRAWS), seed)
    found = choice_evidence(answer, want)

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.choice import choice_heading
        from foedus.reports.explanations import LISTED, effects_section

        table = effects_section(dossier, found.effects, found.option, found.draws, CHANGES, LISTED)
        show_sections(console(), [choice_heading(answer), table])

    return Reply(found, show)
