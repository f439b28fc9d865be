"""``foedus scenarios``: the dossier's scenarios side by side."""

from __future__ import annotations

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


@answering()
def scenarios(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
) -> Reply:
    """Put the dossier's scenarios beside the forecast, with the uncertainty of each difference."""
    import foedus

    models, count = (model,) if model else (), headline_draws(draws, model)
    answer = foedus.forecast(opened(folder, max_marking), issue, as_of, on, models=models, draws=count, seed=seed)
    found = foedus.scenarios(answer, min(count, 4_096))

    def show() -> None:
        from foedus.cli.sections import show_sections
        from foedus.cli.tables import console
        from foedus.reports.content import heading
        from foedus.reports.explanations import scenarios_section

        show_sections(console(), [heading(answer), scenarios_section(found)])

    return Reply(found, show)
