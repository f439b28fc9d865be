"""``foedus timeline``: the forecast as of every day on which something became known."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.options import AsJson, DossierFolder, HeadlineDraws, IssueId, OneModel, OnMeeting, Seed, headline_draws

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
    json: AsJson = False,
) -> None:
    """Follow a forecast through time: as of every day on which something became known, and what moved it."""
    import foedus
    from foedus.base.answers import as_json

    found = foedus.timeline(foedus.read_dossier(folder), issue, on, want, model, headline_draws(draws, model), seed)
    if json:
        typer.echo(as_json(found.as_answer()))
        return
    from foedus.cli.explain_tables import show_timeline

    show_timeline(found)
