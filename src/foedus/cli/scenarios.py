"""``foedus scenarios``: the dossier's scenarios side by side."""

from __future__ import annotations

import typer

from foedus.cli.options import (
    AsJson,
    AsOf,
    DossierFolder,
    HeadlineDraws,
    IssueId,
    OneModel,
    OnMeeting,
    Seed,
    headline_draws,
)


def scenarios(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    json: AsJson = False,
) -> None:
    """Put the dossier's scenarios beside the forecast, with the uncertainty of each difference."""
    import foedus
    from foedus.base.answers import as_json

    models, count = (model,) if model else (), headline_draws(draws, model)
    answer = foedus.forecast(foedus.read_dossier(folder), issue, as_of, on, models=models, draws=count, seed=seed)
    found = foedus.scenarios(answer, min(count, 4_096))
    if json:
        typer.echo(as_json(found.as_answer()))
        return
    from foedus.cli.explain_tables import show_scenarios

    show_scenarios(found)
