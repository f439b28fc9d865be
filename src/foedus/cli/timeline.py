"""``foedus timeline``: the forecast as of every day on which something became known."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import (
    AsJson,
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
    str | None, typer.Option("--want", metavar="OPTION", help="The option asked about; by default the status quo.")
]


def timeline(
    folder: DossierFolder,
    issue: IssueId = None,
    on: OnMeeting = None,
    want: Want = None,
    model: OneModel = None,
    draws: HeadlineDraws = None,
    seed: Seed = 1,
    max_marking: MaxMarking = None,
    json: AsJson = False,
) -> None:
    """Follow a forecast through time: as of every day on which something became known, and what moved it."""
    import foedus
    from foedus.base.answers import as_json

    dossier = opened(folder, max_marking)
    found = foedus.timeline(dossier, issue, on, want, model, headline_draws(draws, model), seed)
    if json:
        typer.echo(as_json(found))
        return
    from foedus.cli.sections import show_sections
    from foedus.cli.tables import console
    from foedus.reports.explanations import line_section

    show_sections(console(), [line_section(found, dossier)])
