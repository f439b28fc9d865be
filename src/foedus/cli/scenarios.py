"""``foedus scenarios``: the dossier's scenarios side by side."""

from __future__ import annotations

import typer

from foedus.cli.options import AsJson, AsOf, DossierFolder, Draws, IssueId, MaxMarking, OneModel, OnMeeting, Seed


def scenarios(
    folder: DossierFolder,
    issue: IssueId = None,
    as_of: AsOf = None,
    on: OnMeeting = None,
    model: OneModel = None,
    draws: Draws = 4_096,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    json: AsJson = False,
) -> None:
    """Put the dossier's scenarios beside the forecast, with the uncertainty of each difference."""
    import foedus
    from foedus.base.answers import as_json

    models = (model,) if model else ()
    answer = foedus.forecast(
        foedus.read_dossier(folder, max_marking), issue, as_of, on, models=models, draws=draws, seed=seed
    )
    found = foedus.scenarios(answer, draws)
    if json:
        typer.echo(as_json(found))
        return
    from foedus.cli.sections import show_sections
    from foedus.cli.tables import console
    from foedus.reports.content import heading
    from foedus.reports.explanations import scenarios_section

    show_sections(console(), [heading(answer), scenarios_section(found)])
